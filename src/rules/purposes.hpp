// What an official may read, and for what: the compiled purpose x field table (a floor: a profile may only tighten it).
// No purpose is policing, and none ever will be.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

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

/// A set of fields.
class FieldSet {
 public:
  constexpr FieldSet() = default;
  constexpr FieldSet(std::initializer_list<Field> fields) {
    for (Field field : fields) add(field);
  }
  constexpr void add(Field field) { bits_ = static_cast<std::uint16_t>(bits_ | 1u << static_cast<unsigned>(field)); }
  constexpr bool has(Field field) const { return (bits_ >> static_cast<unsigned>(field) & 1u) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr FieldSet operator|(FieldSet other) const { return from_bits(bits_ | other.bits_); }
  constexpr FieldSet operator&(FieldSet other) const { return from_bits(bits_ & other.bits_); }
  constexpr std::uint16_t bits() const { return bits_; }
  static constexpr FieldSet from_bits(unsigned bits) {
    FieldSet set;
    set.bits_ = static_cast<std::uint16_t>(bits & ((1u << all_fields.size()) - 1));
    return set;
  }
  std::vector<std::string_view> names() const;
  bool operator==(FieldSet const&) const = default;

 private:
  std::uint16_t bits_ = 0;
};

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
