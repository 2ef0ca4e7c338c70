// A clock that stands where a test sets it, and randomness that a seed repeats.
#pragma once

#include <atomic>
#include <mutex>
#include <random>

#include "base/random.hpp"
#include "base/time.hpp"

namespace abode::test {

class ManualClock final : public base::Clock {
 public:
  explicit ManualClock(base::Time start) : seconds_(start.time_since_epoch().count()) {}

  base::Time now() override { return base::Time{std::chrono::seconds{seconds_.load()}}; }
  void set(base::Time now) { seconds_ = now.time_since_epoch().count(); }
  void pass(std::chrono::seconds time) { seconds_ += time.count(); }

 private:
  std::atomic<std::chrono::seconds::rep> seconds_;
};

class SeededRandom final : public base::Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : generator_(seed) {}

  void fill(std::span<std::uint8_t> out) override {
    std::lock_guard const lock{mutex_};
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(generator_());
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 generator_;
};

}  // namespace abode::test
