#include "sqlite/internal/transaction.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "sqlite/store.hpp"

namespace abode::sqlite::internal {

using ports::Batch;
using ports::CardRow;
using ports::ContactRow;
using ports::EntryRow;
using ports::EpochRow;
using ports::GuardianshipRow;
using ports::HeadTile;
using ports::InvitationRow;
using ports::LetterRow;
using ports::LogState;
using ports::MailKind;
using ports::NoticeRow;
using ports::OfficialId;
using ports::OfficialRow;
using ports::OpeningCodeRow;
using ports::OpeningCountRow;
using ports::OutboxRow;
using ports::PasskeyRow;
using ports::PrintedCodeRow;
using ports::PublishedRow;
using ports::RecordId;
using ports::RecordRow;
using ports::RoleProposalRow;
using ports::SessionRow;
using ports::StaffPasskeyRow;
using ports::WrappedKey;

template <class... Values>
void Transaction::run(Sql sql, Values const&... values) {
  Query{data_, sql, values...}.run();
}

template <class... Values>
void Transaction::update_one(Sql sql, Values const&... values) {
  run(sql, values...);
  base::ensure(data_.changes() == 1, "an update needs its row to be there");
}

std::optional<WrappedKey> Transaction::key(RecordId id) {
  auto const is_it = [id](auto const& key) { return key.record == id; };
  for (KeyChanges const* keys : {&std::as_const(own_keys_), &batch_keys_})
    if (std::any_of(keys->doomed.begin(), keys->doomed.end(), is_it)) return std::nullopt;
  for (KeyChanges const* keys : {&std::as_const(own_keys_), &batch_keys_})
    if (auto const found = std::find_if(keys->fresh.rbegin(), keys->fresh.rend(), is_it); found != keys->fresh.rend())
      return found->key;
  return Reads::key(id);
}

// Counted up even if the use case fails: an id that was handed out once never names another record or key.
RecordId Transaction::new_record_id() {
  return RecordId{++last_record_id_};
}

void Transaction::add_record(RecordRow const& row, WrappedKey const& key) {
  run("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.id, row.position, row.version, row.entries,
      row.last, row.last_at, row.state_tag, row.sealed_state, encode_requests(row.requests),
      last_request_at(row.requests), row.erasure_due, row.erased_at);
  run("UPDATE total SET records = records + 1");
  own_keys_.fresh.push_back({row.id, key});
}

void Transaction::update_record(RecordRow const& row) {
  update_one(R"(UPDATE record SET version = ?, entries = ?, last = ?, last_at = ?, state_tag = ?, sealed_state = ?,
                requests = ?, last_request_at = ?, erasure_due = ? WHERE id = ? AND position = ?)",
             row.version, row.entries, row.last, row.last_at, row.state_tag, row.sealed_state,
             encode_requests(row.requests), last_request_at(row.requests), row.erasure_due, row.id, row.position);
}

void Transaction::replace_key(RecordId record, WrappedKey const& key) {
  own_keys_.fresh.push_back({record, key, true});
}

void Transaction::add_entry(EntryRow const& row, bool access) {
  run("INSERT INTO entry(record, seq, commitment, sealed) VALUES (?, ?, ?, ?)", row.record, row.seq, row.commitment,
      row.sealed);
  if (access) accesses_.push_back(row.record);
}

void Transaction::add_notice(NoticeRow const& row) {
  run("INSERT INTO notice VALUES (?, ?, ?, ?)", row.record, row.seq, row.read, row.at);
}

void Transaction::mark_notices_read(RecordId record, std::uint64_t up_to_seq) {
  run("UPDATE notice SET is_read = 1 WHERE record = ? AND seq <= ? AND is_read = 0", record, bound(up_to_seq));
}

void Transaction::put_contact(ContactRow const& row) {
  run("REPLACE INTO contact VALUES (?, ?, ?, ?, ?)", row.record, bound(row.seq), row.sealed, row.unconfirmed_until,
      row.misses);
}

void Transaction::remove_contact(RecordId record, std::uint64_t seq) {
  run("DELETE FROM contact WHERE record = ? AND seq = ?", record, bound(seq));
}

void Transaction::queue_mail(OutboxRow const& row) {
  run(R"(INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (record, kind, contact)
         DO UPDATE SET seq = max(seq, excluded.seq), queued_at = max(queued_at, excluded.queued_at))",
      row.record, row.kind, bound(row.contact), row.sealed, bound(row.seq), row.message_id, row.queued_at, row.attempts,
      row.next_try_at);
}

void Transaction::update_mail(OutboxRow const& row) {
  run(R"(UPDATE outbox SET sealed = ?, seq = ?, message_id = ?, queued_at = ?, attempts = ?, next_try_at = ?
         WHERE record = ? AND kind = ? AND contact = ?)",
      row.sealed, bound(row.seq), row.message_id, row.queued_at, row.attempts, row.next_try_at, row.record, row.kind,
      bound(row.contact));
}

void Transaction::remove_mail(RecordId record, MailKind kind, std::uint64_t contact) {
  run("DELETE FROM outbox WHERE record = ? AND kind = ? AND contact = ?", record, kind, bound(contact));
}

void Transaction::add_session(SessionRow const& row) {
  run("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row.token_hash, row.subject, row.record, row.official,
      row.expires_at, row.begun_at, row.last_end, row.proof);
}

void Transaction::extend_session(base::Hash const& token_hash, base::Time expires_at) {
  run("UPDATE session SET expires_at = ? WHERE token_hash = ?", expires_at, token_hash);
}

void Transaction::remove_session(base::Hash const& token_hash) {
  run("DELETE FROM session WHERE token_hash = ?", token_hash);
}

void Transaction::put_official(OfficialRow const& row) {
  run("REPLACE INTO official VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.id, row.name, row.office, row.office_record,
      row.misses, row.misses_since, encode_requests(row.requests), last_request_at(row.requests), row.roles,
      row.identifications, row.identified_since);
}

void Transaction::put_role_proposal(RoleProposalRow const& row) {
  run("REPLACE INTO role_proposal VALUES (?, ?, ?, ?, ?)", row.official, row.role, row.proposed_by, row.proposed_at,
      row.expires_at);
}

void Transaction::remove_role_proposal(OfficialId const& official, std::uint8_t role) {
  run("DELETE FROM role_proposal WHERE official = ? AND role = ?", official, role);
}

void Transaction::add_to_opening_count(OpeningCountRow const& row) {
  run(R"(INSERT INTO opening_count VALUES (?, ?, ?, ?)
         ON CONFLICT (week, office, purpose) DO UPDATE SET openings = openings + excluded.openings)",
      row.week, row.office, row.purpose, row.openings);
}

void Transaction::add_opening_code(OpeningCodeRow const& row) {
  run(R"(INSERT INTO opening_code(code_tag, record, seq, fields, expires_at, revoked, sealed, used_by,
                                  invitation, made_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))",
      row.code_tag, row.record, row.seq, row.fields, row.expires_at, row.revoked, row.sealed, row.used_by,
      row.invitation, row.made_by);
}

void Transaction::update_opening_code(OpeningCodeRow const& row) {
  update_one("UPDATE opening_code SET expires_at = ?, revoked = ?, used_by = ? WHERE code_tag = ?", row.expires_at,
             row.revoked, row.used_by, row.code_tag);
}

void Transaction::put_card(CardRow const& row) {
  run("REPLACE INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row.card_tag, row.record, row.code_tag, row.issued,
      row.used_by, row.used_at, row.misses, row.missed_at, row.good_from);
}

void Transaction::put_printed_code(PrintedCodeRow const& row) {
  run("REPLACE INTO printed_code VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row.code_tag, row.record, bound(row.seq), row.number,
      row.good_from, row.good_until, row.used_by, row.used_at);
}

void Transaction::remove_printed_code(base::Hash const& code_tag) {
  run("DELETE FROM printed_code WHERE tag = ?", code_tag);
}

void Transaction::put_letter(LetterRow const& row) {
  run("REPLACE INTO letter VALUES (?, ?, ?, ?, ?, ?, ?)", row.record, bound(row.seq), row.delivery, row.good_until,
      row.place_tag, row.code_tag, row.misses);
}

void Transaction::remove_letter(RecordId record, std::uint64_t seq) {
  run("DELETE FROM letter WHERE record = ? AND seq = ?", record, bound(seq));
}

void Transaction::put_proof(ports::ProofRow const& row) {
  run("REPLACE INTO proof VALUES (?, ?, ?, ?)", row.record, bound(row.seq), row.expires_at, row.sealed);
}

void Transaction::put_status_list(ports::StatusListRow const& row) {
  run("REPLACE INTO status_list VALUES (?, ?, ?, ?)", bound(row.number), bound(row.taken), bound(row.told),
      row.last_needed);
}

void Transaction::put_status_place(ports::StatusPlaceRow const& row) {
  run("REPLACE INTO status_place VALUES (?, ?, ?)", bound(row.list), bound(row.place), row.revoked);
}

void Transaction::put_passkey(PasskeyRow const& row) {
  run("REPLACE INTO passkey VALUES (?, ?, ?, ?, ?, ?, ?)", row.credential_tag, row.record, bound(row.seq),
      row.public_key, row.good_from, row.good_until, row.sealed);
}

void Transaction::remove_passkey(base::Hash const& credential_tag) {
  run("DELETE FROM passkey WHERE tag = ?", credential_tag);
}

void Transaction::put_staff_passkey(StaffPasskeyRow const& row) {
  run("REPLACE INTO staff_passkey VALUES (?, ?, ?, ?, ?)", row.credential_tag, row.official, row.added_at,
      row.public_key, row.notes);
}

void Transaction::remove_staff_passkey(base::Hash const& credential_tag) {
  run("DELETE FROM staff_passkey WHERE tag = ?", credential_tag);
}

void Transaction::put_invitation(InvitationRow const& row) {
  run("REPLACE INTO invitation VALUES (?, ?, ?)", row.invitation_tag, row.official, row.expires_at);
}

void Transaction::remove_invitation(base::Hash const& invitation_tag) {
  run("DELETE FROM invitation WHERE tag = ?", invitation_tag);
}

void Transaction::add_guardianship(GuardianshipRow const& row) {
  run("INSERT INTO guardianship VALUES (?, ?, ?)", row.id, row.child, row.guardian);
}

void Transaction::remove_guardianship(base::GuardianshipId const& id) {
  run("DELETE FROM guardianship WHERE id = ?", id);
}

void Transaction::remove_opening_codes(RecordId record) {
  run("DELETE FROM opening_code WHERE record = ?", record);
}

void Transaction::index_document(base::Hash const& document_tag, RecordId record) {
  run("INSERT INTO document VALUES (?, ?)", document_tag, record);
}

void erase_rows(Database& data, RecordId record, base::Time at) {
  Query{data, R"(UPDATE record SET last_at = 0, state_tag = zeroblob(32), sealed_state = x'', requests = x'',
                 last_request_at = NULL, erased_at = ? WHERE id = ?)",
        at, record}
      .run();
  Query{data, "UPDATE entry SET sealed = x'' WHERE record = ?", record}.run();
  Query{data, "DELETE FROM session WHERE record = ? AND record <> 0", record}.run();
  Query{data, "DELETE FROM notice WHERE record = ?", record}.run();
  Query{data, "DELETE FROM contact WHERE record = ?", record}.run();
  Query{data, "DELETE FROM outbox WHERE record = ?", record}.run();
  Query{data, "DELETE FROM opening_code WHERE record = ?", record}.run();
  Query{data, "DELETE FROM card WHERE record = ?", record}.run();
  Query{data, "DELETE FROM printed_code WHERE record = ?", record}.run();
  Query{data, "DELETE FROM letter WHERE record = ?", record}.run();
  Query{data, "DELETE FROM proof WHERE record = ?", record}.run();
  Query{data, "DELETE FROM passkey WHERE record = ?", record}.run();
  Query{data, "DELETE FROM guardianship WHERE child = ? OR guardian = ?", record, record}.run();
  Query{data, "DELETE FROM document WHERE record = ?", record}.run();
}

void Transaction::erase(RecordId id, base::Time at) {
  auto const row = record(id);
  base::ensure(row.has_value(), "an erasure needs its record to be there");
  if (row->erased_at) return;
  erase_rows(data_, id, at);
  own_keys_.doomed.push_back({id, at});
}

void Transaction::take_batch(Batch const& batch) {
  base::ensure(!batch.leaves.empty() && batch.leaves.size() == batch.origin.size(),
               "a batch has leaves, and an origin for each");
  base::ensure(!pending_batch(), "one batch at a time: publish the pending one first");
  auto const dummies = std::count(batch.origin.begin(), batch.origin.end(), ports::dummy_origin);
  std::uint64_t const taken = batch.leaves.size() - static_cast<std::uint64_t>(dummies);
  Query queue{data_, "SELECT last_taken, (SELECT coalesce(max(id), 0) FROM entry) FROM log"};
  base::ensure(queue.next(), "the row of the log is gone");
  std::uint64_t last_taken = 0;
  std::uint64_t last_entry = 0;
  queue.get(last_taken, last_entry);
  base::ensure(taken <= last_entry - last_taken, "a batch cannot take more leaves than the queue has");

  run("INSERT INTO batch VALUES (?, ?, ?, ?, ?)", batch.start, last_taken + 1, taken,
      encode_places(batch.origin, taken), encode_leaves(batch.leaves));
  run("UPDATE log SET last_taken = ?", last_taken + taken);
}

base::result<void> Transaction::publish(std::uint64_t expected_size, LogState const& next) {
  base::Bytes edge;
  for (base::Hash const& hash : next.edge) base::append(edge, hash);
  run("UPDATE log SET size = ?, edge = ?, checkpoint = ? WHERE size = ?", next.size, edge, next.checkpoint,
      expected_size);
  if (data_.changes() != 1)
    return base::fail(base::errc::conflict, "The log has grown meanwhile. Load its state and go on from there.");
  run("UPDATE batch SET leaves = NULL WHERE leaves IS NOT NULL");
  return {};
}

void Transaction::add_epoch(EpochRow const& row, std::vector<HeadTile> const& tiles) {
  run("INSERT INTO epoch VALUES (?, ?, ?, ?)", bound(row.number), row.leaf, row.nonce, row.index);
  for (HeadTile const& tile : tiles)
    run("INSERT INTO head_tile VALUES (?, ?, ?, ?)", bound(row.number), std::int64_t{tile.level}, bound(tile.index),
        tile.content);
}

void Transaction::place_epoch(std::uint64_t number, std::uint64_t index) {
  update_one("UPDATE epoch SET log_index = ? WHERE number = ? AND log_index IS NULL", bound(index), bound(number));
}

void Transaction::remove_epoch(std::uint64_t number) {
  run("DELETE FROM head_tile WHERE epoch = ?", bound(number));
  run("DELETE FROM epoch WHERE number = ?", bound(number));
}

void Transaction::add_published(PublishedRow const& row) {
  auto const remove = [this](PublishedRow const& old) {
    run("DELETE FROM published WHERE size = ? AND at = ?", old.size, old.at);
  };
  auto newest = published();
  if (newest && !newest->quorum) {  // no other is without one
    remove(*newest);
    newest = published();
  }
  if (newest) {
    auto const before = published_before(data_, *newest);
    if (before && ports::is_superfluous(*before, *newest, row)) remove(*newest);
  }
  run("INSERT OR REPLACE INTO published VALUES (?, ?, ?, ?)", row.size, row.at, row.checkpoint, row.quorum);
}

void Transaction::sweep_status_lists(base::Time now, std::size_t limit) {
  for (ports::StatusListRow const& list : status_lists()) {
    if (list.last_needed > now) continue;
    run(R"(DELETE FROM status_place WHERE list = ? AND place IN
           (SELECT place FROM status_place WHERE list = ? ORDER BY place LIMIT ?))",
        bound(list.number), bound(list.number), bound(limit));
    limit -= std::min(limit, static_cast<std::size_t>(data_.changes()));
    if (limit == 0) return;
    run("DELETE FROM status_list WHERE number = ?", bound(list.number));
  }
}

void Transaction::sweep(base::Time now, std::size_t limit) {
  run(R"(DELETE FROM session WHERE token_hash IN
         (SELECT token_hash FROM session WHERE expires_at <= ? ORDER BY expires_at LIMIT ?))",
      now, bound(limit));
  base::Time const forgotten = now - ports::request_lifetime;
  run(R"(UPDATE record SET requests = x'', last_request_at = NULL WHERE id IN
         (SELECT id FROM record WHERE last_request_at <= ? ORDER BY last_request_at, id LIMIT ?))",
      forgotten, bound(limit));
  run(R"(UPDATE official SET requests = x'', last_request_at = NULL WHERE id IN
         (SELECT id FROM official WHERE last_request_at <= ? ORDER BY last_request_at, id LIMIT ?))",
      forgotten, bound(limit));
  run(R"(DELETE FROM opening_code WHERE id IN
         (SELECT id FROM opening_code WHERE expires_at <= ? ORDER BY expires_at LIMIT ?))",
      base::Time{now - ports::opening_code_afterlife}, bound(limit));
  run(R"(DELETE FROM printed_code WHERE tag IN
         (SELECT tag FROM printed_code WHERE good_until <= ? ORDER BY good_until LIMIT ?))",
      now, bound(limit));
  run(R"(DELETE FROM letter WHERE (record, seq) IN
         (SELECT record, seq FROM letter WHERE good_until <= ? ORDER BY good_until, record, seq LIMIT ?))",
      base::Time{now - ports::letter_afterlife}, bound(limit));
  run(R"(DELETE FROM proof WHERE (record, seq) IN
         (SELECT record, seq FROM proof WHERE expires_at <= ? ORDER BY expires_at, record, seq LIMIT ?))",
      base::Time{now - ports::proof_afterlife}, bound(limit));
  sweep_status_lists(now, limit);
  run(R"(DELETE FROM passkey WHERE tag IN
         (SELECT tag FROM passkey WHERE good_until <= ? ORDER BY good_until LIMIT ?))",
      now, bound(limit));
  run(R"(DELETE FROM contact WHERE (record, seq) IN
         (SELECT record, seq FROM contact WHERE unconfirmed_until <= ?
          ORDER BY unconfirmed_until, record, seq LIMIT ?))",
      now, bound(limit));
  run(R"(DELETE FROM outbox WHERE (record, kind, contact) IN
         (SELECT record, kind, contact FROM outbox WHERE queued_at <= ?
          ORDER BY queued_at, record, kind, contact LIMIT ?))",
      base::Time{now - ports::mail_lifetime}, bound(limit));
  run(R"(DELETE FROM invitation WHERE tag IN
         (SELECT tag FROM invitation WHERE expires_at <= ? ORDER BY expires_at LIMIT ?))",
      now, bound(limit));
  run(R"(DELETE FROM role_proposal WHERE (official, role) IN
         (SELECT official, role FROM role_proposal WHERE expires_at <= ? ORDER BY expires_at, official, role LIMIT ?))",
      now, bound(limit));
  run(R"(DELETE FROM opening_count WHERE (week, office, purpose) IN
         (SELECT week, office, purpose FROM opening_count WHERE week <= ? ORDER BY week, office, purpose LIMIT ?))",
      base::Time{now - ports::opening_count_lifetime}, bound(limit));
  run(R"(DELETE FROM notice WHERE (record, seq) IN
         (SELECT record, seq FROM notice WHERE is_read = 1 AND at <= ? ORDER BY at, record, seq LIMIT ?))",
      base::Time{now - ports::read_notice_lifetime}, bound(limit));
  run(R"(DELETE FROM notice WHERE (record, seq) IN
         (SELECT record, seq FROM notice WHERE is_read = 0 AND at <= ? ORDER BY at, record, seq LIMIT ?))",
      base::Time{now - ports::unread_notice_lifetime}, bound(limit));
}

}  // namespace abode::sqlite::internal
