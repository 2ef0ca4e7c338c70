#include "app/stop_signals.hpp"

#include <signal.h>

#include <initializer_list>

namespace abode::app {

struct StopSignals::Set {
  sigset_t content;
};

StopSignals::StopSignals() {
  auto signals = std::make_unique<Set>();
  sigemptyset(&signals->content);
  for (int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals->content, number);
  pthread_sigmask(SIG_BLOCK, &signals->content, nullptr);
  signal(SIGPIPE, SIG_IGN);
  signals_ = std::move(signals);
}

StopSignals::~StopSignals() = default;

bool StopSignals::next() {
  int received = 0;
  sigwait(&signals_->content, &received);
  return received != SIGHUP;
}

void StopSignals::wait() {
  while (!next()) {
  }
}

}  // namespace abode::app
