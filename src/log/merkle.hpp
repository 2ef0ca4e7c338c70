// The Merkle tree of the public log: hashing (RFC 6962 section 2.1), growing it, proving and checking proofs (RFC 9162
// sections 2.1.3 and 2.1.4). Nothing here keeps the whole tree: writers hold its right edge, provers read single
// hashes.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::log {

/// SHA-256(0x00 || data).
base::Hash hash_leaf(base::ByteView data);
/// SHA-256(0x01 || left || right).
base::Hash hash_children(base::Hash const& left, base::Hash const& right);
/// The root of the tree without leaves: SHA-256 of nothing.
base::Hash empty_root();

/// A perfect subtree: the one over leaves [index * 2^level, (index + 1) * 2^level). Level 0 are the leaf hashes.
struct Node {
  unsigned level = 0;  ///< 0..63
  std::uint64_t index = 0;
  auto operator<=>(Node const&) const = default;
};

/// Answers with the hash of a perfect subtree that lies wholly within the tree. A failure is handed on unchanged.
using HashReader = std::function<base::result<base::Hash>(Node)>;
/// Is told the hash of a perfect subtree as soon as its last leaf is there.
using NodeSink = std::function<void(Node, base::Hash const&)>;

/// The hashes of a proof in the order of RFC 9162: the one nearest to the leaves first.
using Proof = std::vector<base::Hash>;

/// All that is needed to go on growing a tree: its size and the roots of the perfect subtrees it falls into, largest
/// first. To store it, keep size() and hashes(); restore() takes them back.
class RightEdge {
 public:
  RightEdge() = default;  ///< the empty tree
  /// errc::corrupted if the number of hashes is not the one that `size` calls for (one per set bit).
  static base::result<RightEdge> restore(std::uint64_t size, std::vector<base::Hash> hashes);
  /// Reads the edge of an existing tree; fails as `read` fails.
  static base::result<RightEdge> load(std::uint64_t size, HashReader const& read);

  /// Adds one leaf. `completed`, if given, is called for the leaf itself and then for each subtree it fills, bottom up.
  void append(base::Hash const& leaf_hash, NodeSink const& completed = {});

  base::Hash root() const;
  std::uint64_t size() const { return size_; }
  std::vector<base::Hash> const& hashes() const { return hashes_; }
  bool operator==(RightEdge const&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<base::Hash> hashes_;
};

/// PATH(index, D[size]) of RFC 9162 section 2.1.3.1. errc::invalid if there is no such leaf.
base::result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, HashReader const& read);

/// PROOF(old_size, D[new_size]) of RFC 9162 section 2.1.4.1; empty if the sizes are equal or the old tree is empty.
/// errc::invalid if the tree would shrink.
base::result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size, HashReader const& read);

/// RFC 9162 section 2.1.3.2. errc::invalid, with field "index" (no such leaf), "proof" (too short or too long for this
/// place) or "root" (the hashes lead to another root).
base::result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, base::Hash const& leaf_hash,
                                    std::span<base::Hash const> proof, base::Hash const& root);

/// RFC 9162 section 2.1.4.2, and for the cases it leaves open: equal sizes need equal roots, an empty old tree the
/// empty root, both an empty proof. errc::invalid, with field "size" (the tree shrank), "proof" (too short or too
/// long), "old_root" or "new_root" (the hashes lead to another root).
base::result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, base::Hash const& old_root,
                                      base::Hash const& new_root, std::span<base::Hash const> proof);

}  // namespace abode::log
