#include "text/text.hpp"

#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/timezone.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

#include <memory>

#include "base/assert.hpp"

namespace abode::text {
namespace {

using base::errc;
using base::fail;

bool is_valid_utf8(std::string_view bytes) {
  std::int32_t units = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(nullptr, 0, &units, bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  return status != U_INVALID_CHAR_FOUND;
}

// Zero-width joiner and non-joiner are part of how some scripts are spelled; other invisible formats only hide things.
bool is_allowed(UChar32 c) {
  if (c == 0x200c || c == 0x200d) return true;
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_UNASSIGNED:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR: return false;
    default: return true;
  }
}

icu::Normalizer2 const& form_c() {
  UErrorCode status = U_ZERO_ERROR;
  icu::Normalizer2 const* const form = icu::Normalizer2::getNFCInstance(status);
  base::ensure(U_SUCCESS(status) != 0 && form != nullptr, "ICU has no data for normal form C");
  return *form;
}

bool is_plain_ascii_line(std::string_view typed) {
  bool blank_before = true;
  for (char c : typed) {
    if (c < 0x20 || c > 0x7e || (c == ' ' && blank_before)) return false;
    blank_before = c == ' ';
  }
  return typed.empty() || !blank_before;
}

}  // namespace

base::result<std::string> clean_line(std::string_view typed, std::string const& field) {
  if (is_plain_ascii_line(typed)) return std::string{typed};  // the common case needs no Unicode tables
  if (!is_valid_utf8(typed)) return fail(errc::invalid, "This text is damaged (not UTF-8). Type it again.", field);
  UErrorCode status = U_ZERO_ERROR;
  auto const length = static_cast<std::int32_t>(typed.size());
  icu::UnicodeString const normal =
      form_c().normalize(icu::UnicodeString::fromUTF8(icu::StringPiece{typed.data(), length}), status);
  base::ensure(U_SUCCESS(status) != 0, "ICU cannot normalise");

  icu::UnicodeString out;
  bool blank_waiting = false;
  for (std::int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
    UChar32 const c = normal.char32At(i);
    if (u_isUWhiteSpace(c) && u_charType(c) == U_SPACE_SEPARATOR) {
      blank_waiting = !out.isEmpty();
      continue;
    }
    if (!is_allowed(c))
      return fail(errc::invalid,
                  "This text holds a control or invisible character. Type it again on one line, without it.", field);
    if (blank_waiting) out.append(u' ');
    blank_waiting = false;
    out.append(c);
  }
  std::string clean;
  out.toUTF8String(clean);
  return clean;
}

std::string language_name(std::string const& tag) {
  icu::UnicodeString name;
  icu::Locale const locale{tag.c_str()};
  locale.getDisplayName(locale, name);
  std::string out;
  name.toUTF8String(out);
  return out.empty() ? tag : out;
}

std::string country_name(std::string const& code, std::string const& language) {
  icu::UnicodeString name;
  icu::Locale const country{"", code.c_str()};
  country.getDisplayCountry(icu::Locale{language.c_str()}, name);
  std::string out;
  name.toUTF8String(out);
  return out.empty() ? code : out;
}

std::string long_date(base::Date date, std::string const& language) {
  std::unique_ptr<icu::DateFormat> const format{
      icu::DateFormat::createDateInstance(icu::DateFormat::kLong, icu::Locale{language.c_str()})};
  base::ensure(format != nullptr, "ICU has no dates");
  format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  icu::UnicodeString text;
  constexpr double milliseconds_in_a_day = 86'400'000;
  format->format(static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count()) * milliseconds_in_a_day,
                 text);
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace abode::text
