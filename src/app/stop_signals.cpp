#include "app/stop_signals.hpp"

#include <signal.h>

#include <initializer_list>
#include <thread>

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

void serve_until_stopped(http::Server& server, StopSignals& signals) {
  std::thread waiter{[&] {
    signals.wait();
    server.stop();
  }};
  server.run();
  waiter.join();
}

}  // namespace abode::app
