// The memory store stands in for the real one in most tests, so both must answer alike: random work, compared row by
// row.
#include <gtest/gtest.h>

#include <random>

#include "contract/samples.hpp"
#include "contract/stores.hpp"
#include "support/memory_store.hpp"

namespace abode::contract {
namespace {

using namespace ports;

constexpr std::uint64_t names = 12;  // few, so that writes meet each other

/// One random use case. It looks before it writes, as use cases do, and one in five fails in the end.
class RandomUseCase {
 public:
  explicit RandomUseCase(std::uint64_t seed) : seed_(seed) {}

  base::result<void> operator()(Transaction& t) const {
    std::mt19937_64 random{seed_};
    for (auto steps = 1 + random() % 6; steps > 0; --steps) step(t, random);
    if (random() % 5 == 0) return base::fail(errc::conflict, "This contradicts the present state. Load it again.");
    return {};
  }

 private:
  static void step(Transaction& t, std::mt19937_64& random) {
    std::uint64_t const n = random() % names;
    base::Time const when = at(static_cast<std::int64_t>(random() % 2'000'000));
    switch (random() % 37) {
      case 0: return add_record(t, n);
      case 1: return append(t, n);
      case 2:
        if (!t.session(hash(n))) t.add_session(session_row(n, when));
        return;
      case 3: return t.remove_session(hash(n));
      case 4: return put_official(t, n, random() % 9, when);
      case 5:
        if (!t.opening_code(hash(n))) t.add_opening_code(code_row(n, when));
        return;
      case 6: return use_code(t, n);
      case 7: return remember(t, n, when);
      case 8:
        if (!t.record_of_document(hash(n))) t.index_document(hash(n), RecordId{static_cast<std::int64_t>(n)});
        return;
      case 9: return sequence(t, random);
      case 10: return t.put_card(card_row(n, RecordId{static_cast<std::int64_t>(n)}, random() % 2 == 0));
      case 11:
        return t.put_invitation({hash(100 + random() % names), OfficialId{std::to_string(n)},
                                 at(static_cast<std::int64_t>(random() % 2'000'000))});
      case 12: return t.remove_invitation(hash(100 + n));
      case 13: return want_erasure(t, n, when);
      case 14: return erase_due(t, when);
      case 15:
        if (n == 0) t.remove_opening_codes(RecordId{7});
        return;
      case 16: return rewrap(t, n);
      case 17: return add_guardianship(t, n, random() % names);
      case 18: return t.remove_guardianship(base::GuardianshipId{std::to_string(n)});
      case 19: return t.put_printed_code(printed_row(n, RecordId{static_cast<std::int64_t>(n % 3)}));
      case 20: return t.remove_printed_code(hash(n));
      case 21: return t.extend_session(hash(n), when);
      case 22: return t.put_letter(letter_row(RecordId{static_cast<std::int64_t>(n % 3)}, n, when));
      case 23: return t.remove_letter(RecordId{static_cast<std::int64_t>(n % 3)}, n);
      case 24: return t.put_passkey(passkey_row(n, RecordId{static_cast<std::int64_t>(n % 3)}));
      case 25: return t.remove_passkey(hash(n));
      case 26: return t.put_contact(contact_row(n, RecordId{static_cast<std::int64_t>(random() % 3)}));
      case 27: return t.remove_contact(RecordId{static_cast<std::int64_t>(random() % 3)}, n);
      case 28: return t.queue_mail(random_mail(n, random()));
      case 29: return t.update_mail(random_mail(n, random()));
      case 30: return t.remove_mail(RecordId{static_cast<std::int64_t>(n % 3)}, MailKind::changed, 0);
      case 31: return t.put_staff_passkey(staff_passkey_row(n, std::to_string(n % 3)));
      case 32: return t.remove_staff_passkey(hash(n));
      case 33: return t.put_role_proposal(proposal_row(std::to_string(n), random() % 4, when));
      case 34: return t.remove_role_proposal(OfficialId{std::to_string(n)}, random() % 4);
      case 35: return t.add_to_opening_count(count_row(n % 3, std::to_string(n), random() % 3));
      case 36: return t.put_proof(proof_row(RecordId{static_cast<std::int64_t>(n % 3)}, n, when));
      case 37: return t.put_status_list({n % 3, random() % 9, random() % 9, when});
      case 38: return t.put_status_place({n % 3, random() % names, random() % 2 == 0});
      default: return t.sweep(when, random() % 4);
    }
  }

  static OutboxRow random_mail(std::uint64_t n, std::uint64_t drawn) {
    auto row = mail_row(n, RecordId{static_cast<std::int64_t>(n % 3)}, static_cast<MailKind>(1 + drawn % 4));
    row.seq = drawn % 100;
    row.next_try_at = at(static_cast<std::int64_t>(drawn % 2'000'000));
    return row;
  }

  static void add_guardianship(Transaction& t, std::uint64_t child, std::uint64_t guardian) {
    auto const row = guardianship_row(std::to_string(child), RecordId{static_cast<std::int64_t>(child % 3)},
                                      RecordId{static_cast<std::int64_t>(guardian)});
    for (auto const& other : t.guardianships_over(row.child))
      if (other.guardian == row.guardian) return;
    if (!t.guardianship(row.id)) t.add_guardianship(row);
  }

  static void add_record(Transaction& t, std::uint64_t n) {
    if (t.record_at_position(n)) return;
    RecordId const id{static_cast<std::int64_t>(n) +
                      1};  // one that a store draws may differ: it may run a use case again
    RecordRow row = record_row(id, n);
    row.entries = 0;
    t.add_record(row, key_of(n));
  }

  static void append(Transaction& t, std::uint64_t n) {
    auto const id = t.record_at_position(n);
    if (!id) return;
    RecordRow row = t.record(*id).value();
    t.add_entry(entry_row(*id, row.entries), n % 2 == 0);
    t.add_notice({*id, row.entries, false, row.last_at});
    t.mark_notices_read(*id, row.entries / 2);
    ++row.entries;
    t.update_record(row);
  }

  static void put_official(Transaction& t, std::uint64_t n, std::uint64_t misses, base::Time when) {
    OfficialRow official = official_row(std::to_string(n), RecordId{1}, misses);
    official.requests = {request_row(n, when)};
    t.put_official(official);
  }

  static void remember(Transaction& t, std::uint64_t n, base::Time when) {
    auto const id = t.record_at_position(n);
    if (!id) return;
    RecordRow row = t.record(*id).value();
    row.requests = {request_row(n, when)};
    t.update_record(row);
  }

  static void use_code(Transaction& t, std::uint64_t n) {
    auto code = t.opening_code(hash(n));
    if (!code) return;
    code->used_by = hash(n + 100);
    t.update_opening_code(*code);
  }

  static void want_erasure(Transaction& t, std::uint64_t n, base::Time when) {
    auto const id = t.record_at_position(n);
    if (!id) return;
    RecordRow row = t.record(*id).value();
    row.erasure_due = n % 3 == 0 ? std::nullopt : std::optional{when};
    t.update_record(row);
  }

  static void erase_due(Transaction& t, base::Time when) {
    for (RecordId id : t.erasures_due(when, 2)) {
      t.erase(id, when);
      EXPECT_EQ(t.key(id), std::nullopt);
    }
  }

  static void rewrap(Transaction& t, std::uint64_t n) {
    auto const id = t.record_at_position(n);
    if (id && t.key(*id)) t.replace_key(*id, key_of(n + 100));
  }

  static void sequence(Transaction& t, std::mt19937_64& random) {
    LogState const state = t.log_state();
    if (auto const pending = t.pending_batch()) {
      EXPECT_TRUE(t.publish(state.size, {state.size + pending->leaves.size(), {hash(state.size)}, "next"}));
      return;
    }
    Batch batch{state.size, {}, {}};
    auto const taken = static_cast<std::uint32_t>(t.queued_leaves(1 + random() % 5).size());
    for (std::uint32_t place = 0; place < taken; ++place) batch.origin.push_back(place);
    batch.origin.push_back(dummy_origin);
    std::shuffle(batch.origin.begin(), batch.origin.end(), random);
    for (std::uint32_t place : batch.origin) batch.leaves.push_back(base::Bytes(33, static_cast<std::uint8_t>(place)));
    t.take_batch(batch);
  }

  std::uint64_t seed_;
};

void expect_same(Snapshot& a, Snapshot& b) {
  EXPECT_EQ(a.record_count(), b.record_count());
  EXPECT_EQ(a.log_state(), b.log_state());
  EXPECT_EQ(a.pending_batch(), b.pending_batch());
  EXPECT_EQ(a.queued_leaves(everything), b.queued_leaves(everything));
  EXPECT_EQ(a.officials(), b.officials());
  EXPECT_EQ(a.role_proposals(), b.role_proposals());
  EXPECT_EQ(a.opening_counts(at(0), at(newest >> 2)), b.opening_counts(at(0), at(newest >> 2)));
  EXPECT_EQ(a.status_lists(), b.status_lists());
  for (std::uint64_t n = 0; n < names; ++n) {
    EXPECT_EQ(a.session(hash(n)), b.session(hash(n)));
    EXPECT_EQ(a.official(OfficialId{std::to_string(n)}), b.official(OfficialId{std::to_string(n)}));
    EXPECT_EQ(a.opening_code(hash(n)), b.opening_code(hash(n)));
    EXPECT_EQ(a.record_of_document(hash(n)), b.record_of_document(hash(n)));
    EXPECT_EQ(a.card(hash(n)), b.card(hash(n)));
    EXPECT_EQ(a.printed_code(hash(n)), b.printed_code(hash(n)));
    EXPECT_EQ(a.printed_codes(RecordId{static_cast<std::int64_t>(n)}),
              b.printed_codes(RecordId{static_cast<std::int64_t>(n)}));
    EXPECT_EQ(a.passkey(hash(n)), b.passkey(hash(n)));
    EXPECT_EQ(a.staff_passkey(hash(n)), b.staff_passkey(hash(n)));
    EXPECT_EQ(a.staff_passkeys(OfficialId{std::to_string(n)}), b.staff_passkeys(OfficialId{std::to_string(n)}));
    EXPECT_EQ(a.official_sessions(OfficialId{std::to_string(n)}), b.official_sessions(OfficialId{std::to_string(n)}));
    EXPECT_EQ(a.passkeys(RecordId{static_cast<std::int64_t>(n)}), b.passkeys(RecordId{static_cast<std::int64_t>(n)}));
    base::GuardianshipId const guardianship{std::to_string(n)};
    EXPECT_EQ(a.guardianship(guardianship), b.guardianship(guardianship));
    RecordId const party{static_cast<std::int64_t>(n)};
    EXPECT_EQ(a.guardianships_over(party), b.guardianships_over(party));
    EXPECT_EQ(a.guardianships_of(party), b.guardianships_of(party));
    EXPECT_EQ(a.letters(party), b.letters(party));
    EXPECT_EQ(a.proofs(party), b.proofs(party));
    EXPECT_EQ(a.revoked_places(n), b.revoked_places(n));
    for (std::uint64_t place = 0; place < names; ++place) EXPECT_EQ(a.status_place(n, place), b.status_place(n, place));
    EXPECT_EQ(a.contacts(party), b.contacts(party));
    EXPECT_EQ(a.outbox(party), b.outbox(party));
    EXPECT_EQ(a.invitation(hash(100 + n)), b.invitation(hash(100 + n)));
    auto const id = a.record_at_position(n);
    ASSERT_EQ(id, b.record_at_position(n));
    if (!id) continue;
    EXPECT_EQ(a.record(*id), b.record(*id));
    EXPECT_EQ(a.key(*id), b.key(*id));
    EXPECT_EQ(a.entries(*id, newest, everything), b.entries(*id, newest, everything));
    EXPECT_EQ(a.notices(*id, newest, everything), b.notices(*id, newest, everything));
    for (EntryRow const& entry : a.entries(*id, newest, everything))
      EXPECT_EQ(a.leaf_index(*id, entry.seq), b.leaf_index(*id, entry.seq));
  }
  EXPECT_EQ(a.opening_codes(RecordId{7}), b.opening_codes(RecordId{7}));
  EXPECT_EQ(a.cards_to_issue(RecordId{2}, 5), b.cards_to_issue(RecordId{2}, 5));
  EXPECT_EQ(a.letters_to_make(RecordId{0}, 4, 5), b.letters_to_make(RecordId{0}, 4, 5));
  EXPECT_EQ(a.sessions(RecordId{7}), b.sessions(RecordId{7}));
  EXPECT_EQ(a.outbox_due(at(1'500'000), 3), b.outbox_due(at(1'500'000), 3));
  EXPECT_EQ(a.erasures_due(at(1'500'000), 3), b.erasures_due(at(1'500'000), 3));
}

TEST(Agreement, OfMemoryAndSqliteOverRandomWork) {
  std::uint64_t const seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random{seed};
  TemporaryDirectory const directory;
  auto const memory = test::make_memory_store();
  auto const real = make_sqlite({.directory = directory.path()});
  for (int round = 0; round < 300 && !testing::Test::HasFailure(); ++round) {
    RandomUseCase const use_case{random()};
    auto const expected = memory->write_and_wait(use_case);
    auto const outcome = real->write_and_wait(use_case);
    ASSERT_EQ(outcome.has_value(), expected.has_value());
    for (std::int64_t id = 0; expected && id < 100; ++id)
      EXPECT_EQ(outcome->journalled_access_to(RecordId{id}), expected->journalled_access_to(RecordId{id}));
    EXPECT_TRUE(memory->read([&](Snapshot& a) {
      return real->read([&](Snapshot& b) -> base::result<void> {
        expect_same(a, b);
        return {};
      });
    }));
  }
}

}  // namespace
}  // namespace abode::contract
