// A Store in memory, with the semantics of a real one (test/contract holds it to them): its own writer thread, batches,
// savepoints, snapshots. For fast tests.
#pragma once

#include <cstddef>
#include <memory>

#include "ports/store.hpp"

namespace abode::test {

struct MemoryStoreOptions {
  std::size_t max_batch = 256;     ///< use cases that become visible together
  std::size_t max_waiting = 4096;  ///< use cases that may wait; more are answered errc::busy
};

std::unique_ptr<ports::Store> make_memory_store(MemoryStoreOptions options = {});

}  // namespace abode::test
