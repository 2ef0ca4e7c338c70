// Copies of a store at work are of one moment, whole or refused, and hold nothing that was deleted.
#include "sqlite/copies.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "contract/samples.hpp"
#include "contract/stores.hpp"
#include "support/faulty_vfs.hpp"

namespace abode::contract {
namespace {

namespace fs = std::filesystem;
using sqlite::Part;
using test::DiskFault;

Store::UseCase adding(std::uint64_t position) {
  return [position](Transaction& t) -> base::result<void> {
    RecordId const id = t.new_record_id();
    ports::RecordRow row = record_row(id, position);
    row.sealed_state.assign(5'000, 7);
    t.add_record(row, key_of(position));
    t.add_entry(entry_row(id, 0), false);
    t.add_entry(entry_row(id, 1), false);
    return {};
  };
}

void copy_both(fs::path const& from, fs::path const& to) {
  fs::create_directories(to);
  for (Part part : {Part::data, Part::keys}) {  // in this order: no record is without its key
    auto const copied = sqlite::copy(from, part, to / sqlite::name_of(part));
    ASSERT_TRUE(copied) << copied.error().detail;
    EXPECT_EQ(copied->meta.origin, test_meta().origin);
    EXPECT_EQ(fs::status(to / sqlite::name_of(part)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  }
}

TEST(SqliteCopies, AreOfOneMomentWhileOthersWrite) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path() / "store", .checkpoint_frames = 50};
  auto const store = make_sqlite(options);
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> written = 0;
  std::thread writer{[&] {
    for (std::uint64_t position = 0; !stop; ++position)
      if (store->write_and_wait(adding(position))) written = position + 1;
  }};
  for (int round = 0; round < 5; ++round) {
    std::uint64_t const before = written;
    while (written < before + 20) std::this_thread::yield();
    fs::path const to = directory.path() / std::to_string(round);
    std::uint64_t const acknowledged = written;
    copy_both(options.directory, to);
    auto const copied = reopen_sqlite({.directory = to});
    EXPECT_GE(seen(*copied, [](Snapshot& s) { return s.record_count(); }), acknowledged);
    EXPECT_TRUE(copied->read([&](Snapshot& s) -> base::result<void> {
      for (RecordId id : s.record_ids({}, everything)) {
        EXPECT_TRUE(s.key(id)) << "a record without its key";
        EXPECT_EQ(s.entries(id, newest, everything).size(), 2U);
      }
      return {};
    }));
  }
  stop = true;
  writer.join();
}

TEST(SqliteCopies, AreRefusedOverWhatIsThere) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path() / "store"};
  make_sqlite(options).reset();
  std::ofstream{directory.path() / "taken"} << "x";
  EXPECT_EQ(sqlite::copy(options.directory, Part::data, directory.path() / "taken").error().code, errc::conflict);
  EXPECT_EQ(sqlite::copy(directory.path(), Part::data, directory.path() / "new").error().code, errc::not_found);
}

TEST(SqliteCopies, AreRefusedOnAFullDiskAtEveryWriteAndChangeNothing) {
  TemporaryDirectory const directory;
  test::FaultyVfs vfs;
  sqlite::Options const options{.directory = directory.path() / "store", .vfs = vfs.name()};
  auto const store = make_sqlite(options);
  for (std::uint64_t position = 0; position < 5; ++position) EXPECT_TRUE(store->write_and_wait(adding(position)));
  bool copied = false;
  // Every one of the first writes, then in longer steps: the store grows meanwhile, and each page is a write.
  for (std::uint64_t n = 1; !copied; n += 1 + n / 20) {
    ASSERT_LT(n, 100'000U) << "it never fits";
    SCOPED_TRACE("full from write " + std::to_string(n));
    fs::path const to = directory.path() / ("copy-" + std::to_string(n));
    vfs.fail_from(n, DiskFault::full, "copy-");
    auto const outcome = sqlite::copy(options.directory, Part::data, to, vfs.name());
    vfs.heal();
    copied = outcome.has_value();
    if (!copied) {
      EXPECT_EQ(outcome.error().code, errc::out_of_space);
    }
    EXPECT_TRUE(store->write_and_wait(adding(100 + n))) << "the store goes on";
  }
  EXPECT_GT(vfs.refusals(), 5U);
}

TEST(SqliteCopies, TellTheBatchThatWasPending) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path() / "store"};
  auto const store = make_sqlite(options);
  RecordId const id = add_record(*store, 1);
  add_entries(*store, id, 0, 2);
  ports::Batch const batch{0, {{1, 2}, {3}}, {1, 0}};
  EXPECT_EQ(write(*store, [&](Transaction& t) { t.take_batch(batch); }), ok);
  auto const copied = sqlite::copy(options.directory, Part::data, directory.path() / "abode.db").value();
  ASSERT_TRUE(copied.pending);
  EXPECT_EQ(*copied.pending, batch);
  EXPECT_EQ(sqlite::facts_of_copy(directory.path(), Part::data)->pending, batch);
}

/// A store with a published log, a session, a code, and one entry that waits.
struct Revived {
  Revived() {
    auto const store = make_sqlite(options);
    id = add_record(*store, 1);
    add_entries(*store, id, 0, 3);
    EXPECT_EQ(write(*store,
                    [&](Transaction& t) {
                      t.take_batch({0, {{1}, {2}}, {1, 0}});
                      EXPECT_TRUE(t.publish(0, {2, {hash(1)}, "two"}));
                      t.add_session(session_row(1, at(5'000)));
                      t.add_opening_code(code_row(1, at(5'000)));
                      t.add_opening_code(code_row(2, at(10)));
                    }),
              ok);
  }
  std::unique_ptr<Store> revive(sqlite::Revival const& revival) {
    EXPECT_TRUE(sqlite::revive(options.directory, revival));
    sqlite::Meta meta = test_meta();
    meta.origin = revival.origin;
    return sqlite::open(options, meta).value();
  }
  TemporaryDirectory directory;
  sqlite::Options const options{.directory = directory.path()};
  RecordId id;
};

TEST(SqliteRevival, GoesOnWithALongerLog) {
  Revived revived;
  ports::LogState const longer{5, {hash(2), hash(3)}, "five"};
  auto const store = revived.revive({test_meta().origin, longer, false, at(100)});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.log_state(); }), longer);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.leaf_index(revived.id, 0); }), 1U) << "places stay";
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.queued_leaves(everything).size(); }), 1U);
}

TEST(SqliteRevival, QueuesEveryEntryForANewLog) {
  Revived revived;
  auto const store = revived.revive({"abode.example/another", {}, false, at(100)});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.log_state(); }), ports::LogState{});
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.leaf_index(revived.id, 0); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.queued_leaves(everything).size(); }), 3U);
  EXPECT_EQ(write(*store, [](Transaction& t) { t.take_batch({0, {{1}, {2}, {3}}, {0, 1, 2}}); }), ok);
}

TEST(SqliteRevival, EndsSessionsAndOpeningCodes) {
  Revived revived;
  auto const store = revived.revive({test_meta().origin, {2, {hash(1)}, "two"}, false, at(100)});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.session(hash(1)).has_value(); }), false);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.opening_code(hash(1))->expires_at; }), at(100));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.opening_code(hash(2))->expires_at; }), at(10));
}

TEST(SqliteDamage, IsNamedByFileAndPage) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path()};
  auto store = make_sqlite(options);
  for (std::uint64_t position = 0; position < 20; ++position) EXPECT_TRUE(store->write_and_wait(adding(position)));
  store.reset();
  EXPECT_TRUE(sqlite::find_damage(directory.path(), Part::data).empty());
  EXPECT_TRUE(sqlite::find_damage(directory.path(), Part::keys).empty());
  {
    std::fstream file{directory.path() / "abode.db", std::ios::in | std::ios::out | std::ios::binary};
    constexpr int page_size = 4096;
    file.seekp(2 * page_size);
    file << std::string(16, '\xff');
  }
  auto const found = sqlite::find_damage(directory.path(), Part::data);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].substr(0, 10), "abode.db: ");
  EXPECT_NE(found[0].find("age"), std::string::npos) << found[0];
}

}  // namespace
}  // namespace abode::contract
