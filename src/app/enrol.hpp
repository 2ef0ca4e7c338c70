// `abode enrol`: people from a list into a register.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Takes every line that can be taken, and writes a report on the others. 0 if all were taken.
int enrol(cli::EnrolOptions const& options);

}  // namespace abode::app
