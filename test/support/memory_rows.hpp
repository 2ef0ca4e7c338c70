// What the memory store keeps, and how it is read.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "ports/store.hpp"
#include "support/persistent_map.hpp"

namespace abode::test::memory {

using namespace ports;

using Place = std::pair<RecordId, std::uint64_t>;  // a record and a seq

using MailPlace = std::tuple<RecordId, MailKind, std::uint64_t>;
inline MailPlace place_of(OutboxRow const& row) {
  return {row.record, row.kind, row.contact};
}

/// All rows. A copy is a snapshot.
struct State {
  PersistentMap<RecordId, std::pair<RecordRow, std::optional<WrappedKey>>> records;
  PersistentMap<std::uint64_t, RecordId> positions;
  PersistentMap<Place, std::pair<EntryRow, std::uint64_t>> entries;  // with its number in the order of commitment
  PersistentMap<std::uint64_t, Place> entry_order;
  PersistentMap<Place, NoticeRow> notices;
  PersistentMap<Place, ContactRow> contacts;
  PersistentMap<MailPlace, OutboxRow> outbox;
  PersistentMap<base::Hash, SessionRow> sessions;
  PersistentMap<OfficialId, OfficialRow> officials;
  PersistentMap<std::pair<OfficialId, std::uint8_t>, RoleProposalRow> role_proposals;
  PersistentMap<std::tuple<base::Time, std::string, std::string>, OpeningCountRow> opening_counts;
  PersistentMap<base::Hash, OpeningCodeRow> codes;
  PersistentMap<base::Hash, CardRow> cards;
  PersistentMap<base::Hash, PrintedCodeRow> printed;
  PersistentMap<Place, LetterRow> letters;
  PersistentMap<Place, ProofRow> proofs;
  PersistentMap<std::uint64_t, StatusListRow> status_lists;
  PersistentMap<std::pair<std::uint64_t, std::uint64_t>, StatusPlaceRow> status_places;
  PersistentMap<base::Hash, PasskeyRow> passkeys;
  PersistentMap<base::Hash, StaffPasskeyRow> staff_passkeys;
  PersistentMap<base::Hash, InvitationRow> invitations;
  PersistentMap<base::GuardianshipId, GuardianshipRow> guardianships;
  PersistentMap<base::Hash, RecordId> documents;
  PersistentMap<std::uint64_t, std::uint64_t> leaves;  // entry number -> index in the log
  std::optional<Batch> pending;
  LogState log;
  std::vector<PublishedRow> published;  ///< by size and time
  PersistentMap<std::uint64_t, std::pair<EpochRow, std::vector<HeadTile>>> epochs;
  std::uint64_t taken = 0;  // entries up to this number are in batches
  std::uint64_t last_entry = 0;
};

template <class Key, class Row>
std::vector<Row> all_rows(PersistentMap<Key, Row> const& map) {
  std::vector<Row> rows;
  map.ascend({}, [&](Key const&, Row const& row) {
    rows.push_back(row);
    return true;
  });
  return rows;
}

template <class Value>
std::optional<Value> copy(Value const* found) {
  return found ? std::optional{*found} : std::nullopt;
}

template <class Base>
class Reads : public Base {
 public:
  explicit Reads(State state) : state_(std::move(state)) {}

  std::optional<RecordRow> record(RecordId id) override {
    auto const* const found = state_.records.find(id);
    return found ? std::optional{found->first} : std::nullopt;
  }
  std::optional<WrappedKey> key(RecordId id) override {
    auto const* const found = state_.records.find(id);
    return found ? found->second : std::nullopt;
  }
  std::vector<KeyRow> keys(RecordId after, std::size_t limit) override {
    std::vector<KeyRow> rows;
    state_.records.ascend(RecordId{after.value() + 1}, [&](RecordId id, auto const& stored) {
      if (rows.size() == limit) return false;
      if (stored.second) rows.push_back({id, *stored.second});
      return true;
    });
    return rows;
  }
  std::optional<EntryRow> entry(RecordId record, std::uint64_t seq) override {
    auto const* const found = state_.entries.find({record, seq});
    return found ? std::optional{found->first} : std::nullopt;
  }
  std::vector<EntryRow> entries(RecordId record, std::uint64_t before, std::size_t limit) override {
    std::vector<EntryRow> rows;
    state_.entries.descend({record, before}, [&](Place const& place, auto const& stored) {
      if (place.first != record || rows.size() == limit) return false;
      rows.push_back(stored.first);
      return true;
    });
    return rows;
  }
  std::vector<NoticeRow> notices(RecordId record, std::uint64_t before, std::size_t limit) override {
    std::vector<NoticeRow> rows;
    state_.notices.descend({record, before}, [&](Place const& place, NoticeRow const& row) {
      if (place.first != record || rows.size() == limit) return false;
      rows.push_back(row);
      return true;
    });
    return rows;
  }
  std::vector<ContactRow> contacts(RecordId record) override {
    std::vector<ContactRow> rows;
    state_.contacts.ascend({record, 0}, [&](Place const& place, ContactRow const& row) {
      if (place.first == record) rows.push_back(row);
      return place.first == record;
    });
    return rows;
  }
  std::vector<OutboxRow> outbox(RecordId record) override {
    std::vector<OutboxRow> rows;
    state_.outbox.ascend({record, MailKind{}, 0}, [&](MailPlace const&, OutboxRow const& row) {
      if (row.record == record) rows.push_back(row);
      return row.record == record;
    });
    return rows;
  }
  std::vector<OutboxRow> outbox_due(base::Time now, std::size_t limit) override {
    std::vector<OutboxRow> rows;
    state_.outbox.ascend({}, [&](MailPlace const&, OutboxRow const& row) {
      if (row.next_try_at <= now) rows.push_back(row);
      return true;
    });
    std::sort(rows.begin(), rows.end(), [](OutboxRow const& a, OutboxRow const& b) {
      return std::pair{a.next_try_at, place_of(a)} < std::pair{b.next_try_at, place_of(b)};
    });
    rows.resize(std::min(limit, rows.size()));
    return rows;
  }
  std::optional<SessionRow> session(base::Hash const& token_hash) override {
    return copy(state_.sessions.find(token_hash));
  }
  std::vector<SessionRow> sessions(RecordId record) override {
    std::vector<SessionRow> rows;
    state_.sessions.ascend({}, [&](base::Hash const&, SessionRow const& row) {
      if (row.record == record && row.subject == Subject::person) rows.push_back(row);
      return true;
    });
    std::stable_sort(rows.begin(), rows.end(),
                     [](auto const& a, auto const& b) { return a.expires_at < b.expires_at; });
    return rows;
  }
  std::vector<SessionRow> official_sessions(OfficialId const& official) override {
    std::vector<SessionRow> rows;
    state_.sessions.ascend({}, [&](base::Hash const&, SessionRow const& row) {
      if (row.official == official && row.subject == Subject::official) rows.push_back(row);
      return true;
    });
    std::stable_sort(rows.begin(), rows.end(),
                     [](auto const& a, auto const& b) { return a.expires_at < b.expires_at; });
    return rows;
  }
  std::optional<OfficialRow> official(OfficialId const& id) override { return copy(state_.officials.find(id)); }
  std::vector<OfficialRow> officials() override { return all_rows(state_.officials); }
  std::vector<RoleProposalRow> role_proposals() override { return all_rows(state_.role_proposals); }
  std::vector<OpeningCountRow> opening_counts(base::Time from, base::Time before) override {
    std::vector<OpeningCountRow> rows;
    state_.opening_counts.ascend({from, {}, {}}, [&](auto const&, OpeningCountRow const& row) {
      if (row.week < before) rows.push_back(row);
      return row.week < before;
    });
    return rows;
  }
  std::optional<OpeningCodeRow> opening_code(base::Hash const& code_tag) override {
    return copy(state_.codes.find(code_tag));
  }
  std::vector<OpeningCodeRow> opening_codes(RecordId record) override {
    std::vector<OpeningCodeRow> rows;
    state_.codes.ascend({}, [&](base::Hash const&, OpeningCodeRow const& row) {
      if (row.record == record) rows.push_back(row);
      return true;
    });
    std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.seq < b.seq; });
    return rows;
  }
  std::optional<CardRow> card(base::Hash const& card_tag) override { return copy(state_.cards.find(card_tag)); }
  std::vector<CardRow> cards_to_issue(RecordId after, std::size_t limit) override {
    std::vector<CardRow> rows;
    state_.cards.ascend({}, [&](base::Hash const&, CardRow const& row) {
      if (!row.issued && row.record > after) rows.push_back(row);
      return true;
    });
    std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.record < b.record; });
    rows.resize(std::min(limit, rows.size()));
    return rows;
  }
  std::optional<PrintedCodeRow> printed_code(base::Hash const& code_tag) override {
    return copy(state_.printed.find(code_tag));
  }
  std::vector<PrintedCodeRow> printed_codes(RecordId record) override {
    std::vector<PrintedCodeRow> rows;
    state_.printed.ascend({}, [&](base::Hash const&, PrintedCodeRow const& row) {
      if (row.record == record) rows.push_back(row);
      return true;
    });
    std::sort(rows.begin(), rows.end(),
              [](auto const& a, auto const& b) { return std::pair{a.seq, a.number} < std::pair{b.seq, b.number}; });
    return rows;
  }
  std::vector<LetterRow> letters(RecordId record) override {
    std::vector<LetterRow> rows;
    state_.letters.ascend({record, 0}, [&](Place const& place, LetterRow const& row) {
      if (place.first == record) rows.push_back(row);
      return place.first == record;
    });
    return rows;
  }
  std::vector<ProofRow> proofs(RecordId record) override {
    std::vector<ProofRow> rows;
    state_.proofs.ascend({record, 0}, [&](Place const& place, ProofRow const& row) {
      if (place.first == record) rows.push_back(row);
      return place.first == record;
    });
    return rows;
  }
  std::vector<StatusListRow> status_lists() override { return all_rows(state_.status_lists); }
  std::optional<StatusPlaceRow> status_place(std::uint64_t list, std::uint64_t place) override {
    return copy(state_.status_places.find({list, place}));
  }
  std::vector<std::uint64_t> revoked_places(std::uint64_t list) override {
    std::vector<std::uint64_t> places;
    state_.status_places.ascend({list, 0}, [&](auto const&, StatusPlaceRow const& row) {
      if (row.list == list && row.revoked) places.push_back(row.place);
      return row.list == list;
    });
    return places;
  }
  std::vector<LetterRow> letters_to_make(RecordId after, std::uint64_t after_seq, std::size_t limit) override {
    std::vector<LetterRow> rows;
    state_.letters.ascend({after, after_seq + 1}, [&](Place const&, LetterRow const& row) {
      if (rows.size() == limit) return false;
      if (!row.code_tag) rows.push_back(row);
      return true;
    });
    return rows;
  }
  std::optional<PasskeyRow> passkey(base::Hash const& credential_tag) override {
    return copy(state_.passkeys.find(credential_tag));
  }
  std::vector<PasskeyRow> passkeys(RecordId record) override {
    std::vector<PasskeyRow> rows;
    state_.passkeys.ascend({}, [&](base::Hash const&, PasskeyRow const& row) {
      if (row.record == record) rows.push_back(row);
      return true;
    });
    std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.seq < b.seq; });
    return rows;
  }
  std::optional<StaffPasskeyRow> staff_passkey(base::Hash const& credential_tag) override {
    return copy(state_.staff_passkeys.find(credential_tag));
  }
  std::vector<StaffPasskeyRow> staff_passkeys(OfficialId const& official) override {
    std::vector<StaffPasskeyRow> rows;
    state_.staff_passkeys.ascend({}, [&](base::Hash const&, StaffPasskeyRow const& row) {
      if (row.official == official) rows.push_back(row);
      return true;
    });
    std::stable_sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.added_at < b.added_at; });
    return rows;
  }
  std::optional<InvitationRow> invitation(base::Hash const& invitation_tag) override {
    return copy(state_.invitations.find(invitation_tag));
  }
  std::optional<GuardianshipRow> guardianship(base::GuardianshipId const& id) override {
    return copy(state_.guardianships.find(id));
  }
  std::vector<GuardianshipRow> guardianships_over(RecordId child) override {
    return guardianships_where([=](GuardianshipRow const& row) { return row.child == child; });
  }
  std::vector<GuardianshipRow> guardianships_of(RecordId guardian) override {
    return guardianships_where([=](GuardianshipRow const& row) { return row.guardian == guardian; });
  }
  std::optional<RecordId> office_book(std::string const& office) override {
    std::optional<RecordId> book;
    state_.officials.ascend({}, [&](OfficialId const&, OfficialRow const& row) {
      if (row.office == office) book = row.office_record;
      return !book;
    });
    return book;
  }
  std::optional<RecordId> record_of_document(base::Hash const& document_tag) override {
    return copy(state_.documents.find(document_tag));
  }
  std::optional<RecordId> record_at_position(std::uint64_t position) override {
    return copy(state_.positions.find(position));
  }
  std::uint64_t record_count() override { return state_.records.size(); }
  std::vector<RecordId> record_ids(RecordId after, std::size_t limit) override {
    std::vector<RecordId> ids;
    state_.records.ascend(RecordId{after.value() + 1}, [&](RecordId id, auto const&) {
      if (ids.size() == limit) return false;
      ids.push_back(id);
      return true;
    });
    return ids;
  }

  std::vector<RecordId> erasures_due(base::Time now, std::size_t limit) override {
    std::vector<std::pair<base::Time, RecordId>> due;
    state_.records.ascend({}, [&](RecordId id, auto const& stored) {
      RecordRow const& row = stored.first;
      if (row.erasure_due && *row.erasure_due <= now && !row.erased_at) due.emplace_back(*row.erasure_due, id);
      return true;
    });
    std::sort(due.begin(), due.end());
    std::vector<RecordId> ids;
    for (std::size_t i = 0; i < std::min(limit, due.size()); ++i) ids.push_back(due[i].second);
    return ids;
  }

  LogState log_state() override { return state_.log; }
  std::optional<PublishedRow> published() override {
    return state_.published.empty() ? std::nullopt : std::optional{state_.published.back()};
  }
  std::optional<PublishedRow> last_quorum() override {
    auto const& rows = state_.published;
    auto const row = std::find_if(rows.rbegin(), rows.rend(), [](PublishedRow const& r) { return r.quorum; });
    return row == rows.rend() ? std::nullopt : std::optional{*row};
  }
  std::optional<PublishedRow> first_quorum_over(std::uint64_t size) override {
    auto const& rows = state_.published;
    auto const row =
        std::find_if(rows.begin(), rows.end(), [size](PublishedRow const& r) { return r.quorum && r.size > size; });
    return row == rows.end() ? std::nullopt : std::optional{*row};
  }
  std::optional<Batch> pending_batch() override { return state_.pending; }
  std::vector<QueuedLeaf> queued_leaves(std::size_t limit) override {
    std::vector<QueuedLeaf> rows;
    state_.entry_order.ascend(state_.taken + 1, [&](std::uint64_t, Place const& place) {
      if (rows.size() == limit) return false;
      rows.push_back({state_.entries.find(place)->first.commitment, place.first, place.second});
      return true;
    });
    return rows;
  }
  std::optional<std::uint64_t> leaf_index(RecordId record, std::uint64_t seq) override {
    auto const* const found = state_.entries.find({record, seq});
    return found ? copy(state_.leaves.find(found->second)) : std::nullopt;
  }

  std::vector<EpochRow> epochs() override {
    std::vector<EpochRow> rows;
    state_.epochs.ascend({}, [&](std::uint64_t, auto const& stored) {
      rows.push_back(stored.first);
      return true;
    });
    return rows;
  }
  std::optional<EpochRow> newest_epoch() override {
    auto const rows = epochs();
    return rows.empty() ? std::nullopt : std::optional{rows.back()};
  }
  std::optional<EpochRow> waiting_epoch() override {
    for (EpochRow const& row : epochs())
      if (!row.index) return row;
    return std::nullopt;
  }
  std::optional<base::Bytes> head_tile(std::uint64_t epoch, unsigned level, std::uint64_t index) override {
    auto const* const found = state_.epochs.find(epoch);
    if (!found) return std::nullopt;
    for (HeadTile const& tile : found->second)
      if (tile.level == level && tile.index == index) return tile.content;
    return std::nullopt;
  }
  std::vector<HeadRow> heads(std::uint64_t covered, RecordId after, std::size_t limit) override {
    std::vector<HeadRow> rows;
    for (RecordId id : record_ids(after, limit)) rows.push_back(head(covered, id));
    return rows;
  }
  std::vector<HeadRow> heads_at(std::uint64_t covered, std::uint64_t first, std::uint64_t end) override {
    std::vector<HeadRow> rows;
    state_.positions.ascend(first, [&](std::uint64_t position, RecordId id) {
      if (position < end) rows.push_back(head(covered, id));
      return position < end;
    });
    return rows;
  }

 protected:
  HeadRow head(std::uint64_t covered, RecordId id) {
    HeadRow row{id, record(id)->position, 0, {}};
    for (;; ++row.count) {
      auto const index = leaf_index(id, row.count);
      if (!index || *index >= covered) return row;
      row.last = entry(id, row.count)->commitment;
    }
  }

  template <class Condition>
  std::vector<GuardianshipRow> guardianships_where(Condition condition) {
    std::vector<GuardianshipRow> rows;
    state_.guardianships.ascend({}, [&](base::GuardianshipId const&, GuardianshipRow const& row) {
      if (condition(row)) rows.push_back(row);
      return true;
    });
    return rows;
  }

  State state_;
};

}  // namespace abode::test::memory
