// Texts that say by themselves what they are for and when they were made: what strangers are handed and bring back
// needs no memory of ours. The key is drawn at each start, so a restart voids all of them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace abode::service {

/// Thread-safe.
class Stamps {
 public:
  /// Both outlive it.
  Stamps(base::Clock& clock, base::Random& random);

  /// base64url, with 128 random bits in it: no two are alike. `content` can be read by whoever holds it.
  std::string make(std::uint8_t purpose, base::ByteView content = {}) const;
  /// The content. Nothing unless it was made here, for this purpose, less than `life` ago.
  std::optional<base::Bytes> read(std::uint8_t purpose, std::string_view stamp, std::chrono::seconds life) const;

 private:
  base::Clock& clock_;
  base::Random& random_;
  std::array<std::uint8_t, 32> const key_;
};

}  // namespace abode::service
