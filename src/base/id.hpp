// A strong type per identifier: mix-ups do not compile.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace abode::base {

/// Wraps `Rep` as an identifier of its own type. `Tag` is any type that names it.
template <class Tag, class Rep>
class Id {
 public:
  Id() = default;
  explicit Id(Rep value) : value_(std::move(value)) {}
  Rep const& value() const { return value_; }
  auto operator<=>(Id const&) const = default;

 private:
  Rep value_{};
};

/// Names a guardianship to guardian and child, and to nobody else: 16 characters of Crockford base32 from 80 random
/// bits. It is here because both the rules and the store speak of it.
using GuardianshipId = Id<struct GuardianshipTag, std::string>;

}  // namespace abode::base
