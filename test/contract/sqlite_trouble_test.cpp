// Full disks, failing writes and refused syncs, at every step: an acknowledged write is there, a refused one is not,
// and what nobody can know stops the service.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <future>
#include <set>

#include "contract/samples.hpp"
#include "contract/stores.hpp"
#include "support/faulty_vfs.hpp"

namespace abode::contract {
namespace {

using test::DiskFault;

constexpr std::size_t tiny_cache_kib = 16;  // so that pages are written before the commit as well

/// A use case of many pages.
Store::UseCase adding(std::uint64_t position) {
  return [position](Transaction& t) -> base::result<void> {
    RecordId const id = t.new_record_id();
    ports::RecordRow row = record_row(id, position);
    row.sealed_state.assign(20'000, 7);
    t.add_record(row, key_of(position));
    for (std::uint64_t seq = 0; seq < 4; ++seq) t.add_entry(entry_row(id, seq), false);
    return {};
  };
}

/// A store with a disk that can fail, and what it was told and answered.
class Trouble {
 public:
  explicit Trouble(std::size_t cache_kib = 65536)
      : options_{.directory = directory_.path(),
                 .vfs = vfs.name(),
                 .max_batch = 2,
                 .cache_kib = cache_kib,
                 .checkpoint_frames = 20,
                 .on_unknown_outcome =
                     [this](std::string_view why) {
                       ++unknown_outcomes;
                       EXPECT_FALSE(why.empty());
                     }},
        store(make_sqlite(options_)) {}

  /// Writes three records, some of them under one commit. True if all were acknowledged.
  bool write_three(errc expected_refusal) {
    std::vector<std::pair<std::uint64_t, std::future<base::result<ports::Commit>>>> answers;
    for (int i = 0; i < 3; ++i) {
      auto const answer = std::make_shared<std::promise<base::result<ports::Commit>>>();
      answers.emplace_back(next_, answer->get_future());
      store->write(adding(next_++),
                   [answer](base::result<ports::Commit> outcome) { answer->set_value(std::move(outcome)); });
    }
    bool all = true;
    for (auto& [position, answer] : answers) {
      auto const outcome = answer.get();
      (outcome ? acknowledged_ : refused_).insert(position);
      EXPECT_EQ(outcome ? expected_refusal : outcome.error().code, expected_refusal);
      all = all && outcome;
    }
    return all;
  }

  void expect_as_told(bool refused_may_be_there = false) {
    EXPECT_TRUE(store->read([&](Snapshot& s) -> base::result<void> {
      for (std::uint64_t position : acknowledged_) {
        auto const id = s.record_at_position(position);
        if (!id) {
          ADD_FAILURE() << "acknowledged, then lost: " << position;
          continue;
        }
        EXPECT_EQ(s.record(*id)->sealed_state.size(), 20'000U);
        EXPECT_EQ(s.key(*id), key_of(position));
        EXPECT_EQ(s.entries(*id, newest, everything).size(), 4U);
      }
      for (std::uint64_t position : refused_)
        EXPECT_TRUE(refused_may_be_there || !s.record_at_position(position)) << "refused, but there: " << position;
      return {};
    }));
  }

  void reopen() {
    store.reset();
    vfs.heal();
    store = reopen_sqlite(options_);
  }

  std::int64_t rows(char const* file, char const* sql) {
    sqlite3* connection = nullptr;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_open((directory_.path() / file).c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
    std::int64_t const count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return count;
  }

  test::FaultyVfs vfs;
  std::atomic<int> unknown_outcomes = 0;

 private:
  TemporaryDirectory directory_;
  sqlite::Options options_;
  std::uint64_t next_ = 0;
  std::set<std::uint64_t> acknowledged_;
  std::set<std::uint64_t> refused_;

 public:
  std::unique_ptr<Store> store;
};

class FullDiskWithCache : public testing::TestWithParam<std::size_t> {};

TEST_P(FullDiskWithCache, RefusesAndRecoversAtEveryWrite) {
  Trouble trouble{GetParam()};
  for (std::uint64_t k = 1; k <= 100; ++k) {
    SCOPED_TRACE("full from operation " + std::to_string(k));
    trouble.vfs.fail_from(k, DiskFault::full);
    bool went_well = true;
    for (int i = 0; i < 30 && went_well; ++i) went_well = trouble.write_three(errc::out_of_space);
    EXPECT_FALSE(went_well) << "the disk never got full";
    trouble.expect_as_told();
    if (k % 20 == 0) {
      trouble.reopen();
      trouble.expect_as_told();
    }
    trouble.vfs.heal();
    EXPECT_TRUE(trouble.write_three(errc::out_of_space)) << "service goes on when there is room";
    trouble.expect_as_told();
    EXPECT_EQ(trouble.unknown_outcomes, 0);
    if (HasFailure()) return;
  }
  EXPECT_GT(trouble.vfs.refusals(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Of, FullDiskWithCache, testing::Values(std::size_t{65536}, tiny_cache_kib));

TEST(FullDisk, AtEachWriteOfAUseCaseRefusesItUntilItFits) {
  Trouble trouble{tiny_cache_kib};
  bool fits = false;
  for (std::uint64_t n = 1; !fits; ++n) {
    ASSERT_LT(n, 500U) << "it never fits";
    SCOPED_TRACE("full from operation " + std::to_string(n));
    std::uint64_t const position = 1'000'000 + n;
    trouble.vfs.fail_from(n, DiskFault::full);
    auto const outcome = trouble.store->write_and_wait(adding(position));
    trouble.vfs.heal();
    fits = outcome.has_value();
    if (!fits) {
      EXPECT_EQ(outcome.error().code, errc::out_of_space);
    }
    trouble.reopen();
    auto const there = [position](Snapshot& s) { return s.record_at_position(position).has_value(); };
    EXPECT_EQ(seen(*trouble.store, there), fits) << "all of it, or nothing";
  }
  EXPECT_EQ(trouble.unknown_outcomes, 0);
  EXPECT_GT(trouble.vfs.refusals(), 3U);
}

TEST(SlowDisk, DelaysAnswersAndLosesNone) {
  Trouble trouble;
  trouble.vfs.slow_down(std::chrono::milliseconds{2});
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(trouble.write_three(errc::busy));
  trouble.expect_as_told();
  trouble.reopen();
  trouble.expect_as_told();
  EXPECT_EQ(trouble.unknown_outcomes, 0);
}

class UnknownOutcome : public testing::TestWithParam<std::pair<DiskFault, std::uint64_t>> {};

TEST_P(UnknownOutcome, IsNeverAcknowledgedAndStopsTheService) {
  Trouble trouble;
  EXPECT_TRUE(trouble.write_three(errc::unavailable));
  auto const [fault, k] = GetParam();
  trouble.vfs.fail_from(k, fault);
  for (int i = 0; i < 30 && trouble.unknown_outcomes == 0; ++i) trouble.write_three(errc::unavailable);
  EXPECT_GT(trouble.vfs.refusals(), 0U);
  EXPECT_EQ(trouble.unknown_outcomes, 1);

  trouble.vfs.heal();
  EXPECT_FALSE(trouble.write_three(errc::unavailable)) << "healing changes nothing: it must start again";
  auto const read = trouble.store->read([](Snapshot&) -> base::result<void> { return {}; });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, errc::unavailable);
  EXPECT_EQ(trouble.unknown_outcomes, 1);

  trouble.reopen();
  trouble.expect_as_told(true);
  EXPECT_TRUE(trouble.write_three(errc::unavailable));
}

std::vector<std::pair<DiskFault, std::uint64_t>> faults() {
  std::vector<std::pair<DiskFault, std::uint64_t>> all;
  for (std::uint64_t k : {1U, 2U, 3U, 5U, 8U, 13U, 21U, 34U, 55U}) {
    all.emplace_back(DiskFault::sync_error, k);
    all.emplace_back(DiskFault::write_error, k);
  }
  return all;
}
INSTANTIATE_TEST_SUITE_P(At, UnknownOutcome, testing::ValuesIn(faults()));

TEST(SqliteKeys, AreNotKeptWhenTheirFileIsFull) {
  Trouble trouble;
  trouble.vfs.fail_from(1, DiskFault::full, "keys.db");
  EXPECT_FALSE(trouble.write_three(errc::out_of_space));
  EXPECT_EQ(write(*trouble.store, [](Transaction& t) { t.add_session(session_row(1, at(1))); }), ok)
      << "what needs no key goes on";
  trouble.expect_as_told();
  trouble.reopen();
  trouble.expect_as_told();
  EXPECT_EQ(trouble.rows("abode.db", "SELECT count(*) FROM record"), 0);
  EXPECT_EQ(trouble.rows("keys.db", "SELECT count(*) FROM record_key"), 0);
}

TEST(SqliteKeys, AreDurableBeforeTheirRecords) {
  Trouble trouble;
  trouble.vfs.fail_from(1, DiskFault::full, "abode.db");
  EXPECT_FALSE(trouble.write_three(errc::out_of_space));
  trouble.expect_as_told();
  EXPECT_EQ(seen(*trouble.store, [](Snapshot& s) { return s.key(RecordId{1}); }), std::nullopt)
      << "a key without a record is not shown";
  trouble.reopen();
  EXPECT_EQ(trouble.rows("abode.db", "SELECT count(*) FROM record"), 0);
  EXPECT_EQ(trouble.rows("keys.db", "SELECT count(*) FROM record_key"), 3);
  EXPECT_TRUE(trouble.write_three(errc::out_of_space)) << "and its id is not given again";
  trouble.expect_as_told();
  EXPECT_EQ(trouble.rows("keys.db", "SELECT min(record) > 3 FROM record_key WHERE record NOT IN (1, 2, 3)"), 1);
}

}  // namespace
}  // namespace abode::contract
