#include "system/files.hpp"

#include <fstream>

#include "unit/system/scratch.hpp"

namespace abode::system {
namespace {

namespace fs = std::filesystem;
using Files = test::Scratch;
using base::as_bytes;
using base::as_text;
using base::errc;
using test::expect_error;
using test::FileSizeLimit;
using test::mode_of;
using test::Umask;

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
  auto const written = [&] {
    FileSizeLimit const limit{10};
    return write_file(path, as_bytes("more than ten bytes"), Access::everyone_reads);
  }();
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
  fs::current_path(before);
  EXPECT_TRUE(written) << written.error().detail;
  EXPECT_EQ(content(directory / "file"), "x");
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

TEST_F(Files, AnEmptyDirectoryIsMadeOrFoundAndAFullOneIsLeftAlone) {
  fs::path const path = directory / "a" / "b";
  ASSERT_TRUE(make_empty_directory(path, Access::owner_only));
  EXPECT_EQ(mode_of(path), 0700u);
  ASSERT_TRUE(make_empty_directory(path, Access::owner_only)) << "it is empty still";
  ASSERT_TRUE(write_file(path / "key", as_bytes("a secret"), Access::owner_only));
  expect_error(make_empty_directory(path, Access::owner_only), errc::conflict, "Choose a new directory");
  EXPECT_EQ(content(path / "key"), "a secret");
  EXPECT_FALSE(make_empty_directory(path / "key", Access::owner_only)) << "a file is no directory";
}

}  // namespace
}  // namespace abode::system
