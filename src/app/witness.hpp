// `abode witness`: cosigns the checkpoints of public logs. It shares no directory and no secret with a register.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Makes a witness's directory, or serves one until it is told to stop; the exit status.
int witness(cli::WitnessOptions const& options);

}  // namespace abode::app
