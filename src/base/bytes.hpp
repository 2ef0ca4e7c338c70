// Bytes, views of them, and 32-byte hashes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abode::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;
using Hash = std::array<std::uint8_t, 32>;  ///< a SHA-256 value, or a 32-byte MAC

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(ByteView view) {
  return {view.begin(), view.end()};
}
inline void append(Bytes& to, ByteView more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// Appends `value` big-endian.
template <class Unsigned>
void append_be(Bytes& to, Unsigned value) {
  for (int shift = static_cast<int>(sizeof(Unsigned)) * 8 - 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<std::uint8_t>(value >> shift));
}

/// The number that all of `bytes` are, big-endian; of at most 8.
inline std::uint64_t read_be(ByteView bytes) {
  std::uint64_t value = 0;
  for (std::uint8_t const byte : bytes) value = value << 8 | byte;
  return value;
}

/// Equality whose time does not depend on where the bytes differ. Lengths are not secret.
inline bool equal_constant_time(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
  return difference == 0;
}

}  // namespace abode::base
