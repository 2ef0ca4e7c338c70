// The source of randomness is an argument, so that a failing test can print its seed and replay.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace abode::base {

/// Unpredictable bytes in production (a cryptographic generator), a seeded stream in tests. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  template <std::size_t N>
  std::array<std::uint8_t, N> bytes() {
    std::array<std::uint8_t, N> out;
    fill(out);
    return out;
  }
  /// Uniform in [0, bound), without modulo bias. `bound` must be positive.
  std::uint64_t below(std::uint64_t bound);
};

}  // namespace abode::base
