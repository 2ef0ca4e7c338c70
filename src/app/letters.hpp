// `abode letters`: the letters that people asked for, as a PDF that is encrypted for the print shop.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Writes the encrypted file, and only then are the codes in it good. 0 if it is whole, or nothing waits.
int letters(cli::LettersOptions const& options);

}  // namespace abode::app
