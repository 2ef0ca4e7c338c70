// Entries in an office's book: what officials do that is in nobody's record, so that the log covers it all the same.
#pragma once

#include "service/journal.hpp"

namespace abode::service::internal {

/// Appends the entry and writes the book's row. errc::corrupted if the book is not there.
base::result<Receipt> append_to_book(Context const& context, ports::Transaction& transaction, ports::RecordId book,
                                     Draft const& draft);

}  // namespace abode::service::internal
