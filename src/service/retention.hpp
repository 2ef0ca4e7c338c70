// The retention job: what goes by itself when its time has come. The log keeper runs it at intervals. What has to be
// opened for that is not touched: nobody opens a record without its holder (G4).
#pragma once

#include "ports/store.hpp"
#include "service/context.hpp"

namespace abode::service {

/// Drops what has outlived its purpose (Transaction::sweep) and carries out the erasures that are due, at most `limit`
/// rows of each kind.
void keep_retention(Context const& context, ports::Transaction& transaction, std::size_t limit);

}  // namespace abode::service
