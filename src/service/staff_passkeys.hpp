// Passkeys of officials, which alone let them work: an invitation lets somebody in once, and only to add one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/passkeys.hpp"

namespace abode::service {

constexpr std::size_t max_staff_passkeys = 10;  ///< of one official

/// What a device is told to make one. errc::stale_sign_in unless the session is fresh or began by an invitation;
/// errc::conflict with max_staff_passkeys.
base::result<PasskeyInvitation> invite_staff_passkey(Context const& context, ports::Snapshot& snapshot,
                                                     ports::StaffSession const& session);

/// A passkey as its official sees it.
struct StaffPasskeyListed {
  std::string id;  ///< 16 hexadecimal digits: names it to its official. Not its entry: how many entries the book of an
                   ///< office has would tell which openings hit a record (G11)
  std::string name;
  base::Time added_at;
  std::optional<std::string> last_used;  ///< a month, "2026-11"
};

/// Adds a passkey that answers a challenge of this very session, with an entry in the office's book. It is good at
/// once. A session that began by an invitation ends with it. Errors: those of invite_staff_passkey, of
/// webauthn::check_registration and check_passkey_name, errc::invalid for a challenge that is too old, errc::conflict
/// if it was added before, errc::key_reused.
base::result<StaffPasskeyListed> add_staff_passkey(Context const& context, webauthn::RelyingParty const& party,
                                                   ports::Transaction& transaction, ports::StaffSession const& session,
                                                   NewPasskey const& wish, std::optional<RequestKey> const& request);

/// In the order of their adding.
base::result<std::vector<StaffPasskeyListed>> list_staff_passkeys(ports::Snapshot& snapshot,
                                                                  ports::OfficialSession const& session);

/// Removes one at once, with an entry in the office's book, and ends the official's other sessions. errc::not_found;
/// errc::conflict for the last one; errc::stale_sign_in if the session is not fresh.
base::result<void> remove_staff_passkey(Context const& context, ports::Transaction& transaction,
                                        ports::OfficialSession const& session, std::string_view id);

/// Removes all of them and ends all sessions of the official, by the operator's hand.
void void_staff_passkeys(ports::Transaction& transaction, ports::OfficialId const& official);

/// What an official's passkey is to sign: good once, for passkey_challenge_life, and for officials only.
base::Hash staff_sign_in_challenge(Context const& context);

/// An assertion whose signature was found right.
class CheckedStaffPasskey {
 private:
  friend base::result<CheckedStaffPasskey> check_staff_passkey(Context const&, webauthn::RelyingParty const&,
                                                               ports::Snapshot&, webauthn::Assertion const&);
  friend base::result<SignedIn> sign_in_with_staff_passkey(Context const&, ports::Transaction&,
                                                           CheckedStaffPasskey const&);
  base::Hash credential_tag_{};
  base::Bytes public_key_;
  std::uint32_t sign_count_ = 0;
  base::Bytes challenge_;
};

/// The first step, on a snapshot: whose passkey it is, and whether it signed. errc::unauthenticated, with the same
/// words for whatever is not right, a person's passkey as well.
base::result<CheckedStaffPasskey> check_staff_passkey(Context const& context, webauthn::RelyingParty const& party,
                                                      ports::Snapshot& snapshot, webauthn::Assertion const& assertion);

/// The second step: a session, if the passkey is still there and this challenge was not answered before.
/// errc::unauthenticated also if its device counted back; errc::busy after max_answered_challenges.
base::result<SignedIn> sign_in_with_staff_passkey(Context const& context, ports::Transaction& transaction,
                                                  CheckedStaffPasskey const& checked);

}  // namespace abode::service
