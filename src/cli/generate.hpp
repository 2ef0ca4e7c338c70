// `abode generate`: made-up people for tests and measurements.
#pragma once

#include "cli/commands.hpp"

namespace abode::cli {

/// Writes the list; 0 if it is whole.
int run_generate(GenerateOptions const& options);

}  // namespace abode::cli
