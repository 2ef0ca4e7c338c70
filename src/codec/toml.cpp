#include "codec/toml.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

namespace abode::codec {
namespace {

using base::errc;
using base::result;

std::string at_line(std::string_view file, std::uint32_t line) {
  return std::string{file} + ", line " + std::to_string(line) + ": ";
}

class Conversion {
 public:
  explicit Conversion(std::string_view file) : file_(file) {}

  TomlTable convert(toml::table const& table) {
    TomlTable out;
    for (auto const& [key, value] : table) out.members.push_back({std::string{key.str()}, convert(value)});
    // The library sorts by key; messages and readers go by place.
    std::sort(out.members.begin(), out.members.end(), [](TomlMember const& a, TomlMember const& b) {
      return std::tie(a.value.line, a.key) < std::tie(b.value.line, b.key);
    });
    return out;
  }

  std::optional<base::Error> error;

 private:
  TomlValue convert(toml::node const& node) {
    std::uint32_t const line = node.source().begin.line;
    if (auto const* text = node.as_string()) return {text->get(), line};
    if (auto const* number = node.as_integer()) return {number->get(), line};
    if (auto const* flag = node.as_boolean()) return {flag->get(), line};
    if (auto const* table = node.as_table()) return {convert(*table), line};
    if (auto const* array = node.as_array()) {
      std::vector<TomlValue> values;
      for (toml::node const& element : *array) values.push_back(convert(element));
      return {std::move(values), line};
    }
    if (!error)
      error = base::fail(errc::malformed, at_line(file_, line) +
                                              "fractions and dates without quotes are not read. Write a whole "
                                              "number, or the date as a text: \"2026-01-31\".");
    return {false, line};
  }

  std::string_view file_;
};

}  // namespace

result<TomlTable> parse_toml(std::string_view text, std::string_view file) {
  if (text.size() > max_toml_bytes)
    return base::fail(errc::too_large,
                      std::string{file} + " is too large: " + std::to_string(max_toml_bytes / 1024) + " KiB at most.");
  toml::table parsed;
  try {
    parsed = toml::parse(text);
  } catch (toml::parse_error const& error) {  // the library's way to say it
    return base::fail(errc::malformed,
                      at_line(file, error.source().begin.line) + std::string{error.description()} + ".");
  }
  Conversion conversion{file};
  TomlTable table = conversion.convert(parsed);
  if (conversion.error) return *conversion.error;
  return table;
}

void TomlFault::report(std::uint32_t line, std::string const& key, std::string_view detail) {
  if (!first_) first_ = base::fail(errc::invalid, at_line(file_, line) + key + " " + std::string{detail}, key);
}

result<void> TomlFault::outcome() const {
  if (first_) return *first_;
  return {};
}

TomlReader::TomlReader(TomlFault& fault, TomlTable const& table, std::uint32_t line, std::string path)
    : fault_(fault), table_(table), line_(line), path_(std::move(path)) {}

std::string TomlReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string{key} : path_ + "." + std::string{key};
}

TomlValue const* TomlReader::find(std::string_view key) const {
  auto const found = std::find_if(table_.members.begin(), table_.members.end(),
                                  [&](TomlMember const& member) { return member.key == key; });
  return found == table_.members.end() ? nullptr : &found->value;
}

std::uint32_t TomlReader::line_of(std::string_view key) const {
  TomlValue const* const value = find(key);
  return value != nullptr ? value->line : line_;
}

bool TomlReader::has(std::string_view key) const {
  return find(key) != nullptr;
}

void TomlReader::fail(std::string_view key, std::string_view detail) {
  fault_.report(line_of(key), path_of(key), detail);
}

TomlValue const* TomlReader::required(std::string_view key) {
  known_.emplace(key);
  TomlValue const* const value = find(key);
  if (value == nullptr) fail(key, "is missing. Write it.");
  return value;
}

template <class T>
T const* TomlReader::typed(std::string_view key, std::string_view what) {
  TomlValue const* const value = required(key);
  if (value == nullptr) return nullptr;
  T const* const content = std::get_if<T>(&value->content);
  if (content == nullptr) fail(key, "is not " + std::string{what} + ". Write it as one.");
  return content;
}

std::string TomlReader::text(std::string_view key) {
  auto const* const value = typed<std::string>(key, "a text");
  if (value == nullptr) return {};
  if (value->empty()) fail(key, "is empty. Write something.");
  return *value;
}

std::optional<std::string> TomlReader::optional_text(std::string_view key) {
  known_.emplace(key);
  if (!has(key)) return std::nullopt;
  return text(key);
}

bool TomlReader::flag(std::string_view key) {
  bool const* const value = typed<bool>(key, "true or false");
  return value != nullptr && *value;
}

std::int64_t TomlReader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
  auto const* const value = typed<std::int64_t>(key, "a whole number");
  if (value == nullptr) return min;
  if (*value >= min && *value <= max) return *value;
  fail(key, "is out of range. Write a whole number from " + std::to_string(min) + " to " + std::to_string(max) + ".");
  return min;
}

base::Date TomlReader::date(std::string_view key) {
  std::string const written = text(key);
  auto const date = base::parse_date(written);
  if (date) return *date;
  fail(key, "is not a day that exists. Write it as \"YYYY-MM-DD\".");
  return {};
}

std::vector<std::string> TomlReader::texts(std::string_view key, std::size_t limit, bool or_none) {
  auto const* const values = typed<std::vector<TomlValue>>(key, "a list of texts");
  std::vector<std::string> out;
  if (values == nullptr) return out;
  if (values->empty() && !or_none) fail(key, "is empty. Write one element at least.");
  if (values->size() > limit) fail(key, "is too long: " + std::to_string(limit) + " elements at most.");
  for (TomlValue const& value : *values) {
    auto const* const element = std::get_if<std::string>(&value.content);
    if (element == nullptr || element->empty())
      fault_.report(value.line, path_of(key), "has an element that is not a text, or an empty one.");
    else if (std::find(out.begin(), out.end(), *element) != out.end())
      fault_.report(value.line, path_of(key), "has \"" + *element + "\" twice. Take one out.");
    else
      out.push_back(*element);
  }
  return out;
}

std::vector<base::Date> TomlReader::dates(std::string_view key, std::size_t limit) {
  std::vector<base::Date> out;
  for (std::string const& written : texts(key, limit, true)) {
    auto const date = base::parse_date(written);
    if (date) out.push_back(*date);
    if (!date) fail(key, "has \"" + written + "\", which is not a day that exists. Write it as \"YYYY-MM-DD\".");
  }
  return out;
}

std::size_t TomlReader::choice(std::string_view key, std::vector<std::string_view> const& names) {
  std::string const written = text(key);
  auto const found = std::find(names.begin(), names.end(), written);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string list;
  for (std::string_view name : names) list += (list.empty() ? "\"" : ", \"") + std::string{name} + "\"";
  fail(key, "is none of " + list + ". Choose one.");
  return 0;
}

void TomlReader::table(std::string_view key, Reading const& read) {
  auto const* const inner = typed<TomlTable>(key, "a table");
  if (inner == nullptr) return;
  TomlReader reader{fault_, *inner, line_of(key), path_of(key)};
  read(reader);
  reader.finish();
}

void TomlReader::tables(std::string_view key, std::size_t limit, Reading const& read, bool or_none) {
  if (or_none && !has(key)) return;
  auto const* const values = typed<std::vector<TomlValue>>(key, "a list of tables");
  if (values == nullptr) return;
  if (values->empty() && !or_none) fail(key, "is empty. Write one table at least.");
  if (values->size() > limit) fail(key, "has too many tables: " + std::to_string(limit) + " at most.");
  for (TomlValue const& value : *values) {
    auto const* const inner = std::get_if<TomlTable>(&value.content);
    if (inner == nullptr) {
      fault_.report(value.line, path_of(key), "has an element that is not a table.");
      continue;
    }
    TomlReader reader{fault_, *inner, value.line, path_of(key)};
    read(reader);
    reader.finish();
  }
}

void TomlReader::finish() {
  for (TomlMember const& member : table_.members)
    if (!known_.contains(member.key))
      fault_.report(member.value.line, path_of(member.key), "is not known here. Correct its name or take it out.");
}

}  // namespace abode::codec
