#include "service/mailing.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::service {
namespace {

using Outcome = TriedMail::Outcome;

std::chrono::seconds pause_after(std::uint64_t attempts) {
  std::chrono::seconds pause = first_mail_pause;
  for (std::uint64_t i = 1; i < attempts && pause < longest_mail_pause; ++i) pause *= 2;
  return std::min<std::chrono::seconds>(pause, longest_mail_pause);
}

/// The mail as it waits now; none if it is gone.
std::optional<ports::OutboxRow> find_mail(ports::Snapshot& snapshot, ports::OutboxRow const& read) {
  auto const rows = snapshot.outbox(read.record);
  auto const same = std::find_if(rows.begin(), rows.end(), [&](ports::OutboxRow const& row) {
    return row.kind == read.kind && row.contact == read.contact;
  });
  return same == rows.end() ? std::nullopt : std::optional{*same};
}

/// News that came while it was under way: a mail of its own, with a name of its own.
void begin_anew(Context const& context, ports::Transaction& transaction, ports::OutboxRow row, base::Time now) {
  row.message_id = context.random.bytes<16>();
  row.queued_at = now;
  row.attempts = 0;
  row.next_try_at = now + (context.mails ? context.mails->wait : std::chrono::seconds{0});
  transaction.update_mail(row);
}

}  // namespace

std::string_view name_of(ports::MailKind kind) {
  switch (kind) {
    case ports::MailKind::changed: return "changed";
    case ports::MailKind::changed_former: return "changed-former";
    case ports::MailKind::confirm: return "confirm";
    case ports::MailKind::reminder: return "reminder";
  }
  base::fatal("a kind of mail without a name");
}

void queue_change_mail(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                       std::uint64_t seq) {
  if (!context.mails) return;
  base::Time const now = context.clock.now();
  transaction.queue_mail(
      {record, ports::MailKind::changed, 0, {}, seq, context.random.bytes<16>(), now, 0, now + context.mails->wait});
}

void add_notice(Context const& context, ports::Transaction& transaction, ports::NoticeRow const& row) {
  transaction.add_notice(row);
  queue_change_mail(context, transaction, row.record, row.seq);
}

std::vector<DueMail> due_mails(Context const& context, ports::Snapshot& snapshot, std::size_t limit) {
  std::vector<DueMail> mails;
  for (ports::DeliveryGrant const& delivery : ports::DeliveryGrant::due(snapshot, context.clock.now(), limit)) {
    std::optional<SealedContact> opened;
    auto const key = delivery.contact() ? snapshot.key(delivery.mail().record) : std::nullopt;
    if (key) {
      auto const plaintext = context.sealer.open_contact(delivery, *key);
      auto contact = plaintext ? decode_contact(*plaintext) : plaintext.error();
      if (contact) opened = std::move(*contact);
    }
    mails.push_back({delivery.mail(), base::Personal{std::move(opened)}});
  }
  return mails;
}

std::size_t count_waiting_mails(ports::Snapshot& snapshot, base::Time now, std::size_t limit) {
  auto const rows = snapshot.outbox_due(now + longest_mail_pause, limit);
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [now](ports::OutboxRow const& row) { return row.queued_at <= now; }));
}

std::size_t settle_mails(Context const& context, ports::Transaction& transaction, std::vector<TriedMail> const& tried) {
  base::Time const now = context.clock.now();
  std::size_t unsent = 0;
  for (TriedMail const& mail : tried) {
    auto row = find_mail(transaction, mail.row);
    if (!row || row->message_id != mail.row.message_id) continue;  // erased, dropped, or settled before
    if (mail.outcome == Outcome::put_off) {
      row->next_try_at = now + short_mail_pause;
      transaction.update_mail(*row);
      continue;
    }
    if (mail.outcome == Outcome::later) {
      ++row->attempts;
      row->next_try_at = now + pause_after(row->attempts);
      if (row->next_try_at < row->queued_at + ports::lifetime_of(row->kind)) {
        transaction.update_mail(*row);
        continue;
      }
    }
    unsent += mail.outcome == Outcome::over ? 0 : 1;
    if (row->seq > mail.row.seq)
      begin_anew(context, transaction, std::move(*row), now);
    else
      transaction.remove_mail(row->record, row->kind, row->contact);
  }
  return unsent;
}

}  // namespace abode::service
