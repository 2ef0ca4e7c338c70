// The thread that puts new entries into the public log at a fixed interval, and runs the retention job.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/assembly.hpp"
#include "app/operator_log.hpp"

namespace abode::app {

class LogKeeper {
 public:
  /// Starts at once. Both outlive it.
  LogKeeper(Assembly const& assembly, OperatorLog& operator_log);
  /// Publishes what is waiting, then stops.
  ~LogKeeper();

 private:
  void run();
  void publish_waiting();
  void sweep();
  bool wait();  ///< false when it is time to stop

  Assembly const& assembly_;
  OperatorLog& operator_log_;
  service::Sequencer sequencer_;
  std::string last_failure_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace abode::app
