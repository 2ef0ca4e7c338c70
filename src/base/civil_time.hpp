// What the clocks of a place show. It is the offices' place, from the profile: nobody else's is known (G1).
#pragma once

#include <chrono>
#include <string_view>

#include "base/time.hpp"

namespace abode::base {

/// Immutable and thread-safe.
class CivilTime {
 public:
  virtual ~CivilTime() = default;

  /// Its IANA name, such as "Europe/Berlin".
  virtual std::string_view name() const = 0;
  /// When the clocks show this on `day`. If they show it twice, the first time; if they skip it, as long after the skip
  /// as it would have been after its beginning.
  virtual Time moment_of(Date day, std::chrono::minutes since_midnight) const = 0;
  /// The day that the clocks show at `time`.
  virtual Date day_at(Time time) const = 0;
};

}  // namespace abode::base
