#include "base/random.hpp"

#include "base/assert.hpp"

namespace abode::base {

std::uint64_t Random::below(std::uint64_t bound) {
  ensure(bound > 0, "Random::below needs a positive bound");
  std::uint64_t const reject_under = (0 - bound) % bound;  // 2^64 mod bound: the part that would bias
  for (;;) {
    std::uint64_t value = 0;
    for (std::uint8_t byte : bytes<8>()) value = value << 8 | byte;
    if (value >= reject_under) return value % bound;
  }
}

}  // namespace abode::base
