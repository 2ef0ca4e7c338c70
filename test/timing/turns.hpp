// Two things that must not be told apart by the time that they take (G11).
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

namespace abode::test {

/// What is timed; it leaves out of the time what only prepares it.
using Timed = std::function<std::chrono::steady_clock::duration()>;

/// How long the one takes by the median, as a multiple of the other, over 300 runs that take turns.
inline double ratio_of_medians(Timed const& one, Timed const& other) {
  auto const median = [](std::vector<std::chrono::steady_clock::duration>& times) {
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return static_cast<double>(times[times.size() / 2].count());
  };
  std::vector<std::chrono::steady_clock::duration> of_one, of_other;
  for (int i = 0; i < 300; ++i) {
    of_one.push_back(one());
    of_other.push_back(other());
  }
  return median(of_one) / median(of_other);
}

/// What must be caught is work that is done on one side only, such as one look into the store or one tag: that is 7 to
/// 9 in a hundred of a sign-in in memory. A ratio within these bounds is taken as the same time, and one of ten
/// attempts is enough, since a busy machine may spoil the others. `attempt` gives the ratio of one.
inline void expect_the_same_time(std::function<double(std::uint64_t seed)> const& attempt) {
  double ratio = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    ratio = attempt(seed);
    if (ratio > 1 / 1.04 && ratio < 1.04) return;
  }
  ADD_FAILURE() << "one takes " << ratio << " times as long as the other, and as unlike in ten attempts";
}

}  // namespace abode::test
