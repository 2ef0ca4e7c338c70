// Civil times by ICU's tables: they know of a change of the clocks once Debian's package of ICU does.
#pragma once

#include <memory>
#include <string>

#include "base/civil_time.hpp"

namespace abode::text {

/// The civil time of an IANA name, letter for letter; null if there is none.
std::shared_ptr<base::CivilTime const> civil_time_named(std::string const& name);

}  // namespace abode::text
