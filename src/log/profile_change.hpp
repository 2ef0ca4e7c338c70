// What the public log says of a change of the register's profile: a leaf of its own, in the clear, for everybody
// (design.md "Floors").
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::log {

inline constexpr std::uint64_t profile_change_version = 1;

/// That another profile will be in force.
struct ProfileChange {
  std::uint64_t version = profile_change_version;
  base::Time time{};      ///< of the announcement; 1970 or later
  base::Time in_force{};  ///< from when it decides; not before `time`, by the year 9999
  std::string name;       ///< of the profile
  base::Hash hash{};      ///< SHA-256 of its file
  bool operator==(ProfileChange const&) const = default;
};

/// The leaf data: 0x03 and a deterministic CBOR map with the keys 0 to 4: version, time and in_force in seconds since
/// 1970, name, hash.
base::Bytes leaf_of(ProfileChange const& change);
/// Empty for a leaf of another kind. errc::unsupported for another version, errc::malformed for what leaf_of does not
/// write.
base::result<std::optional<ProfileChange>> parse_profile_leaf(base::ByteView leaf);

}  // namespace abode::log
