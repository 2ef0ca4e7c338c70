// The signals by which the system and people tell a server to stop.
#pragma once

#include <memory>

#include "http/server.hpp"

namespace abode::app {

/// Blocks SIGINT, SIGTERM and SIGHUP in this thread and those it starts from now on, so that one thread can wait for
/// them and none is interrupted; SIGPIPE is ignored. Made before any other thread.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  /// Waits for the next signal; true if it says stop, false for SIGHUP.
  bool next();
  /// Waits until one says stop.
  void wait();

 private:
  struct Set;
  std::unique_ptr<Set const> signals_;
};

/// Runs the server until a signal says stop.
void serve_until_stopped(http::Server& server, StopSignals& signals);

}  // namespace abode::app
