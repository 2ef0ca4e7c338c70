// `abode invite`: an official's account and a one-time invitation.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Writes the invitation's file. 0 if it is whole.
int invite(cli::InviteOptions const& options);

}  // namespace abode::app
