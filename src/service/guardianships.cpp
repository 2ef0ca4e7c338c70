#include "service/guardianships.hpp"

#include <algorithm>
#include <limits>

#include "codec/text.hpp"
#include "rules/guardianship.hpp"
#include "service/mailing.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

bool is_of_age(Context const& context, ports::Snapshot& snapshot, ports::HolderSession const& session) {
  auto const record = open_record(context, snapshot, session.grant());
  if (!record) return false;
  auto const& identity = record->state.reveal(Disclosure::to_rules).identity;
  return !identity || !identity->birth_date ||
         rules::has_reached(*identity->birth_date, rules::age_of_majority, filing_time(context, record->row));
}

bool has_ended(Context const& context, ports::Snapshot& snapshot, ports::HolderSession const& guardian,
               base::GuardianshipId const& id) {
  auto const session = ports::GuardianSession::prove(snapshot, guardian, id);
  if (!session) return false;
  auto const record = open_record(context, snapshot, Actor{*session});
  return !record && record.error().code == errc::not_found;
}

/// Goes through the guardian's own entries, newest first, until `take` says enough.
template <class Take>
base::result<void> each_own_entry(Context const& context, ports::Snapshot& snapshot,
                                  ports::GuardianSession const& session, Take take) {
  auto const record = open_record(context, snapshot, Actor{session});
  if (!record) return record.error();
  std::uint64_t const published = snapshot.log_state().size;
  std::uint64_t before = std::numeric_limits<std::int64_t>::max();
  for (auto rows = snapshot.entries(session.record(), before, max_history_page); !rows.empty();
       rows = snapshot.entries(session.record(), before, max_history_page)) {
    for (auto const& row : rows) {
      auto opened = open_entry(context, row, record->key, session.grant());
      if (!opened) return opened.error();
      if (guardianship_in(opened->entry) != session.id()) continue;
      auto const index = snapshot.leaf_index(row.record, row.seq);
      if (!take(HistoryItem{std::move(opened->entry), row.commitment, index && *index < published})) return {};
    }
    before = rows.back().seq;
  }
  return {};
}

}  // namespace

base::result<void> add_guardianship(Context const& context, ports::Transaction& transaction, ports::RecordId child,
                                    ports::RecordId guardian) {
  auto row = transaction.record(child);
  auto const key = transaction.key(child);
  auto const guardian_row = transaction.record(guardian);
  if (!row || !key || !guardian_row)
    return fail(errc::corrupted, "A record or its key is missing. Tell the operator to run abode doctor.");
  auto const known = transaction.guardianships_over(child);
  bool const there = std::any_of(known.begin(), known.end(), [&](auto const& one) { return one.guardian == guardian; });
  if (there || child == guardian || known.size() >= rules::max_guardians || row->erasure_due ||
      guardian_row->erasure_due)
    return {};
  base::GuardianshipId const id{codec::to_crockford(context.random.bytes<10>())};
  Draft const draft{"register", {}, {}, id.value(), operation::guardianship, {}};
  auto const receipt = append_entry(context, transaction, *row, *key, draft, row->state_tag, filing_time(context, *row),
                                    EntryKind::write);
  if (!receipt) return receipt.error();
  transaction.update_record(*row);
  add_notice(context, transaction, {child, receipt->entry, false, receipt->filed_at});
  transaction.add_guardianship({id, child, guardian});
  return {};
}

void drop_outlived_guardianships(Context const& context, ports::Transaction& transaction,
                                 ports::HolderSession const& session) {
  auto const over = transaction.guardianships_over(session.record());
  if (!over.empty() && is_of_age(context, transaction, session))
    for (auto const& row : over) transaction.remove_guardianship(row.id);
  for (auto const& row : transaction.guardianships_of(session.record()))
    if (has_ended(context, transaction, session, row.id)) transaction.remove_guardianship(row.id);
}

std::vector<Shown> shown_to(Actor const& actor, Context const& context, OpenRecord const& record) {
  rules::Residence const& residence = record.state.reveal(Disclosure::to_holder).residence;
  base::Time const now = filing_time(context, record.row);
  std::vector<Shown> out;
  for (rules::Registration const& registration : residence.registrations)
    if (!actor.is_guardian() || registration.filed_by == actor.guardianship())
      out.push_back({registration, rules::undo_deadline(residence, registration.id, now, actor.guardianship())});
  return out;
}

base::result<Child> child(Context const& context, ports::Snapshot& snapshot, ports::GuardianSession const& session) {
  Actor const actor{session};
  auto const record = open_record(context, snapshot, actor);
  if (!record) return record.error();
  Identity const& identity = *record->state.reveal(Disclosure::to_holder).identity;
  return Child{session.id(), identity.names.given, *identity.birth_date, shown_to(actor, context, *record)};
}

base::result<std::vector<Child>> children(Context const& context, ports::Snapshot& snapshot,
                                          ports::HolderSession const& guardian) {
  std::vector<Child> all;
  for (auto const& row : snapshot.guardianships_of(guardian.record())) {
    auto const session = ports::GuardianSession::prove(snapshot, guardian, row.id);
    if (!session) return session.error();
    auto one = child(context, snapshot, *session);
    if (!one && one.error().code == errc::not_found) continue;  // of age by now
    if (!one) return one.error();
    all.push_back(std::move(*one));
  }
  return all;
}

base::result<std::vector<HistoryItem>> guardian_history(Context const& context, ports::Snapshot& snapshot,
                                                        ports::GuardianSession const& session,
                                                        std::optional<base::Hash> const& before, std::size_t limit) {
  std::vector<HistoryItem> items;
  bool begun = !before;
  auto const gone = each_own_entry(context, snapshot, session, [&](HistoryItem item) {
    if (begun)
      items.push_back(std::move(item));
    else if (item.commitment == *before)
      begun = true;
    return items.size() < std::clamp<std::size_t>(limit, 1, max_history_page);
  });
  if (!gone) return gone.error();
  return items;
}

base::result<HistoryItem> guardian_history_item(Context const& context, ports::Snapshot& snapshot,
                                                ports::GuardianSession const& session, base::Hash const& commitment) {
  std::optional<HistoryItem> found;
  auto const gone = each_own_entry(context, snapshot, session, [&](HistoryItem item) {
    if (item.commitment == commitment) found = std::move(item);
    return !found;
  });
  if (!gone) return gone.error();
  if (!found)
    return fail(errc::not_found,
                "There is no such entry among yours. Look it up in the child's history and try again.");
  return std::move(*found);
}

base::result<log::LeafProof> guardian_inclusion_of(Context const& context, PublicLog const& log,
                                                   ports::Snapshot& snapshot, ports::GuardianSession const& session,
                                                   base::Hash const& commitment) {
  auto const item = guardian_history_item(context, snapshot, session, commitment);
  if (!item) return item.error();
  return inclusion_of(log, snapshot, session.record(), item->entry.seq);
}

}  // namespace abode::service
