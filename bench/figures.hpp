// What the benchmark programs have in common: they print lines "what|figure|unit", and stop at the first failure.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

inline std::string shown(double figure) {
  return figure < 1000 ? fmt::format("{:.3g}", figure) : fmt::format("{:.0f}", figure);
}

inline void print(std::string const& what, double figure, char const* unit) {
  fmt::print("{}|{}|{}\n", what, shown(figure), unit);
}

struct Spread {
  double least, median, most;
};

inline Spread spread_of(std::vector<double> figures) {
  std::sort(figures.begin(), figures.end());
  return {figures.front(), figures[figures.size() / 2], figures.back()};
}

inline void print(std::string const& what, Spread const& spread, char const* unit) {
  fmt::print("{}|{} ({} to {})|{}\n", what, shown(spread.median), shown(spread.least), shown(spread.most), unit);
}

/// Stops the benchmark at the first failure: a figure of half a run says nothing.
template <class T>
T must(abode::base::result<T> result) {
  if (!result) {
    std::cerr << result.error().detail << '\n';
    std::exit(1);
  }
  return std::move(*result);
}
inline void must(abode::base::result<void> const& result) {
  if (!result) must(abode::base::result<int>{result.error()});
}

inline double peak_memory_mib() {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

}  // namespace bench
