// Which syncs and renames a test's code asks the kernel for, and in which order; each can be made to fail. The test
// program's own fsync and rename stand before those of the C library.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <vector>

namespace abode::test {

/// sync: what was written to `path`, a file or a directory, is on the disk. rename: `path` got the name `to`.
struct DiskCall {
  enum class Kind : std::uint8_t { sync, rename };
  Kind kind;
  std::filesystem::path path;
  std::filesystem::path to = {};
};

/// Watches while it lives; one at a time. Any thread may call.
class WatchedDisk {
 public:
  using Fails = std::function<bool(DiskCall const&)>;

  /// A call for which `fails` is true fails with an error of the device, and has no effect.
  explicit WatchedDisk(Fails fails = [](DiskCall const&) { return false; });
  ~WatchedDisk();
  WatchedDisk(WatchedDisk const&) = delete;
  WatchedDisk& operator=(WatchedDisk const&) = delete;

  /// Those that did not fail, oldest first.
  std::vector<DiskCall> calls() const;
  std::size_t syncs() const;
  /// Files that were renamed before they were synced. There should be none.
  std::set<std::filesystem::path> renamed_too_early() const;
  /// Whether a power cut at this moment leaves `path` to be found below `root`: each directory on the way was synced
  /// after the last change of a name in it.
  bool keeps(std::filesystem::path const& path, std::filesystem::path const& root) const;
};

}  // namespace abode::test
