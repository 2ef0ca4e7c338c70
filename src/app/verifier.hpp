// `abode verifier`: asks wallets for proofs of residence (OpenID4VP) and shows what came of it. It shares no directory
// and no secret with a register, and makes no connection.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Makes a verifier's directory, or serves one until it is told to stop; the exit status.
int verifier(cli::VerifierOptions const& options);

}  // namespace abode::app
