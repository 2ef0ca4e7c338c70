#include "app/log_keeper.hpp"

#include "service/retention.hpp"

namespace abode::app {
namespace {

constexpr std::size_t sweep_limit = 2000;  ///< rows of a kind in one interval: far more than come in one

}  // namespace

LogKeeper::LogKeeper(Assembly const& assembly, OperatorLog& operator_log)
    : assembly_(assembly), operator_log_(operator_log), sequencer_(assembly.sequencer()) {
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

/// One batch an interval, or several full ones: never a small one early, whose time would tell more than it should. A
/// failure is told once and tried again at the next interval: entries wait in the store, nothing is lost.
void LogKeeper::publish_waiting() {
  auto published = sequencer_.step();
  while (published && *published == service::Sequencer::max_batch) published = sequencer_.step();
  if (!published && published.error().detail != last_failure_) {
    last_failure_ = published.error().detail;
    operator_log_.write(Event::log_waits, {{"kind", published.error().code}, {"why", published.error()}});
  }
  if (published && !last_failure_.empty()) {
    last_failure_.clear();
    operator_log_.write(Event::log_goes_on);
  }
}

void LogKeeper::sweep() {
  auto const swept =
      assembly_.store->write_and_wait([context = assembly_.context()](ports::Transaction& t) -> base::result<void> {
        service::keep_retention(context, t, sweep_limit);
        return {};
      });
  if (!swept) operator_log_.write(Event::sweep_waits, {{"kind", swept.error().code}, {"why", swept.error()}});
}

bool LogKeeper::wait() {
  std::unique_lock lock{mutex_};
  return !wake_.wait_for(lock, assembly_.config.log_interval, [this] { return stopping_; });
}

}  // namespace abode::app
