// `abode audit FILE`: a person's history, checked without asking anyone.
#pragma once

#include "cli/commands.hpp"

namespace abode::cli {

/// Prints a table and the verdict. 0: accepted (or incomplete only for entries not yet provable); 1: rejected, with the
/// reason; 2: the file or the key cannot be read.
int run_audit(AuditOptions const& options);

}  // namespace abode::cli
