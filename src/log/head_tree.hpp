// The head tree of one epoch: a leaf for each position, which binds how many entries the record there has, and the last
// of them (design.md "Journal, log and history"). Between positions that are used and those that are not, and between
// records in which something happened and others, nobody can tell who has not their blinds.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "log/merkle.hpp"
#include "log/tiles.hpp"

namespace abode::log {

/// How far a record had come: no entry and a zero hash where there is none.
struct Head {
  std::uint64_t position = 0;
  std::uint64_t count = 0;  ///< of its entries
  base::Hash last{};        ///< commitment of the last of them
  bool operator==(Head const&) const = default;
};

/// The positions that a head tree has for so many records: the smallest power of two that is twice as many, and never
/// less than 1,024.
std::uint64_t positions_for(std::uint64_t records);

/// From this and its position comes the blind of each leaf of one epoch; fresh for each epoch, and never shown.
using EpochSeed = base::Secret<base::Hash>;

/// SHA-256(seed || position in 8 bytes): the blind of a leaf, which only the holder of the record there is shown.
base::Hash blind_of(EpochSeed const& seed, std::uint64_t position);

/// The hash of a leaf (RFC 6962 section 2.1): SHA-256(0x00 || "abode/head/v1" || 0x00 || epoch || position || blind ||
/// count || last), numbers in 8 bytes, big-endian.
base::Hash hash_head(std::uint64_t epoch, Head const& head, base::Hash const& blind);

/// Neighbouring leaves of a tree are kept by the root over them alone: what they say can be read again in the journal.
inline constexpr unsigned head_block_height = 6;
inline constexpr std::uint64_t head_block_size = std::uint64_t{1} << head_block_height;

/// What is kept of a tree: the tiles over the roots of its blocks, as the log has them over its leaves.
struct HeadTree {
  base::Hash root;
  std::vector<Tile> tiles;
};

/// Takes the heads of all records in any order, each position once, and makes the tree of them.
class HeadTreeBuilder {
 public:
  /// `positions`: a power of two, at least head_block_size.
  HeadTreeBuilder(std::uint64_t epoch, EpochSeed const& seed, std::uint64_t positions);

  /// errc::corrupted if the tree has no such position.
  base::result<void> add(Head const& head);
  /// errc::corrupted if two heads came for one position.
  base::result<HeadTree> finish();

 private:
  struct Leaf {
    std::uint64_t position;
    base::Hash hash;
  };
  std::uint64_t epoch_;
  EpochSeed const& seed_;
  std::uint64_t positions_;
  std::vector<Leaf> leaves_;
};

/// The proof that the leaf at `position` is in the tree of an epoch. `heads`: those of the records in its block, each
/// with the position it has, in ascending order; `fetch` gives the tiles that were kept. Fails as `fetch` does, and
/// with errc::invalid if there is no such position.
base::result<Proof> prove_head(std::uint64_t epoch, EpochSeed const& seed, std::uint64_t positions,
                               std::uint64_t position, std::span<Head const> heads, TileFetcher const& fetch);

}  // namespace abode::log
