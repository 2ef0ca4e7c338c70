#include "service/internal/reminders.hpp"

#include <algorithm>

#include "rules/reminders.hpp"
#include "service/internal/contacts.hpp"

namespace abode::service::internal {
namespace {

/// Spread, so that the codes which people wait for do not wait behind all reminders of a day.
constexpr std::uint32_t spread_seconds = 2 * 60 * 60;

bool wants_them(Context const& context, ports::Snapshot& snapshot, ports::Grant const& grant,
                ports::WrappedKey const& key) {
  auto const rows = contact_rows(snapshot, grant.record(), context.clock.now());
  if (!context.mails || !rows.in_force) return false;
  auto const contact = open_contact(context, *rows.in_force, key, grant);
  return contact && contact->contact.reminders;  // one that does not open is none: doctor tells of it
}

std::vector<base::Time> wanted_moments(Context const& context, ports::Snapshot& snapshot, ports::Grant const& grant,
                                       ports::WrappedKey const& key, rules::Residence const& residence) {
  auto moments =
      rules::reminders_after(residence, context.clock.now() - ports::reminder_lifetime, *context.profile().civil_time);
  if (!moments.empty() && !wants_them(context, snapshot, grant, key)) moments.clear();
  return moments;
}

ports::OutboxRow reminder(Context const& context, ports::RecordId record, base::Time moment, std::uint64_t seq) {
  auto const drawn = context.random.bytes<4>();
  std::uint32_t number = 0;
  for (std::uint8_t const byte : drawn) number = number << 8 | byte;
  return {record,
          ports::MailKind::reminder,
          static_cast<std::uint64_t>(moment.time_since_epoch().count()),
          {},
          seq,
          context.random.bytes<16>(),
          moment,
          0,
          moment + std::chrono::seconds{number % spread_seconds}};
}

}  // namespace

void plan_reminders(Context const& context, ports::Transaction& transaction, ports::Grant const& grant,
                    ports::WrappedKey const& key, rules::Residence const& residence, std::uint64_t seq) {
  auto const wanted = wanted_moments(context, transaction, grant, key, residence);
  std::vector<base::Time> waiting;
  for (ports::OutboxRow const& row : transaction.outbox(grant.record())) {
    if (row.kind != ports::MailKind::reminder) continue;
    if (std::binary_search(wanted.begin(), wanted.end(), row.queued_at))
      waiting.push_back(row.queued_at);
    else
      transaction.remove_mail(row.record, row.kind, row.contact);
  }
  for (base::Time const moment : wanted)
    if (moment > context.clock.now() && std::find(waiting.begin(), waiting.end(), moment) == waiting.end())
      transaction.queue_mail(reminder(context, grant.record(), moment, seq));
}

}  // namespace abode::service::internal
