// The thread that publishes the lists of statuses at a fixed interval, and takes up keys for proofs that were renewed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "app/assembly.hpp"
#include "app/operator_log.hpp"
#include "service/status_lists.hpp"

namespace abode::app {

class StatusKeeper {
 public:
  /// How long a published list says how things are. Longer than any interval, so that verifiers who fetch it on a
  /// schedule never stand without one.
  static constexpr std::chrono::hours list_life{24};

  /// Starts at once. Both outlive it.
  StatusKeeper(Assembly const& assembly, OperatorLog& operator_log);
  ~StatusKeeper();

 private:
  /// A list as it was published last. What is in it is packed anew only when something was added.
  struct Packed {
    std::size_t revoked = 0;
    std::string lst;
  };

  void run();
  void take_up_keys();
  base::result<void> publish();
  /// Lists that were begun since the last interval, so that no proof refers to one that is not there.
  base::result<void> publish_new();
  base::result<void> publish(service::StatusListNews const& news);
  void tell(base::result<void> const& outcome);
  bool wait(std::chrono::steady_clock::duration pause);  ///< false when it is time to stop

  Assembly const& assembly_;
  service::Context const context_;
  OperatorLog& operator_log_;
  std::map<std::uint64_t, Packed> packed_;
  std::string last_failure_;
  std::string last_key_failure_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace abode::app
