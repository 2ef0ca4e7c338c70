// What the register says to people in their languages: ICU MessageFormat messages, one catalog (catalogs/*.json) a
// language. The web app is to share them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace abode::text {

/// A value for a placeholder of a message.
struct Argument {
  std::string_view name;
  std::variant<std::int64_t, std::string_view> value;
};

/// The languages that there is a catalog of, as BCP 47 tags, in alphabetical order.
std::vector<std::string> catalog_languages();
/// The names of a language's messages, in alphabetical order.
std::vector<std::string> message_names(std::string_view language);
/// The pattern of a message as it stands in its catalog.
std::string message_pattern(std::string_view language, std::string_view message);
/// False for a draft by a machine that no person has read.
bool is_reviewed(std::string_view language);

/// The message with its placeholders filled in, its plurals by CLDR's rules for the language; those of Tajik, which
/// CLDR has none for, by those of Uzbek. A language, message or argument that there is not is a bug.
std::string format_message(std::string_view language, std::string_view message,
                           std::initializer_list<Argument> arguments);
/// The same of a pattern that is not in a catalog.
std::string format_pattern(std::string_view language, std::string_view pattern,
                           std::initializer_list<Argument> arguments);

}  // namespace abode::text
