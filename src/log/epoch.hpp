// What the public log says of a closed epoch: a leaf with the root of its head tree, which binds how many entries each
// record has (design.md "Journal, log and history").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::log {

inline constexpr std::uint64_t epoch_version = 1;

/// An epoch lasts from a second, for tests, to a month.
inline constexpr std::chrono::seconds min_epoch_length{1};
inline constexpr std::chrono::seconds max_epoch_length{std::chrono::days{31}};

/// Epochs are consecutive integers from 0. One is closed late if need be, and never skipped.
struct Epoch {
  std::uint64_t version = epoch_version;
  std::uint64_t number = 0;
  base::Time time{};               ///< when it was closed; from 1970 to a month before the end of 9999
  std::chrono::seconds length{1};  ///< after which the next one is due
  std::uint64_t covered = 0;       ///< it counts the entries whose leaves are among the log's first `covered`
  std::uint64_t positions = 0;     ///< leaves of the head tree; a power of two
  base::Hash root{};               ///< of the head tree
  bool operator==(Epoch const&) const = default;
};

/// The leaf data: 0x02 and a deterministic CBOR map with the keys 0 to 6: version, number, time and length in seconds,
/// covered, positions, root.
base::Bytes leaf_of(Epoch const& epoch);
/// Empty for a leaf of another kind. errc::unsupported for another version, errc::malformed for what leaf_of does not
/// write.
base::result<std::optional<Epoch>> parse_epoch_leaf(base::ByteView leaf);

/// When the epoch after this one was due, if at `seen` it is missed: as long again and two minutes after that.
std::optional<base::Time> overdue_at(Epoch const& newest, base::Time seen);

/// What is wrong with `next` as the epoch whose leaf comes after that of `last` (none: as the first of its log); a
/// sentence, nothing if all is well. `index` is that of its leaf.
std::optional<std::string> object_to_succession(std::optional<Epoch> const& last, Epoch const& next,
                                                std::uint64_t index);

/// The head trees of so many newest epochs are kept: those of 90 days, where one lasts a day.
inline constexpr std::uint64_t kept_epochs = 90;

/// True if the tree of `epoch` may go once there is the epoch `newest`: it is neither the first nor among the newest
/// ones nor the last of its month (UTC), as `following`, the next that is kept, shows.
bool is_superfluous(Epoch const& epoch, Epoch const& following, std::uint64_t newest);

/// Numbers from `first` to `last`.
struct EpochRange {
  std::uint64_t first;
  std::uint64_t last;
  bool operator==(EpochRange const&) const = default;
};
/// Those of which a list of epochs, in ascending order, should have the one or other but does not: by is_superfluous
/// they would be kept. Of a month without any epoch it cannot tell whether there was none: it takes them for missing.
std::vector<EpochRange> missing_between(std::span<Epoch const> listed);

}  // namespace abode::log
