// A set of the values of an enumeration, in a few bits.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <limits>

namespace abode::base {

/// Of an enumeration whose `count` values are numbered from 0 on. `Bits` is how a set is stored.
template <class Enum, std::size_t count, class Bits>
class EnumSet {
  static_assert(count < std::numeric_limits<unsigned>::digits && count <= std::numeric_limits<Bits>::digits);

 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> values) {
    for (Enum value : values) add(value);
  }
  constexpr void add(Enum value) { bits_ = static_cast<Bits>(bits_ | bit(value)); }
  constexpr void remove(Enum value) { bits_ = static_cast<Bits>(bits_ & ~bit(value)); }
  constexpr bool has(Enum value) const { return (bits_ & bit(value)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr EnumSet operator|(EnumSet other) const { return from_bits(bits_ | other.bits_); }
  constexpr EnumSet operator&(EnumSet other) const { return from_bits(bits_ & other.bits_); }
  constexpr Bits bits() const { return bits_; }
  /// Bits beyond the enumeration are left out.
  static constexpr EnumSet from_bits(unsigned bits) {
    EnumSet set;
    set.bits_ = static_cast<Bits>(bits & ((1U << count) - 1));
    return set;
  }
  bool operator==(EnumSet const&) const = default;

 private:
  static constexpr unsigned bit(Enum value) { return 1U << static_cast<unsigned>(value); }

  Bits bits_ = 0;
};

}  // namespace abode::base
