#include "service/retention.hpp"

#include <algorithm>

namespace abode::service {
namespace {

constexpr std::size_t max_erasures_at_once =
    20;  ///< a record may have thousands of entries; others wait for the writer

}  // namespace

void keep_retention(Context const& context, ports::Transaction& transaction, std::size_t limit) {
  base::Time const now = context.clock.now();
  transaction.sweep(now, limit);
  for (ports::RecordId record : transaction.erasures_due(now, std::min(limit, max_erasures_at_once)))
    transaction.erase(record, now);
}

}  // namespace abode::service
