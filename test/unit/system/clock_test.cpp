#include "system/clock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace abode::system {
namespace {

TEST(Clock, TellsTheTimeOfTheMachine) {
  auto const clock = make_clock();
  base::Time const before = machine_time();
  base::Time const now = clock->now();
  EXPECT_LE(before, now);
  EXPECT_LE(now, machine_time());
}

TEST(Clock, IsNeverBeforeWhatItWasTold) {
  base::Time const tomorrow = machine_time() + std::chrono::days{1};
  auto const clock = make_clock(tomorrow);
  EXPECT_EQ(clock->now(), tomorrow) << "the machine was set back: time stands still until it has caught up";
  EXPECT_EQ(clock->now(), tomorrow);
}

TEST(Clock, NeverRunsBackwardsForAnyThread) {
  auto const clock = make_clock();
  std::atomic<bool> backwards = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      base::Time last{};
      for (int k = 0; k < 20'000; ++k) {
        base::Time const now = clock->now();
        if (now < last) backwards = true;
        last = now;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(backwards);
}

}  // namespace
}  // namespace abode::system
