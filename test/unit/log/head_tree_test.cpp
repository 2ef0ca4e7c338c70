#include "log/head_tree.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "digest/digest.hpp"
#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::Hash;
using namespace reference;

Hash filled(std::uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

constexpr std::uint64_t epoch = 42;
EpochSeed const seed{filled(0x5e)};

/// Records at places all over a tree: at both ends, side by side, alone.
std::map<std::uint64_t, Head> records(std::uint64_t positions) {
  std::map<std::uint64_t, Head> heads;
  for (std::uint64_t position : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{63}, std::uint64_t{64},
                                 std::uint64_t{700}, std::uint64_t{701}, positions / 2, positions - 1})
    heads[position] = {position, position % 5 + 1, filled(static_cast<std::uint8_t>(position))};
  return heads;
}

/// Every leaf, written down by itself.
std::vector<Hash> leaves_of(std::map<std::uint64_t, Head> const& heads, std::uint64_t positions) {
  std::vector<Hash> leaves;
  for (std::uint64_t position = 0; position < positions; ++position) {
    auto const head = heads.find(position);
    leaves.push_back(
        hash_head(epoch, head == heads.end() ? Head{position, 0, {}} : head->second, blind_of(seed, position)));
  }
  return leaves;
}

HeadTree tree_of(std::map<std::uint64_t, Head> const& heads, std::uint64_t positions, EpochSeed const& by = seed) {
  HeadTreeBuilder builder{epoch, by, positions};
  for (auto const& [position, head] : heads) EXPECT_TRUE(builder.add(head));
  return builder.finish().value();
}

TileFetcher fetcher(HeadTree const& tree) {
  return [&tree](TileId id) -> base::result<base::Bytes> {
    for (Tile const& tile : tree.tiles)
      if (tile.id == id) return tile.content;
    return base::fail(errc::not_found, "no such tile");
  };
}

std::vector<Head> block_of(std::map<std::uint64_t, Head> const& heads, std::uint64_t position) {
  std::vector<Head> block;
  for (auto const& [at, head] : heads)
    if (at / head_block_size == position / head_block_size) block.push_back(head);
  return block;
}

TEST(HeadTree, HasTwiceAsManyPositionsAsRecordsOrMore) {
  EXPECT_EQ(positions_for(0), 1024u);
  EXPECT_EQ(positions_for(512), 1024u);
  EXPECT_EQ(positions_for(513), 2048u);
  EXPECT_EQ(positions_for(1'000'000), std::uint64_t{1} << 21);
}

TEST(HeadTree, HashesALeafAsItIsWrittenDown) {
  base::Bytes input = base::to_bytes(base::as_bytes(std::string_view{"\0abode/head/v1\0", 15}));
  base::append_be(input, epoch);
  base::append_be(input, std::uint64_t{4711});
  base::append(input, filled(0xb1));
  base::append_be(input, std::uint64_t{3});
  base::append(input, filled(0xc0));
  EXPECT_EQ(hash_head(epoch, {4711, 3, filled(0xc0)}, filled(0xb1)), digest::sha256(input));
  EXPECT_EQ(hash_head(epoch, {4711, 3, filled(0xc0)}, filled(0xb1)), hash_leaf(base::ByteView{input}.subspan(1)));
}

TEST(HeadTree, IsTheTreeOfItsLeaves) {
  for (std::uint64_t positions : {1024u, 2048u, 65536u}) {
    auto const heads = records(positions);
    EXPECT_EQ(tree_of(heads, positions).root, root(leaves_of(heads, positions))) << positions;
  }
  EXPECT_EQ(tree_of({}, 1024).root, root(leaves_of({}, 1024))) << "of nobody";
}

TEST(HeadTree, TakesHeadsInAnyOrder) {
  auto const heads = records(1024);
  HeadTreeBuilder builder{epoch, seed, 1024};
  for (auto head = heads.rbegin(); head != heads.rend(); ++head) EXPECT_TRUE(builder.add(head->second));
  EXPECT_EQ(builder.finish().value().root, tree_of(heads, 1024).root);
}

TEST(HeadTree, ProvesEveryPositionUsedOrNot) {
  for (std::uint64_t positions : {1024u, 65536u}) {
    auto const heads = records(positions);
    auto const leaves = leaves_of(heads, positions);
    HeadTree const tree = tree_of(heads, positions);
    for (std::uint64_t position = 0; position < positions; position += positions == 1024 ? 1 : 9973) {
      auto const proof = prove_head(epoch, seed, positions, position, block_of(heads, position), fetcher(tree)).value();
      ASSERT_EQ(proof, path(position, leaves)) << position;
      EXPECT_TRUE(verify_inclusion(position, positions, leaves[position], proof, tree.root)) << position;
    }
  }
}

TEST(HeadTree, RefusesWhatCannotStandInIt) {
  HeadTreeBuilder builder{epoch, seed, 1024};
  EXPECT_EQ(code_of(builder.add({1024, 1, filled(1)})), errc::corrupted);
  EXPECT_TRUE(builder.add({7, 1, filled(1)}));
  EXPECT_TRUE(builder.add({7, 2, filled(2)}));
  EXPECT_EQ(code_of(builder.finish()), errc::corrupted) << "two at one position";
  HeadTree const tree = tree_of({}, 1024);
  EXPECT_EQ(code_of(prove_head(epoch, seed, 1024, 1024, {}, fetcher(tree))), errc::invalid);
  EXPECT_EQ(code_of(prove_head(epoch, seed, 1024, 0, {},
                               [](TileId) -> base::result<base::Bytes> { return base::fail(errc::unavailable, ""); })),
            errc::unavailable);
}

// A holder sees the hashes beside their own leaf: they must not tell whether anything happened there between two
// epochs, nor whether anybody is there.
TEST(HeadTree, ShowsNothingOfNeighbours) {
  auto const heads = records(1024);
  HeadTree const one = tree_of(heads, 1024);
  EpochSeed const later_seed{filled(0x5f)};
  HeadTree const later = tree_of(heads, 1024, later_seed);
  auto const before = prove_head(epoch, seed, 1024, 700, block_of(heads, 700), fetcher(one)).value();
  auto const after = prove_head(epoch, later_seed, 1024, 700, block_of(heads, 700), fetcher(later)).value();
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_NE(before[i], after[i]) << "the same, but for the blinds";
  std::set<Hash> blinds;
  for (std::uint64_t position = 0; position < 1024; ++position) blinds.insert(blind_of(seed, position));
  EXPECT_EQ(blinds.size(), 1024u);
}

}  // namespace
}  // namespace abode::log
