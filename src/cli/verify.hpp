// `abode verify FILE`: a proof of residence, checked without asking anyone.
#pragma once

#include "cli/commands.hpp"

namespace abode::cli {

/// Prints the verdict and what was shown. 0: valid; 1: any other verdict; 2: a file cannot be read.
int run_verify(VerifyOptions const& options);

}  // namespace abode::cli
