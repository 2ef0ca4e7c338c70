// Creating and opening: which stores are served, and to whom.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "contract/child.hpp"
#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

namespace fs = std::filesystem;

errc code_of(base::result<std::unique_ptr<Store>> const& outcome) {
  return outcome ? ok : outcome.error().code;
}

void change(fs::path const& file, char const* sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(connection);
  sqlite3_close(connection);
}

TEST(SqliteOpening, CreatesOnceThenOpens) {
  TemporaryDirectory const directory;
  fs::path const place = directory.path() / "new" / "store";
  EXPECT_EQ(code_of(sqlite::open({.directory = place}, test_meta())), errc::not_found);
  EXPECT_FALSE(fs::exists(place)) << "looking for a store makes none";
  EXPECT_EQ(sqlite::read_meta(place).error().code, errc::not_found);

  RecordId id;
  {
    auto const store = make_sqlite({.directory = place});
    id = add_record(*store, 4);
    add_entries(*store, id, 0, 3);
  }
  EXPECT_EQ(fs::status(place).permissions(), fs::perms::owner_all);
  for (auto const* file : {"abode.db", "keys.db", "lock"})
    EXPECT_EQ(fs::status(place / file).permissions(), fs::perms::owner_read | fs::perms::owner_write) << file;
  EXPECT_EQ(code_of(sqlite::create({.directory = place}, test_meta())), errc::conflict);
  EXPECT_FALSE(fs::exists(place / "abode.db-wal")) << "closing moved the log into the database";
  auto const store = reopen_sqlite({.directory = place});
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(id); }), record_row(id, 4));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(id); }), key_of(4));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_count(); }), 1U);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.queued_leaves(everything); }).size(), 3U);
  EXPECT_NE(add_record(*store, 5), id);
}

TEST(SqliteOpening, TellsWhatTheStoreIs) {
  TemporaryDirectory const directory;
  auto const compare = [&] {
    auto const meta = sqlite::read_meta(directory.path()).value();
    EXPECT_EQ(meta.mode, test_meta().mode);
    EXPECT_EQ(meta.origin, test_meta().origin);
    EXPECT_EQ(meta.key_check, test_meta().key_check);
  };
  {
    auto const store = make_sqlite({.directory = directory.path()});
    compare();
    EXPECT_EQ(add_record(*store, 1), RecordId{1}) << "reading the meta row does not disturb the store";
  }
  compare();
}

TEST(SqliteOpening, RefusesAnotherModeOriginOrVersion) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path()};
  make_sqlite(options).reset();

  auto live = test_meta();
  live.mode = "live";
  auto const other_mode = sqlite::open(options, live);
  ASSERT_EQ(code_of(other_mode), errc::conflict);
  EXPECT_EQ(other_mode.error().field, "mode");
  EXPECT_EQ(other_mode.error().detail,
            "This is a test store and cannot be served in live mode. Choose another directory "
            "or start in test mode.");
  auto elsewhere = test_meta();
  elsewhere.origin = "other.example/log";
  auto const other_origin = sqlite::open(options, elsewhere);
  ASSERT_EQ(code_of(other_origin), errc::conflict);
  EXPECT_EQ(other_origin.error().field, "origin");

  change(directory.path() / "abode.db", "UPDATE meta SET schema_version = 999");
  EXPECT_EQ(code_of(sqlite::open(options, test_meta())), errc::unsupported);
  EXPECT_EQ(sqlite::read_meta(directory.path()).error().code, errc::unsupported);
  change(directory.path() / "abode.db", "UPDATE meta SET schema_version = 0");
  EXPECT_EQ(code_of(sqlite::open(options, test_meta())), errc::unsupported);
}

TEST(SqliteOpening, RefusesMissingOrForeignKeys) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path()};
  make_sqlite(options).reset();
  change(directory.path() / "keys.db", "UPDATE meta SET key_check = x'99'");
  EXPECT_EQ(code_of(sqlite::open(options, test_meta())), errc::conflict);
  fs::remove(directory.path() / "keys.db");
  EXPECT_EQ(code_of(sqlite::open(options, test_meta())), errc::unavailable);
  EXPECT_EQ(code_of(sqlite::create(options, test_meta())), errc::conflict);
  EXPECT_FALSE(fs::exists(directory.path() / "keys.db")) << "no empty file takes their place";
  std::ofstream{directory.path() / "keys.db"}.flush();
  EXPECT_EQ(code_of(sqlite::open(options, test_meta())), errc::unavailable);
}

TEST(SqliteOpening, RefusesADamagedFile) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path()};
  make_sqlite(options).reset();
  std::ofstream{directory.path() / "abode.db", std::ios::binary} << std::string(8192, 'x');
  EXPECT_EQ(code_of(sqlite::open(options, test_meta())), errc::corrupted);
  EXPECT_EQ(sqlite::read_meta(directory.path()).error().code, errc::corrupted);
}

TEST(SqliteOpening, FinishesACreationThatWasCutShort) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path()};
  auto other = test_meta();
  other.origin = "first.try/log";
  sqlite::create(options, other).value().reset();
  fs::remove(directory.path() / "abode.db");  // the keys' file is made first
  auto const store = make_sqlite(options);
  EXPECT_EQ(add_record(*store, 1), RecordId{1});
}

TEST(SqliteOpening, NeverCreatesOverKeys) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path()};
  add_record(*make_sqlite(options), 1);
  fs::remove(directory.path() / "abode.db");
  EXPECT_EQ(code_of(sqlite::create(options, test_meta())), errc::conflict);
  change(directory.path() / "keys.db", "SELECT wrapped FROM record_key WHERE record = 1");
}

TEST(SqliteOpening, RefusesADirectoryThatCannotBe) {
  TemporaryDirectory const directory;
  std::ofstream{directory.path() / "file"} << "x";
  EXPECT_EQ(code_of(sqlite::create({.directory = directory.path() / "file" / "store"}, test_meta())),
            errc::unavailable);
}

TEST(SqliteOpening, RefusesASecondUser) {
  TemporaryDirectory const directory;
  sqlite::Options const options{.directory = directory.path()};
  make_sqlite(options).reset();
  Child holder{[&](Child::Report const& report) {
    auto const store = reopen_sqlite(options);
    report(1);
    return ::pause();
  }};
  std::uint64_t held = 0;
  ASSERT_TRUE(holder.next(held));
  auto const second = sqlite::open(options, test_meta());
  ASSERT_EQ(code_of(second), errc::unavailable);
  EXPECT_EQ(second.error().detail, "Another process uses " + directory.path().string() +
                                       ": is it being served? Stop that first, or choose another directory.");
  EXPECT_EQ(code_of(sqlite::create(options, test_meta())), errc::unavailable);
  EXPECT_TRUE(sqlite::read_meta(directory.path()));
  holder.kill();

  auto const store = reopen_sqlite(options);
  EXPECT_EQ(code_of(sqlite::open(options, test_meta())), errc::unavailable) << "nor twice in one process";
  EXPECT_EQ(write(*store, [](Transaction& t) { t.add_session(session_row(1, at(1))); }), ok);
}

}  // namespace
}  // namespace abode::contract
