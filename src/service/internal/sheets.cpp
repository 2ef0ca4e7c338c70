#include "service/internal/sheets.hpp"

namespace abode::service::internal {

bool is_good(ports::PrintedCodeRow const& code, base::Time now) {
  return code.good_from <= now && (!code.good_until || now < *code.good_until);
}

std::optional<base::Time> frozen_until(std::vector<ports::PrintedCodeRow> const& codes, base::Time now) {
  for (ports::PrintedCodeRow const& code : codes)
    if (code.number == ports::freeze_code_number && code.used_by && is_good(code, now) &&
        now < code.used_at + freeze_time)
      return code.used_at + freeze_time;
  return std::nullopt;
}

bool drop_waiting_sheet(ports::Transaction& transaction, ports::RecordId record, base::Time now) {
  bool dropped = false;
  auto const rows = transaction.printed_codes(record);
  for (ports::PrintedCodeRow const& row : rows) {
    if (row.good_from <= now) continue;
    transaction.remove_printed_code(row.code_tag);
    dropped = true;
  }
  if (!dropped) return false;
  for (ports::PrintedCodeRow row : rows) {
    if (!is_good(row, now)) continue;
    row.good_until.reset();
    transaction.put_printed_code(row);
  }
  return true;
}

void void_sheets(ports::Transaction& transaction, ports::RecordId record, base::Time now) {
  drop_waiting_sheet(transaction, record, now);
  for (ports::PrintedCodeRow row : transaction.printed_codes(record)) {
    if (!is_good(row, now)) continue;
    row.good_until = now;
    transaction.put_printed_code(row);
  }
}

bool waits(ports::CardRow const& card, base::Time now) {
  return card.code_tag && now < card.good_from;
}

void drop_waiting_code(ports::Transaction& transaction, ports::CardRow card) {
  card.code_tag.reset();
  card.issued = true;
  transaction.put_card(card);
}

}  // namespace abode::service::internal
