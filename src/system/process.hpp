// Processes: this one, and others of this program, which the demonstration and the tests start, watch and kill.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace abode::system {

/// Killed (SIGKILL) and reaped when it goes out of scope.
class ChildProcess {
 public:
  /// Starts `command` (a path, then arguments). Its standard output can be read line by line, its standard error is
  /// kept in a file and shown by errors().
  static base::result<ChildProcess> start(std::vector<std::string> const& command);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  /// The next line of its standard output; none at its end or after `timeout`.
  std::optional<std::string> read_line(std::chrono::milliseconds timeout);
  /// All of its standard error so far.
  std::string errors() const;
  /// Its process id, for sending it a signal.
  int id() const { return pid_; }
  /// Ends it at once, as a power cut would (SIGKILL).
  void kill_at_once();
  /// Asks it to stop (SIGTERM) and waits; its exit status, or 128 + signal.
  int stop();
  /// Waits for it to end by itself; its exit status, or 128 + signal.
  int wait();

 private:
  ChildProcess(int pid, int output, int errors) : pid_(pid), output_(output), errors_(errors) {}
  void release();

  int pid_ = -1;
  int output_ = -1;
  int errors_ = -1;
  std::string waiting_;
};

/// Memory of this process that is in use, in bytes; 0 if the system does not say.
std::uint64_t resident_bytes();

/// From now on this thread works only when no other wants to.
void yield_to_other_threads();

/// The path of the running program.
std::string own_path();

/// From now on, what this process writes is its owner's only, unless said otherwise, and a crash leaves no core file
/// with keys in it.
void protect_process();

}  // namespace abode::system
