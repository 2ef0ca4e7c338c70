#include "text/catalogs.hpp"

#include <unicode/locid.h>
#include <unicode/msgfmt.h>

#include <map>
#include <span>
#include <utility>

#include "base/assert.hpp"
#include "codec/json.hpp"

namespace abode::text {

// Embedded: see CMakeLists.txt.
std::span<std::pair<std::string_view, std::string_view> const> catalog_texts();

namespace {

struct Catalog {
  bool reviewed = false;
  std::map<std::string, std::string, std::less<>> messages;
};
using Catalogs = std::map<std::string, Catalog, std::less<>>;

Catalog read_catalog(std::string_view language, std::string_view text) {
  auto const parsed = codec::parse_json(text);
  base::ensure(parsed.has_value() && parsed->is_object(), "a catalog is a JSON object");
  auto const& object = parsed->get_object();
  base::ensure(object.at("language").as_string() == language, "a catalog is named after its language");
  Catalog catalog;
  catalog.reviewed = object.at("reviewed").as_bool();
  for (auto const& [name, message] : object.at("messages").as_object())
    catalog.messages.emplace(std::string{name}, std::string{std::string_view{message.as_string()}});
  return catalog;
}

Catalogs const& catalogs() {
  static Catalogs const all = [] {
    Catalogs made;
    for (auto const& [language, text] : catalog_texts())
      made.emplace(std::string{language}, read_catalog(language, text));
    return made;
  }();
  return all;
}

Catalog const& catalog_of(std::string_view language) {
  auto const found = catalogs().find(language);
  base::ensure(found != catalogs().end(), "there is a catalog of each language");
  return found->second;
}

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
}

/// ICU has no plural rules for Tajik and would say "1 days": it counts as Uzbek does, one and other.
icu::Locale locale_of(std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  auto const locale = icu::Locale::forLanguageTag(language == "tg" ? "uz-Cyrl" : std::string{language}.c_str(), status);
  base::ensure(U_SUCCESS(status) != 0, "a language has a tag that ICU knows");
  return locale;
}

icu::Formattable formattable(std::variant<std::int64_t, std::string_view> const& value) {
  if (auto const* const number = std::get_if<std::int64_t>(&value)) return icu::Formattable{*number};
  return icu::Formattable{unicode(std::get<std::string_view>(value))};
}

}  // namespace

std::vector<std::string> catalog_languages() {
  std::vector<std::string> languages;
  for (auto const& [language, catalog] : catalogs()) languages.push_back(language);
  return languages;
}

std::vector<std::string> message_names(std::string_view language) {
  std::vector<std::string> names;
  for (auto const& [name, pattern] : catalog_of(language).messages) names.push_back(name);
  return names;
}

std::string message_pattern(std::string_view language, std::string_view message) {
  auto const& messages = catalog_of(language).messages;
  auto const found = messages.find(message);
  base::ensure(found != messages.end(), "a catalog has every message");
  return found->second;
}

bool is_reviewed(std::string_view language) {
  return catalog_of(language).reviewed;
}

std::string format_message(std::string_view language, std::string_view message,
                           std::initializer_list<Argument> arguments) {
  return format_pattern(language, message_pattern(language, message), arguments);
}

std::string format_pattern(std::string_view language, std::string_view pattern,
                           std::initializer_list<Argument> arguments) {
  UErrorCode status = U_ZERO_ERROR;
  icu::MessageFormat const format{unicode(pattern), locale_of(language), status};
  base::ensure(U_SUCCESS(status) != 0, "a message is a pattern of ICU's MessageFormat");
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (Argument const& argument : arguments) {
    names.push_back(unicode(argument.name));
    values.push_back(formattable(argument.value));
  }
  icu::UnicodeString filled;
  format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), filled, status);
  base::ensure(U_SUCCESS(status) != 0, "a message takes the arguments it is given");
  std::string out;
  filled.toUTF8String(out);
  return out;
}

}  // namespace abode::text
