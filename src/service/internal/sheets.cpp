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

bool end_sheets(ports::Transaction& transaction, ports::RecordId record, base::Time now,
                std::optional<base::Time> end_of_use) {
  bool waited = false;
  for (ports::PrintedCodeRow row : transaction.printed_codes(record)) {
    if (now < row.good_from) {
      transaction.remove_printed_code(row.code_tag);
      waited = true;
    } else if (is_good(row, now)) {
      row.good_until = end_of_use;
      transaction.put_printed_code(row);
    }
  }
  return waited;
}

ports::CardRow stand_in_card() {
  return {.card_tag = {},
          .record = {},
          .code_tag = {},
          .issued = true,
          .used_by = {},
          .used_at = {},
          .misses = 0,
          .missed_at = {}};
}

void give_code(ports::CardRow& card, base::Hash const& code_tag, base::Time good_from) {
  card.code_tag = code_tag;
  card.used_by.reset();
  card.used_at = {};
  card.misses = 0;
  card.good_from = good_from;
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
