// What a write promises: all or nothing, as if alone, in order, answered exactly once and only when durable.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

base::Error refusal() {
  return base::fail(errc::conflict, "This contradicts the present state. Load it again.");
}

/// Holds the writer in a use case of its own, so that what is written meanwhile forms one batch.
class HeldWriter {
 public:
  explicit HeldWriter(Store& store) {
    auto const gate = gate_.get_future().share();
    auto const entered = std::make_shared<std::promise<void>>();
    auto const once = std::make_shared<std::once_flag>();  // it may be run again
    store.write(
        [=](Transaction&) -> base::result<void> {
          std::call_once(*once, [&] { entered->set_value(); });
          gate.wait();
          return {};
        },
        [](base::result<Commit> const&) {});
    entered->get_future().wait();
  }
  void release() { gate_.set_value(); }

 private:
  std::promise<void> gate_;
};

/// write() with a future for its answer.
std::future<base::result<Commit>> write_later(Store& store, Store::UseCase use_case) {
  auto const answer = std::make_shared<std::promise<base::result<Commit>>>();
  store.write(std::move(use_case), [answer](base::result<Commit> outcome) { answer->set_value(std::move(outcome)); });
  return answer->get_future();
}

Store::UseCase adding_session(std::uint64_t n) {
  return [n](Transaction& t) -> base::result<void> {
    t.add_session(session_row(n, at(100)));
    return {};
  };
}

bool has_session(Store& store, std::uint64_t n) {
  return seen(store, [n](Snapshot& s) { return s.session(hash(n)).has_value(); });
}

void write_every_kind_of_row(Transaction& t, RecordId existing) {
  RecordId const id = t.new_record_id();
  t.add_record(record_row(id, 100), key_of(100));
  RecordRow changed = record_row(existing, 1);
  changed.version = 77;
  changed.requests = {request_row(2, at(100))};
  t.update_record(changed);
  t.add_entry(entry_row(id, 0), true);
  t.add_entry(entry_row(existing, 1), false);
  t.add_notice({existing, 1, false, at(5)});
  t.mark_notices_read(existing, 1);
  t.add_session(session_row(2, at(100)));
  t.remove_session(hash(1));
  t.put_official(official_row("clerk-school", existing, 9));
  t.add_opening_code(code_row(2, at(100)));
  OpeningCodeRow used = code_row(1, at(100));
  used.used_by = hash(5);
  t.update_opening_code(used);
  t.index_document(hash(2), id);
  t.take_batch({0, {base::Bytes{1}, base::Bytes{2}}, {1, 0}});
}

/// One of each, so that every write above has something to change.
RecordId prepare(Store& store) {
  RecordId const id = add_record(store, 1);
  EXPECT_EQ(write(store,
                  [=](Transaction& t) {
                    t.add_entry(entry_row(id, 0), false);
                    t.add_notice({id, 0, false, at(5)});
                    t.add_session(session_row(1, at(100)));
                    t.put_official(official_row("clerk-school", id, 0));
                    t.add_opening_code(code_row(1, at(100)));
                    t.index_document(hash(1), id);
                  }),
            ok);
  return id;
}

void expect_only_prepared_rows(Snapshot& s, RecordId id) {
  EXPECT_EQ(s.record_count(), 1U);
  EXPECT_EQ(s.record(id), record_row(id, 1));
  EXPECT_FALSE(s.record_at_position(100));
  EXPECT_EQ(s.entries(id, newest, everything), (std::vector{entry_row(id, 0)}));
  EXPECT_EQ(s.notices(id, newest, everything), (std::vector<NoticeRow>{{id, 0, false, at(5)}}));
  EXPECT_TRUE(s.session(hash(1)));
  EXPECT_FALSE(s.session(hash(2)));
  EXPECT_EQ(s.official(OfficialId{"clerk-school"})->misses, 0U);
  EXPECT_EQ(s.opening_codes(RecordId{7}), (std::vector{code_row(1, at(100))}));
  EXPECT_FALSE(s.record_of_document(hash(2)));
  EXPECT_FALSE(s.pending_batch());
  EXPECT_EQ(s.queued_leaves(everything).size(), 1U);
  EXPECT_FALSE(s.leaf_index(id, 0));
}

TEST_P(StoreContract, SeesItsOwnWrites) {
  auto const store = make();
  RecordId const existing = prepare(*store);
  EXPECT_EQ(write(*store,
                  [=](Transaction& t) {
                    write_every_kind_of_row(t, existing);
                    RecordId const id = t.record_at_position(100).value();
                    EXPECT_EQ(t.record(id), record_row(id, 100));
                    EXPECT_EQ(t.key(id), key_of(100));
                    EXPECT_EQ(t.record(existing)->version, 77U);
                    EXPECT_EQ(t.record_count(), 2U);
                    EXPECT_EQ(t.entry(id, 0), entry_row(id, 0));
                    EXPECT_EQ(t.entries(existing, newest, 1), (std::vector{entry_row(existing, 1)}));
                    EXPECT_TRUE(t.notices(existing, newest, 1).at(0).read);
                    EXPECT_FALSE(t.session(hash(1)));
                    EXPECT_EQ(t.official(OfficialId{"clerk-school"})->misses, 9U);
                    EXPECT_EQ(t.opening_code(hash(1))->used_by, hash(5));
                    EXPECT_EQ(t.record_of_document(hash(2)), id);
                    EXPECT_EQ(t.record(existing)->requests, (std::vector{request_row(2, at(100))}));
                    EXPECT_EQ(t.leaf_index(existing, 0), 1U);
                    EXPECT_EQ(t.queued_leaves(everything).size(), 1U);
                    EXPECT_EQ(t.publish(0, {2, {}, "two"}).has_value(), true);
                    EXPECT_EQ(t.log_state().size, 2U);
                    EXPECT_FALSE(t.pending_batch());
                  }),
            ok);
}

TEST_P(StoreContract, LeavesNothingOfAUseCaseThatFails) {
  auto const store = make();
  RecordId const existing = prepare(*store);
  auto const refused = store->write_and_wait([=](Transaction& t) -> base::result<void> {
    write_every_kind_of_row(t, existing);
    EXPECT_TRUE(t.publish(0, {2, {hash(3)}, "two"}));
    t.sweep(at(1'000'000'000), 100);
    return refusal();
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
  EXPECT_EQ(refused.error().detail, refusal().detail);
  EXPECT_TRUE(store->read([=](Snapshot& s) -> base::result<void> {
    expect_only_prepared_rows(s, existing);
    EXPECT_EQ(s.log_state(), LogState{});
    return {};
  }));
}

TEST_P(StoreContract, TakesAStoreFailureForAnError) {
  auto const store = make();
  RecordId const existing = prepare(*store);
  for (errc const code : {errc::out_of_space, errc::corrupted, errc::unavailable}) {
    EXPECT_EQ(write(*store,
                    [=](Transaction& t) {
                      write_every_kind_of_row(t, existing);
                      throw StoreFailure(code, "told by a test");
                    }),
              code);
    auto const read = store->read([=](Snapshot&) -> base::result<void> { throw StoreFailure(code, "told by a test"); });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, code);
  }
  EXPECT_TRUE(store->read([=](Snapshot& s) -> base::result<void> {
    expect_only_prepared_rows(s, existing);
    return {};
  }));
}

TEST_P(StoreContract, HandsOnAnErrorOfARead) {
  auto const store = make();
  auto const outcome = store->read([](Snapshot&) -> base::result<void> { return refusal(); });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, errc::conflict);
  EXPECT_TRUE(store->read([](Snapshot&) -> base::result<void> { return {}; }));
}

TEST_P(StoreContract, KeepsTheOthersOfAGroupWhenOneFails) {
  auto const store = make();
  HeldWriter held{*store};
  auto first = write_later(*store, adding_session(1));
  auto second = write_later(*store, [](Transaction& t) -> base::result<void> {
    EXPECT_TRUE(t.session(hash(1))) << "runs after the first";
    t.add_session(session_row(2, at(100)));
    return refusal();
  });
  auto third = write_later(*store, [](Transaction& t) -> base::result<void> {
    EXPECT_FALSE(t.session(hash(2))) << "the second was rolled back";
    throw StoreFailure(errc::out_of_space, "told by a test");
  });
  auto fourth = write_later(*store, adding_session(4));
  held.release();
  EXPECT_TRUE(first.get());
  EXPECT_EQ(second.get().error().code, errc::conflict);
  EXPECT_EQ(third.get().error().code, errc::out_of_space);
  EXPECT_TRUE(fourth.get());
  EXPECT_TRUE(has_session(*store, 1));
  EXPECT_FALSE(has_session(*store, 2));
  EXPECT_TRUE(has_session(*store, 4));
}

TEST_P(StoreContract, ShowsNothingUncommitted) {
  auto const store = make();
  EXPECT_EQ(write(*store,
                  [&](Transaction& t) {
                    RecordId const id = t.new_record_id();
                    t.add_record(record_row(id, 1), key_of(1));
                    EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(id); }), std::nullopt);
                    EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(id); }), std::nullopt);
                    EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_count(); }), 0U);
                  }),
            ok);
}

TEST_P(StoreContract, ShowsOneMomentToAReader) {
  auto const store = make();
  RecordId const id = add_record(*store, 1);
  EXPECT_TRUE(store->read([&](Snapshot& s) -> base::result<void> {
    RecordId const later = add_record(*store, 2);
    add_entries(*store, id, 0, 2);
    EXPECT_EQ(s.record_count(), 1U);
    EXPECT_FALSE(s.record(later));
    EXPECT_FALSE(s.key(later));
    EXPECT_TRUE(s.key(id));
    EXPECT_TRUE(s.queued_leaves(everything).empty());
    return {};
  }));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_count(); }), 2U);
}

TEST_P(StoreContract, AnswersEachOnceAndInOrder) {
  constexpr std::size_t count = 500;
  std::vector<std::size_t> run;
  std::vector<std::size_t> answered;
  {
    auto const store = make();
    for (std::size_t n = 0; n < count; ++n)
      store->write(
          [&run, n](Transaction&) -> base::result<void> {
            if (run.empty() || run.back() != n) run.push_back(n);  // a second run is no news
            return n % 7 == 0 ? base::result<void>{refusal()} : base::result<void>{};
          },
          [&answered, n](base::result<Commit> const& outcome) {
            EXPECT_EQ(outcome.has_value(), n % 7 != 0);
            answered.push_back(n);
          });
  }  // the store finishes what is waiting before it goes
  std::vector<std::size_t> expected(count);
  for (std::size_t n = 0; n < count; ++n) expected[n] = n;
  EXPECT_EQ(run, expected);
  EXPECT_EQ(answered, expected);
}

TEST_P(StoreContract, CountsExactlyFromManyThreads) {
  constexpr std::uint64_t threads = 16;
  constexpr std::uint64_t writes = 100;
  auto const store = make({.max_batch = 8});
  RecordId const id = add_record(*store, 1);
  std::atomic<std::uint64_t> committed = 0;
  std::vector<std::thread> running;
  for (std::uint64_t n = 0; n < threads; ++n)
    running.emplace_back([&, n] {
      for (std::uint64_t i = 0; i < writes; ++i) {
        bool const fails = (n + i) % 5 == 0;
        auto const outcome = store->write_and_wait([=](Transaction& t) -> base::result<void> {
          RecordRow row = t.record(id).value();
          t.add_entry(entry_row(id, row.entries++), false);
          ++row.version;
          t.update_record(row);
          return fails ? base::result<void>{refusal()} : base::result<void>{};
        });
        if (outcome) ++committed;
        EXPECT_TRUE(store->read([=](Snapshot& s) -> base::result<void> {
          RecordRow const row = s.record(id).value();
          EXPECT_EQ(s.entries(id, newest, 1).empty() ? 1 : s.entries(id, newest, 1)[0].seq, row.entries - 1);
          return {};
        }));
      }
    });
  for (auto& thread : running) thread.join();
  EXPECT_EQ(committed, threads * writes * 4 / 5);
  RecordRow const row = seen(*store, [=](Snapshot& s) { return s.record(id); }).value();
  EXPECT_EQ(row.version, record_row(id, 1).version + committed);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.queued_leaves(everything); }).size(), committed);
}

TEST_P(StoreContract, RunsAgainFromTheStart) {
  auto const store = make();
  int runs = 0;
  RecordId id;
  EXPECT_EQ(write(*store,
                  [&](Transaction& t) {
                    ++runs;
                    EXPECT_FALSE(t.record_at_position(1)) << "nothing is left of an earlier run";
                    id = t.new_record_id();
                    t.add_record(record_row(id, 1), key_of(1));
                    t.add_entry(entry_row(id, 0), false);
                  }),
            ok);
  EXPECT_GE(runs, GetParam().twice ? 2 : 1);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_count(); }), 1U);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(id); }), key_of(1));
}

TEST_P(StoreContract, NeverGivesAnIdAgain) {
  auto const store = make();
  std::vector<std::int64_t> ids;
  for (bool fails : {true, false, true, false})
    (void)store->write_and_wait([&, fails](Transaction& t) -> base::result<void> {
      for (int i = 0; i < 3; ++i) {
        RecordId const id = t.new_record_id();
        ids.push_back(id.value());
        t.add_record(record_row(id, static_cast<std::uint64_t>(id.value())), key_of(1));
      }
      return fails ? base::result<void>{refusal()} : base::result<void>{};
    });
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST_P(StoreContract, RefusesWhenTooMuchIsWaiting) {
  if (GetParam().twice) GTEST_SKIP() << "each write waits as two there";
  auto const store = make({.max_batch = 8, .max_waiting = 2});
  HeldWriter held{*store};
  auto first = write_later(*store, adding_session(1));
  auto second = write_later(*store, adding_session(2));
  auto third = write_later(*store, adding_session(3));
  ASSERT_EQ(third.wait_for(std::chrono::seconds{0}), std::future_status::ready) << "told at once";
  EXPECT_EQ(third.get().error().code, errc::busy);
  held.release();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(second.get());
  EXPECT_FALSE(has_session(*store, 3));
  EXPECT_TRUE(write_later(*store, adding_session(3)).get()) << "and the service goes on";
}

TEST_P(StoreContract, TellsWhichAccessesWereJournalled) {
  auto const store = make();
  RecordId const read = add_record(*store, 1);
  RecordId const written = add_record(*store, 2);
  HeldWriter held{*store};
  auto access = write_later(*store, [=](Transaction& t) -> base::result<void> {
    t.add_entry(entry_row(read, 0), true);
    t.add_entry(entry_row(written, 0), false);
    return {};
  });
  auto neighbour = write_later(*store, adding_session(1));
  held.release();
  auto const commit = access.get().value();
  EXPECT_TRUE(commit.journalled_access_to(read));
  EXPECT_FALSE(commit.journalled_access_to(written));
  EXPECT_FALSE(neighbour.get().value().journalled_access_to(read)) << "a commit speaks for its own use case only";
}

TEST_P(StoreContract, OutlivesACallbackThatThrows) {
  auto const store = make();
  HeldWriter held{*store};
  store->write(adding_session(1), [](base::result<Commit> const&) { throw std::runtime_error("told by a test"); });
  auto second = write_later(*store, adding_session(2));
  held.release();
  EXPECT_TRUE(second.get());
  EXPECT_TRUE(has_session(*store, 1));
}

TEST_P(StoreContract, TakesWritesFromACallback) {
  auto const store = make();
  std::promise<base::result<Commit>> second;
  store->write(adding_session(1), [&](base::result<Commit> const&) {
    store->write(adding_session(2), [&](base::result<Commit> outcome) { second.set_value(std::move(outcome)); });
  });
  EXPECT_TRUE(second.get_future().get());
  EXPECT_TRUE(has_session(*store, 2));
}

}  // namespace
}  // namespace abode::contract
