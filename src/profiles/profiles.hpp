// Profile files: reading them strictly, and those that the program carries (profiles/*.toml; docs/profiles.md).
#pragma once

#include <string_view>
#include <vector>

#include "rules/profile.hpp"

namespace abode::profiles {

/// Reads one profile file and holds it against the floors. `file` is named in messages. errc::malformed (not TOML) or
/// errc::invalid: an unknown, missing or doubled key or id, a wrong type, a day that does not exist, a calendar that
/// nobody has, each with line and key; a rule below a floor, naming the floor (rules/floors.hpp).
base::result<rules::Profile> parse_profile(std::string_view toml, std::string_view file);

/// Names of the profiles in the program, in order of the alphabet.
std::vector<std::string_view> built_in_names();
/// The file's text as built in. errc::not_found, listing what there is.
base::result<std::string_view> built_in_text(std::string_view name);

}  // namespace abode::profiles
