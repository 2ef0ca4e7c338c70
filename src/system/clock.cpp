#include "system/clock.hpp"

#include <atomic>

namespace abode::system {
namespace {

class SystemClock final : public base::Clock {
 public:
  explicit SystemClock(base::Time not_before) : latest_s_(not_before.time_since_epoch().count()) {}

  base::Time now() override {
    auto const machine_s = machine_time().time_since_epoch().count();
    auto latest_s = latest_s_.load();
    while (machine_s > latest_s && !latest_s_.compare_exchange_weak(latest_s, machine_s)) {
    }
    return base::Time{std::chrono::seconds{latest_s_.load()}};
  }

 private:
  std::atomic<std::chrono::seconds::rep> latest_s_;
};

}  // namespace

base::Time machine_time() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::unique_ptr<base::Clock> make_clock(base::Time not_before) {
  return std::make_unique<SystemClock>(not_before);
}

}  // namespace abode::system
