// What was acknowledged is there after a kill and after a power cut, and no record is ever without its key (G12).
#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <stop_token>
#include <thread>

#include "contract/child.hpp"
#include "contract/samples.hpp"
#include "contract/stores.hpp"
#include "support/faulty_vfs.hpp"

namespace abode::contract {
namespace {

/// One write that makes a record at `position` with two entries.
Store::UseCase adding(std::uint64_t position) {
  return [position](Transaction& t) -> base::result<void> {
    if (t.record_at_position(position))
      return base::fail(errc::conflict, "There is a record at this position already.");
    RecordId const id = t.new_record_id();
    t.add_record(record_row(id, position), key_of(position));
    t.add_entry(entry_row(id, 0), false);
    t.add_entry(entry_row(id, 1), true);
    return {};
  };
}

/// Each record is there as a whole, or not at all; those in [0, acknowledged) are there.
void expect_whole(Store& store, std::uint64_t acknowledged, std::uint64_t end) {
  EXPECT_TRUE(store.read([=](Snapshot& s) -> base::result<void> {
    std::uint64_t found = 0;
    for (std::uint64_t position = 0; position < end; ++position) {
      auto const id = s.record_at_position(position);
      EXPECT_TRUE(id || position >= acknowledged) << "acknowledged, then lost: " << position;
      if (!id) continue;
      ++found;
      EXPECT_EQ(s.record(*id), record_row(*id, position));
      EXPECT_EQ(s.key(*id), key_of(position)) << "a record without its key";
      EXPECT_EQ(s.entries(*id, newest, 5), (std::vector{entry_row(*id, 1), entry_row(*id, 0)}));
    }
    EXPECT_EQ(s.record_count(), found);
    EXPECT_EQ(s.queued_leaves(everything).size(), 2 * found);
    return {};
  }));
}

TEST(SqliteDurability, SurvivesKills) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path(), .checkpoint_frames = 50};
  make_sqlite(options).reset();
  std::uint64_t next = 0;
  for (std::uint64_t round = 0; round < 5; ++round) {
    std::uint64_t acknowledged = next;
    {
      Child child{[&](Child::Report const& report) {
        auto const store = reopen_sqlite(options);
        std::counting_semaphore<> window{16};
        for (std::uint64_t position = next;; ++position) {
          window.acquire();
          store->write(adding(position), [=, &window](base::result<ports::Commit> const& outcome) {
            if (outcome) report(position);
            window.release();
          });
        }
        return 0;
      }};
      std::uint64_t reported = 0;
      for (std::uint64_t n = 0; n < 50 + 37 * round && child.next(reported); ++n) acknowledged = reported + 1;
      child.kill();
      while (child.next(reported)) acknowledged = reported + 1;  // also told before its death
    }
    ASSERT_GT(acknowledged, next);
    auto const store = reopen_sqlite(options);
    next = acknowledged;
    while (seen(*store, [=](Snapshot& s) { return s.record_at_position(next); })) ++next;
    expect_whole(*store, acknowledged, next);
    EXPECT_TRUE(store->write_and_wait(adding(next++)));
  }
}

TEST(SqliteDurability, KeepsItsLogShortWhenReadersLetIt) {
  TemporaryDirectory const directory;
  auto const store = make_sqlite({.directory = directory.path(), .checkpoint_frames = 5});
  auto const log = directory.path() / "abode.db-wal";
  std::uint64_t position = 0;
  auto const write_some = [&] {
    for (std::uint64_t end = position + 20; position < end; ++position)
      EXPECT_TRUE(store->write_and_wait(adding(position)));
  };
  write_some();
  auto const short_log = std::filesystem::file_size(log);
  EXPECT_TRUE(store->read([&](Snapshot& snapshot) -> base::result<void> {
    write_some();  // goes on beside a reader, who needs the log
    EXPECT_EQ(snapshot.record_count(), 20U);
    return {};
  }));
  auto const long_log = std::filesystem::file_size(log);
  EXPECT_GT(long_log, short_log);
  for (int i = 0; i < 4; ++i) write_some();
  EXPECT_EQ(std::filesystem::file_size(log), long_log) << "is used from its beginning again";
  expect_whole(*store, position, position);
}

TEST(SqliteDurability, SurvivesPowerCuts) {
  constexpr std::uint64_t images = 12;
  test::FaultyVfs vfs;
  TemporaryDirectory const directory;
  auto const store = make_sqlite({.directory = directory.path() / "store", .vfs = vfs.name(), .checkpoint_frames = 20});
  std::atomic<std::uint64_t> acknowledged = 0;
  std::jthread const writing{[&](std::stop_token const& stop) {
    for (std::uint64_t position = 0; !stop.stop_requested(); ++position) {
      EXPECT_TRUE(store->write_and_wait(adding(position)));
      acknowledged = position + 1;
    }
  }};
  for (std::uint64_t image = 0; image < images; ++image) {
    std::uint64_t const before = acknowledged;
    std::uint64_t const seen_operations = vfs.operations();
    while (vfs.operations() < seen_operations + 3 + 5 * image) std::this_thread::yield();
    auto const left = directory.path() / std::to_string(image);
    vfs.write_synced_image(left);
    auto const after_the_cut = reopen_sqlite({.directory = left});
    expect_whole(*after_the_cut, before, acknowledged + 1);
  }
}

}  // namespace
}  // namespace abode::contract
