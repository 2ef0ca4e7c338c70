// `abode keys rotate`, and how a serving process takes part in it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/assembly.hpp"
#include "app/operator_log.hpp"
#include "cli/commands.hpp"

namespace abode::app {

/// Begins a rotation of the key-encryption key, or takes up one that was cut short, and sees it through: here if nobody
/// has the register open, else in the process that serves it. 0 when the old key is gone.
int rotate_keys(cli::RotateOptions const& options);

/// The thread of a serving process that looks for a key that is to follow, and rotates to it while requests go on.
class KeyRotator {
 public:
  static constexpr std::chrono::milliseconds interval{250};
  /// Reads that began before the last key was wrapped anew are over by then: the old key leaves memory.
  static constexpr std::chrono::seconds grace{30};

  /// Starts at once. Both outlive it.
  KeyRotator(Assembly const& assembly, OperatorLog& operator_log);
  /// Stops between two steps; the rotation goes on at the next start.
  ~KeyRotator();

 private:
  void run();
  base::result<void> rotate();
  bool stopping_after(std::chrono::milliseconds wait);

  Assembly const& assembly_;
  OperatorLog& operator_log_;
  std::optional<std::chrono::steady_clock::time_point> forget_at_;
  std::string last_failure_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace abode::app
