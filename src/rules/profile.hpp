// A jurisdiction's policy. This slice has one, built in; what it may set stays within the compiled floors.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

namespace abode::rules {

struct Office {
  std::string_view id;
  std::string_view name;
};

struct Profile {
  std::string_view name;
  bool model;  ///< without any legal effect: serves only in test mode
  std::vector<Office> offices;
  std::chrono::minutes opening_code_min;  ///< shortest life of an opening code
  std::chrono::minutes opening_code_max;
  std::chrono::minutes opening_code_default;
  std::chrono::hours session_life;

  Office const* office(std::string_view id) const;
};

// An official who misses this often within the window is blocked until it ends; the answer stays the one for a miss
// (G11).
constexpr unsigned max_opening_misses = 20;
constexpr std::chrono::hours opening_miss_window{1};

/// The profile of specimen people and specimen offices, for test mode.
Profile const& specimen_profile();

}  // namespace abode::rules
