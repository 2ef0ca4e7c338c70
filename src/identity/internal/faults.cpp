#include "identity/internal/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace abode::identity::internal {
namespace {

using base::errc;
using base::Error;

/// Letters and digits that people and cameras take for each other. G and 6 are not here: their values differ by ten,
/// so no check digit tells them apart.
constexpr std::pair<char, char> twins[] = {{'O', '0'}, {'I', '1'}, {'S', '5'}, {'B', '8'}, {'Z', '2'}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

/// The digit that looks like this letter, or the other way round.
std::optional<char> twin_of(char c) {
  for (auto const& [letter, digit] : twins) {
    if (c == letter) return digit;
    if (c == digit) return letter;
  }
  return std::nullopt;
}

std::string describe(char c) {
  return fmt::format("the {} {}", is_digit(c) ? "digit" : "letter", c);
}

Error fault_at(errc code, Span at, std::string_view sentence, std::string_view field) {
  return base::fail(code, fmt::format("Line {}, column {}: {}", at.line, at.column, sentence), std::string{field});
}

// ---- characters

struct CharacterRule {
  Span span;
  bool letters;  ///< letters and fillers only; otherwise digits and fillers only
  std::string_view what;
  std::string_view field;
};

std::optional<Error> character_fault(Zone const& zone, CharacterRule const& rule) {
  std::string_view const text = zone.at(rule.span);
  auto const wrong = [&](char c) { return rule.letters ? is_digit(c) : is_letter(c); };
  auto const found = std::find_if(text.begin(), text.end(), wrong);
  if (found == text.end()) return std::nullopt;
  Span const at{rule.span.line, rule.span.column + static_cast<std::size_t>(found - text.begin()), 1};
  auto const twin = twin_of(*found);
  return fault_at(errc::malformed, at,
                  fmt::format("{} has only {}; '{}' {}.", rule.what, rule.letters ? "letters" : "digits", *found,
                              twin ? "is probably " + describe(*twin) : "cannot be right, read it again"),
                  rule.field);
}

std::optional<Error> find_character_fault(Zone const& zone, NumberPlaces const& places) {
  Layout const& layout = zone.layout();
  CharacterRule const rules[] = {
      {layout.document_code, true, "the document code", "document_code"},
      {layout.issuing_state, true, "the code of the issuing state", "issuing_state"},
      {layout.names, true, "a name", "name"},
      {layout.nationality, true, "the code of the nationality", "nationality"},
      {layout.birth, false, "a birth date", "birth_date"},
      {layout.expiry, false, "an expiry date", "expiry_date"},
      {places.check, false, "a check digit", "document_number"},
      {layout.birth_check, false, "a check digit", "birth_date"},
      {layout.expiry_check, false, "a check digit", "expiry_date"},
      {layout.optional_check, false, "a check digit", "optional_data"},
      {layout.composite_check, false, "a check digit", "mrz"},
  };
  for (CharacterRule const& rule : rules)
    if (auto fault = character_fault(zone, rule)) return fault;
  return std::nullopt;
}

// ---- the form of a field

/// One to three letters, then fillers: "UTO", "D<<".
bool is_state_code(std::string_view text) {
  return text.find_last_not_of(filler) < text.find(filler);
}

/// Year, month and day are each two digits or two fillers.
bool has_date_form(std::string_view text) {
  return is_digit(text[0]) == is_digit(text[1]) && is_digit(text[2]) == is_digit(text[3]) &&
         is_digit(text[4]) == is_digit(text[5]);
}

std::optional<Error> find_form_fault(Zone const& zone) {
  Layout const& layout = zone.layout();
  auto const fault = [](Span at, std::string_view sentence, std::string_view field) {
    return fault_at(errc::malformed, at, sentence, field);
  };
  if (zone.at(layout.document_code).front() == 'V')
    return fault(layout.document_code, "this is the zone of a visa. Use the zone of a passport or an identity card.",
                 "document_code");
  if (zone.at(layout.document_code).front() == filler)
    return fault(layout.document_code, "the document code is missing; a passport has P here.", "document_code");
  for (auto const& [span, field] :
       {std::pair{layout.issuing_state, "issuing_state"}, {layout.nationality, "nationality"}})
    if (!is_state_code(zone.at(span)))
      return fault(span, "a state's code is one to three letters followed by '<', such as UTO or D<<.", field);
  if (zone.at(layout.names).front() == filler)
    return fault(layout.names, "the name must begin here; there is '<'.", "name");
  if (zone.at(layout.number).find_first_not_of(filler) == std::string_view::npos)
    return fault(layout.number, "the document number is missing.", "document_number");
  for (auto const& [span, field] : {std::pair{layout.birth, "birth_date"}, {layout.expiry, "expiry_date"}})
    if (!has_date_form(zone.at(span)))
      return fault(span, "a date is year, month and day, each of two digits, or '<<' where it is unknown.", field);
  if (std::string_view{"FM<"}.find(zone.at(layout.sex)) == std::string_view::npos)
    return fault(layout.sex, "the sex is F, M or '<'.", "sex");
  return std::nullopt;
}

// ---- check digits

struct Check {
  Span digit;
  Spans covers;
  Spans suspects;  ///< the part of `covers` where a letter and a digit are both possible
  std::string_view what;
  std::string_view field;
};

bool holds(Zone const& zone, Check const& check) {
  return zone.at(check.digit).front() == zone.check_digit_of(check.covers);
}

struct Slip {
  Span at;
  char typed;
  char meant;
};

/// Each single character that makes the check digit right when it is taken for its twin.
std::vector<Slip> single_slips(Zone zone, Check const& check) {
  std::vector<Slip> slips;
  for (Span const span : check.suspects) {
    for (std::size_t i = 0; i < span.length; ++i) {
      Span const at{span.line, span.column + i, 1};
      char const typed = zone.at(at).front();
      auto const meant = twin_of(typed);
      if (!meant) continue;
      zone.put(at, {&*meant, 1});
      if (holds(zone, check)) slips.push_back({at, typed, *meant});
      zone.put(at, {&typed, 1});
    }
  }
  return slips;
}

std::string describe(std::vector<Slip> const& slips, Check const& check) {
  std::string text;
  for (auto const& [at, typed, meant] : slips) {
    if (!text.empty()) text += ", or ";
    auto const line = at.line == check.digit.line ? std::string{} : fmt::format("line {}, ", at.line);
    text += fmt::format("'{}' at {}column {} {} {}", typed, line, at.column,
                        slips.size() == 1 ? "is probably" : "may be", describe(meant));
  }
  return text;
}

/// Who types O for 0 may do so every time: takes every `typed` for `meant` at the same time.
bool holds_with_all(Zone zone, Check const& check, char typed, char meant) {
  for (Span const span : check.suspects) {
    std::string text{zone.at(span)};
    std::replace(text.begin(), text.end(), typed, meant);
    zone.put(span, text);
  }
  return holds(zone, check);
}

std::string hint_for(Zone const& zone, Check const& check) {
  constexpr std::string_view compare = "compare both with the document, character by character";
  constexpr std::size_t most_alternatives = 3;  // a longer list helps nobody
  auto const slips = single_slips(zone, check);
  if (slips.size() > most_alternatives) return std::string{compare};
  if (!slips.empty()) return describe(slips, check);
  for (auto const& [letter, digit] : twins)
    if (holds_with_all(zone, check, letter, digit))
      return fmt::format("every '{}' in it is probably {}", letter, describe(digit));
  return std::string{compare};
}

std::optional<Error> check_digit_fault(Zone const& zone, Check const& check) {
  if (zone.at(check.digit).front() == filler)
    return fault_at(errc::malformed, check.digit, fmt::format("the check digit of the {} is missing.", check.what),
                    check.field);
  if (holds(zone, check)) return std::nullopt;
  return fault_at(errc::invalid, check.digit,
                  fmt::format("the check digit does not match the {}; {}.", check.what, hint_for(zone, check)),
                  check.field);
}

std::optional<Error> find_check_digit_fault(Zone const& zone, NumberPlaces const& places) {
  Layout const& layout = zone.layout();
  Check const number{places.check, places.number, places.number, "document number", "document_number"};
  Check const birth{layout.birth_check, {layout.birth}, {}, "birth date", "birth_date"};
  Check const expiry{layout.expiry_check, {layout.expiry}, {}, "expiry date", "expiry_date"};
  Check const optional{layout.optional_check, {layout.optional}, {layout.optional}, "personal number", "optional_data"};
  // Only data without a check digit of its own is in doubt when the last check digit alone fails.
  bool const optional_has_own = layout.optional_check.length > 0;
  Check const composite{layout.composite_check, layout.composite,
                        optional_has_own ? Spans{} : Spans{places.optional, layout.more_optional}, "zone as a whole",
                        "mrz"};

  for (Check const* check : {&number, &birth, &expiry})
    if (auto fault = check_digit_fault(zone, *check)) return fault;
  bool const optional_is_blank = zone.at(layout.optional).find_first_not_of(filler) == std::string_view::npos;
  bool const check_may_be_filler = optional_is_blank && zone.at(layout.optional_check).front() == filler;
  if (optional_has_own && !check_may_be_filler)
    if (auto fault = check_digit_fault(zone, optional)) return fault;
  return check_digit_fault(zone, composite);
}

}  // namespace

std::optional<Error> find_fault(Zone const& zone, NumberPlaces const& places) {
  if (auto fault = find_character_fault(zone, places)) return fault;
  if (auto fault = find_form_fault(zone)) return fault;
  return find_check_digit_fault(zone, places);
}

}  // namespace abode::identity::internal
