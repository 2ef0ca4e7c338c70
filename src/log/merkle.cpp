#include "log/merkle.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/assert.hpp"
#include "digest/digest.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::Hash;
using base::result;

constexpr std::uint8_t leaf_prefix[] = {0x00};
constexpr std::uint8_t node_prefix[] = {0x01};

/// The perfect subtrees that leaves [first, first + count) fall into, largest first. RFC 9162 splits a tree so that
/// `first` is always a multiple of the largest of them.
result<std::vector<Hash>> read_subtrees(std::uint64_t first, std::uint64_t count, HashReader const& read) {
  std::vector<Hash> hashes;
  while (count > 0) {
    auto const level = static_cast<unsigned>(std::bit_width(count) - 1);
    auto const hash = read(Node{level, first >> level});
    if (!hash) return hash.error();
    hashes.push_back(*hash);
    first += std::uint64_t{1} << level;
    count -= std::uint64_t{1} << level;
  }
  return hashes;
}

/// Joins perfect subtrees, largest first and at least one, into the root over all of them.
Hash join(std::span<Hash const> subtrees) {
  Hash root = subtrees.back();
  for (std::size_t i = subtrees.size() - 1; i-- > 0;) root = hash_children(subtrees[i], root);
  return root;
}

/// MTH(D[first:end]) as the proof algorithms ask for it.
result<Hash> range_hash(std::uint64_t first, std::uint64_t end, HashReader const& read) {
  auto const subtrees = read_subtrees(first, end - first, read);
  if (!subtrees) return subtrees.error();
  return join(*subtrees);
}

/// The k of RFC 9162 section 2.1.1: the largest power of two below `count`, which is at least 2.
std::uint64_t split_of(std::uint64_t count) {
  return std::bit_floor(count - 1);
}

/// Climbs from one leaf (`place`) and the last leaf (`last`) to the root, as the checks of RFC 9162 do (there: fn and
/// sn).
class Climb {
 public:
  Climb(std::uint64_t place, std::uint64_t last) : place_(place), last_(last) {}

  bool at_root() const { return last_ == 0; }
  bool is_right_child() const { return (place_ & 1) != 0; }
  /// The sibling is to the left: so it is for a right child, and for the last node of a level without a right sibling,
  /// whose next sibling is met only some levels higher.
  bool sibling_is_left() const { return is_right_child() || place_ == last_; }
  void up() {
    place_ >>= 1;
    last_ >>= 1;
  }
  /// Goes up past the levels where a last node has no sibling.
  void skip_levels_without_sibling() {
    while (!is_right_child() && place_ != 0) up();
  }

 private:
  std::uint64_t place_;
  std::uint64_t last_;
};

base::Error proof_too_long() {
  return base::fail(errc::invalid, "The proof has more hashes than its place in the tree allows.", "proof");
}
base::Error proof_too_short() {
  return base::fail(errc::invalid, "The proof has fewer hashes than its place in the tree needs.", "proof");
}

}  // namespace

Hash hash_leaf(base::ByteView data) {
  return digest::sha256({leaf_prefix, data});
}

Hash hash_children(Hash const& left, Hash const& right) {
  return digest::sha256({node_prefix, left, right});
}

Hash empty_root() {
  return digest::sha256(base::ByteView{});
}

result<RightEdge> RightEdge::restore(std::uint64_t size, std::vector<Hash> hashes) {
  if (hashes.size() != static_cast<std::size_t>(std::popcount(size)))
    return base::fail(errc::corrupted, "The stored edge of the log does not fit its size. Rebuild it from the tiles.");
  RightEdge edge;
  edge.size_ = size;
  edge.hashes_ = std::move(hashes);
  return edge;
}

result<RightEdge> RightEdge::load(std::uint64_t size, HashReader const& read) {
  auto hashes = read_subtrees(0, size, read);
  if (!hashes) return hashes.error();
  return restore(size, std::move(*hashes));
}

void RightEdge::append(Hash const& leaf_hash, NodeSink const& completed) {
  base::ensure(size_ < std::numeric_limits<std::uint64_t>::max(), "a log of 2^64 leaves");
  Node node{0, size_};
  Hash hash = leaf_hash;
  if (completed) completed(node, hash);
  while ((node.index & 1) != 0) {
    hash = hash_children(hashes_.back(), hash);
    hashes_.pop_back();
    node = Node{node.level + 1, node.index >> 1};
    if (completed) completed(node, hash);
  }
  hashes_.push_back(hash);
  ++size_;
}

Hash RightEdge::root() const {
  return size_ == 0 ? empty_root() : join(hashes_);
}

result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, HashReader const& read) {
  if (index >= size) return base::fail(errc::invalid, "The tree has no leaf of this index.", "index");
  Proof proof;
  std::uint64_t first = 0;
  std::uint64_t end = size;
  while (end - first > 1) {
    std::uint64_t const middle = first + split_of(end - first);
    bool const in_left = index < middle;
    auto const sibling = in_left ? range_hash(middle, end, read) : range_hash(first, middle, read);
    if (!sibling) return sibling.error();
    proof.push_back(*sibling);
    (in_left ? end : first) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size, HashReader const& read) {
  if (old_size > new_size)
    return base::fail(errc::invalid, "A log never shrinks. Give the smaller size first.", "size");
  Proof proof;
  if (old_size == 0) return proof;
  std::uint64_t first = 0;
  std::uint64_t end = new_size;
  while (end != old_size) {
    std::uint64_t const middle = first + split_of(end - first);
    bool const in_left = old_size <= middle;
    auto const sibling = in_left ? range_hash(middle, end, read) : range_hash(first, middle, read);
    if (!sibling) return sibling.error();
    proof.push_back(*sibling);
    (in_left ? end : first) = middle;
  }
  // The checker has the old root. Unless the old tree is itself this last subtree, its hash has to be given.
  if (first != 0) {
    auto const last = range_hash(first, end, read);
    if (!last) return last.error();
    proof.push_back(*last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, Hash const& leaf_hash,
                              std::span<Hash const> proof, Hash const& root) {
  if (index >= size) return base::fail(errc::invalid, "The tree has no leaf of this index.", "index");
  Climb climb{index, size - 1};
  Hash hash = leaf_hash;
  for (Hash const& sibling : proof) {
    if (climb.at_root()) return proof_too_long();
    if (climb.sibling_is_left()) {
      hash = hash_children(sibling, hash);
      climb.skip_levels_without_sibling();
    } else {
      hash = hash_children(hash, sibling);
    }
    climb.up();
  }
  if (!climb.at_root()) return proof_too_short();
  if (hash != root) return base::fail(errc::invalid, "The proof does not lead to the root of the tree.", "root");
  return {};
}

result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, Hash const& old_root,
                                Hash const& new_root, std::span<Hash const> proof) {
  auto const old_differs =
      base::fail(errc::invalid, "The proof does not lead to the root of the old tree.", "old_root");
  auto const new_differs =
      base::fail(errc::invalid, "The proof does not lead to the root of the new tree.", "new_root");
  if (old_size > new_size) return base::fail(errc::invalid, "The log has shrunk.", "size");
  if (old_size == 0 && old_root != empty_root()) return old_differs;
  if (old_size == new_size && old_root != new_root) return new_differs;
  if (old_size == 0 || old_size == new_size) return proof.empty() ? result<void>{} : proof_too_long();
  if (proof.empty()) return proof_too_short();

  Climb climb{old_size - 1, new_size - 1};
  while (climb.is_right_child()) climb.up();
  bool const old_is_perfect = std::has_single_bit(old_size);
  Hash old_hash = old_is_perfect ? old_root : proof.front();
  Hash new_hash = old_hash;
  for (Hash const& sibling : proof.subspan(old_is_perfect ? 0 : 1)) {
    if (climb.at_root()) return proof_too_long();
    if (climb.sibling_is_left()) {
      old_hash = hash_children(sibling, old_hash);
      new_hash = hash_children(sibling, new_hash);
      climb.skip_levels_without_sibling();
    } else {
      new_hash = hash_children(new_hash, sibling);
    }
    climb.up();
  }
  if (!climb.at_root()) return proof_too_short();
  if (old_hash != old_root) return old_differs;
  if (new_hash != new_root) return new_differs;
  return {};
}

}  // namespace abode::log
