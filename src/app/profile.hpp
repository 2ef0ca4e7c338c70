// `abode profile`: which profile is in force, and a change of it.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Shows the profile, or announces a change or its withdrawal in the public log; the exit status.
int profile(cli::ProfileOptions const& options);

}  // namespace abode::app
