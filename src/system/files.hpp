// Files that survive a power cut.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "ports/status_files.hpp"
#include "ports/tile_files.hpp"
#include "ports/web_files.hpp"

namespace abode::system {

/// The whole file. errc::not_found; errc::unavailable if it cannot be read; errc::too_large over `limit_bytes`.
base::result<base::Bytes> read_file(std::filesystem::path const& path, std::size_t limit_bytes);

enum class Access : std::uint8_t { everyone_reads, owner_only };

/// Writes `content` whole or not at all: a temporary file, synced, renamed over `path`, and the directory synced.
/// errc::out_of_space, or errc::unavailable with the reason.
base::result<void> write_file(std::filesystem::path const& path, base::ByteView content, Access access);

/// Hands the content of a file to `take`, block by block. Fails as read_file does.
base::result<void> read_blocks(std::filesystem::path const& path, std::function<void(base::ByteView)> const& take);

/// Copies a file of any size, durable when it returns; `to` must not be there yet. Fails as reading and writing do.
base::result<void> copy_file(std::filesystem::path const& from, std::filesystem::path const& to, Access access);

/// Moves `from` over `to`, durably, and then overwrites what `to` was, so that it is not left on the disk.
base::result<void> replace_and_wipe(std::filesystem::path const& from, std::filesystem::path const& to);

/// Removes a file, durably; fine if it is not there. errc::unavailable with the reason.
base::result<void> remove_file(std::filesystem::path const& path);

/// Gives a file or directory its final name, durably. errc::conflict if that name is taken.
base::result<void> move_into_place(std::filesystem::path const& from, std::filesystem::path const& to);

/// Makes a directory and those above it as needed, each durable. `access` is that of the directories it makes.
base::result<void> make_directories(std::filesystem::path const& path, Access access);

/// The same, or what is there already. errc::conflict if anything is in it: what is there is never written over.
base::result<void> make_empty_directory(std::filesystem::path const& path, Access access);

/// errc::forbidden if anyone but the owner may read or write the file, saying which command mends it.
base::result<void> require_owner_only(std::filesystem::path const& path);

/// Makes a fresh directory, open to its owner only; the last six characters of `pattern` are "XXXXXX" and are replaced.
base::result<std::filesystem::path> make_temporary_directory(std::string pattern);

/// The public log below `root`.
std::unique_ptr<ports::TileFiles> make_tile_files(std::filesystem::path root);

/// Reads the built files of the web app below `folder`, for good. errc::invalid if it holds no index.html or a kind of
/// file that no web app has; errc::too_large; errc::unavailable with the reason.
base::result<std::unique_ptr<ports::WebFiles>> read_web_files(std::filesystem::path const& folder);

/// Published lists of statuses in the directory `root`, which is made when there is one.
std::unique_ptr<ports::StatusFiles> make_status_files(std::filesystem::path root);

}  // namespace abode::system
