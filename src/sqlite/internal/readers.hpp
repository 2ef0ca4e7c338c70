// A few read connections, each lent to one thread at a time.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "sqlite/internal/snapshot.hpp"
#include "sqlite/store.hpp"

namespace abode::sqlite::internal {

class Readers {
 public:
  explicit Readers(Options const& options);

  /// Store::read. Waits while all connections are lent; so a `use` must not read through the store again.
  base::result<void> read(std::function<base::result<void>(ports::Snapshot&)> const& use);

 private:
  std::unique_ptr<Files> take();
  void give_back(std::unique_ptr<Files> files);

  std::mutex mutex_;
  std::condition_variable one_is_back_;
  std::vector<std::unique_ptr<Files>> free_;  // guarded by mutex_
};

}  // namespace abode::sqlite::internal
