#include "service/internal/sheets.hpp"

namespace abode::service::internal {

bool is_good(ports::PrintedCodeRow const& code, base::Time now) {
  return code.good_from <= now && (!code.good_until || now < *code.good_until);
}

std::optional<base::Time> frozen_until(std::vector<ports::PrintedCodeRow> const& codes, base::Time now) {
  for (ports::PrintedCodeRow const& code : codes)
    if (code.number == ports::freeze_code_number && code.used_by && now < code.used_at + freeze_time)
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

}  // namespace abode::service::internal
