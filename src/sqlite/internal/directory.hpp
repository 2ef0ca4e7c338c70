// The store's directory: one process at a time, and names that survive a power cut.
#pragma once

#include <filesystem>

#include "base/error.hpp"

namespace abode::sqlite::internal {

/// Holds DIRECTORY/lock against all other processes (and other stores of this one) until it goes.
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

/// Makes the directory, for its owner only, if it is absent. errc::unavailable if that fails.
base::result<void> make_directory(std::filesystem::path const& directory);

/// Makes an empty file, for its owner only, if it is absent; SQLite gives its companions the same rights. The file must
/// not be open as a database yet. errc::unavailable if that fails.
base::result<void> make_private_file(std::filesystem::path const& file);

/// Makes the content of a file durable. errc::unavailable if that fails.
base::result<void> sync_file(std::filesystem::path const& file);

/// Makes the names in the directory, and its own name, durable.
base::result<void> sync_directory(std::filesystem::path const& directory);

}  // namespace abode::sqlite::internal
