// The Store port over SQLite: one directory, one process, one writer thread.
//
//   DIRECTORY/abode.db   the data; everything about a person in it is sealed
//   DIRECTORY/keys.db    the wrapped per-person keys, apart from the data (G10)
//   DIRECTORY/lock       held for as long as the store is open
//
// Both files are in WAL mode with synchronous=FULL. The writer takes the use cases that wait at the same moment, runs
// one after the other, and commits them together; the commit is durable before anyone hears of it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "base/error.hpp"
#include "ports/store.hpp"

namespace abode::sqlite {

/// What a store is, written once when it is created.
struct Meta {
  std::string mode;       ///< "test" or "live"; a store of one mode is never served as the other
  std::string origin;     ///< of its log
  base::Bytes key_check;  ///< lets the caller tell whether it holds the right keys; not compared here
};

struct Options {
  std::filesystem::path directory;
  std::string vfs = {};                  ///< name of a registered SQLite VFS; empty for the system's own
  std::size_t max_batch = 256;           ///< use cases under one commit
  std::size_t max_waiting = 4096;        ///< use cases that may wait for the writer; more are answered errc::busy
  unsigned readers = 4;                  ///< snapshots at the same time; more wait
  std::size_t cache_kib = 65536;         ///< page cache of the writer for the data; a quarter more for the keys
  std::size_t checkpoint_frames = 1000;  ///< pages in a write-ahead log before they are moved into the database
  /// Called when it cannot be known whether a commit is durable. After it returns (in tests), the store answers
  /// errc::unavailable to everything.
  std::function<void(std::string_view why)> on_unknown_outcome = [](std::string_view why) { base::fatal(why); };
};

/// A new, empty store; its directory is made if absent. errc::conflict if a store is there already, errc::unavailable
/// if another process uses the directory. A creation that was cut short is finished by creating again.
base::result<std::unique_ptr<ports::Store>> create(Options options, Meta const& meta);

/// The store in `options.directory`. errc::not_found if there is none, errc::conflict if it is of another mode or
/// origin, errc::unsupported if another version of the program made it, errc::unavailable if another process uses it,
/// errc::corrupted if a file is damaged. Work that a crash cut off is rolled back here.
base::result<std::unique_ptr<ports::Store>> open(Options options, Meta const& expected);

/// What the store in `directory` is. Also while it is open. errc::not_found if there is none.
base::result<Meta> read_meta(std::filesystem::path const& directory);

}  // namespace abode::sqlite
