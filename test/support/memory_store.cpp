#include "support/memory_store.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <limits>
#include <mutex>
#include <thread>

#include "base/assert.hpp"
#include "support/memory_rows.hpp"

namespace abode::test {
namespace {

using namespace ports;
using base::ensure;
using base::errc;
using base::fail;
using memory::Place;
using memory::Reads;
using memory::State;

using MemorySnapshot = Reads<Snapshot>;

class MemoryTransaction final : public Reads<Transaction> {
 public:
  MemoryTransaction(State state, std::int64_t& last_record_id)
      : Reads(std::move(state)), last_record_id_(last_record_id) {}

  State& state() { return state_; }
  std::vector<RecordId>& accesses() { return accesses_; }

  RecordId new_record_id() override { return RecordId{++last_record_id_}; }
  void add_record(RecordRow const& row, WrappedKey const& key) override {
    ensure(!state_.records.find(row.id) && !state_.positions.find(row.position),
           "a record has its own id and position");
    state_.records.put(row.id, {row, key});
    state_.positions.put(row.position, row.id);
  }
  void update_record(RecordRow const& row) override {
    auto const* const found = state_.records.find(row.id);
    ensure(found && found->first.position == row.position, "an update needs its row to be there");
    RecordRow updated = row;
    updated.erased_at = found->first.erased_at;
    state_.records.put(row.id, {updated, found->second});
  }
  void replace_key(RecordId record, WrappedKey const& key) override {
    auto const* const found = state_.records.find(record);
    ensure(found, "a key is replaced where there is one");
    if (found->second) state_.records.put(record, {found->first, key});
  }
  void add_entry(EntryRow const& row, bool access) override {
    Place const place{row.record, row.seq};
    ensure(!state_.entries.find(place), "an entry has its own seq");
    state_.entries.put(place, {row, ++state_.last_entry});
    state_.entry_order.put(state_.last_entry, place);
    if (access) accesses_.push_back(row.record);
  }
  void add_notice(NoticeRow const& row) override {
    ensure(!state_.notices.find({row.record, row.seq}), "one notice for an entry");
    state_.notices.put({row.record, row.seq}, row);
  }
  void mark_notices_read(RecordId record, std::uint64_t up_to_seq) override {
    for (NoticeRow row : notices(record, std::numeric_limits<std::uint64_t>::max(), state_.notices.size())) {
      if (row.seq > up_to_seq) continue;
      row.read = true;
      state_.notices.put({record, row.seq}, row);
    }
  }
  void put_contact(ContactRow const& row) override { state_.contacts.put({row.record, row.seq}, row); }
  void remove_contact(RecordId record, std::uint64_t seq) override { state_.contacts.erase({record, seq}); }
  void queue_mail(OutboxRow const& row) override {
    OutboxRow const* const waiting = state_.outbox.find(memory::place_of(row));
    OutboxRow kept = waiting != nullptr ? *waiting : row;
    kept.seq = std::max(kept.seq, row.seq);
    kept.queued_at = std::max(kept.queued_at, row.queued_at);
    state_.outbox.put(memory::place_of(row), kept);
  }
  void update_mail(OutboxRow const& row) override {
    if (state_.outbox.find(memory::place_of(row)) != nullptr) state_.outbox.put(memory::place_of(row), row);
  }
  void remove_mail(RecordId record, MailKind kind, std::uint64_t contact) override {
    state_.outbox.erase({record, kind, contact});
  }
  void add_session(SessionRow const& row) override {
    ensure(!state_.sessions.find(row.token_hash), "a token names one session");
    state_.sessions.put(row.token_hash, row);
  }
  void extend_session(base::Hash const& token_hash, base::Time expires_at) override {
    SessionRow const* const found = state_.sessions.find(token_hash);
    if (found == nullptr) return;
    SessionRow row = *found;
    row.expires_at = expires_at;
    state_.sessions.put(token_hash, row);
  }
  void remove_session(base::Hash const& token_hash) override { state_.sessions.erase(token_hash); }
  void put_official(OfficialRow const& row) override { state_.officials.put(row.id, row); }
  void put_role_proposal(RoleProposalRow const& row) override {
    state_.role_proposals.put({row.official, row.role}, row);
  }
  void remove_role_proposal(OfficialId const& official, std::uint8_t role) override {
    state_.role_proposals.erase({official, role});
  }
  void add_to_opening_count(OpeningCountRow const& row) override {
    std::tuple const key{row.week, row.office, row.purpose};
    OpeningCountRow sum = row;
    if (auto const* const kept = state_.opening_counts.find(key)) sum.openings += kept->openings;
    state_.opening_counts.put(key, sum);
  }
  void add_opening_code(OpeningCodeRow const& row) override {
    ensure(!state_.codes.find(row.code_tag), "a code is given out once");
    state_.codes.put(row.code_tag, row);
  }
  void update_opening_code(OpeningCodeRow const& row) override {
    auto const* const found = state_.codes.find(row.code_tag);
    ensure(found, "an update needs its row to be there");
    OpeningCodeRow updated = *found;
    updated.expires_at = row.expires_at;
    updated.revoked = row.revoked;
    updated.used_by = row.used_by;
    state_.codes.put(row.code_tag, updated);
  }
  void put_card(CardRow const& row) override { state_.cards.put(row.card_tag, row); }
  void put_printed_code(PrintedCodeRow const& row) override { state_.printed.put(row.code_tag, row); }
  void remove_printed_code(base::Hash const& code_tag) override { state_.printed.erase(code_tag); }
  void put_letter(LetterRow const& row) override { state_.letters.put({row.record, row.seq}, row); }
  void remove_letter(RecordId record, std::uint64_t seq) override { state_.letters.erase({record, seq}); }
  void put_proof(ProofRow const& row) override { state_.proofs.put({row.record, row.seq}, row); }
  void put_status_list(StatusListRow const& row) override { state_.status_lists.put(row.number, row); }
  void put_status_place(StatusPlaceRow const& row) override { state_.status_places.put({row.list, row.place}, row); }
  void put_passkey(PasskeyRow const& row) override { state_.passkeys.put(row.credential_tag, row); }
  void remove_passkey(base::Hash const& credential_tag) override { state_.passkeys.erase(credential_tag); }
  void put_staff_passkey(StaffPasskeyRow const& row) override { state_.staff_passkeys.put(row.credential_tag, row); }
  void remove_staff_passkey(base::Hash const& credential_tag) override { state_.staff_passkeys.erase(credential_tag); }
  void put_invitation(InvitationRow const& row) override {
    std::optional<base::Hash> earlier;
    state_.invitations.ascend({}, [&](base::Hash const& tag, InvitationRow const& kept) {
      if (kept.official == row.official) earlier = tag;
      return !earlier;
    });
    if (earlier) state_.invitations.erase(*earlier);
    state_.invitations.put(row.invitation_tag, row);
  }
  void remove_invitation(base::Hash const& invitation_tag) override { state_.invitations.erase(invitation_tag); }
  void add_guardianship(GuardianshipRow const& row) override {
    ensure(!state_.guardianships.find(row.id), "an id names one guardianship");
    for (GuardianshipRow const& other : guardianships_over(row.child))
      ensure(other.guardian != row.guardian, "a guardian is added to a child once");
    state_.guardianships.put(row.id, row);
  }
  void remove_guardianship(base::GuardianshipId const& id) override { state_.guardianships.erase(id); }
  void remove_opening_codes(RecordId record) override {
    erase_where(state_.codes, [=](base::Hash const&, OpeningCodeRow const& row) { return row.record == record; });
  }
  void erase(RecordId record, base::Time at) override;
  void index_document(base::Hash const& document_tag, RecordId record) override {
    ensure(!state_.documents.find(document_tag), "a document names one record");
    state_.documents.put(document_tag, record);
  }
  void take_batch(Batch const& batch) override;
  base::result<void> publish(std::uint64_t expected_size, LogState const& next) override;
  void add_epoch(EpochRow const& row, std::vector<HeadTile> const& tiles) override {
    ensure(!state_.epochs.find(row.number), "an epoch has its own number");
    state_.epochs.put(row.number, {row, tiles});
  }
  void place_epoch(std::uint64_t number, std::uint64_t index) override {
    auto const* const found = state_.epochs.find(number);
    ensure(found && !found->first.index, "an update needs its row to be there");
    auto placed = *found;
    placed.first.index = index;
    state_.epochs.put(number, placed);
  }
  void remove_epoch(std::uint64_t number) override { state_.epochs.erase(number); }
  void add_published(PublishedRow const& row) override;
  void sweep(base::Time now, std::size_t limit) override;

 private:
  template <class Key, class Row, class Condition>
  static void erase_where(PersistentMap<Key, Row>& rows, Condition condition) {
    std::vector<Key> doomed;
    rows.ascend({}, [&](Key const& key, Row const& row) {
      if (condition(key, row)) doomed.push_back(key);
      return true;
    });
    for (Key const& key : doomed) rows.erase(key);
  }
  /// Those that were to end by now.
  template <class Row>
  static void drop_ended(PersistentMap<base::Hash, Row>& rows, base::Time now, std::size_t limit);
  void drop_notices(bool read, base::Time latest, std::size_t limit);
  void drop_letters(base::Time latest, std::size_t limit);
  void drop_status_lists(base::Time now, std::size_t limit);
  /// Rows whose time, if they have one, has come: the oldest first.
  template <class Key, class Row, class TimeOf>
  static void drop_old(PersistentMap<Key, Row>& rows, TimeOf time_of, base::Time latest, std::size_t limit) {
    std::vector<std::pair<base::Time, Key>> old;
    rows.ascend({}, [&](Key const& key, Row const& row) {
      std::optional<base::Time> const time = time_of(row);
      if (time && *time <= latest) old.emplace_back(*time, key);
      return true;
    });
    std::sort(old.begin(), old.end());
    for (std::size_t i = 0; i < std::min(limit, old.size()); ++i) rows.erase(old[i].second);
  }

  template <class Row>
  static void drop_expired(PersistentMap<base::Hash, Row>& rows, base::Time latest, std::size_t limit);

  template <class Key, class Row, class Requests>
  static void forget_requests(PersistentMap<Key, Row>& rows, Requests requests_of, base::Time now, std::size_t limit);

  std::int64_t& last_record_id_;
  std::vector<RecordId> accesses_;
};

void MemoryTransaction::erase(RecordId record, base::Time at) {
  auto const* const found = state_.records.find(record);
  ensure(found, "an erasure needs its record to be there");
  RecordRow row = found->first;
  if (row.erased_at) return;
  row.last_at = {};
  row.state_tag = {};
  row.sealed_state.clear();
  row.requests.clear();
  row.erased_at = at;
  state_.records.put(record, {row, std::nullopt});
  for (EntryRow entry : entries(record, std::numeric_limits<std::uint64_t>::max(), state_.entries.size())) {
    entry.sealed.clear();
    std::uint64_t const number = state_.entries.find({record, entry.seq})->second;
    state_.entries.put({record, entry.seq}, {entry, number});
  }
  for (SessionRow const& session : sessions(record)) state_.sessions.erase(session.token_hash);
  erase_where(state_.notices, [=](Place const& place, NoticeRow const&) { return place.first == record; });
  erase_where(state_.contacts, [=](Place const& place, ContactRow const&) { return place.first == record; });
  erase_where(state_.outbox,
              [=](memory::MailPlace const& place, OutboxRow const&) { return std::get<0>(place) == record; });
  remove_opening_codes(record);
  erase_where(state_.cards, [=](base::Hash const&, CardRow const& card) { return card.record == record; });
  erase_where(state_.printed, [=](base::Hash const&, PrintedCodeRow const& code) { return code.record == record; });
  erase_where(state_.letters, [=](Place const& place, LetterRow const&) { return place.first == record; });
  erase_where(state_.proofs, [=](Place const& place, ProofRow const&) { return place.first == record; });
  erase_where(state_.passkeys, [=](base::Hash const&, PasskeyRow const& one) { return one.record == record; });
  erase_where(state_.guardianships, [=](base::GuardianshipId const&, GuardianshipRow const& one) {
    return one.child == record || one.guardian == record;
  });
  erase_where(state_.documents, [=](base::Hash const&, RecordId owner) { return owner == record; });
}

void MemoryTransaction::drop_notices(bool read, base::Time latest, std::size_t limit) {
  std::vector<std::pair<base::Time, Place>> old;
  state_.notices.ascend({}, [&](Place const& place, NoticeRow const& row) {
    if (row.read == read && row.at <= latest) old.emplace_back(row.at, place);
    return true;
  });
  std::sort(old.begin(), old.end());
  for (std::size_t i = 0; i < std::min(limit, old.size()); ++i) state_.notices.erase(old[i].second);
}

void MemoryTransaction::drop_letters(base::Time latest, std::size_t limit) {
  std::vector<std::pair<base::Time, Place>> over;
  state_.letters.ascend({}, [&](Place const& place, LetterRow const& row) {
    if (row.good_until <= latest) over.emplace_back(row.good_until, place);
    return true;
  });
  std::sort(over.begin(), over.end());
  for (std::size_t i = 0; i < std::min(limit, over.size()); ++i) state_.letters.erase(over[i].second);
}

void MemoryTransaction::drop_status_lists(base::Time now, std::size_t limit) {
  for (StatusListRow const& list : status_lists()) {
    if (list.last_needed > now) continue;
    std::vector<std::uint64_t> over;
    state_.status_places.ascend({list.number, 0}, [&](auto const&, StatusPlaceRow const& row) {
      if (row.list == list.number && over.size() < limit) over.push_back(row.place);
      return row.list == list.number && over.size() < limit;
    });
    for (std::uint64_t const place : over) state_.status_places.erase({list.number, place});
    limit -= over.size();
    if (limit == 0) return;
    state_.status_lists.erase(list.number);
  }
}

void MemoryTransaction::take_batch(Batch const& batch) {
  ensure(!batch.leaves.empty() && batch.leaves.size() == batch.origin.size(),
         "a batch has leaves, and an origin for each");
  ensure(!state_.pending, "one batch at a time: publish the pending one first");
  std::uint64_t const before = state_.taken;
  for (std::size_t i = 0; i < batch.origin.size(); ++i) {
    if (batch.origin[i] == dummy_origin) continue;
    std::uint64_t const entry = before + 1 + batch.origin[i];
    ensure(!state_.leaves.find(entry), "a batch takes the first leaves of the queue, each once");
    state_.leaves.put(entry, batch.start + i);
    ++state_.taken;
  }
  ensure(state_.taken <= state_.last_entry, "a batch cannot take more leaves than the queue has");
  for (std::uint64_t entry = before + 1; entry <= state_.taken; ++entry)
    ensure(state_.leaves.find(entry), "a batch takes the first leaves of the queue, each once");
  state_.pending = batch;
}

base::result<void> MemoryTransaction::publish(std::uint64_t expected_size, LogState const& next) {
  if (state_.log.size != expected_size)
    return fail(errc::conflict, "The log has grown meanwhile. Load its state and go on from there.");
  state_.log = next;
  state_.pending.reset();
  return {};
}

template <class Row>
void MemoryTransaction::drop_expired(PersistentMap<base::Hash, Row>& rows, base::Time latest, std::size_t limit) {
  std::vector<std::pair<base::Time, base::Hash>> expired;
  rows.ascend({}, [&](base::Hash const& key, Row const& row) {
    if (row.expires_at <= latest) expired.emplace_back(row.expires_at, key);
    return true;
  });
  std::sort(expired.begin(), expired.end());
  for (std::size_t i = 0; i < std::min(limit, expired.size()); ++i) rows.erase(expired[i].second);
}

void MemoryTransaction::add_published(PublishedRow const& row) {
  auto& rows = state_.published;
  std::erase_if(rows, [](PublishedRow const& old) { return !old.quorum; });
  if (rows.size() > 1 && is_superfluous(rows.end()[-2], rows.back(), row)) rows.pop_back();
  if (!rows.empty() && rows.back().size == row.size && rows.back().at == row.at) rows.pop_back();
  rows.push_back(row);
}

template <class Row>
void MemoryTransaction::drop_ended(PersistentMap<base::Hash, Row>& rows, base::Time now, std::size_t limit) {
  std::vector<std::pair<base::Time, base::Hash>> over;
  rows.ascend({}, [&](base::Hash const& tag, Row const& row) {
    if (row.good_until && *row.good_until <= now) over.emplace_back(*row.good_until, tag);
    return true;
  });
  std::sort(over.begin(), over.end());
  for (std::size_t i = 0; i < std::min(limit, over.size()); ++i) rows.erase(over[i].second);
}

void MemoryTransaction::sweep(base::Time now, std::size_t limit) {
  drop_expired(state_.sessions, now, limit);
  drop_expired(state_.codes, now - opening_code_afterlife, limit);
  drop_letters(now - letter_afterlife, limit);
  drop_old(
      state_.proofs, [](ProofRow const& row) { return std::optional{row.expires_at}; }, now - proof_afterlife, limit);
  drop_status_lists(now, limit);
  drop_ended(state_.printed, now, limit);
  drop_ended(state_.passkeys, now, limit);
  drop_expired(state_.invitations, now, limit);
  forget_requests(state_.records, [](auto& record) -> auto& { return record.first.requests; }, now, limit);
  forget_requests(state_.officials, [](auto& official) -> auto& { return official.requests; }, now, limit);
  drop_old(state_.contacts, [](ContactRow const& row) { return row.unconfirmed_until; }, now, limit);
  drop_old(
      state_.outbox, [](OutboxRow const& row) { return std::optional{row.queued_at}; }, now - mail_lifetime, limit);
  drop_old(state_.role_proposals, [](RoleProposalRow const& row) { return std::optional{row.expires_at}; }, now, limit);
  drop_old(
      state_.opening_counts, [](OpeningCountRow const& row) { return std::optional{row.week}; },
      now - opening_count_lifetime, limit);
  drop_notices(true, now - read_notice_lifetime, limit);
  drop_notices(false, now - unread_notice_lifetime, limit);
}

template <class Key, class Row, class Requests>
void MemoryTransaction::forget_requests(PersistentMap<Key, Row>& rows, Requests requests_of, base::Time now,
                                        std::size_t limit) {
  std::vector<std::pair<base::Time, Key>> old;
  rows.ascend({}, [&](Key const& key, Row const& row) {
    auto const& requests = requests_of(row);
    if (!requests.empty() && requests.back().at <= now - request_lifetime) old.emplace_back(requests.back().at, key);
    return true;
  });
  std::sort(old.begin(), old.end());
  for (std::size_t i = 0; i < std::min(limit, old.size()); ++i) {
    Row row = *rows.find(old[i].second);
    requests_of(row).clear();
    rows.put(old[i].second, row);
  }
}

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(MemoryStoreOptions options) : options_(options), thread_([this] { work(); }) {}
  ~MemoryStore() override {
    {
      std::lock_guard const lock{mutex_};
      stopping_ = true;
      work_waits_.notify_one();
    }
    thread_.join();
  }
  MemoryStore(MemoryStore const&) = delete;
  MemoryStore& operator=(MemoryStore const&) = delete;

  void write(UseCase use_case, Done done) override {
    {
      std::lock_guard const lock{mutex_};
      if (waiting_.size() < options_.max_waiting) {
        waiting_.push_back({std::move(use_case), std::move(done)});
        work_waits_.notify_one();
        return;
      }
    }
    done(fail(errc::busy, "Too much is waiting at the moment. Nothing was changed. Try again in a few seconds."));
  }

  base::result<void> read(std::function<base::result<void>(Snapshot&)> const& use) override {
    MemorySnapshot snapshot{committed()};
    try {
      return use(snapshot);
    } catch (StoreFailure const& failure) {
      return fail(failure.code(), "The store cannot be read at the moment. Try again later.");
    }
  }

 private:
  struct Job {
    UseCase use_case;
    Done done;
  };
  using Outcome = base::result<std::vector<RecordId>>;

  State committed() {
    std::lock_guard const lock{mutex_};
    return state_;
  }

  std::vector<Job> next_batch() {
    std::unique_lock lock{mutex_};
    work_waits_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    auto const end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), options_.max_batch));
    std::vector<Job> batch{std::move_iterator{waiting_.begin()}, std::move_iterator{end}};
    waiting_.erase(waiting_.begin(), end);
    return batch;
  }

  Outcome run(State& state, UseCase const& use_case) {
    MemoryTransaction transaction{state, last_record_id_};
    try {
      if (auto const outcome = use_case(transaction); !outcome) return outcome.error();
    } catch (StoreFailure const& failure) {
      return fail(failure.code(), "The store has failed, and nothing was changed. Try again later.");
    } catch (std::exception const& bug) {
      base::fatal(std::string{"a use case broke off: "} + bug.what());
    }
    state = std::move(transaction.state());
    return std::move(transaction.accesses());
  }

  void work() {
    for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) {
      State state = committed();
      std::vector<Outcome> outcomes;
      for (Job const& job : batch) outcomes.push_back(run(state, job.use_case));
      {
        std::lock_guard const lock{mutex_};
        state_ = std::move(state);
      }
      for (std::size_t i = 0; i < batch.size(); ++i) answer(batch[i].done, outcomes[i]);
    }
  }

  static void answer(Done const& done, Outcome& outcome) {
    try {
      if (outcome) {
        done(durable(std::move(*outcome)));
      } else {
        done(outcome.error());
      }
    } catch (...) {
      return;  // the outcome stands, and the others must hear theirs
    }
  }

  MemoryStoreOptions const options_;
  std::int64_t last_record_id_ = 0;  // the writer's thread only
  std::mutex mutex_;
  std::condition_variable work_waits_;
  State state_;              // guarded by mutex_
  std::deque<Job> waiting_;  // guarded by mutex_
  bool stopping_ = false;    // guarded by mutex_
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(MemoryStoreOptions options) {
  return std::make_unique<MemoryStore>(options);
}

}  // namespace abode::test
