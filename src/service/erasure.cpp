#include "service/erasure.hpp"

#include <algorithm>
#include <limits>

#include "log/history.hpp"
#include "rules/retention.hpp"
#include "service/mailing.hpp"
#include "service/sessions.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

/// Notices are of accesses only. One that was swept away unread is three years old.
bool has_unacknowledged_access(ports::Snapshot& snapshot, ports::RecordId record, base::Time now) {
  auto const notices = snapshot.notices(record, std::numeric_limits<std::int64_t>::max(), log::max_bundle_entries);
  return std::any_of(notices.begin(), notices.end(), [now](ports::NoticeRow const& notice) {
    return !notice.read && notice.at > now - ports::unread_notice_lifetime;
  });
}

/// The entry of asking or taking back: it changes the row, not the state.
base::result<Receipt> write_row(Context const& context, ports::Transaction& transaction, OpenRecord& record,
                                char const* operation, base::Time at, std::optional<RequestKey> const& request) {
  Draft const draft{"holder", {}, {}, {}, operation, {}};
  auto const receipt =
      append_entry(context, transaction, record.row, record.key, draft, record.row.state_tag, at, EntryKind::write);
  if (!receipt) return receipt;
  if (request) remember(record.row.requests, max_requests_of_person, *request, receipt->entry, at);
  transaction.update_record(record.row);
  return receipt;
}

}  // namespace

base::result<AskedErasure> request_erasure(Context const& context, ports::Transaction& transaction,
                                           ports::HolderSession const& session,
                                           std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, session.grant());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return AskedErasure{receipt_of(**before), record->row.erasure_due};
  if (record->row.erasure_due)
    return fail(errc::conflict, "You have asked for this already. Until it is done you can take it back.");
  if (auto const fresh = require_fresh(context, session.row().begun_at); !fresh) return fresh.error();
  base::Time const at = filing_time(context, record->row);
  if (has_unacknowledged_access(transaction, session.record(), at))
    return fail(errc::conflict,
                "You have notices that you have not read: somebody opened your record, or tried to, and erasing it "
                "would erase that as well. Read them and mark them as read, then ask again.");
  auto const due = rules::erasure_due(record->state.reveal(Disclosure::to_rules).residence, at,
                                      context.profile().retention.ended_registrations);
  if (!due) return due.error();

  transaction.remove_opening_codes(session.record());
  record->row.erasure_due = *due;
  auto const receipt = write_row(context, transaction, *record, operation::request_erasure, at, request);
  if (!receipt) return receipt.error();
  queue_change_mail(context, transaction, session.record(), receipt->entry);
  return AskedErasure{*receipt, *due};
}

base::result<AskedErasure> undo_erasure(Context const& context, ports::Transaction& transaction,
                                        ports::HolderSession const& session, std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, session.grant());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return AskedErasure{receipt_of(**before), record->row.erasure_due};
  if (!record->row.erasure_due)
    return fail(errc::conflict, "You have not asked for your record to be erased, so there is nothing to take back.");
  base::Time const at = filing_time(context, record->row);
  if (at >= *record->row.erasure_due)
    return fail(errc::too_late, "The time to take this back is over: your record is being erased.");

  record->row.erasure_due.reset();
  auto const receipt = write_row(context, transaction, *record, operation::undo_erasure, at, request);
  if (!receipt) return receipt.error();
  return AskedErasure{*receipt, std::nullopt};
}

}  // namespace abode::service
