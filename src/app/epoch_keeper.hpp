// The thread that closes epochs when they are due. It works when nobody else wants to: a tree of a million records
// takes a while.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/assembly.hpp"
#include "app/operator_log.hpp"

namespace abode::app {

class EpochKeeper {
 public:
  /// Starts at once. Both outlive it.
  EpochKeeper(Assembly const& assembly, OperatorLog& operator_log);
  /// An epoch that is being closed is closed first.
  ~EpochKeeper();

 private:
  void run();
  base::result<void> close_if_due();
  void tell(base::result<void> const& closed);
  bool wait();  ///< false when it is time to stop

  Assembly const& assembly_;
  OperatorLog& operator_log_;
  bool failing_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace abode::app
