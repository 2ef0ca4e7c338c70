// The kinds of store that the contract holds for, and a directory for those that need one.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <ostream>

#include "ports/store.hpp"
#include "sqlite/store.hpp"
#include "support/temporary_directory.hpp"

namespace abode::contract {

using test::TemporaryDirectory;

struct Limits {
  std::size_t max_batch = 256;
  std::size_t max_waiting = 4096;
};

/// A way to make a store. `twice`: every use case is run, rolled back and run again.
struct Kind {
  char const* name;
  std::unique_ptr<ports::Store> (*make)(std::filesystem::path const& directory, Limits limits);
  bool twice;
};
inline std::ostream& operator<<(std::ostream& out, Kind const& kind) {
  return out << kind.name;
}

/// A test over each kind.
class StoreContract : public testing::TestWithParam<Kind> {
 protected:
  /// An empty store, in the place of the one made before.
  std::unique_ptr<ports::Store> make(Limits limits = {});

 private:
  TemporaryDirectory directory_;
};

sqlite::Meta test_meta();
/// An empty SQLite store, for tests of its own.
std::unique_ptr<ports::Store> make_sqlite(sqlite::Options options);
std::unique_ptr<ports::Store> reopen_sqlite(sqlite::Options options);

}  // namespace abode::contract
