// What the public log says of a restore: a leaf of its own, in the clear, for monitors (design.md "Journal, log and
// history").
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::log {

inline constexpr std::uint64_t restore_notice_version = 1;

/// A tree by its size and root.
struct TreeHead {
  std::uint64_t size = 0;
  base::Hash root{};
  bool operator==(TreeHead const&) const = default;
};

/// That a register went on from a backup. What was written after `backup` and before the restore is not in it.
struct RestoreNotice {
  std::uint64_t version = restore_notice_version;
  base::Time time{};            ///< of the restore; 1970 to 9999
  std::string previous_origin;  ///< of the log that the backup is of; this log's own if it goes on
  TreeHead backup;              ///< the tree as the backup has it
  TreeHead known;               ///< the largest tree that was known at the restore; the backup's, if none is larger
  bool operator==(RestoreNotice const&) const = default;
};

/// The leaf data: 0x04 and a deterministic CBOR map with the keys 0 to 6: version, time in seconds since 1970, previous
/// origin, size and root of the backup, size and root of what was known.
base::Bytes leaf_of(RestoreNotice const& notice);
/// Empty for a leaf of another kind. errc::unsupported for another version, errc::malformed for what leaf_of does not
/// write.
base::result<std::optional<RestoreNotice>> parse_restore_leaf(base::ByteView leaf);

}  // namespace abode::log
