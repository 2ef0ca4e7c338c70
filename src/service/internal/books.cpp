#include "service/internal/books.hpp"

namespace abode::service::internal {

base::result<Receipt> append_to_book(Context const& context, ports::Transaction& transaction, ports::RecordId book,
                                     Draft const& draft) {
  auto row = transaction.record(book);
  auto const key = transaction.key(book);
  if (!row || !key)
    return base::fail(base::errc::corrupted,
                      "The book of this office is missing. Tell the operator to run abode doctor.");
  auto const receipt = append_entry(context, transaction, *row, *key, draft, row->state_tag, filing_time(context, *row),
                                    EntryKind::write);
  if (!receipt) return receipt;
  transaction.update_record(*row);
  return receipt;
}

}  // namespace abode::service::internal
