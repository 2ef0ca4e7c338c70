#include "system/directory_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace abode::system {
namespace {

using base::errc;
using base::fail;

constexpr int closed = -1;

}  // namespace

base::result<DirectoryLock> DirectoryLock::take(std::filesystem::path const& directory) {
  int const descriptor = ::open((directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor == closed)
    return fail(errc::unavailable,
                directory.string() + " cannot be used. Check that it is there and that you may write in it.");
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return fail(errc::unavailable, "Another process uses " + directory.string() +
                                       ": is it being served? Stop that first, or choose another directory.");
  }
  return DirectoryLock{descriptor};
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, closed)) {}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ != closed) ::close(descriptor_);
}

}  // namespace abode::system
