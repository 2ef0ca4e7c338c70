// What profile files, calendars and tables of deadlines have in common.
#pragma once

#include "codec/toml.hpp"
#include "rules/deadline.hpp"

namespace abode::profiles {

/// A name for machines: 1 to 64 of a-z, 0-9 and -.
bool is_name(std::string_view text);
/// Reads such a name.
std::string read_name(codec::TomlReader& reader, std::string_view key);

/// Reads `count`, `unit`, `first_day_counts` and, unless the unit is working days, `on_day_off`.
rules::Period read_period(codec::TomlReader& reader);

}  // namespace abode::profiles
