// An address as its resident writes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace abode::rules {

/// Free lines always, structured parts where the person gave them; any script. An unusual address (hostel, care-of, no
/// house number) is an address like any other: only emptiness and size are refused.
struct Address {
  std::string country;             ///< ISO 3166-1 alpha-2, two capital letters
  std::vector<std::string> lines;  ///< as on an envelope, 1 to max_address_lines, none blank
  std::optional<std::string> postal_code = {};
  std::optional<std::string> region = {};
  std::optional<std::string> locality = {};
  std::optional<std::string> street = {};
  std::optional<std::string> house_number = {};
  std::optional<std::string> unit = {};
  std::optional<std::string> care_of = {};

  bool operator==(Address const&) const = default;
};

constexpr std::size_t max_address_lines = 8;
constexpr std::size_t max_address_line_bytes = 400;  ///< about 100 characters in any script

/// The optional parts by their API names, in the order they are shown and stored.
struct AddressPart {
  std::string_view name;
  std::optional<std::string> Address::* member;
};
inline constexpr AddressPart address_parts[] = {
    {"postal_code", &Address::postal_code},   {"region", &Address::region},
    {"locality", &Address::locality},         {"street", &Address::street},
    {"house_number", &Address::house_number}, {"unit", &Address::unit},
    {"care_of", &Address::care_of},
};

/// errc::invalid with the field at fault, below `path`.
base::result<void> check_address(Address const& address, std::string const& path = "address");

}  // namespace abode::rules
