// One process at a time in a directory.
#pragma once

#include <filesystem>

#include "base/error.hpp"

namespace abode::system {

/// Holds DIRECTORY/lock against all other processes (and other holders in this one) until it goes.
class DirectoryLock {
 public:
  /// errc::unavailable if somebody else holds it, or the directory cannot be written.
  static base::result<DirectoryLock> take(std::filesystem::path const& directory);

  ~DirectoryLock();
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) = delete;

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace abode::system
