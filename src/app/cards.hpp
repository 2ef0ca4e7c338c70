// `abode cards`: activation codes, encrypted for printing.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Writes the encrypted file, and only then counts its codes as handed out. 0 if it is whole.
int cards(cli::CardsOptions const& options);

}  // namespace abode::app
