// Confirming an address by a code that is posted to it: its holder asks, the operator prints (abode letters), and the
// code that they type raises the registration's assurance. Nothing follows from a letter that never comes, comes back
// or is not used (G2).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/registrations.hpp"
#include "service/request_key.hpp"

namespace abode::service {

/// Crockford base32: 40 random bits. Only somebody in a session of the record can try one at all, and after
/// max_letter_misses wrong ones none is looked at any more.
constexpr std::size_t letter_code_characters = 8;
constexpr std::uint64_t max_letter_misses = 5;
/// Counted from the day of printing: the code is good through this day, wherever on earth its reader is.
constexpr std::chrono::days letter_life{30};
constexpr std::chrono::days letter_wish_life{90};  ///< then a letter that nobody printed is no longer wanted
/// Of one record, with those that are over since a week at most: nobody floods an address with letters.
constexpr std::size_t max_kept_letters = 5;

using LetterCode = base::Secret<std::string>;
/// As a person typed it, back to 8 characters. errc::invalid, field "code".
base::result<LetterCode> parse_letter_code(std::string_view typed);

std::string_view name_of(ports::Delivery delivery);
std::optional<ports::Delivery> delivery_named(std::string_view name);

enum class LetterState : std::uint8_t {
  asked,      ///< not printed yet
  printed,    ///< its code can be typed
  spent,      ///< too many wrong codes were typed
  over,       ///< its time is over, or it was taken back
  elsewhere,  ///< it was printed with another address than the one that is registered now
};
std::string_view name_of(LetterState state);

/// The last letter that was asked for at a registration.
struct LetterStanding {
  ports::Delivery delivery;
  base::Time asked_at;
  LetterState state;
  std::optional<base::Date> good_through;  ///< the last day of its code, once it is printed
  std::uint64_t tries_left;
};

struct AskedLetter {
  Receipt receipt;
  LetterStanding letter;
};

/// Asks for a letter to an active registration whose address is not confirmed. errc::not_found, conflict (it has ended
/// or is confirmed, a letter is on its way, too many of them, the profile knows no letters), key_reused.
base::result<AskedLetter> ask_for_letter(Context const& context, ports::Transaction& transaction, Actor const& actor,
                                         rules::RegistrationId const& id, ports::Delivery delivery,
                                         std::optional<RequestKey> const& request);

/// Takes back a letter that was asked for; if it is printed, its code is no longer good. errc::not_found, conflict.
base::result<Receipt> withdraw_letter(Context const& context, ports::Transaction& transaction, Actor const& actor,
                                      rules::RegistrationId const& id, std::optional<RequestKey> const& request);

/// None if no letter was asked for, or it is long over. errc::not_found if there is no such registration.
base::result<std::optional<LetterStanding>> letter_standing(Context const& context, ports::Snapshot& snapshot,
                                                            Actor const& actor, rules::RegistrationId const& id);

/// What came of typing a code. The registration, if it was right; the caller tells of a wrong one after the commit,
/// which has counted it, by wrong_letter_code().
struct TypedLetterCode {
  std::optional<Acted> confirmed;
  std::uint64_t tries_left = 0;
};

/// Confirms the address if this is the code of its letter; else counts it, with an entry. errc::not_found, conflict (no
/// code of a letter to the present address is good, and nothing is counted; or as ask_for_letter), key_reused.
base::result<TypedLetterCode> type_letter_code(Context const& context, ports::Transaction& transaction,
                                               Actor const& actor, rules::RegistrationId const& id,
                                               LetterCode const& code, std::optional<RequestKey> const& request);
/// errc::invalid, field "code".
base::Error wrong_letter_code(std::uint64_t tries_left);

// For the command that prints.

/// A letter in the making, with what is needed to print it after the commit. It can be opened no earlier.
struct MadeLetter {
  ports::LetterRow letter;
  ports::EntryRow asking;
  std::optional<ports::ContactRow> contact;  ///< in force: it says in what language its holder is written to
  ports::RecordRow row;
  ports::WrappedKey key;
  LetterCode code;
};

/// Makes at most `limit` letters of those that wait, after the asking (`after`, `after_seq`). Each is an access entry
/// in its record: name and address are read for it. errc::conflict if the profile knows no letters.
base::result<std::vector<MadeLetter>> make_letters(Context const& context, ports::Transaction& transaction,
                                                   ports::RecordId after, std::uint64_t after_seq, std::size_t limit);

/// What is printed.
struct AddressLetter {
  identity::Names names;
  rules::Address address;
  ports::Delivery delivery;
  std::string code;  ///< in groups
  base::Date good_through;
  std::string language;  ///< there is a catalog of it
};

/// A letter once it is opened.
struct OpenedLetter {
  ports::LetterRow letter;  ///< with the tags of its code, for mark_printed
  /// None if there is nothing to confirm any more: the registration has ended or gone, or is confirmed.
  std::optional<base::Personal<AddressLetter>> content;
};

/// Opens name and address, and the contact for its language, after the making was journalled durably (G4). Whoever has
/// no contact in force is written to in the profile's default language.
base::result<OpenedLetter> letter_of(Context const& context, MadeLetter const& made, ports::Commit const& commit);

/// The file with these letters is whole: their codes are good from now on. Those without content go. What was taken
/// back meanwhile stays so.
void mark_printed(ports::Transaction& transaction, std::span<OpenedLetter const> letters);

}  // namespace abode::service
