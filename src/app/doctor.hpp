// `abode doctor`: is everything in a data directory as it should be?
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Prints each check and what is wrong; 0 if all is well. The register must not be serving.
int doctor(cli::DoctorOptions const& options);

}  // namespace abode::app
