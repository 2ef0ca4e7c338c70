// The file system under SQLite, with trouble to order: it fills up, refuses syncs, is slow, or loses power.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/bytes.hpp"

struct sqlite3_file;
struct sqlite3_vfs;

namespace abode::test {

/// What fails, and with which of SQLite's codes.
enum class DiskFault : std::uint8_t {
  full,         ///< writes: SQLITE_FULL
  write_error,  ///< writes and truncations: SQLITE_IOERR_WRITE and SQLITE_IOERR_TRUNCATE
  sync_error,   ///< syncs: SQLITE_IOERR_FSYNC
};

/// An SQLite VFS over the default one, registered under name() for as long as it lives. Thread-safe.
class FaultyVfs {
 public:
  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(FaultyVfs const&) = delete;
  FaultyVfs& operator=(FaultyVfs const&) = delete;

  std::string const& name() const { return name_; }

  /// How many writes, truncations and syncs were asked for.
  std::uint64_t operations() const { return operations_; }
  /// How many of them were refused.
  std::uint64_t refusals() const { return refusals_; }

  /// From the n-th operation from now (1 is the next) until heal(), those of the fault's kind fail on files whose name
  /// holds `on`; nothing of a failing write reaches the file.
  void fail_from(std::uint64_t n, DiskFault fault, std::string on = {});
  void heal();

  /// Every operation takes at least this long, until it is set to nothing.
  void slow_down(std::chrono::microseconds operation) { delay_us_ = operation.count(); }

  /// Writes into `directory` what a power cut would leave now: each file as it was when it was last synced.
  void write_synced_image(std::filesystem::path const& directory);

 private:
  struct File;
  struct Calls;  // SQLite's callbacks

  enum class Operation : std::uint8_t { write, truncate, sync };
  /// The code to refuse this operation with, if it is to fail.
  std::optional<int> refusal(std::string const& path, Operation operation);

  struct Trouble {
    std::uint64_t from;  ///< operation number
    DiskFault fault;
    std::string on;
  };

  std::string const name_;
  sqlite3_vfs* const real_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::atomic<std::uint64_t> operations_ = 0;
  std::atomic<std::uint64_t> refusals_ = 0;
  std::atomic<std::int64_t> delay_us_ = 0;
  std::mutex mutex_;
  std::optional<Trouble> trouble_;                       // guarded by mutex_
  std::map<std::filesystem::path, base::Bytes> synced_;  // guarded by mutex_
};

}  // namespace abode::test
