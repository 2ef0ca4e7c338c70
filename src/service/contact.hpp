// The address to which a holder is told by mail that something changed. It is sealed apart from the record's state, so
// that sending a mail opens this and nothing else (ports::DeliveryGrant). A new address is in force once its holder has
// typed the code that was mailed there: a slip of the pen would else have mail sent to a stranger for ever.
#pragma once

#include <optional>
#include <string>

#include "identity/contact.hpp"
#include "service/journal.hpp"
#include "service/request_key.hpp"

namespace abode::service {

/// How long the code for a new address is good, and the new address waits.
constexpr std::chrono::hours contact_code_life{24};
constexpr std::size_t contact_code_characters = 8;  ///< Crockford base32: 40 random bits
constexpr std::uint64_t max_contact_misses = 5;     ///< the fifth wrong code drops the new address
/// So many new addresses in contact_code_life: a record is no means to have strangers written to.
constexpr std::size_t max_contacts_named = 5;

using ContactCode = base::Secret<std::string>;

/// The first language that the profile offers and that there is a catalog of; else English.
std::string default_language(rules::Profile const& profile);

/// What is sealed of a contact.
struct SealedContact {
  identity::Contact contact;
  std::optional<std::string> code;  ///< that confirms it, as it is mailed; none in force
  bool operator==(SealedContact const&) const = default;
};

/// All of one size: it tells neither how long the address is nor whether there is a code.
base::Bytes encode_contact(SealedContact const& contact);
/// errc::corrupted for anything encode_contact does not write.
base::result<SealedContact> decode_contact(base::ByteView encoded);

/// A row in force, or one that waits until `unconfirmed_until`, sealed. The caller puts it.
ports::ContactRow seal_contact(Context const& context, ports::RecordId record, std::uint64_t seq,
                               ports::WrappedKey const& key, SealedContact const& contact,
                               std::optional<base::Time> unconfirmed_until = {});

struct UnconfirmedContact {
  identity::Contact contact;
  base::Time until;
  std::uint64_t misses;
  bool operator==(UnconfirmedContact const&) const = default;
};

/// As its holder sees it.
struct Contacts {
  std::optional<identity::Contact> in_force;
  std::optional<UnconfirmedContact> unconfirmed;
};

base::result<base::Personal<Contacts>> list_contacts(Context const& context, ports::Snapshot& snapshot,
                                                     ports::HolderSession const& session);

struct NamedContact {
  Receipt receipt;
  std::optional<base::Time> confirm_until;  ///< none if it is in force at once: the address is the one in force
};

/// Names an address, a language, and whether reminders go there. Another address than the one in force waits for its
/// code, in place of any other that waits; the one in force is told that something changed. errc::invalid for a
/// language that there is none of; errc::conflict while the record is frozen or to be erased, if nothing would change,
/// if the register sends no mail, or over max_contacts_named; errc::stale_sign_in if the session is not fresh;
/// errc::key_reused.
base::result<NamedContact> name_contact(Context const& context, ports::Transaction& transaction,
                                        ports::HolderSession const& session, identity::Contact const& contact,
                                        std::optional<RequestKey> const& request);

/// What a person typed of a code that is mailed in groups of four. errc::invalid, field "code".
base::result<ContactCode> parse_contact_code(std::string_view typed);

/// An attempt that is counted, right or wrong: what came of it is told after the commit.
class ConfirmAttempt {
 private:
  friend base::result<ConfirmAttempt> attempt_confirm_contact(Context const&, ports::Transaction&,
                                                              ports::HolderSession const&, ContactCode const&,
                                                              std::optional<RequestKey> const&);
  friend base::result<Receipt> complete_confirm_contact(ConfirmAttempt const&, ports::Commit const&);

  std::optional<Receipt> receipt_;
  bool dropped_ = false;
};

/// Puts the address that waits in force, if the code is the one that was mailed there; the old one and the new are told
/// that something changed. errc::conflict if none waits, and while the record is frozen.
base::result<ConfirmAttempt> attempt_confirm_contact(Context const& context, ports::Transaction& transaction,
                                                     ports::HolderSession const& session, ContactCode const& code,
                                                     std::optional<RequestKey> const& request);
/// errc::invalid, field "code", if it was wrong.
base::result<Receipt> complete_confirm_contact(ConfirmAttempt const& attempt, ports::Commit const& commit);

/// Removes the address in force, which is told once more that something changed, and one that waits. errc::conflict if
/// there is none, and while the record is frozen; errc::stale_sign_in if the session is not fresh.
base::result<Receipt> remove_contact(Context const& context, ports::Transaction& transaction,
                                     ports::HolderSession const& session, std::optional<RequestKey> const& request);

}  // namespace abode::service
