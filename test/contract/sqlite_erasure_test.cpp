// What an erasure leaves in SQLite's files: nothing of the key, whatever was in the way, and nothing half done.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include "contract/samples.hpp"
#include "contract/stores.hpp"
#include "support/faulty_vfs.hpp"

namespace abode::contract {
namespace {

using test::DiskFault;

/// A key that no other bytes look like.
ports::WrappedKey telltale_key(std::uint64_t n) {
  std::mt19937_64 random{n};
  ports::WrappedKey key{base::Bytes(60)};
  std::generate(key.bytes.begin(), key.bytes.end(), [&] { return static_cast<std::uint8_t>(random()); });
  return key;
}

std::string all_bytes(std::filesystem::path const& directory) {
  std::string bytes;
  for (auto const& file : std::filesystem::recursive_directory_iterator{directory}) {
    if (!file.is_regular_file()) continue;
    std::ifstream in{file.path(), std::ios::binary};
    bytes.append(std::istreambuf_iterator<char>{in}, {});
  }
  return bytes;
}

/// True if a quarter of the key or more stands anywhere in the directory.
bool stands_in(std::filesystem::path const& directory, ports::WrappedKey const& key) {
  std::string const bytes = all_bytes(directory);
  for (std::size_t at = 0; at + 15 <= key.bytes.size(); at += 15)
    if (bytes.find(base::as_text(base::ByteView{key.bytes}.subspan(at, 15))) != std::string::npos) return true;
  return false;
}

/// A store with some people; the one to be erased is among them.
class SqliteErasure : public testing::Test {
 protected:
  static constexpr std::uint64_t people = 200;
  static constexpr std::uint64_t doomed_position = 77;

  SqliteErasure() { store = make_sqlite(options()); }

  sqlite::Options options() {
    return {.directory = directory.path(), .vfs = vfs.name(), .on_unknown_outcome = [this](std::string_view) {
              ++unknown_outcomes;
            }};
  }
  void fill() {
    ASSERT_EQ(write(*store,
                    [](Transaction& t) {
                      for (std::uint64_t n = 0; n < people; ++n) {
                        RecordId const id = t.new_record_id();
                        ports::RecordRow row = record_row(id, n);
                        row.erasure_due = n == doomed_position ? std::optional{at(1000)} : std::nullopt;
                        t.add_record(row, telltale_key(n));
                        t.add_entry(entry_row(id, 0), false);
                      }
                    }),
              ok);
    doomed = seen(*store, [](Snapshot& s) { return s.record_at_position(doomed_position); }).value();
  }
  errc erase() {
    return write(*store, [this](Transaction& t) { t.erase(doomed, at(2000)); });
  }
  void reopen() {
    store.reset();
    vfs.heal();
    store = reopen_sqlite(options());
  }
  bool key_is_there() {
    return seen(*store, [this](Snapshot& s) { return s.key(doomed).has_value(); });
  }
  std::optional<base::Time> erased_at() {
    return seen(*store, [this](Snapshot& s) { return s.record(doomed)->erased_at; });
  }
  void expect_done() {
    EXPECT_FALSE(key_is_there());
    EXPECT_EQ(erased_at(), at(2000));
    EXPECT_TRUE(seen(*store, [this](Snapshot& s) { return s.record(doomed)->sealed_state.empty(); }));
    EXPECT_TRUE(seen(*store, [this](Snapshot& s) { return s.entry(doomed, 0)->sealed.empty(); }));
    EXPECT_FALSE(stands_in(directory.path(), telltale_key(doomed_position)));
    for (std::uint64_t n : {std::uint64_t{0}, doomed_position - 1, doomed_position + 1, people - 1})
      EXPECT_TRUE(stands_in(directory.path(), telltale_key(n))) << "another person's key";
  }

  TemporaryDirectory directory;
  test::FaultyVfs vfs;
  std::atomic<int> unknown_outcomes = 0;
  std::unique_ptr<Store> store;
  RecordId doomed{};
};

TEST_F(SqliteErasure, G10LeavesNoByteOfTheKeyInAnyFile) {
  fill();
  EXPECT_TRUE(stands_in(directory.path(), telltale_key(doomed_position))) << "the test looks at the right bytes";
  ASSERT_EQ(erase(), ok);
  expect_done();
  reopen();
  expect_done();
}

TEST_F(SqliteErasure, G10LeavesNoByteOfAKeyThatWasMovedIntoTheDatabaseLongAgo) {
  fill();
  reopen();
  ASSERT_EQ(erase(), ok);
  expect_done();
}

TEST_F(SqliteErasure, WipesTheLogOnceNoReaderIsInTheWay) {
  fill();
  EXPECT_TRUE(store->read([this](Snapshot& s) -> base::result<void> {
    EXPECT_TRUE(s.key(doomed));
    EXPECT_EQ(erase(), ok);
    EXPECT_EQ(s.record(doomed)->erased_at, std::nullopt) << "the reader still sees its own moment";
    return {};
  }));
  ASSERT_EQ(write(*store, [](Transaction& t) { t.add_session(session_row(1, at(1))); }), ok);
  expect_done();
}

TEST_F(SqliteErasure, ThatFoundTheDiskFullIsFinishedByTheNextOne) {
  fill();
  vfs.fail_from(1, DiskFault::full, "abode.db");
  EXPECT_EQ(erase(), errc::out_of_space);
  vfs.heal();
  EXPECT_EQ(erased_at(), std::nullopt);
  EXPECT_FALSE(key_is_there()) << "the key goes first";
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.erasures_due(at(2000), everything); }), (std::vector{doomed}));
  ASSERT_EQ(erase(), ok);
  expect_done();
}

TEST_F(SqliteErasure, ThatFoundTheDiskOfTheKeysFullHasChangedNothing) {
  fill();
  vfs.fail_from(1, DiskFault::full, "keys.db");
  EXPECT_EQ(erase(), errc::out_of_space);
  vfs.heal();
  EXPECT_EQ(erased_at(), std::nullopt);
  EXPECT_TRUE(key_is_there());
  ASSERT_EQ(erase(), ok);
  expect_done();
}

TEST_F(SqliteErasure, ThatFailedAnywhereIsWholeOrDoneAfterTheNextStart) {
  for (DiskFault fault : {DiskFault::write_error, DiskFault::sync_error})
    for (std::uint64_t k : {1U, 2U, 3U, 4U, 6U, 8U, 11U, 15U}) {
      SCOPED_TRACE("fails from operation " + std::to_string(k));
      store.reset();
      std::filesystem::remove_all(directory.path());
      std::filesystem::create_directories(directory.path());
      store = make_sqlite(options());
      fill();
      vfs.fail_from(k, fault);
      bool const acknowledged = erase() == ok;
      reopen();
      if (!acknowledged && key_is_there()) {
        EXPECT_EQ(erased_at(), std::nullopt);
        ASSERT_EQ(erase(), ok);
      }
      ASSERT_EQ(write(*store, [](Transaction& t) { t.add_session(session_row(1, at(1))); }), ok);
      expect_done();
      if (HasFailure()) return;
    }
}

TEST_F(SqliteErasure, IsDoneAgainToAnOldCopyOfTheData) {
  fill();
  store.reset();
  std::filesystem::copy(directory.path() / "abode.db", directory.path() / "older");
  store = reopen_sqlite(options());
  ASSERT_EQ(erase(), ok);
  store.reset();
  std::filesystem::rename(directory.path() / "older", directory.path() / "abode.db");
  store = reopen_sqlite(options());
  EXPECT_EQ(erased_at(), at(2000));
  expect_done();
}

}  // namespace
}  // namespace abode::contract
