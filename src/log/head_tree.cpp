#include "log/head_tree.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/assert.hpp"
#include "digest/digest.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::fail;
using base::Hash;
using base::result;

constexpr std::uint64_t smallest_tree = 1024;

/// A hash input that is made in place: millions of them are, for one tree.
template <std::size_t Size>
class FixedInput {
 public:
  FixedInput& add(base::ByteView bytes) {
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += bytes.size();
    return *this;
  }
  FixedInput& add(std::uint64_t number) {
    for (unsigned shift = 64; shift > 0; shift -= 8) bytes_[used_++] = static_cast<std::uint8_t>(number >> (shift - 8));
    return *this;
  }
  Hash sha256() const {
    base::ensure(used_ == Size, "a hash input has its one size");
    return digest::sha256(bytes_);
  }

 private:
  std::array<std::uint8_t, Size> bytes_{};
  std::size_t used_ = 0;
};

constexpr std::string_view head_label{"\0abode/head/v1\0", 15};  // with the 0x00 of a leaf (RFC 6962)
constexpr std::size_t number_size = 8;
constexpr std::size_t hash_size = sizeof(Hash);

/// The hashes of one block's leaves.
using Block = std::array<Hash, head_block_size>;

/// The root over the first `count` of them, a power of two, at a time: `block` is used up.
Hash root_of(Block& block, std::size_t first, std::size_t count) {
  for (std::size_t width = count; width > 1; width /= 2)
    for (std::size_t i = 0; i < width / 2; ++i)
      block[first + i] = hash_children(block[first + 2 * i], block[first + 2 * i + 1]);
  return block[first];
}

Hash hash_empty(std::uint64_t epoch, EpochSeed const& seed, std::uint64_t position) {
  return hash_head(epoch, {position, 0, {}}, blind_of(seed, position));
}

}  // namespace

std::uint64_t positions_for(std::uint64_t records) {
  return std::max(smallest_tree, std::bit_ceil(2 * records));
}

Hash blind_of(EpochSeed const& seed, std::uint64_t position) {
  return FixedInput<hash_size + number_size>{}
      .add(base::ByteView{seed.reveal(base::Disclosure::to_digest)})
      .add(position)
      .sha256();
}

Hash hash_head(std::uint64_t epoch, Head const& head, Hash const& blind) {
  return FixedInput<head_label.size() + 3 * number_size + 2 * hash_size>{}
      .add(base::as_bytes(head_label))
      .add(epoch)
      .add(head.position)
      .add(base::ByteView{blind})
      .add(head.count)
      .add(base::ByteView{head.last})
      .sha256();
}

HeadTreeBuilder::HeadTreeBuilder(std::uint64_t epoch, EpochSeed const& seed, std::uint64_t positions)
    : epoch_(epoch), seed_(seed), positions_(positions) {
  base::ensure(std::has_single_bit(positions) && positions >= head_block_size, "a head tree has whole blocks");
  leaves_.reserve(positions / 2);  // no more are used
}

result<void> HeadTreeBuilder::add(Head const& head) {
  if (head.position >= positions_)
    return fail(errc::corrupted, "A record stands outside of the head tree. Run abode doctor.");
  leaves_.push_back({head.position, hash_head(epoch_, head, blind_of(seed_, head.position))});
  return {};
}

result<HeadTree> HeadTreeBuilder::finish() {
  std::sort(leaves_.begin(), leaves_.end(), [](Leaf const& a, Leaf const& b) { return a.position < b.position; });
  std::vector<Hash> roots;
  roots.reserve(positions_ >> head_block_height);
  auto next = leaves_.cbegin();
  for (std::uint64_t first = 0; first < positions_; first += head_block_size) {
    Block block;
    for (std::uint64_t i = 0; i < head_block_size; ++i) {
      bool const used = next != leaves_.cend() && next->position == first + i;
      block[i] = used ? (next++)->hash : hash_empty(epoch_, seed_, first + i);
    }
    roots.push_back(root_of(block, 0, block.size()));
  }
  if (next != leaves_.cend()) return fail(errc::corrupted, "Two records stand at one position. Run abode doctor.");
  auto growth = grow({}, roots, [](Node) -> result<Hash> { base::fatal("an empty tree has no older tiles"); });
  if (!growth) return growth.error();
  return HeadTree{growth->edge.root(), std::move(growth->tiles)};
}

result<Proof> prove_head(std::uint64_t epoch, EpochSeed const& seed, std::uint64_t positions, std::uint64_t position,
                         std::span<Head const> heads, TileFetcher const& fetch) {
  std::uint64_t const number = position >> head_block_height;
  Block leaves;
  auto head = heads.begin();
  for (std::uint64_t i = 0; i < head_block_size; ++i) {
    std::uint64_t const at = (number << head_block_height) + i;
    bool const used = head != heads.end() && head->position == at;
    leaves[i] = used ? hash_head(epoch, *head++, blind_of(seed, at)) : hash_empty(epoch, seed, at);
  }
  base::ensure(head == heads.end(), "the heads of one block, in order");
  TileHashReader above{positions >> head_block_height, fetch};
  return inclusion_proof(position, positions, [&](Node node) -> result<Hash> {
    if (node.level >= head_block_height) return above({node.level - head_block_height, node.index});
    Block block = leaves;
    std::size_t const first = (node.index << node.level) % head_block_size;
    return root_of(block, first, std::size_t{1} << node.level);
  });
}

}  // namespace abode::log
