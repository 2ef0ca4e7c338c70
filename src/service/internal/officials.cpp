#include "service/internal/officials.hpp"

#include "service/internal/one_time_codes.hpp"

namespace abode::service::internal {

base::result<Receipt> append_officials_entry(Context const& context, ports::Transaction& transaction,
                                             ports::RecordId record, Draft const& draft) {
  auto known = load(transaction, record);
  if (!known) return known.error();
  auto const receipt = append_entry(context, transaction, known->row, known->key, draft, known->row.state_tag,
                                    filing_time(context, known->row), EntryKind::write);
  if (!receipt) return receipt;
  transaction.update_record(known->row);
  return receipt;
}

}  // namespace abode::service::internal
