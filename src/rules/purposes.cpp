#include "rules/purposes.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::rules {

std::string_view name_of(Field field) {
  switch (field) {
    case Field::family_name: return "family_name";
    case Field::given_names: return "given_names";
    case Field::birth_date: return "birth_date";
    case Field::main_address: return "main_address";
    case Field::main_since: return "main_since";
    case Field::other_addresses: return "other_addresses";
    case Field::assurance: return "assurance";
  }
  base::fatal("a field without a name");
}

std::optional<Field> field_named(std::string_view name) {
  for (Field field : all_fields)
    if (name == name_of(field)) return field;
  return std::nullopt;
}

std::vector<std::string_view> names_of(FieldSet fields) {
  std::vector<std::string_view> names;
  for (Field field : all_fields)
    if (fields.has(field)) names.push_back(name_of(field));
  return names;
}

Purpose const* purpose_named(std::string_view name) {
  auto const found = std::find_if(purposes.begin(), purposes.end(), [&](Purpose const& p) { return p.name == name; });
  return found == purposes.end() ? nullptr : &*found;
}

}  // namespace abode::rules
