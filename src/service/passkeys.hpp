// Passkeys: keys in a person's phone, computer or security key that sign them in without anything to type or to lose
// to a false site (WebAuthn). A fresh sign-in with one changes the other ways to sign in at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/journal.hpp"
#include "service/request_key.hpp"
#include "service/sessions.hpp"
#include "webauthn/webauthn.hpp"

namespace abode::service {

constexpr std::size_t max_passkeys = 10;             ///< of one person, those that wait or are being removed included
constexpr std::size_t max_passkey_name_bytes = 120;  ///< about 30 characters in any script
constexpr std::chrono::minutes passkey_challenge_life{5};
/// Sign-ins with one passkey within the life of a challenge: all of these challenges are remembered, each is good once.
constexpr std::size_t max_answered_challenges = 60;

/// What the reference of a sign-in with a passkey begins with; the entry of its adding follows.
inline constexpr std::string_view passkey_reference = "passkey ";

/// errc::invalid, field "name".
base::result<void> check_passkey_name(std::string const& name);

/// What a device is told to make a passkey (WebAuthn section 5.4).
struct PasskeyInvitation {
  base::Hash challenge;
  base::Hash user_handle;
  std::vector<base::Bytes> known;  ///< ids of this person's passkeys: a device that has one makes no other
};

/// errc::conflict while the record is frozen, when its erasure was asked for, or with max_passkeys; errc::stale_sign_in
/// if the session is not fresh.
base::result<PasskeyInvitation> invite_passkey(Context const& context, ports::Snapshot& snapshot,
                                               ports::HolderSession const& session);

/// A passkey as its holder wants it added.
struct NewPasskey {
  std::string name;
  webauthn::Registration registration;
};

struct AddedPasskey {
  Receipt receipt;
  base::Time good_from;
};

/// Adds a passkey that answers a challenge of this very session. It is good at once after a sign-in with another
/// passkey, or as the first way in; else after credential_hold. An entry and a notice in any case. Errors: those of
/// invite_passkey, of webauthn::check_registration, errc::conflict if it was added before, errc::invalid for a
/// name that is empty or too long (field "name") and a challenge that is too old, errc::key_reused.
base::result<AddedPasskey> add_passkey(Context const& context, webauthn::RelyingParty const& party,
                                       ports::Transaction& transaction, ports::HolderSession const& session,
                                       NewPasskey const& wish, std::optional<RequestKey> const& request);

/// A passkey as its holder sees it.
struct PasskeyListed {
  std::uint64_t entry;  ///< of its adding: its name among the holder's passkeys
  std::string name;
  base::Time good_from;
  std::optional<base::Time> removed_from;  ///< its removal can be taken back until then
  std::optional<std::string> last_used;    ///< a month, "2026-11"; never more than that
};

/// In the order of their adding, without those that are removed.
base::result<std::vector<PasskeyListed>> list_passkeys(Context const& context, ports::Snapshot& snapshot,
                                                       ports::HolderSession const& session);

struct RemovedPasskey {
  Receipt receipt;
  base::Time removed_from;
};

/// Removes a passkey: one that waits at once, from any session; else at once after a sign-in with a passkey, or after
/// credential_hold. At once, other sessions that began with a passkey end as well. errc::not_found; errc::conflict
/// while the record is frozen, if nothing else would let its holder in, or if it is being removed already;
/// errc::stale_sign_in if the session is not fresh; errc::key_reused.
base::result<RemovedPasskey> remove_passkey(Context const& context, ports::Transaction& transaction,
                                            ports::HolderSession const& session, std::uint64_t entry,
                                            std::optional<RequestKey> const& request);

/// Takes a removal back before its time. Any session may. errc::not_found; errc::conflict if it is not being removed.
base::result<Receipt> keep_passkey(Context const& context, ports::Transaction& transaction,
                                   ports::HolderSession const& session, std::uint64_t entry,
                                   std::optional<RequestKey> const& request);

/// What a passkey is to sign: good once, for passkey_challenge_life. Nothing is kept of it until then, so nobody can
/// use challenges up.
base::Hash sign_in_challenge(Context const& context);

/// An assertion whose signature was found right.
class CheckedPasskey {
 public:
  ports::RecordId record() const { return record_; }  ///< whose passkey it is

 private:
  friend base::result<CheckedPasskey> check_passkey(Context const&, webauthn::RelyingParty const&, ports::Snapshot&,
                                                    webauthn::Assertion const&);
  friend base::result<SignedIn> sign_in_with_passkey(Context const&, ports::Transaction&, CheckedPasskey const&);
  ports::RecordId record_;
  base::Hash credential_tag_{};
  base::Bytes public_key_;
  std::uint32_t sign_count_ = 0;
  base::Bytes challenge_;
};

/// The first step, on a snapshot: whose passkey it is, and whether it signed. errc::unauthenticated, with the same
/// words for whatever is not right; somebody who has the key is told from when it is good.
base::result<CheckedPasskey> check_passkey(Context const& context, webauthn::RelyingParty const& party,
                                           ports::Snapshot& snapshot, webauthn::Assertion const& assertion);

/// The second step: an entry and a session, if the passkey is still there and this challenge was not answered before.
/// errc::unauthenticated also if its device counted back: then somebody has a copy of it (WebAuthn section 7.2, step
/// 22). errc::busy after max_answered_challenges. Errors of open_account.
base::result<SignedIn> sign_in_with_passkey(Context const& context, ports::Transaction& transaction,
                                            CheckedPasskey const& checked);

}  // namespace abode::service
