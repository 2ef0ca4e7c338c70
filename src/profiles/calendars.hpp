// Calendars of working days: reading them strictly, and those that the program carries (profiles/calendars/*.toml).
#pragma once

#include <string_view>
#include <vector>

#include "rules/calendar.hpp"

namespace abode::profiles {

/// Reads one calendar file. `file` is named in messages. errc::malformed or errc::invalid with line and key: as for
/// profiles, and a year twice, a day that lies in another year, a worked day that is not one of the weekend.
base::result<rules::Calendar> parse_calendar(std::string_view toml, std::string_view file);

/// Names of the calendars in the program, in order of the alphabet.
std::vector<std::string_view> calendar_names();
/// errc::not_found, listing what there is.
base::result<rules::Calendar> built_in_calendar(std::string_view name);

}  // namespace abode::profiles
