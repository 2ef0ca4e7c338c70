// `abode deadline`: until when a residence is to be notified, worked out on the person's own device.
#pragma once

#include "cli/commands.hpp"

namespace abode::cli {

/// Prints the last day and how it came about. No store, no network; nothing is kept. 0: answered; 1: cannot be
/// answered, with what to do.
int run_deadline(DeadlineOptions const& options);

}  // namespace abode::cli
