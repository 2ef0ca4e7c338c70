#include "app/log_keeper.hpp"

#include <fmt/format.h>

namespace abode::app {
namespace {

constexpr std::chrono::minutes sweep_interval{1};
constexpr std::size_t sweep_limit = 1000;

}  // namespace

LogKeeper::LogKeeper(Assembly const& assembly) : assembly_(assembly), sequencer_(assembly.sequencer()) {
  thread_ = std::thread{[this] { run(); }};
}

LogKeeper::~LogKeeper() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LogKeeper::run() {
  do {
    publish_waiting();
    sweep();
  } while (wait());
  publish_waiting();
}

/// A failure is told once and tried again at the next interval: entries wait in the store, nothing is lost.
void LogKeeper::publish_waiting() {
  for (;;) {
    auto const more = sequencer_.step();
    if (!more && more.error().detail != last_failure_) {
      last_failure_ = more.error().detail;
      fmt::print(stderr, "abode: the public log waits: {}\n", last_failure_);
    }
    if (more) last_failure_.clear();
    if (!more || !*more) return;
  }
}

void LogKeeper::sweep() {
  base::Time const now = assembly_.clock->now();
  if (now < next_sweep_) return;
  next_sweep_ = now + sweep_interval;
  auto const swept = assembly_.store->write_and_wait([now](ports::Transaction& transaction) -> base::result<void> {
    transaction.sweep(now, sweep_limit);
    return {};
  });
  if (!swept) fmt::print(stderr, "abode: expired rows stay for now: {}\n", swept.error().detail);
}

bool LogKeeper::wait() {
  std::unique_lock lock{mutex_};
  return !wake_.wait_for(lock, assembly_.config.log_interval, [this] { return stopping_; });
}

}  // namespace abode::app
