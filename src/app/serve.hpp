// `abode serve`: the register at work.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Serves until SIGINT or SIGTERM, then finishes what has begun. SIGHUP reads the certificate anew. The exit status.
int serve(cli::ServeOptions const& options);

}  // namespace abode::app
