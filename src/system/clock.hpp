// The operating system's clock.
#pragma once

#include <memory>

#include "base/time.hpp"

namespace abode::system {

/// UTC in whole seconds, never running backwards within the process and never before `not_before`: if the machine's
/// clock is set back, time stands still until it has caught up.
std::unique_ptr<base::Clock> make_clock(base::Time not_before = {});

/// The machine's clock as it stands, for a check at start.
base::Time machine_time();

}  // namespace abode::system
