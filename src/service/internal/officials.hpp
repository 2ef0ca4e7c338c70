// Entries of what an official or the operator does: in an office's book, so that the log covers what is in nobody's
// record, or in the record that it is about.
#pragma once

#include "service/journal.hpp"

namespace abode::service::internal {

/// Appends the entry, which leaves the state as it is, and writes the row. errc::corrupted if record or key is missing.
base::result<Receipt> append_officials_entry(Context const& context, ports::Transaction& transaction,
                                             ports::RecordId record, Draft const& draft);

}  // namespace abode::service::internal
