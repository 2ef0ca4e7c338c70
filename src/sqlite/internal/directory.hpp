// The store's directory: files for their owner only, and names that survive a power cut.
#pragma once

#include <filesystem>

#include "base/error.hpp"

namespace abode::sqlite::internal {

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
