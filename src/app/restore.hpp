// `abode restore`: a register from its backups (design.md "Journal, log and history").
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Makes the register in a new or empty directory; 0 if it is whole. Refuses, each with what to do: backups that are
/// damaged, of different registers, or keys that are older than the data or too old; keys that do not open it; and a
/// log that would fall behind what is known to be published, unless a new origin is asked for.
int restore(cli::RestoreOptions const& options);

}  // namespace abode::app
