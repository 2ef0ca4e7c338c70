#include "sqlite/internal/snapshot.hpp"

#include <algorithm>

namespace abode::sqlite::internal {
namespace {

using ports::Batch;
using ports::CardRow;
using ports::ContactRow;
using ports::EntryRow;
using ports::EpochRow;
using ports::GuardianshipRow;
using ports::HeadRow;
using ports::InvitationRow;
using ports::KeyRow;
using ports::LetterRow;
using ports::LogState;
using ports::NoticeRow;
using ports::OfficialId;
using ports::OfficialRow;
using ports::OpeningCodeRow;
using ports::OpeningCountRow;
using ports::OutboxRow;
using ports::PasskeyRow;
using ports::PrintedCodeRow;
using ports::ProofRow;
using ports::PublishedRow;
using ports::QueuedLeaf;
using ports::RecordId;
using ports::RecordRow;
using ports::RoleProposalRow;
using ports::SessionRow;
using ports::StaffPasskeyRow;
using ports::StatusListRow;
using ports::StatusPlaceRow;
using ports::WrappedKey;

void get(Query& row, EntryRow& entry) {
  row.get(entry.record, entry.seq, entry.commitment, entry.sealed);
}
void get(Query& row, NoticeRow& notice) {
  row.get(notice.record, notice.seq, notice.read, notice.at);
}
void get(Query& row, ContactRow& contact) {
  row.get(contact.record, contact.seq, contact.sealed, contact.unconfirmed_until, contact.misses);
}
void get(Query& row, OutboxRow& mail) {
  row.get(mail.record, mail.kind, mail.contact, mail.sealed, mail.seq, mail.message_id, mail.queued_at, mail.attempts,
          mail.next_try_at);
}
void get(Query& row, QueuedLeaf& leaf) {
  row.get(leaf.commitment, leaf.record, leaf.seq);
}
void get(Query& row, RecordRow& record) {
  base::Bytes requests;
  row.get(record.id, record.position, record.version, record.entries, record.last, record.last_at, record.state_tag,
          record.sealed_state, requests, record.erasure_due, record.erased_at);
  record.requests = decode_requests(requests);
}
void get(Query& row, SessionRow& session) {
  row.get(session.token_hash, session.subject, session.record, session.official, session.expires_at, session.begun_at,
          session.last_end, session.proof);
}
void get(Query& row, OfficialRow& official) {
  base::Bytes requests;
  row.get(official.id, official.name, official.office, official.office_record, official.misses, official.misses_since,
          requests, official.roles, official.identifications, official.identified_since);
  official.requests = decode_requests(requests);
}
void get(Query& row, RoleProposalRow& proposal) {
  row.get(proposal.official, proposal.role, proposal.proposed_by, proposal.proposed_at, proposal.expires_at);
}
void get(Query& row, OpeningCountRow& count) {
  row.get(count.week, count.office, count.purpose, count.openings);
}
void get(Query& row, OpeningCodeRow& code) {
  row.get(code.code_tag, code.record, code.seq, code.fields, code.expires_at, code.revoked, code.sealed, code.used_by,
          code.invitation, code.made_by);
}
void get(Query& row, PasskeyRow& passkey) {
  row.get(passkey.credential_tag, passkey.record, passkey.seq, passkey.public_key, passkey.good_from,
          passkey.good_until, passkey.sealed);
}

void get(Query& row, StaffPasskeyRow& passkey) {
  row.get(passkey.credential_tag, passkey.official, passkey.added_at, passkey.public_key, passkey.notes);
}
void get(Query& row, PrintedCodeRow& code) {
  row.get(code.code_tag, code.record, code.seq, code.number, code.good_from, code.good_until, code.used_by,
          code.used_at);
}
void get(Query& row, CardRow& card) {
  row.get(card.card_tag, card.record, card.code_tag, card.issued, card.used_by, card.used_at, card.misses,
          card.missed_at, card.good_from);
}
void get(Query& row, LetterRow& letter) {
  row.get(letter.record, letter.seq, letter.delivery, letter.good_until, letter.place_tag, letter.code_tag,
          letter.misses);
}
void get(Query& row, ProofRow& proof) {
  row.get(proof.record, proof.seq, proof.expires_at, proof.sealed);
}
void get(Query& row, StatusListRow& list) {
  row.get(list.number, list.taken, list.told, list.last_needed);
}
void get(Query& row, StatusPlaceRow& place) {
  row.get(place.list, place.place, place.revoked);
}
void get(Query& row, std::uint64_t& number) {
  row.get(number);
}
void get(Query& row, InvitationRow& invitation) {
  row.get(invitation.invitation_tag, invitation.official, invitation.expires_at);
}
void get(Query& row, PublishedRow& published) {
  row.get(published.size, published.at, published.checkpoint, published.quorum);
}
void get(Query& row, GuardianshipRow& guardianship) {
  row.get(guardianship.id, guardianship.child, guardianship.guardian);
}
void get(Query& row, RecordId& id) {
  row.get(id);
}
void get(Query& row, EpochRow& epoch) {
  row.get(epoch.number, epoch.leaf, epoch.nonce, epoch.index);
}
void get(Query& row, base::Bytes& bytes) {
  row.get(bytes);
}
void get(Query& row, KeyRow& key) {
  row.get(key.record, key.key.bytes);
}
void get(Query& row, WrappedKey& key) {
  row.get(key.bytes);
}

template <class Row, class... Values>
std::optional<Row> first(Database& database, Sql sql, Values const&... values) {
  Query query{database, sql, values...};
  if (!query.next()) return std::nullopt;
  Row row;
  get(query, row);
  return row;
}

template <class Row, class... Values>
std::vector<Row> all(Database& database, Sql sql, Values const&... values) {
  std::vector<Row> rows;
  for (Query query{database, sql, values...}; query.next();) get(query, rows.emplace_back());
  return rows;
}

/// The id of the last entry among the log's first `covered` leaves: entries go into it in the order of their ids.
std::int64_t last_entry_in(Database& database, std::uint64_t covered) {
  Query row{database, "SELECT first_entry + entries - 1 FROM batch WHERE start < ? ORDER BY start DESC LIMIT 1",
            bound(covered)};
  std::int64_t id = 0;
  if (row.next()) row.get(id);
  return id;
}

}  // namespace

template <class Base>
std::optional<RecordRow> Reads<Base>::record(RecordId id) {
  auto row = first<RecordRow>(
      data_, R"(SELECT id, position, version, entries, last, last_at, state_tag, sealed_state, requests,
                                 erasure_due, erased_at FROM record WHERE id = ?)",
      id);
  if (row) visible_ = id;
  return row;
}

template <class Base>
std::optional<WrappedKey> Reads<Base>::key(RecordId id) {
  if (visible_ != id && !first<RecordId>(data_, "SELECT id FROM record WHERE id = ?", id)) return std::nullopt;
  return first<WrappedKey>(keys_, "SELECT wrapped FROM record_key WHERE record = ? AND wrapped IS NOT NULL", id);
}

template <class Base>
std::vector<KeyRow> Reads<Base>::keys(RecordId after, std::size_t limit) {
  return all<KeyRow>(keys_, R"(SELECT record, wrapped FROM record_key WHERE record > ? AND wrapped IS NOT NULL
                               ORDER BY record LIMIT ?)",
                     after, bound(limit));
}

template <class Base>
std::optional<EntryRow> Reads<Base>::entry(RecordId record, std::uint64_t seq) {
  return first<EntryRow>(data_, "SELECT record, seq, commitment, sealed FROM entry WHERE record = ? AND seq = ?",
                         record, seq);
}

template <class Base>
std::vector<EntryRow> Reads<Base>::entries(RecordId record, std::uint64_t before, std::size_t limit) {
  return all<EntryRow>(data_, R"(SELECT record, seq, commitment, sealed FROM entry WHERE record = ? AND seq < ?
                                 ORDER BY seq DESC LIMIT ?)",
                       record, bound(before), bound(limit));
}

template <class Base>
std::vector<NoticeRow> Reads<Base>::notices(RecordId record, std::uint64_t before, std::size_t limit) {
  return all<NoticeRow>(data_, R"(SELECT record, seq, is_read, at FROM notice WHERE record = ? AND seq < ?
                                  ORDER BY seq DESC LIMIT ?)",
                        record, bound(before), bound(limit));
}

template <class Base>
std::vector<ContactRow> Reads<Base>::contacts(RecordId record) {
  return all<ContactRow>(
      data_, "SELECT record, seq, sealed, unconfirmed_until, misses FROM contact WHERE record = ? ORDER BY seq",
      record);
}

template <class Base>
std::vector<OutboxRow> Reads<Base>::outbox(RecordId record) {
  return all<OutboxRow>(data_,
                        R"(SELECT record, kind, contact, sealed, seq, message_id, queued_at, attempts, next_try_at
                                  FROM outbox WHERE record = ? ORDER BY kind, contact)",
                        record);
}

template <class Base>
std::vector<OutboxRow> Reads<Base>::outbox_due(base::Time now, std::size_t limit) {
  return all<OutboxRow>(data_,
                        R"(SELECT record, kind, contact, sealed, seq, message_id, queued_at, attempts, next_try_at
                                  FROM outbox WHERE next_try_at <= ?
                                  ORDER BY next_try_at, record, kind, contact LIMIT ?)",
                        now, bound(limit));
}

template <class Base>
std::optional<SessionRow> Reads<Base>::session(base::Hash const& token_hash) {
  return first<SessionRow>(data_, R"(SELECT token_hash, subject, record, official, expires_at, begun_at, last_end, proof
                                     FROM session WHERE token_hash = ?)",
                           token_hash);
}

template <class Base>
std::vector<SessionRow> Reads<Base>::official_sessions(OfficialId const& official) {
  return all<SessionRow>(
      data_, R"(SELECT token_hash, subject, record, official, expires_at, begun_at, last_end, proof FROM session
                                   WHERE official = ? AND official <> '' ORDER BY expires_at, token_hash)",
      official);
}

template <class Base>
std::vector<SessionRow> Reads<Base>::sessions(RecordId record) {
  return all<SessionRow>(
      data_, R"(SELECT token_hash, subject, record, official, expires_at, begun_at, last_end, proof FROM session
                                   WHERE record = ? AND record <> 0 ORDER BY expires_at, token_hash)",
      record);
}

template <class Base>
std::optional<OfficialRow> Reads<Base>::official(OfficialId const& id) {
  return first<OfficialRow>(data_, R"(SELECT id, name, office, office_record, misses, misses_since, requests, roles,
                                             identifications, identified_since
                                      FROM official WHERE id = ?)",
                            id);
}

template <class Base>
std::vector<OfficialRow> Reads<Base>::officials() {
  return all<OfficialRow>(data_, R"(SELECT id, name, office, office_record, misses, misses_since, requests, roles,
                                           identifications, identified_since
                                    FROM official ORDER BY id)");
}

template <class Base>
std::vector<RoleProposalRow> Reads<Base>::role_proposals() {
  return all<RoleProposalRow>(data_, R"(SELECT official, role, proposed_by, proposed_at, expires_at
                                        FROM role_proposal ORDER BY official, role)");
}

template <class Base>
std::vector<OpeningCountRow> Reads<Base>::opening_counts(base::Time from, base::Time before) {
  return all<OpeningCountRow>(data_, R"(SELECT week, office, purpose, openings FROM opening_count
                                        WHERE week >= ? AND week < ? ORDER BY week, office, purpose)",
                              from, before);
}

template <class Base>
std::optional<OpeningCodeRow> Reads<Base>::opening_code(base::Hash const& code_tag) {
  return first<OpeningCodeRow>(data_, R"(SELECT code_tag, record, seq, fields, expires_at, revoked, sealed, used_by,
                                              invitation, made_by
                                         FROM opening_code WHERE code_tag = ?)",
                               code_tag);
}

template <class Base>
std::vector<OpeningCodeRow> Reads<Base>::opening_codes(RecordId record) {
  return all<OpeningCodeRow>(data_, R"(SELECT code_tag, record, seq, fields, expires_at, revoked, sealed, used_by,
                                              invitation, made_by
                                       FROM opening_code WHERE record = ? ORDER BY seq)",
                             record);
}

template <class Base>
std::optional<CardRow> Reads<Base>::card(base::Hash const& card_tag) {
  return first<CardRow>(data_, R"(SELECT tag, record, code_tag, issued, used_by, used_at, misses, missed_at, good_from
                                  FROM card WHERE tag = ?)",
                        card_tag);
}

template <class Base>
std::vector<CardRow> Reads<Base>::cards_to_issue(RecordId after, std::size_t limit) {
  return all<CardRow>(data_, R"(SELECT tag, record, code_tag, issued, used_by, used_at, misses, missed_at, good_from
                                FROM card WHERE issued = 0 AND record > ? ORDER BY record LIMIT ?)",
                      after, bound(limit));
}

template <class Base>
std::optional<PrintedCodeRow> Reads<Base>::printed_code(base::Hash const& code_tag) {
  return first<PrintedCodeRow>(data_, R"(SELECT tag, record, seq, number, good_from, good_until, used_by, used_at
                                         FROM printed_code WHERE tag = ?)",
                               code_tag);
}

template <class Base>
std::vector<PrintedCodeRow> Reads<Base>::printed_codes(RecordId record) {
  return all<PrintedCodeRow>(data_, R"(SELECT tag, record, seq, number, good_from, good_until, used_by, used_at
                                       FROM printed_code WHERE record = ? ORDER BY seq, number)",
                             record);
}

template <class Base>
std::vector<LetterRow> Reads<Base>::letters(RecordId record) {
  return all<LetterRow>(data_, R"(SELECT record, seq, delivery, good_until, place_tag, code_tag, misses FROM letter
                                  WHERE record = ? ORDER BY seq)",
                        record);
}

template <class Base>
std::vector<ProofRow> Reads<Base>::proofs(RecordId record) {
  return all<ProofRow>(data_, "SELECT record, seq, expires_at, sealed FROM proof WHERE record = ? ORDER BY seq",
                       record);
}

template <class Base>
std::vector<StatusListRow> Reads<Base>::status_lists() {
  return all<StatusListRow>(data_, "SELECT number, taken, told, last_needed FROM status_list ORDER BY number");
}

template <class Base>
std::optional<StatusPlaceRow> Reads<Base>::status_place(std::uint64_t list, std::uint64_t place) {
  return first<StatusPlaceRow>(data_, "SELECT list, place, revoked FROM status_place WHERE list = ? AND place = ?",
                               bound(list), bound(place));
}

template <class Base>
std::vector<std::uint64_t> Reads<Base>::revoked_places(std::uint64_t list) {
  return all<std::uint64_t>(data_, "SELECT place FROM status_place WHERE list = ? AND revoked = 1 ORDER BY place",
                            bound(list));
}

template <class Base>
std::vector<LetterRow> Reads<Base>::letters_to_make(RecordId after, std::uint64_t after_seq, std::size_t limit) {
  return all<LetterRow>(data_, R"(SELECT record, seq, delivery, good_until, place_tag, code_tag, misses FROM letter
                                  WHERE code_tag IS NULL AND (record, seq) > (?, ?) ORDER BY record, seq LIMIT ?)",
                        after, bound(after_seq), bound(limit));
}

template <class Base>
std::optional<PasskeyRow> Reads<Base>::passkey(base::Hash const& credential_tag) {
  return first<PasskeyRow>(
      data_, "SELECT tag, record, seq, public_key, good_from, good_until, sealed FROM passkey WHERE tag = ?",
      credential_tag);
}

template <class Base>
std::vector<PasskeyRow> Reads<Base>::passkeys(RecordId record) {
  return all<PasskeyRow>(data_, R"(SELECT tag, record, seq, public_key, good_from, good_until, sealed
                                   FROM passkey WHERE record = ? ORDER BY seq)",
                         record);
}

template <class Base>
std::optional<StaffPasskeyRow> Reads<Base>::staff_passkey(base::Hash const& credential_tag) {
  return first<StaffPasskeyRow>(
      data_, "SELECT tag, official, added_at, public_key, notes FROM staff_passkey WHERE tag = ?", credential_tag);
}

template <class Base>
std::vector<StaffPasskeyRow> Reads<Base>::staff_passkeys(OfficialId const& official) {
  return all<StaffPasskeyRow>(data_, R"(SELECT tag, official, added_at, public_key, notes
                                        FROM staff_passkey WHERE official = ? ORDER BY added_at, tag)",
                              official);
}

template <class Base>
std::optional<InvitationRow> Reads<Base>::invitation(base::Hash const& invitation_tag) {
  return first<InvitationRow>(data_, "SELECT tag, official, expires_at FROM invitation WHERE tag = ?", invitation_tag);
}

template <class Base>
std::optional<GuardianshipRow> Reads<Base>::guardianship(base::GuardianshipId const& id) {
  return first<GuardianshipRow>(data_, "SELECT id, child, guardian FROM guardianship WHERE id = ?", id);
}

template <class Base>
std::vector<GuardianshipRow> Reads<Base>::guardianships_over(RecordId child) {
  return all<GuardianshipRow>(data_, "SELECT id, child, guardian FROM guardianship WHERE child = ? ORDER BY id", child);
}

template <class Base>
std::vector<GuardianshipRow> Reads<Base>::guardianships_of(RecordId guardian) {
  return all<GuardianshipRow>(data_, "SELECT id, child, guardian FROM guardianship WHERE guardian = ? ORDER BY id",
                              guardian);
}

template <class Base>
std::optional<RecordId> Reads<Base>::office_book(std::string const& office) {
  return first<RecordId>(data_, "SELECT office_record FROM official WHERE office = ? LIMIT 1", office);
}

template <class Base>
std::optional<RecordId> Reads<Base>::record_of_document(base::Hash const& document_tag) {
  return first<RecordId>(data_, "SELECT record FROM document WHERE tag = ?", document_tag);
}

template <class Base>
std::optional<RecordId> Reads<Base>::record_at_position(std::uint64_t position) {
  return first<RecordId>(data_, "SELECT id FROM record WHERE position = ?", position);
}

template <class Base>
std::uint64_t Reads<Base>::record_count() {
  Query row{data_, "SELECT records FROM total"};
  if (!row.next()) corrupted("the row of totals is gone");
  std::uint64_t count = 0;
  row.get(count);
  return count;
}

template <class Base>
std::vector<RecordId> Reads<Base>::record_ids(RecordId after, std::size_t limit) {
  return all<RecordId>(data_, "SELECT id FROM record WHERE id > ? ORDER BY id LIMIT ?", after, std::uint64_t{limit});
}

template <class Base>
std::vector<RecordId> Reads<Base>::erasures_due(base::Time now, std::size_t limit) {
  return all<RecordId>(data_, R"(SELECT id FROM record WHERE erasure_due <= ? AND erased_at IS NULL
                                 ORDER BY erasure_due, id LIMIT ?)",
                       now, bound(limit));
}

template <class Base>
LogState Reads<Base>::log_state() {
  return load_log_state(data_);
}

template <class Base>
std::optional<PublishedRow> Reads<Base>::published() {
  return first<PublishedRow>(data_,
                             "SELECT size, at, checkpoint, quorum FROM published ORDER BY size DESC, at DESC LIMIT 1");
}

template <class Base>
std::optional<PublishedRow> Reads<Base>::last_quorum() {
  return first<PublishedRow>(data_, R"(SELECT size, at, checkpoint, quorum FROM published WHERE quorum = 1
                                       ORDER BY size DESC, at DESC LIMIT 1)");
}

template <class Base>
std::optional<PublishedRow> Reads<Base>::first_quorum_over(std::uint64_t size) {
  return first<PublishedRow>(data_, R"(SELECT size, at, checkpoint, quorum FROM published WHERE quorum = 1 AND size > ?
                                       ORDER BY size, at LIMIT 1)",
                             size);
}

template <class Base>
std::optional<Batch> Reads<Base>::pending_batch() {
  return load_pending_batch(data_);
}

template <class Base>
std::vector<QueuedLeaf> Reads<Base>::queued_leaves(std::size_t limit) {
  return all<QueuedLeaf>(data_, R"(SELECT commitment, record, seq FROM entry
                                   WHERE id > (SELECT last_taken FROM log) ORDER BY id LIMIT ?)",
                         bound(limit));
}

template <class Base>
std::optional<std::uint64_t> Reads<Base>::leaf_index(RecordId record, std::uint64_t seq) {
  Query row{data_, R"(SELECT start, substr(places, 4 * (entry.id - first_entry) + 1, 4) FROM entry, batch
                      WHERE entry.record = ? AND entry.seq = ? AND first_entry <= entry.id AND entries > 0
                      AND entry.id <= (SELECT last_taken FROM log) ORDER BY first_entry DESC LIMIT 1)",
            record, seq};
  if (!row.next()) return std::nullopt;
  std::uint64_t start = 0;
  base::Bytes place;
  row.get(start, place);
  if (place.size() != 4) corrupted("a batch does not hold an entry that was taken");
  return start + read_be32(place);
}

template <class Base>
std::vector<EpochRow> Reads<Base>::epochs() {
  return all<EpochRow>(data_, "SELECT number, leaf, nonce, log_index FROM epoch ORDER BY number");
}

template <class Base>
std::optional<EpochRow> Reads<Base>::newest_epoch() {
  return first<EpochRow>(data_, "SELECT number, leaf, nonce, log_index FROM epoch ORDER BY number DESC LIMIT 1");
}

template <class Base>
std::optional<EpochRow> Reads<Base>::waiting_epoch() {
  return first<EpochRow>(
      data_, "SELECT number, leaf, nonce, log_index FROM epoch WHERE log_index IS NULL ORDER BY number LIMIT 1");
}

template <class Base>
std::optional<base::Bytes> Reads<Base>::head_tile(std::uint64_t epoch, unsigned level, std::uint64_t index) {
  return first<base::Bytes>(data_, "SELECT hashes FROM head_tile WHERE epoch = ? AND level = ? AND number = ?",
                            bound(epoch), std::int64_t{level}, bound(index));
}

template <class Base>
HeadRow Reads<Base>::head_until(RecordId record, std::uint64_t position, std::int64_t last) {
  HeadRow head{record, position, 0, {}};
  Query row{data_, "SELECT seq, commitment FROM entry WHERE record = ? AND id <= ? ORDER BY seq DESC LIMIT 1", record,
            last};
  if (!row.next()) return head;
  row.get(head.count, head.last);
  ++head.count;
  return head;
}

// A record's own row says how far it has come by now, and the index of the journal whether that is in the log. Only
// where it is not is the journal looked into: that takes a scattered page for each record.
template <class Base>
std::vector<HeadRow> Reads<Base>::heads(std::uint64_t covered, RecordId after, std::size_t limit) {
  std::int64_t const last = last_entry_in(data_, covered);
  std::vector<HeadRow> rows;
  for (Query row{data_, R"(SELECT record.id, position, entries, last, entry.id FROM record, entry
                           WHERE record.id > ? AND entry.record = record.id AND seq = entries - 1
                           ORDER BY record.id LIMIT ?)",
                 after, bound(limit)};
       row.next();) {
    HeadRow& head = rows.emplace_back();
    std::int64_t newest_entry = 0;
    row.get(head.record, head.position, head.count, head.last, newest_entry);
    if (newest_entry > last) head = head_until(head.record, head.position, last);
  }
  return rows;
}

template <class Base>
std::vector<HeadRow> Reads<Base>::heads_at(std::uint64_t covered, std::uint64_t first, std::uint64_t end) {
  std::int64_t const last = last_entry_in(data_, covered);
  std::vector<HeadRow> rows;
  for (Query row{data_, "SELECT id, position FROM record WHERE position >= ? AND position < ? ORDER BY position",
                 bound(first), bound(end)};
       row.next();) {
    RecordId record;
    std::uint64_t position = 0;
    row.get(record, position);
    rows.push_back(head_until(record, position, last));
  }
  return rows;
}

template class Reads<ports::Snapshot>;
template class Reads<ports::Transaction>;

LogState load_log_state(Database& data) {
  Query row{data, "SELECT size, edge, checkpoint FROM log"};
  if (!row.next()) corrupted("the row of the log is gone");
  LogState state;
  base::Bytes edge;
  row.get(state.size, edge, state.checkpoint);
  constexpr std::size_t hash_size = sizeof(base::Hash);
  if (edge.size() % hash_size != 0) corrupted("the log's edge is cut");
  state.edge.resize(edge.size() / hash_size);
  for (std::size_t i = 0; i < state.edge.size(); ++i)
    std::copy_n(edge.data() + i * hash_size, hash_size, state.edge[i].data());
  return state;
}

std::optional<PublishedRow> published_before(Database& data, PublishedRow const& row) {
  return first<PublishedRow>(data, R"(SELECT size, at, checkpoint, quorum FROM published WHERE (size, at) < (?, ?)
                                      ORDER BY size DESC, at DESC LIMIT 1)",
                             row.size, row.at);
}

std::optional<Batch> load_pending_batch(Database& data) {
  Query row{data, "SELECT start, places, leaves FROM batch WHERE leaves IS NOT NULL"};
  if (!row.next()) return std::nullopt;
  Batch batch;
  base::Bytes places;
  base::Bytes leaves;
  row.get(batch.start, places, leaves);
  batch.leaves = decode_leaves(leaves);
  batch.origin = decode_origin(places, batch.leaves.size());
  return batch;
}

}  // namespace abode::sqlite::internal
