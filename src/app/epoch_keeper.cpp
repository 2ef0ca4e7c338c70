#include "app/epoch_keeper.hpp"

#include "service/epochs.hpp"
#include "system/process.hpp"

namespace abode::app {

EpochKeeper::EpochKeeper(Assembly const& assembly, OperatorLog& operator_log)
    : assembly_(assembly), operator_log_(operator_log) {
  thread_ = std::thread{[this] { run(); }};
}

EpochKeeper::~EpochKeeper() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void EpochKeeper::run() {
  system::yield_to_other_threads();
  while (wait()) tell(close_if_due());
}

base::result<void> EpochKeeper::close_if_due() {
  std::optional<base::Time> due;
  auto const read = assembly_.store->read([&](ports::Snapshot& snapshot) -> base::result<void> {
    auto const next = service::next_epoch_due(snapshot, assembly_.config.epoch_length);
    if (!next) return next.error();
    due = *next;
    return {};
  });
  if (!read) return read;
  if (!due || assembly_.clock->now() < *due) return {};
  return service::close_epoch(assembly_.context(), *assembly_.store, assembly_.config.epoch_length);
}

/// A failure is told once. It is tried again: an epoch is closed late, but never skipped.
void EpochKeeper::tell(base::result<void> const& closed) {
  if (!closed && !failing_)
    operator_log_.write(Event::epoch_waits, {{"kind", closed.error().code}, {"why", closed.error()}});
  if (closed && failing_) operator_log_.write(Event::epoch_goes_on);
  failing_ = !closed;
}

bool EpochKeeper::wait() {
  std::unique_lock lock{mutex_};
  return !wake_.wait_for(lock, assembly_.config.log_interval, [this] { return stopping_; });
}

}  // namespace abode::app
