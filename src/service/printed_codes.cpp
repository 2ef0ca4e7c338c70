#include "service/printed_codes.hpp"

#include <algorithm>

#include "service/internal/credentials.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/sheets.hpp"
#include "service/record.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using ports::freeze_code_number;
using ports::PrintedCodeRow;

/// What is done before a sheet is made.
struct Making {
  OpenRecord record;
  base::Hash card_tag;
};

base::result<Making> prepare(Context const& context, ports::Transaction& transaction,
                             ports::HolderSession const& session, std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, session.grant());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before)
    return fail(errc::conflict,
                "This sheet was made, and its codes are shown once. If you do not have them, make a new sheet.");
  if (auto const stays = check_stays(record->row); !stays) return stays.error();
  if (auto const may = internal::check_may_change(context, transaction, session); !may) return may.error();
  auto const& card = record->state.reveal(Disclosure::to_rules).card;
  if (!card)
    return fail(errc::conflict, "You have no card whose number you could type with a code. Ask the office for one.");
  base::Hash const card_tag = context.sealer.card_tag(CardNumber{*card});
  return Making{std::move(*record), card_tag};
}

Sheet sheet_of(std::vector<PrintedCodeRow> const& rows) {
  Sheet sheet{rows.front().seq, rows.front().good_from, {}, {}};
  for (PrintedCodeRow const& row : rows) {
    std::optional<base::Time> const used = row.used_by ? std::optional{row.used_at} : std::nullopt;
    if (row.number == freeze_code_number)
      sheet.frozen_with_at = used;
    else
      sheet.codes.push_back({row.number, used});
  }
  std::sort(sheet.codes.begin(), sheet.codes.end(), [](auto const& a, auto const& b) { return a.number < b.number; });
  return sheet;
}

}  // namespace

base::result<MadeSheet> make_sheet(Context const& context, ports::Transaction& transaction,
                                   ports::HolderSession const& session, std::optional<RequestKey> const& request) {
  auto making = prepare(context, transaction, session, request);
  if (!making) return making.error();
  base::Time const now = context.clock.now();
  base::Time const good_from = internal::counts_from(context, transaction, session);
  internal::end_sheets(transaction, session.record(), now, good_from);
  auto const receipt = append_told_entry(context, transaction, making->record.row, making->record.key,
                                         operation::make_printed_codes, request);
  if (!receipt) return receipt.error();
  auto const add = [&](std::uint8_t number) {
    SignInCode code = draw_sign_in_code(context.random);
    transaction.put_printed_code({context.sealer.printed_code_tag(making->card_tag, code),
                                  session.record(),
                                  receipt->entry,
                                  number,
                                  good_from,
                                  {},
                                  {},
                                  {}});
    return code;
  };
  MadeSheet sheet{*receipt, good_from, {}, add(freeze_code_number)};
  for (std::uint8_t number = 1; number <= codes_on_a_sheet; ++number) sheet.codes.push_back(add(number));
  return sheet;
}

base::result<Receipt> discard_waiting_sheet(Context const& context, ports::Transaction& transaction,
                                            ports::HolderSession const& session,
                                            std::optional<RequestKey> const& request) {
  auto record = internal::load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return receipt_of(**before);
  if (!internal::end_sheets(transaction, session.record(), context.clock.now(), {}))
    return fail(errc::conflict, "No sheet waits for its time, so there is nothing to take back.");
  return append_told_entry(context, transaction, record->row, record->key, operation::discard_printed_codes, request);
}

Sheets list_sheets(Context const& context, ports::Snapshot& snapshot, ports::HolderSession const& session) {
  base::Time const now = context.clock.now();
  std::vector<PrintedCodeRow> in_use;
  std::vector<PrintedCodeRow> waiting;
  auto const rows = snapshot.printed_codes(session.record());
  for (PrintedCodeRow const& row : rows) {
    if (internal::is_good(row, now)) in_use.push_back(row);
    if (now < row.good_from) waiting.push_back(row);
  }
  Sheets sheets;
  if (!in_use.empty()) sheets.in_use = sheet_of(in_use);
  if (!waiting.empty()) sheets.waiting = sheet_of(waiting);
  sheets.frozen_until = internal::frozen_until(rows, now);
  sheets.counts_from = internal::counts_from(context, snapshot, session);
  return sheets;
}

}  // namespace abode::service
