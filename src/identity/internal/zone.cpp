#include "identity/internal/zone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/assert.hpp"

namespace abode::identity::internal {
namespace {

using base::errc;
using base::fail;

/// In the order of MrzSize.
constexpr std::array layouts{
    Layout{.size = MrzSize::td1,
           .lines = 3,
           .width = 30,
           .long_numbers = true,
           .document_code = {1, 1, 2},
           .issuing_state = {1, 3, 3},
           .names = {3, 1, 30},
           .number = {1, 6, 9},
           .number_check = {1, 15, 1},
           .nationality = {2, 16, 3},
           .birth = {2, 1, 6},
           .birth_check = {2, 7, 1},
           .sex = {2, 8, 1},
           .expiry = {2, 9, 6},
           .expiry_check = {2, 15, 1},
           .optional = {1, 16, 15},
           .more_optional = {2, 19, 11},
           .composite = {{{1, 6, 25}, {2, 1, 7}, {2, 9, 7}, {2, 19, 11}}},
           .composite_check = {2, 30, 1}},
    Layout{.size = MrzSize::td2,
           .lines = 2,
           .width = 36,
           .long_numbers = true,
           .document_code = {1, 1, 2},
           .issuing_state = {1, 3, 3},
           .names = {1, 6, 31},
           .number = {2, 1, 9},
           .number_check = {2, 10, 1},
           .nationality = {2, 11, 3},
           .birth = {2, 14, 6},
           .birth_check = {2, 20, 1},
           .sex = {2, 21, 1},
           .expiry = {2, 22, 6},
           .expiry_check = {2, 28, 1},
           .optional = {2, 29, 7},
           .composite = {{{2, 1, 10}, {2, 14, 7}, {2, 22, 14}}},
           .composite_check = {2, 36, 1}},
    Layout{.size = MrzSize::td3,
           .lines = 2,
           .width = 44,
           .long_numbers = false,
           .document_code = {1, 1, 2},
           .issuing_state = {1, 3, 3},
           .names = {1, 6, 39},
           .number = {2, 1, 9},
           .number_check = {2, 10, 1},
           .nationality = {2, 11, 3},
           .birth = {2, 14, 6},
           .birth_check = {2, 20, 1},
           .sex = {2, 21, 1},
           .expiry = {2, 22, 6},
           .expiry_check = {2, 28, 1},
           .optional = {2, 29, 14},
           .optional_check = {2, 43, 1},
           .composite = {{{2, 1, 10}, {2, 14, 7}, {2, 22, 22}}},
           .composite_check = {2, 44, 1}},
};

constexpr std::string_view sizes_sentence =
    "A machine-readable zone has 3 lines of 30 characters (identity card), 2 of 44 (passport) or 2 of 36 (larger card)";

/// Bytes at the start of `text` that are a blank of any kind but a line end.
std::size_t blank_at_start_of(std::string_view text) {
  constexpr std::string_view no_break_space = "\xc2\xa0";
  constexpr std::string_view zero_width_space = "\xe2\x80\x8b";
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  for (std::string_view blank : {std::string_view{" "}, std::string_view{"\t"}, std::string_view{"\v"},
                                 std::string_view{"\f"}, no_break_space, zero_width_space, byte_order_mark})
    if (text.starts_with(blank)) return blank.size();
  return 0;
}

/// The lines that are not blank, in upper case and without blanks. Case is ASCII only: under a Turkic locale i becomes
/// a letter that no zone has.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    if (std::size_t const blank = blank_at_start_of(text); blank > 0) {
      text.remove_prefix(blank);
      continue;
    }
    char c = text.front();
    text.remove_prefix(1);
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c != '\n' && c != '\r')
      lines.back().push_back(c);
    else if (!lines.back().empty())
      lines.emplace_back();
  }
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

std::string_view hint_for_forbidden(std::string_view rest) {
  auto const is_ascii = static_cast<unsigned char>(rest.front()) < 0x80;
  if (rest.starts_with("\xc2\xab")) return "this quotation mark is probably '<<'";
  if (rest.starts_with("\xe2\x80\xb9")) return "this quotation mark is probably '<'";
  if (rest.front() == '-' || rest.front() == '_') return "this dash is probably '<'";
  if (!is_ascii) return "letters of other alphabets can look like Latin ones, so type this one on a Latin keyboard";
  return "read this character again";
}

std::optional<base::Error> forbidden_character(std::vector<std::string> const& lines) {
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t const at = lines[i].find_first_not_of(allowed);
    if (at == std::string::npos) continue;
    return fail(
        errc::malformed,
        fmt::format("Line {}, column {}: a machine-readable zone has only the letters A to Z, digits and '<'; {}.",
                    i + 1, at + 1, hint_for_forbidden(std::string_view{lines[i]}.substr(at))),
        "mrz");
  }
  return std::nullopt;
}

/// Text of one line is a zone whose lines run together, if a size has just as many characters.
base::result<MrzSize> split_single_line(std::vector<std::string>& lines) {
  std::string const whole = lines.front();
  for (Layout const& layout : layouts) {
    if (whole.size() != layout.lines * layout.width) continue;
    lines.clear();
    for (std::size_t i = 0; i < layout.lines; ++i) lines.push_back(whole.substr(i * layout.width, layout.width));
    return layout.size;
  }
  return fail(errc::malformed,
              fmt::format("{}; this text is one line of {}. Type all lines of the zone, each to its end.",
                          sizes_sentence, whole.size()),
              "mrz");
}

base::Error wrong_length(std::vector<std::string> const& lines, std::size_t width) {
  auto const wrong = std::find_if(lines.begin(), lines.end(), [&](auto& line) { return line.size() != width; });
  return fail(errc::malformed,
              fmt::format("Line {} has {} characters. {}. Look for a missing or doubled '<'.",
                          wrong - lines.begin() + 1, wrong->size(), sizes_sentence),
              "mrz");
}

base::result<MrzSize> size_of(std::vector<std::string>& lines) {
  if (lines.empty())
    return fail(errc::malformed, "Type the two or three lines of letters, digits and '<' on the document.", "mrz");
  if (lines.size() == 1) return split_single_line(lines);
  if (lines.size() > 3)
    return fail(errc::malformed,
                fmt::format("{}; this text has {} lines. Leave out what is not part of the zone.", sizes_sentence,
                            lines.size()),
                "mrz");
  for (Layout const& layout : layouts) {
    auto const fits = [&](auto& line) { return line.size() == layout.width; };
    if (lines.size() == layout.lines && std::all_of(lines.begin(), lines.end(), fits)) return layout.size;
  }
  if (lines.size() == 3) return wrong_length(lines, 30);
  bool const likely_a_passport = std::max(lines[0].size(), lines[1].size()) > 40;
  return wrong_length(lines, likely_a_passport ? 44 : 36);
}

}  // namespace

Layout const& layout_of(MrzSize size) {
  return layouts.at(static_cast<std::size_t>(size));
}

Zone::Zone(MrzSize size) : layout_(&layout_of(size)) {
  for (std::size_t i = 0; i < layout_->lines; ++i) lines_.at(i).assign(layout_->width, filler);
}

std::string_view Zone::at(Span span) const {
  return std::string_view{lines_.at(span.line - 1)}.substr(span.column - 1, span.length);
}

void Zone::put(Span span, std::string_view field) {
  base::ensure(field.size() <= span.length, "a field of a machine-readable zone is wider than its place");
  lines_.at(span.line - 1).replace(span.column - 1, field.size(), field);
}

char Zone::check_digit_of(Spans const& spans) const {
  std::string field;
  for (Span const span : spans) field += at(span);
  return check_digit(field);
}

void Zone::put_check_digit(Span at, Spans const& covers) {
  char const digit = check_digit_of(covers);
  put(at, {&digit, at.length});
}

std::string Zone::text() const {
  return fmt::format("{}",
                     fmt::join(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(layout_->lines), "\n"));
}

base::result<Zone> read_zone(std::string_view text) {
  if (text.size() > max_mrz_text_bytes)
    return fail(errc::too_large, fmt::format("{}. Leave out what is not part of the zone.", sizes_sentence), "mrz");
  std::vector<std::string> lines = lines_of(text);
  if (auto error = forbidden_character(lines)) return *error;
  auto const size = size_of(lines);
  if (!size) return size.error();
  Zone zone{*size};
  for (std::size_t i = 0; i < lines.size(); ++i) zone.put({i + 1, 1, lines[i].size()}, lines[i]);
  return zone;
}

base::result<NumberPlaces> place_number(Zone const& zone) {
  Layout const& layout = zone.layout();
  if (!layout.long_numbers || zone.at(layout.number_check).front() != filler)
    return NumberPlaces{{layout.number}, layout.number_check, layout.optional};

  auto const broken = [&](std::string_view what) {
    return fail(errc::malformed,
                fmt::format("Line {}, column {}: {}. Compare this line with the document.", layout.number_check.line,
                            layout.number_check.column, what),
                "document_number");
  };
  std::size_t const end = zone.at(layout.optional).find(filler);
  if (end < 2) return broken("the check digit of the document number is missing");
  if (end == std::string_view::npos)
    return broken("'<' says that the document number goes on in the optional data, but no '<' ends it there");
  auto const [line, column, length] = layout.optional;
  return NumberPlaces{{layout.number, Span{line, column, end - 1}},
                      {line, column + end - 1, 1},
                      {line, column + end + 1, length - end - 1}};
}

}  // namespace abode::identity::internal
