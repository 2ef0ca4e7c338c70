// The public log's files on a disk: whole, durable together, never written over.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <fstream>

#include "system/files.hpp"
#include "unit/system/scratch.hpp"
#include "unit/system/watched_disk.hpp"

namespace abode::system {
namespace {

namespace fs = std::filesystem;
using base::as_text;
using base::errc;
using ports::TileFile;
using test::DiskCall;
using test::expect_error;
using test::FileSizeLimit;
using test::mode_of;
using test::Umask;
using test::WatchedDisk;

TileFile file(std::string path, std::string_view content) {
  return {std::move(path), base::to_bytes(base::as_bytes(content))};
}

base::result<void> put(ports::TileFiles& tiles, std::vector<TileFile> const& files) {
  return tiles.put(files);
}

class TileFiles : public test::Scratch {
 protected:
  void expect_there(std::vector<TileFile> const& files) {
    for (TileFile const& each : files) {
      auto const there = log->get(each.path);
      ASSERT_TRUE(there) << there.error().detail;
      EXPECT_EQ(*there, each.content) << each.path;
      EXPECT_EQ(mode_of(root / each.path), 0644u) << each.path;
    }
  }
  void expect_absent(std::vector<TileFile> const& files) {
    for (TileFile const& each : files) EXPECT_FALSE(fs::exists(root / each.path)) << each.path;
  }
  /// Half a file or batch only fills the disk.
  void expect_nothing_left_over() {
    if (!fs::exists(root)) return;
    for (auto const& entry : fs::recursive_directory_iterator{root})
      EXPECT_NE(entry.path().extension(), ".new") << entry.path();
  }
  void expect_durable(WatchedDisk const& disk, std::vector<TileFile> const& files) {
    for (TileFile const& each : files) EXPECT_TRUE(disk.keeps(root / each.path, directory)) << each.path;
    EXPECT_EQ(disk.renamed_too_early(), std::set<fs::path>{});
  }

  fs::path const root = directory / "log";
  std::unique_ptr<ports::TileFiles> log = make_tile_files(root);
  /// As a batch that fills a tile.
  std::vector<TileFile> const batch = {
      file("tile/entries/x001/067", "all entries"),
      file("tile/entries/x001/068.p/3", "entries"),
      file("tile/0/x001/067", "hashes"),
      file("tile/0/x001/068.p/3", "three"),
      file("tile/1/004.p/44", "above"),
  };
  std::set<std::string> const directories_of_batch = {"tile/entries/x001", "tile/entries/x001/068.p", "tile/0/x001",
                                                      "tile/0/x001/068.p", "tile/1/004.p"};
};

TEST_F(TileFiles, AnEmptyBatchIsNothing) {
  WatchedDisk const disk;
  EXPECT_TRUE(put(*log, {}));
  EXPECT_EQ(disk.syncs(), 0u);
  EXPECT_FALSE(fs::exists(root));
}

TEST_F(TileFiles, AreAllThereAndNothingElse) {
  ASSERT_TRUE(put(*log, batch));
  expect_there(batch);
  expect_nothing_left_over();
  EXPECT_EQ(names_in(root / "tile/0/x001"), (std::vector<std::string>{"067", "068.p"}));
}

TEST_F(TileFiles, AreWholeBeforeTheyHaveTheirNamesAndDurableWhenPutReturns) {
  WatchedDisk const disk;
  ASSERT_TRUE(put(*log, batch));
  expect_durable(disk, batch);
}

TEST_F(TileFiles, WaitForTheDiskOnceForEachFileAndEachDirectory) {
  ASSERT_TRUE(put(*log, batch));
  std::vector<TileFile> next;
  for (std::string const& in : directories_of_batch)
    for (char const* name : {"/201", "/202", "/203"}) next.push_back(file(in + name, name));
  WatchedDisk const disk;
  ASSERT_TRUE(put(*log, next));
  expect_durable(disk, {});
  EXPECT_EQ(disk.syncs(), next.size() + directories_of_batch.size());
  std::map<fs::path, int> times;
  for (DiskCall const& call : disk.calls())
    if (call.kind == DiskCall::Kind::sync) ++times[call.path];
  for (std::string const& each : directories_of_batch) EXPECT_EQ(times[root / each], 1) << each;
}

// Whoever wrote it may have died before its name was durable: that it can be read says nothing.
TEST_F(TileFiles, ThatAreThereAlreadyAreMadeDurableAllTheSame) {
  ASSERT_TRUE(put(*log, batch));
  auto const another = make_tile_files(root);  // as after a restart
  WatchedDisk const disk;
  ASSERT_TRUE(put(*another, batch));
  expect_durable(disk, batch);
  for (DiskCall const& call : disk.calls()) EXPECT_EQ(call.kind, DiskCall::Kind::sync) << "they are not written again";
}

TEST_F(TileFiles, AreMoreThanCanBeOpenAtOnce) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  std::vector<TileFile> many;
  for (int i = 0; i < 150; ++i) many.push_back(file("tile/0/" + std::to_string(100 + i), std::to_string(i)));
  rlimit const small{100, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &small);
  WatchedDisk const disk;
  auto const done = put(*log, many);
  ::setrlimit(RLIMIT_NOFILE, &before);
  ASSERT_TRUE(done) << done.error().detail;
  expect_there(many);
  expect_durable(disk, many);
}

TEST_F(TileFiles, AreWrittenByOneThreadIfThereIsNoOther) {
  fs::permissions(directory, fs::perms::all);
  pid_t const child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // root may start as many as it likes
    rlimit const none{0, 0};
    bool const alone = (::geteuid() != 0 || ::setuid(65534) == 0) && ::setrlimit(RLIMIT_NPROC, &none) == 0;
    ::_exit(alone && put(*log, batch) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  expect_there(batch);
}

TEST_F(TileFiles, ArePutOnceAndForAll) {
  ASSERT_TRUE(put(*log, {file("tile/0/x001/067", "hashes")}));
  EXPECT_TRUE(put(*log, {file("tile/0/x001/067", "hashes")})) << "recovery writes it again";
  for (char const* other : {"hashed", "hash", "hashes and more", ""})
    expect_error(put(*log, {file("tile/0/x001/067", other)}), errc::conflict, root / "tile/0/x001/067");
  expect_there({file("tile/0/x001/067", "hashes")});
  EXPECT_EQ(names_in(root / "tile/0/x001"), std::vector<std::string>{"067"});
}

TEST_F(TileFiles, AreNotWrittenIfOneOfThemContradictsTheLog) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    SCOPED_TRACE(batch[i].path);
    fs::remove_all(root);
    log = make_tile_files(root);
    TileFile const older = file(batch[i].path, "another past");
    ASSERT_TRUE(put(*log, {older}));
    WatchedDisk const disk;
    expect_error(put(*log, batch), errc::conflict, root / batch[i].path);
    EXPECT_TRUE(disk.calls().empty());
    expect_there({older});
    for (std::size_t other = 0; other < batch.size(); ++other)
      if (other != i) expect_absent({batch[other]});
    expect_nothing_left_over();
  }
}

// At each sync and each rename: what has a name is whole, nothing is left over, and the same again succeeds.
TEST_F(TileFiles, ThatFailedHalfwayCanBePutAgain) {
  std::size_t const calls = [&] {
    WatchedDisk const disk;
    EXPECT_TRUE(put(*log, batch));
    return disk.calls().size();
  }();
  ASSERT_GT(calls, 3 * batch.size());
  for (std::size_t at = 0; at < calls; ++at) {
    SCOPED_TRACE("call " + std::to_string(at));
    fs::remove_all(root);
    log = make_tile_files(root);
    {
      std::size_t met = 0;
      WatchedDisk const disk{[&](DiskCall const&) { return met++ == at; }};
      auto const failed = put(*log, batch);
      ASSERT_FALSE(failed);
      EXPECT_EQ(failed.error().code, errc::unavailable);
      EXPECT_EQ(disk.renamed_too_early(), std::set<fs::path>{});
    }
    expect_nothing_left_over();
    for (TileFile const& each : batch)
      if (fs::exists(root / each.path)) expect_there({each});
    auto const successor = make_tile_files(root);
    for (auto* const tiles : {at % 2 == 0 ? log.get() : successor.get()}) {
      WatchedDisk const disk;
      ASSERT_TRUE(put(*tiles, batch));
      expect_there(batch);
      for (std::string const& each : directories_of_batch) {
        bool synced = false;
        for (DiskCall const& call : disk.calls())
          synced = call.kind == DiskCall::Kind::sync ? synced || call.path == root / each
                                                     : synced && call.to.parent_path() != root / each;
        EXPECT_TRUE(synced) << each;
      }
    }
  }
}

TEST_F(TileFiles, ThatDoNotFitLeaveTheOthersAlone) {
  ASSERT_TRUE(put(*log, {file("tile/0/000", "older")}));
  std::vector<TileFile> const files = {file("tile/0/001", "short"), file("tile/0/002", "more than ten bytes"),
                                       file("tile/0/003", "short")};
  auto const done = [&] {
    FileSizeLimit const limit{10};
    return put(*log, files);
  }();
  expect_error(done, errc::unavailable, root / "tile/0/002");
  expect_absent(files);
  EXPECT_EQ(names_in(root / "tile/0"), std::vector<std::string>{"000"});
  EXPECT_TRUE(put(*log, files));
  expect_there(files);
}

// Also a link that someone planted there must not lead the content elsewhere.
TEST_F(TileFiles, ReplaceWhatACrashLeftBehind) {
  fs::create_directories(root / "tile/0");
  std::ofstream{root / "tile/0/000.new"} << "half of something longer than what comes now";
  std::ofstream{directory / "other"} << "untouched";
  fs::create_symlink(directory / "other", root / "tile/0/001.new");
  std::vector<TileFile> const files = {file("tile/0/000", "whole"), file("tile/0/001", "too")};
  ASSERT_TRUE(put(*log, files));
  expect_there(files);
  EXPECT_EQ(content(directory / "other"), "untouched");
  EXPECT_FALSE(fs::is_symlink(root / "tile/0/001"));
  expect_nothing_left_over();
}

TEST_F(TileFiles, ThatArePartialLiveNextToTheFullOne) {
  ASSERT_TRUE(put(*log, {file("tile/0/000.p/8", "eight")}));
  ASSERT_TRUE(put(*log, {file("tile/0/000.p/9", "nine"), file("tile/0/000", "all")}));
  expect_there({file("tile/0/000.p/8", "eight"), file("tile/0/000.p/9", "nine"), file("tile/0/000", "all")});
}

TEST_F(TileFiles, ThatAreNotThereAreNotFound) {
  expect_error(log->get("tile/0/000"), errc::not_found, root / "tile/0/000");
  expect_error(log->get("checkpoint"), errc::not_found, root / "checkpoint");
}

// What cannot be read may be the very tile: to write over it could change the past.
TEST_F(TileFiles, ThatCannotBeComparedAreNotReplaced) {
  ASSERT_TRUE(put(*log, {file("tile/0/000", "hashes")}));
  fs::resize_file(root / "tile/0/000", std::uintmax_t{300} * 65'537);
  EXPECT_FALSE(put(*log, {file("tile/0/000", "hashes"), file("tile/0/002", "others")}));
  EXPECT_EQ(fs::file_size(root / "tile/0/000"), std::uintmax_t{300} * 65'537);
  fs::create_directories(root / "tile/0/001");
  EXPECT_FALSE(put(*log, {file("tile/0/001", "hashes"), file("tile/0/002", "others")}));
  expect_absent({file("tile/0/002", "others")});
}

TEST_F(TileFiles, AreFoundInTheWorkingDirectory) {
  fs::path const before = fs::current_path();
  fs::current_path(directory);
  auto const done = put(*make_tile_files("log"), {file("tile/0/000", "y")});
  fs::current_path(before);
  EXPECT_TRUE(done) << done.error().detail;
  expect_there({file("tile/0/000", "y")});
}

// Static hosts serve these files under another account.
TEST_F(TileFiles, HaveDirectoriesThatEveryoneCanReadWhateverTheUmask) {
  Umask const umask{0077};
  ASSERT_TRUE(put(*log, batch));
  for (char const* path : {"", "tile", "tile/0", "tile/0/x001"}) EXPECT_EQ(mode_of(root / path), 0755u) << path;
}

TEST_F(TileFiles, HaveNoPlaceWhereNoDirectoryCanBe) {
  std::ofstream{directory / "file"} << "x";
  auto const tiles = make_tile_files(directory / "file" / "log");
  EXPECT_FALSE(put(*tiles, {file("tile/0/000", "hashes")}));
  EXPECT_FALSE(tiles->publish_checkpoint("one\n"));
  EXPECT_FALSE(put(*log, {file("tile/" + std::string(300, 'x') + "/000", "hashes")}));
}

TEST_F(TileFiles, HaveACheckpointThatIsReplaced) {
  auto const tiles = make_tile_files(directory / "a" / "b" / "log");
  WatchedDisk const disk;
  ASSERT_TRUE(tiles->publish_checkpoint("one\n"));
  ASSERT_TRUE(tiles->publish_checkpoint("two\n"));
  EXPECT_TRUE(disk.keeps(directory / "a/b/log/checkpoint", directory));
  EXPECT_EQ(disk.renamed_too_early(), std::set<fs::path>{});
  EXPECT_EQ(as_text(tiles->get("checkpoint").value()), "two\n");
  EXPECT_EQ(mode_of(directory / "a/b/log/checkpoint"), 0644u);
  EXPECT_EQ(names_in(directory / "a/b/log"), std::vector<std::string>{"checkpoint"});
}

}  // namespace
}  // namespace abode::system
