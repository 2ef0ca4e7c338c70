#include "system/files.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace abode::system {
namespace {

namespace fs = std::filesystem;
using base::as_bytes;
using base::as_text;
using base::errc;

/// Sets the umask for a scope.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(Umask const&) = delete;
  Umask& operator=(Umask const&) = delete;

 private:
  mode_t before_;
};

mode_t mode_of(fs::path const& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

class Files : public ::testing::Test {
 protected:
  Files() {
    std::string pattern = (fs::temp_directory_path() / "abode-files-XXXXXX").string();
    directory = ::mkdtemp(pattern.data());
  }
  ~Files() override {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
  }

  std::string content(fs::path const& path) {
    auto const read = read_file(path, 1000);
    EXPECT_TRUE(read) << (read ? "" : read.error().detail);
    return read ? std::string{as_text(*read)} : std::string{};
  }
  std::vector<std::string> names_in(fs::path const& path) {
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator{path}) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

  fs::path directory;
};

template <class T>
void expect_error(base::result<T> const& outcome, errc code, fs::path const& names) {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
  EXPECT_NE(outcome.error().detail.find(names.string()), std::string::npos) << outcome.error().detail;
}

// write_file

TEST_F(Files, AFileIsWrittenWholeAndNothingElseIsLeft) {
  fs::path const path = directory / "file";
  ASSERT_TRUE(write_file(path, as_bytes("one"), Access::everyone_reads));
  EXPECT_EQ(content(path), "one");
  ASSERT_TRUE(write_file(path, as_bytes("a longer two"), Access::everyone_reads));
  EXPECT_EQ(content(path), "a longer two");
  ASSERT_TRUE(write_file(path, {}, Access::everyone_reads));
  EXPECT_EQ(content(path), "");
  EXPECT_EQ(names_in(directory), std::vector<std::string>{"file"});
}

TEST_F(Files, AReaderKeepsTheOldFileWhileANewOneIsWritten) {
  fs::path const path = directory / "file";
  ASSERT_TRUE(write_file(path, as_bytes("old"), Access::everyone_reads));
  std::ifstream reader{path};
  ASSERT_TRUE(write_file(path, as_bytes("new"), Access::everyone_reads));
  std::string seen;
  reader >> seen;
  EXPECT_EQ(seen, "old") << "the file was replaced, not overwritten";
}

TEST_F(Files, PermissionsDoNotDependOnTheUmask) {
  for (mode_t mask : {0000u, 0022u, 0077u, 0777u}) {
    Umask const umask{mask};
    ASSERT_TRUE(write_file(directory / "open", as_bytes("x"), Access::everyone_reads));
    ASSERT_TRUE(write_file(directory / "closed", as_bytes("x"), Access::owner_only));
    EXPECT_EQ(mode_of(directory / "open"), 0644u) << "umask " << mask;
    EXPECT_EQ(mode_of(directory / "closed"), 0600u) << "umask " << mask;
  }
}

TEST_F(Files, AWiderFileBecomesNarrow) {
  fs::path const path = directory / "key";
  ASSERT_TRUE(write_file(path, as_bytes("old"), Access::everyone_reads));
  ASSERT_TRUE(write_file(path, as_bytes("new"), Access::owner_only));
  EXPECT_EQ(mode_of(path), 0600u);
}

TEST_F(Files, WhatACrashLeftBehindIsReplaced) {
  fs::path const path = directory / "key";
  std::ofstream{path.string() + ".new"} << "half of something longer than what comes now";
  ASSERT_TRUE(write_file(path, as_bytes("whole"), Access::owner_only));
  EXPECT_EQ(content(path), "whole");
  EXPECT_EQ(mode_of(path), 0600u);
  EXPECT_EQ(names_in(directory), std::vector<std::string>{"key"});
}

TEST_F(Files, WritingFailsWithItsReasonAndChangesNothing) {
  expect_error(write_file(directory / "absent" / "file", as_bytes("x"), Access::everyone_reads), errc::not_found,
               directory / "absent" / "file");
  fs::path const taken = directory / "taken";
  fs::create_directories(taken / "inside");
  expect_error(write_file(taken, as_bytes("x"), Access::everyone_reads), errc::unavailable, taken);
  EXPECT_EQ(names_in(directory), std::vector<std::string>{"taken"}) << "no half-written file stays to fill the disk";
}

TEST_F(Files, AWriteThatStopsHalfwayLeavesTheOldFileAlone) {
  fs::path const path = directory / "file";
  ASSERT_TRUE(write_file(path, as_bytes("old"), Access::everyone_reads));
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  auto const handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit const small{10, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  auto const written = write_file(path, as_bytes("more than ten bytes"), Access::everyone_reads);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  expect_error(written, errc::unavailable, path);
  EXPECT_EQ(content(path), "old");
  EXPECT_EQ(names_in(directory), std::vector<std::string>{"file"});
}

// A link that someone planted at the temporary name must not lead the content elsewhere.
TEST_F(Files, TheTemporaryFileIsAlwaysANewOne) {
  fs::path const path = directory / "file";
  std::ofstream{directory / "other"} << "untouched";
  fs::create_symlink(directory / "other", path.string() + ".new");
  ASSERT_TRUE(write_file(path, as_bytes("x"), Access::owner_only));
  EXPECT_EQ(content(directory / "other"), "untouched");
  EXPECT_EQ(content(path), "x");
  EXPECT_FALSE(fs::is_symlink(path));
}

TEST_F(Files, APathWithoutADirectoryIsInTheWorkingOne) {
  fs::path const before = fs::current_path();
  fs::current_path(directory);
  auto const written = write_file("file", as_bytes("x"), Access::everyone_reads);
  auto const tiles = make_tile_files("log");
  auto const put = tiles->put("tile/0/000", as_bytes("y"));
  fs::current_path(before);
  EXPECT_TRUE(written) << written.error().detail;
  EXPECT_TRUE(put) << put.error().detail;
  EXPECT_EQ(content(directory / "file"), "x");
  EXPECT_EQ(content(directory / "log/tile/0/000"), "y");
}

// read_file

TEST_F(Files, AFileIsReadUpToItsLimit) {
  fs::path const path = directory / "file";
  ASSERT_TRUE(write_file(path, as_bytes("12345"), Access::everyone_reads));
  EXPECT_EQ(as_text(read_file(path, 5).value()), "12345");
  expect_error(read_file(path, 4), errc::too_large, path);
  expect_error(read_file(path, 0), errc::too_large, path);
}

TEST_F(Files, ReadingFailsWithItsReason) {
  expect_error(read_file(directory / "absent", 10), errc::not_found, directory / "absent");
  expect_error(read_file(directory, 10), errc::unavailable, directory);
  ASSERT_TRUE(write_file(directory / "file", as_bytes("x"), Access::everyone_reads));
  expect_error(read_file(directory / "file" / "below", 10), errc::unavailable, directory / "file" / "below");
  if (::geteuid() != 0) {
    fs::permissions(directory / "file", fs::perms::none);
    expect_error(read_file(directory / "file", 10), errc::unavailable, directory / "file");
  }
}

// require_owner_only

TEST_F(Files, AKeyFileThatOthersCanReadIsRefused) {
  fs::path const path = directory / "key";
  ASSERT_TRUE(write_file(path, as_bytes("x"), Access::owner_only));
  for (unsigned good : {0600u, 0400u, 0700u}) {
    fs::permissions(path, fs::perms{good});
    EXPECT_TRUE(require_owner_only(path)) << good;
  }
  for (unsigned bad : {0640u, 0604u, 0620u, 0602u, 0610u, 0601u, 0644u, 0777u}) {
    fs::permissions(path, fs::perms{bad});
    auto const checked = require_owner_only(path);
    expect_error(checked, errc::forbidden, path);
    EXPECT_NE(checked.error().detail.find("chmod 600"), std::string::npos) << "it says which command mends it";
  }
  expect_error(require_owner_only(directory / "absent"), errc::not_found, directory / "absent");
}

// the public log

TEST_F(Files, ATileIsPutOnceAndForAll) {
  auto const tiles = make_tile_files(directory / "log");
  ASSERT_TRUE(tiles->put("tile/0/x001/067", as_bytes("hashes")));
  EXPECT_EQ(as_text(tiles->get("tile/0/x001/067").value()), "hashes");
  EXPECT_TRUE(tiles->put("tile/0/x001/067", as_bytes("hashes"))) << "recovery writes it again";
  for (char const* other : {"hashed", "hash", "hashes and more", ""})
    expect_error(tiles->put("tile/0/x001/067", as_bytes(other)), errc::conflict, directory / "log/tile/0/x001/067");
  EXPECT_EQ(as_text(tiles->get("tile/0/x001/067").value()), "hashes");
  EXPECT_EQ(mode_of(directory / "log/tile/0/x001/067"), 0644u);
  EXPECT_EQ(names_in(directory / "log/tile/0/x001"), std::vector<std::string>{"067"});
}

TEST_F(Files, APartialTileLivesNextToItsFullOne) {
  auto const tiles = make_tile_files(directory / "log");
  ASSERT_TRUE(tiles->put("tile/0/000.p/8", as_bytes("eight")));
  ASSERT_TRUE(tiles->put("tile/0/000.p/9", as_bytes("nine")));
  ASSERT_TRUE(tiles->put("tile/0/000", as_bytes("all")));
  EXPECT_EQ(as_text(tiles->get("tile/0/000.p/8").value()), "eight");
  EXPECT_EQ(as_text(tiles->get("tile/0/000").value()), "all");
}

TEST_F(Files, ATileThatIsNotThereIsNotFound) {
  auto const tiles = make_tile_files(directory / "log");
  expect_error(tiles->get("tile/0/000"), errc::not_found, directory / "log/tile/0/000");
  expect_error(tiles->get("checkpoint"), errc::not_found, directory / "log/checkpoint");
}

// What cannot be read may be the very tile: to write over it could change the past.
TEST_F(Files, AFileThatCannotBeComparedIsNotReplaced) {
  auto const tiles = make_tile_files(directory / "log");
  ASSERT_TRUE(tiles->put("tile/0/000", as_bytes("hashes")));
  fs::resize_file(directory / "log/tile/0/000", std::uintmax_t{300} * 65'537);
  EXPECT_FALSE(tiles->put("tile/0/000", as_bytes("hashes")));
  EXPECT_EQ(fs::file_size(directory / "log/tile/0/000"), std::uintmax_t{300} * 65'537);
  fs::create_directories(directory / "log/tile/0/001");
  EXPECT_FALSE(tiles->put("tile/0/001", as_bytes("hashes")));
}

TEST_F(Files, TheCheckpointIsReplaced) {
  auto const tiles = make_tile_files(directory / "a" / "b" / "log");
  ASSERT_TRUE(tiles->publish_checkpoint("one\n"));
  ASSERT_TRUE(tiles->publish_checkpoint("two\n"));
  EXPECT_EQ(as_text(tiles->get("checkpoint").value()), "two\n");
  EXPECT_EQ(mode_of(directory / "a/b/log/checkpoint"), 0644u);
  EXPECT_EQ(names_in(directory / "a/b/log"), std::vector<std::string>{"checkpoint"});
}

// Static hosts serve these files under another account.
TEST_F(Files, DirectoriesOfTheLogCanBeReadByEveryoneWhateverTheUmask) {
  Umask const umask{0077};
  auto const tiles = make_tile_files(directory / "log");
  ASSERT_TRUE(tiles->put("tile/0/x001/067", as_bytes("hashes")));
  for (char const* path : {"log", "log/tile", "log/tile/0", "log/tile/0/x001"})
    EXPECT_EQ(mode_of(directory / path), 0755u) << path;
}

TEST_F(Files, APlaceWhereNoDirectoryCanBeIsAFailure) {
  ASSERT_TRUE(write_file(directory / "file", as_bytes("x"), Access::everyone_reads));
  auto const tiles = make_tile_files(directory / "file" / "log");
  EXPECT_FALSE(tiles->put("tile/0/000", as_bytes("hashes")));
  EXPECT_FALSE(tiles->publish_checkpoint("one\n"));
  EXPECT_FALSE(make_tile_files(directory)->put("tile/" + std::string(300, 'x') + "/000", as_bytes("hashes")));
}

TEST_F(Files, AreCopiedWholeAndForWhomeverTheyAreMeant) {
  std::string const large(3'000'001, 'x');
  std::ofstream{directory / "from"} << large;
  ASSERT_TRUE(copy_file(directory / "from", directory / "to", Access::owner_only));
  EXPECT_EQ(mode_of(directory / "to"), 0600u);
  std::string copied;
  EXPECT_TRUE(read_blocks(directory / "to", [&](base::ByteView block) { copied += as_text(block); }));
  EXPECT_EQ(copied, large);
  EXPECT_FALSE(copy_file(directory / "from", directory / "to", Access::owner_only)) << "never over another";
  EXPECT_EQ(copy_file(directory / "absent", directory / "new", Access::owner_only).error().code, errc::not_found);
}

TEST_F(Files, ThatAreReplacedForGoodAreOverwritten) {
  ASSERT_TRUE(write_file(directory / "key", as_bytes("the old secret"), Access::owner_only));
  ASSERT_TRUE(write_file(directory / "next", as_bytes("the new one"), Access::owner_only));
  fs::create_hard_link(directory / "key", directory / "what-was");
  ASSERT_TRUE(replace_and_wipe(directory / "next", directory / "key"));
  EXPECT_EQ(content(directory / "key"), "the new one");
  EXPECT_EQ(content(directory / "what-was"), std::string(14, '\0'));
  EXPECT_EQ(names_in(directory), (std::vector<std::string>{"key", "what-was"}));
}

TEST_F(Files, ADirectoryTakesNoNameThatIsTaken) {
  ASSERT_TRUE(make_directories(directory / "a" / "b", Access::owner_only));
  EXPECT_EQ(mode_of(directory / "a"), 0700u);
  ASSERT_TRUE(move_into_place(directory / "a", directory / "c"));
  ASSERT_TRUE(make_directories(directory / "a", Access::owner_only));
  EXPECT_EQ(move_into_place(directory / "a", directory / "c").error().code, errc::conflict);
  EXPECT_TRUE(fs::exists(directory / "c" / "b"));
}

}  // namespace
}  // namespace abode::system
