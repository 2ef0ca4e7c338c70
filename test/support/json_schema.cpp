#include "support/json_schema.hpp"

#include <regex.h>

#include <algorithm>
#include <set>

#include "base/assert.hpp"
#include "base/time.hpp"

namespace abode::test {
namespace {

namespace json = codec::json;

constexpr std::string_view annotations[] = {"description", "default", "example", "contentEncoding"};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool has_type(json::value const& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  base::fatal("a schema with an unknown type");
}

/// The patterns are written so that POSIX reads them as JSON Schema does.
bool matches(std::string const& text, std::string const& pattern) {
  regex_t compiled;
  base::ensure(regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) == 0, "a pattern that does not compile");
  bool const found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return found;
}

bool has_format(std::string_view text, std::string_view format) {
  if (format == "date") return base::parse_date(text).has_value();
  if (format == "date-time") return base::parse_time(text).has_value();
  base::fatal("a schema with an unknown format");
}

/// One check of one value; collects what is wrong.
class Check {
 public:
  Check(SchemaChecker const& checker, std::vector<std::string>& faults) : checker_(checker), faults_(faults) {}

  void value(json::value const& schema, json::value const& instance, std::string const& place) {
    json::object const& rules = schema.as_object();
    for (auto const& [keyword, rule] : rules) keyword_holds(std::string_view{keyword}, rule, instance, place);
    if (!instance.is_object()) return;
    std::set<std::string_view> described;
    describe(schema, described);
    if (described.empty()) return;  // an object of any form
    for (auto const& [name, member] : instance.as_object())
      if (!described.contains(name)) fault(place + "/" + std::string{name}, "is not described");
  }

 private:
  void fault(std::string const& place, std::string const& what) { faults_.push_back(place + ": " + what); }

  void keyword_holds(std::string_view keyword, json::value const& rule, json::value const& instance,
                     std::string const& place) {
    if (std::find(std::begin(annotations), std::end(annotations), keyword) != std::end(annotations)) return;
    if (keyword == "$ref") return part(checker_.resolve(json::object{{"$ref", rule}}), instance, place);
    if (keyword == "type") return type(rule, instance, place);
    if (keyword == "enum") {
      if (std::find(rule.as_array().begin(), rule.as_array().end(), instance) == rule.as_array().end())
        fault(place, json::serialize(instance) + " is none of " + json::serialize(rule));
      return;
    }
    if (keyword == "anyOf") return any_of(rule.as_array(), instance, place);
    if (keyword == "allOf") {
      for (json::value const& each : rule.as_array()) part(each, instance, place);
      return;
    }
    if (object_keyword(keyword, rule, instance, place) || array_keyword(keyword, rule, instance, place) ||
        text_keyword(keyword, rule, instance, place) || number_keyword(keyword, rule, instance, place))
      return;
    fault(place, "has a schema with the keyword " + std::string{keyword} + ", which is not known here");
  }

  /// A part of a schema: who describes the members is asked of the whole.
  void part(json::value const& schema, json::value const& instance, std::string const& place) {
    for (auto const& [keyword, rule] : schema.as_object())
      keyword_holds(std::string_view{keyword}, rule, instance, place);
  }

  void type(json::value const& rule, json::value const& instance, std::string const& place) {
    json::array const types = rule.is_array() ? rule.as_array() : json::array{rule};
    if (std::none_of(types.begin(), types.end(),
                     [&](json::value const& t) { return has_type(instance, std::string_view{t.as_string()}); }))
      fault(place, json::serialize(instance) + " is not of type " + json::serialize(rule));
  }

  void any_of(json::array const& choices, json::value const& instance, std::string const& place) {
    std::string why;
    for (json::value const& choice : choices) {
      auto const found = checker_.faults(choice, instance);
      if (found.empty()) return;
      why += " " + found.front();
    }
    fault(place, "fits none of the choices:" + why);
  }

  bool object_keyword(std::string_view keyword, json::value const& rule, json::value const& instance,
                      std::string const& place) {
    json::object const* const object = instance.if_object();
    if (keyword == "properties") {
      for (auto const& [name, schema] : rule.as_object())
        if (object != nullptr && object->contains(name))
          value(schema, object->at(name), place + "/" + std::string{name});
      return true;
    }
    if (keyword == "required") {
      for (json::value const& name : rule.as_array())
        if (object != nullptr && !object->contains(name.as_string()))
          fault(place, std::string{name.as_string()} + " is missing");
      return true;
    }
    if (keyword == "minProperties") {
      if (object != nullptr && object->size() < rule.to_number<std::size_t>()) fault(place, "has too few members");
      return true;
    }
    return keyword == "additionalProperties";  // every undescribed member is a fault anyway
  }

  bool array_keyword(std::string_view keyword, json::value const& rule, json::value const& instance,
                     std::string const& place) {
    json::array const* const array = instance.if_array();
    if (keyword == "items") {
      for (std::size_t i = 0; array != nullptr && i < array->size(); ++i)
        value(rule, (*array)[i], place + "/" + std::to_string(i));
      return true;
    }
    if (keyword != "minItems" && keyword != "maxItems") return false;
    if (array == nullptr) return true;
    std::size_t const limit = rule.to_number<std::size_t>();
    if (keyword == "minItems" ? array->size() < limit : array->size() > limit)
      fault(place, "breaks its " + std::string{keyword});
    return true;
  }

  bool text_keyword(std::string_view keyword, json::value const& rule, json::value const& instance,
                    std::string const& place) {
    constexpr std::string_view known[] = {"minLength", "maxLength", "pattern", "format"};
    if (std::find(std::begin(known), std::end(known), keyword) == std::end(known)) return false;
    if (!instance.is_string()) return true;
    std::string const text{instance.as_string()};
    bool const fits = keyword == "minLength"   ? characters(text) >= rule.to_number<std::size_t>()
                      : keyword == "maxLength" ? characters(text) <= rule.to_number<std::size_t>()
                      : keyword == "pattern"   ? matches(text, std::string{rule.as_string()})
                                               : has_format(text, std::string_view{rule.as_string()});
    if (!fits) fault(place, "\"" + text + "\" breaks its " + std::string{keyword});
    return true;
  }

  bool number_keyword(std::string_view keyword, json::value const& rule, json::value const& instance,
                      std::string const& place) {
    if (keyword != "minimum" && keyword != "maximum") return false;
    if (!instance.is_number()) return true;
    double const number = instance.to_number<double>();
    double const limit = rule.to_number<double>();
    if (keyword == "minimum" ? number < limit : number > limit) fault(place, "breaks its " + std::string{keyword});
    return true;
  }

  /// The members that a schema has a word for, through its references and parts.
  void describe(json::value const& schema, std::set<std::string_view>& names) {
    json::object const& rules = checker_.resolve(schema).as_object();
    if (auto const* properties = rules.if_contains("properties"))
      for (auto const& [name, member] : properties->as_object()) names.insert(std::string_view{name});
    for (char const* parts : {"allOf", "anyOf"})
      if (auto const* list = rules.if_contains(parts))
        for (json::value const& each : list->as_array()) describe(each, names);
  }

  SchemaChecker const& checker_;
  std::vector<std::string>& faults_;
};

}  // namespace

std::vector<std::string> SchemaChecker::faults(json::value const& schema, json::value const& instance) const {
  std::vector<std::string> found;
  Check{*this, found}.value(schema, instance, "");
  return found;
}

json::value const& SchemaChecker::resolve(json::value const& value) const {
  json::value const* current = &value;
  while (current->is_object() && current->as_object().contains("$ref")) {
    std::string_view const pointer{current->as_object().at("$ref").as_string()};
    base::ensure(pointer.starts_with("#/"), "a reference to another document");
    current = &document_.at_pointer(pointer.substr(1));
  }
  return *current;
}

}  // namespace abode::test
