// Files that survive a power cut.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "ports/tile_files.hpp"

namespace abode::system {

/// The whole file. errc::not_found; errc::unavailable if it cannot be read; errc::too_large over `limit_bytes`.
base::result<base::Bytes> read_file(std::filesystem::path const& path, std::size_t limit_bytes);

enum class Access : std::uint8_t { everyone_reads, owner_only };

/// Writes `content` whole or not at all: a temporary file, synced, renamed over `path`, and the directory synced.
/// errc::out_of_space, or errc::unavailable with the reason.
base::result<void> write_file(std::filesystem::path const& path, base::ByteView content, Access access);

/// errc::forbidden if anyone but the owner may read or write the file, saying which command mends it.
base::result<void> require_owner_only(std::filesystem::path const& path);

/// Makes a fresh directory, open to its owner only; the last six characters of `pattern` are "XXXXXX" and are replaced.
base::result<std::filesystem::path> make_temporary_directory(std::string pattern);

/// The public log below `root`.
std::unique_ptr<ports::TileFiles> make_tile_files(std::filesystem::path root);

}  // namespace abode::system
