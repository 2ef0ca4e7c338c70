// Writing one entry into a record's journal. Every use case that changes or reads a record ends here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "log/entry.hpp"
#include "ports/grant.hpp"
#include "rules/purposes.hpp"
#include "service/context.hpp"
#include "service/request_key.hpp"

namespace abode::service {

/// What an entry tells besides its place, its time and the states.
struct Draft {
  std::string
      actor;  ///< "holder", "register", "operator", "invited", a guardian (Actor::name) or an official's account
  std::string office;      ///< of an official
  std::string purpose;     ///< of an official's read
  std::string reference;   ///< a registration, or the official's own file reference
  std::string operation;   ///< one of the words below
  rules::FieldSet fields;  ///< which fields were written or read
  /// Of what had to wait until it could be sent: when that was first tried, by the sender's own clock. The entry has it
  /// if first_try_to_keep says so.
  std::optional<base::Time> first_tried = {};
};

namespace operation {
inline constexpr char const* enrol = "enrol";
inline constexpr char const* make_activation_code = "activation-code";
inline constexpr char const* sign_in = "sign-in";
inline constexpr char const* make_printed_codes = "printed-codes";
inline constexpr char const* discard_printed_codes = "discard-printed-codes";
inline constexpr char const* discard_activation_code = "discard-activation-code";
inline constexpr char const* add_passkey = "passkey";
inline constexpr char const* remove_passkey = "remove-passkey";
inline constexpr char const* keep_passkey = "keep-passkey";
inline constexpr char const* freeze = "freeze";
inline constexpr char const* name_contact = "contact";
inline constexpr char const* confirm_contact = "confirm-contact";
inline constexpr char const* remove_contact = "remove-contact";
inline constexpr char const* make_opening_code = "opening-code";
inline constexpr char const* revoke_opening_code = "revoke-opening-code";
inline constexpr char const* make_move_invitation = "invitation";
inline constexpr char const* revoke_move_invitation = "revoke-invitation";
inline constexpr char const* move_invitation_opened = "invitation-opened";
inline constexpr char const* opening = "opening";
inline constexpr char const* opening_refused = "opening-refused";
inline constexpr char const* ask_for_letter = "letter-request";
inline constexpr char const* withdraw_letter = "withdraw-letter-request";
inline constexpr char const* make_letter = "letter";
inline constexpr char const* wrong_letter_code = "wrong-letter-code";
inline constexpr char const* issue_proof = "proof";
inline constexpr char const* withdraw_proof = "withdraw-proof";
inline constexpr char const* landlord_refused = "landlord-refused";
inline constexpr char const* identify = "identified-in-person";
inline constexpr char const* guardianship = "guardianship";
inline constexpr char const* request_rectification = "rectification-request";
inline constexpr char const* withdraw_rectification = "withdraw-rectification-request";
inline constexpr char const* request_erasure = log::erasure_operation;
inline constexpr char const* undo_erasure = log::undo_erasure_operation;
// and the names of rules::Act
// In the books of offices alone:
inline constexpr char const* invite_official = "official-invited";
inline constexpr char const* void_staff_passkeys = "official-passkeys-void";
inline constexpr char const* propose_role = "role-proposed";
inline constexpr char const* grant_role = "role-granted";
inline constexpr char const* withdraw_role = "role-proposal-withdrawn";
inline constexpr char const* revoke_role = "role-revoked";
}  // namespace operation

/// What the person who acted gets in hand at once.
struct Receipt {
  std::uint64_t entry;  ///< its number in the record, from 0
  base::Hash commitment;
  base::Time filed_at;
  std::optional<base::Time> first_tried = {};  ///< as the entry says
};

/// The time that an act on this record counts from: now, but never before the record's last entry, so that a clock that
/// runs backwards cannot disorder a history.
base::Time filing_time(Context const& context, ports::RecordRow const& row);

/// What an entry of `filed_at` keeps of a claim that it was first tried at `claimed`: the minute in which that was, if
/// it is before that of `filed_at` and at most 72 hours ago. Nothing of any other: a clock that is wrong fails no
/// request (decision 62).
std::optional<base::Time> first_try_to_keep(std::optional<base::Time> claimed, base::Time filed_at);

enum class EntryKind : std::uint8_t { write, access };

/// Appends an entry to `row`'s journal and queues its leaf; the caller then writes `row`. `tag_before` is the state tag
/// before the act, row.state_tag the one after it. errc::invalid if a text of the draft is over its limit.
base::result<Receipt> append_entry(Context const& context, ports::Transaction& transaction, ports::RecordRow& row,
                                   ports::WrappedKey const& key, Draft const& draft, base::Hash const& tag_before,
                                   base::Time at, EntryKind kind);

/// The entry of a change to how its holder signs in, with a notice: whoever did it, the holder hears of it. Writes the
/// row, with the request.
base::result<Receipt> append_told_entry(Context const& context, ports::Transaction& transaction, ports::RecordRow& row,
                                        ports::WrappedKey const& key, char const* operation,
                                        std::optional<RequestKey> const& request);

/// An entry as its holder may see it.
struct Opened {
  log::OpenedEntry raw;
  log::Entry entry;
  base::Hash commitment;
};

/// errc::corrupted if the seal does not open or the commitment is another.
base::result<Opened> open_entry(Context const& context, ports::EntryRow const& row, ports::WrappedKey const& key,
                                ports::Grant const& grant);

Receipt receipt_of(Opened const& opened);

/// The entry that this request has made before; none if it comes for the first time, or without a key. errc::key_reused
/// if its key came with another request; errc::corrupted if the entry is not there, or as open_entry.
base::result<std::optional<Opened>> made_before(Context const& context, ports::Snapshot& snapshot,
                                                ports::RecordRow const& record, ports::WrappedKey const& key,
                                                ports::Grant const& grant, std::optional<RequestKey> const& request);

}  // namespace abode::service
