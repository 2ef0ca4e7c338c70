// What an official may read, and for what: the compiled purpose x field table (a floor: a profile may only tighten it).
// No purpose is policing, and none ever will be.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/enum_set.hpp"

namespace abode::rules {

/// The fields of a record that can be opened. There is no field for nationality or for a document (G9).
enum class Field : std::uint8_t {
  family_name,
  given_names,
  birth_date,
  main_address,
  main_since,
  other_addresses,
  assurance
};

inline constexpr std::array all_fields{Field::family_name,  Field::given_names, Field::birth_date,
                                       Field::main_address, Field::main_since,  Field::other_addresses,
                                       Field::assurance};

std::string_view name_of(Field field);
std::optional<Field> field_named(std::string_view name);

using FieldSet = base::EnumSet<Field, all_fields.size(), std::uint16_t>;
/// In the order of the fields.
std::vector<std::string_view> names_of(FieldSet fields);

struct Purpose {
  std::string_view name;   ///< stable, in the API and in journal entries
  std::string_view label;  ///< for people
  FieldSet fields;         ///< the most that may be read for it
};

inline constexpr std::array purposes{
    Purpose{"school-enrolment",
            "Enrolling a child at a school",
            {Field::family_name, Field::given_names, Field::birth_date, Field::main_address}},
    Purpose{"social-benefit",
            "Deciding on a benefit the person applied for",
            {Field::family_name, Field::given_names, Field::birth_date, Field::main_address, Field::main_since}},
    Purpose{"civil-status",
            "Marriage, birth, name: acts of civil status",
            {Field::family_name, Field::given_names, Field::birth_date, Field::main_address, Field::other_addresses}},
    Purpose{"tax-residence",
            "Confirming residence for tax",
            {Field::family_name, Field::given_names, Field::main_address, Field::main_since, Field::other_addresses}},
    Purpose{"counter-help",
            "Helping the person at the counter, at their wish",
            {Field::family_name, Field::given_names, Field::birth_date, Field::main_address, Field::main_since,
             Field::other_addresses, Field::assurance}},
};

/// Null if there is no such purpose.
Purpose const* purpose_named(std::string_view name);

}  // namespace abode::rules
