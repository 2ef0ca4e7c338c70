// Machine-readable zones of passports and identity cards: ICAO Doc 9303, 8th edition, parts 3 (all sizes), 4 (TD3),
// 5 (TD1) and 6 (TD2). Reading a zone gives every field of it, so that writing gives the same zone again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::identity {

enum class MrzSize : std::uint8_t {
  td1,  ///< 3 lines of 30 characters: the size of a bank card
  td2,  ///< 2 lines of 36 characters: larger cards, now rare
  td3,  ///< 2 lines of 44 characters: passports
};

enum class Sex : std::uint8_t { female, male, unspecified };

/// A date as the zone has it: each part is two digits or unknown (`8007<<` is July of a year 80, day unknown).
/// The parts need not make a calendar date; date_of_birth and date_of_expiry say whether they do.
struct MrzDate {
  std::optional<std::uint8_t> year;   ///< last two digits, 0 to 99
  std::optional<std::uint8_t> month;  ///< 0 to 99
  std::optional<std::uint8_t> day;    ///< 0 to 99
  bool operator==(MrzDate const&) const = default;
};

/// Every field of a zone, without the fillers `<` that pad it. Fillers between two characters stay: they stand for
/// a space, a hyphen or another sign that the zone cannot hold. Check digits are not kept, they follow from the rest.
struct Mrz {
  MrzSize size = MrzSize::td3;
  std::string document_code;         ///< one or two letters: "P", "ID"
  std::string issuing_state;         ///< one to three letters: "UTO" (specimens), "D" (Germany)
  std::string primary_identifier;    ///< surname: "ERIKSSON", "VAN<DER<MUELLEN"; never blank
  std::string secondary_identifier;  ///< given names: "ANNA<MARIA"; blank for a person with a single name
  std::string document_number;       ///< whole, even where it runs on into the optional data
  std::string nationality;           ///< only to write the zone back: Abode never stores it (G9)
  MrzDate birth;
  Sex sex = Sex::unspecified;
  MrzDate expiry;
  std::string optional_data;              ///< what the state likes; in a passport often a personal number
  std::string more_optional_data;         ///< TD1 only: the optional data of line 2
  bool optional_check_is_filler = false;  ///< TD3 only: column 43 is `<` and not `0`; both are right for blank data
  bool operator==(Mrz const&) const = default;
};

inline constexpr std::size_t max_mrz_text_bytes = 1024;

/// Reads a zone as people paste or type it: blanks, empty lines, CRLF and lower case do not matter, nor does it when
/// the lines run together. The characters themselves must be right: a letter typed for a digit (O for 0) is an error
/// that names line, column (both from 1, blanks not counted) and what is probably meant. The first fault is reported:
/// errc::too_large, errc::malformed (size, characters, form of a field) or errc::invalid (a check digit).
base::result<Mrz> parse_mrz(std::string_view text);

/// The zone as its lines joined by '\n', with all check digits; the inverse of parse_mrz. The fields must be such as
/// parse_mrz returns them: one that does not fit its place is a bug.
std::string write_mrz(Mrz const& mrz);

/// The check digit of a field as a character '0' to '9' (part 3, section 4.9): values 0-9, A-Z as 10-35 and `<` as 0,
/// weighted 7, 3, 1, 7, 3, 1 ..., their sum modulo 10.
char check_digit(std::string_view field);

/// The name fills its field to the last column, so the zone may have cut it (part 3, section 4.6). Never ask that the
/// name in a zone equals the full name of the person.
bool name_may_be_cut(Mrz const& mrz);

/// The latest date not after `today` that has these two digits as its year: someone of 100 years or more reads as a
/// century younger. errc::invalid when a part is unknown or when the parts do not make a calendar date.
base::result<base::Date> date_of_birth(Mrz const& mrz, base::Date today);

/// The year is taken from the 49 years before `today` to the 50 after it. Errors as for date_of_birth.
base::result<base::Date> date_of_expiry(Mrz const& mrz, base::Date today);

}  // namespace abode::identity
