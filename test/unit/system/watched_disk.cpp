#include "unit/system/watched_disk.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <mutex>
#include <string>

namespace abode::test {
namespace {

namespace fs = std::filesystem;

std::mutex mutex;
bool watching = false;
WatchedDisk::Fails fails_now;
std::vector<DiskCall> noted;

/// -1 and errno for a call that is to fail. It is noted when it has been done: only then does it promise anything.
template <class Act>
int meet(DiskCall call, Act const& act) {
  {
    std::lock_guard const lock{mutex};
    if (watching && fails_now(call)) {
      errno = EIO;
      return -1;
    }
  }
  int const done = act();
  int const error = errno;
  if (done == 0) {
    std::lock_guard const lock{mutex};
    if (watching) noted.push_back(std::move(call));
  }
  errno = error;
  return done;
}

fs::path path_of(int fd) {
  std::error_code unknown;
  return fs::read_symlink("/proc/self/fd/" + std::to_string(fd), unknown);
}

}  // namespace

WatchedDisk::WatchedDisk(Fails fails) {
  std::lock_guard const lock{mutex};
  fails_now = std::move(fails);
  noted.clear();
  watching = true;
}

WatchedDisk::~WatchedDisk() {
  std::lock_guard const lock{mutex};
  watching = false;
}

std::vector<DiskCall> WatchedDisk::calls() const {
  std::lock_guard const lock{mutex};
  return noted;
}

std::size_t WatchedDisk::syncs() const {
  std::size_t count = 0;
  for (DiskCall const& call : calls()) count += call.kind == DiskCall::Kind::sync;
  return count;
}

std::set<fs::path> WatchedDisk::renamed_too_early() const {
  std::set<fs::path> early;
  std::set<fs::path> synced;
  for (DiskCall const& call : calls()) {
    if (call.kind == DiskCall::Kind::sync) synced.insert(call.path);
    if (call.kind == DiskCall::Kind::rename && !synced.contains(call.path)) early.insert(call.to);
  }
  return early;
}

bool WatchedDisk::keeps(fs::path const& path, fs::path const& root) const {
  std::set<fs::path> synced;
  for (DiskCall const& call : calls()) {
    if (call.kind == DiskCall::Kind::sync) synced.insert(call.path);
    if (call.kind == DiskCall::Kind::rename) synced.erase(call.to.parent_path());
  }
  for (fs::path at = path; at != root; at = at.parent_path())
    if (!synced.contains(at.parent_path())) return false;
  return true;
}

}  // namespace abode::test

extern "C" int fsync(int fd) {
  using namespace abode::test;
  return meet({DiskCall::Kind::sync, path_of(fd)}, [fd] { return static_cast<int>(::syscall(SYS_fsync, fd)); });
}

extern "C" int rename(char const* from, char const* to) noexcept {
  using namespace abode::test;
  return meet({DiskCall::Kind::rename, from, to}, [&] { return ::renameat(AT_FDCWD, from, AT_FDCWD, to); });
}
