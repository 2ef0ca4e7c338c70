// `abode monitor`: follows a public log from the outside.
#pragma once

#include "cli/commands.hpp"

namespace abode::cli {

/// Looks once, or again and again; 0: all is well, 1: an alarm, whose evidence is in a file, 2: the log could not be
/// looked at, or the command makes no sense.
int run_monitor(MonitorOptions const& options);

}  // namespace abode::cli
