// `abode init`: a fresh register.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

int init(cli::InitOptions const& options);

}  // namespace abode::app
