// What is in a backup: a directory with the files that its manifest lists, each with its SHA-256.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::app {

inline constexpr std::int64_t backup_format = 1;
inline constexpr char const* manifest_name = "manifest";

/// Data and wrapped keys are never in one backup, and key files in none (G10).
enum class BackupKind : std::uint8_t {
  data,  ///< abode.db, the settings and the public log
  keys,  ///< keys.db: the wrapped keys
};

/// How long a backup of keys may be kept: what is erased must be gone from everywhere within this time (G10).
constexpr std::chrono::days keys_backup_life{30};

struct BackupFile {
  std::string path;  ///< below the backup's directory
  std::uint64_t size_bytes = 0;
  base::Hash sha256{};
};

struct Manifest {
  BackupKind kind = BackupKind::data;
  std::string mode;
  std::string origin;
  base::Time made_at;
  std::uint64_t log_size = 0;  ///< of data: leaves in the log
  std::string checkpoint;      ///< of data: the signed note of that size; empty if none was signed yet
  std::vector<BackupFile> files;
};

/// Two lines: the second is the SHA-256 of the first, in hex. The first is JSON (RFC 8259) with the members `format`
/// (1), `kind` ("data", "keys"), `mode`, `origin`, `made_at` (RFC 3339), `log_size` (decimal digits), `checkpoint`, and
/// `files`: objects of `path`, `size` (decimal digits), `sha256` (hex).
std::string format_manifest(Manifest const& manifest);
/// Strict. errc::malformed, errc::invalid with the member; errc::unsupported for another format.
base::result<Manifest> parse_manifest(std::string_view text);

/// Size and hash of a file of a backup in work.
base::result<BackupFile> describe(std::filesystem::path const& root, std::string const& path);

/// Reads the manifest and every file that it lists. errc::corrupted, naming the file that is damaged, missing or not
/// listed.
base::result<Manifest> verify_backup(std::filesystem::path const& backup, BackupKind kind);
base::result<Manifest> verify_backup(std::filesystem::path const& backup);

}  // namespace abode::app
