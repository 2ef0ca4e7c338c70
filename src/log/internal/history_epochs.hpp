// What the epochs in a history file say about it; a part of its audit.
#pragma once

#include "log/history.hpp"

namespace abode::log::internal {

/// Holds the epochs of a file whose entries are in order against these and against report.checkpoint, which is there.
void hold_against_epochs(Bundle const& bundle, AuditReport& report);

/// Once it is known that the log was as the file shows it at `seen`: an epoch that should have been closed long before
/// that is missed.
void miss_overdue_epoch(AuditReport& report, base::Time seen);

}  // namespace abode::log::internal
