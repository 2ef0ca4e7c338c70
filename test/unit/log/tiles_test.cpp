#include "log/tiles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::Hash;
using reference::Tree;

/// A folder of tiles. Like a log that has cleaned up, it may have only the full tile where a partial one is asked for.
struct Folder {
  std::map<TileId, base::Bytes> tiles;
  std::size_t fetches = 0;

  TileFetcher fetcher() {
    return [this](TileId id) -> base::result<base::Bytes> {
      ++fetches;
      auto found = tiles.find(id);
      if (found == tiles.end()) found = tiles.find({id.level, id.index, full_width});
      if (found == tiles.end()) return base::fail(errc::not_found, "no tile " + path_of(id));
      return found->second;
    };
  }
};

TEST(TilePath, WritesTheIndexInGroupsOfThreeDigits) {
  EXPECT_EQ(path_of(TileId{0, 1234067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(path_of(TileId{1, 0, 256}), "tile/1/000");
  EXPECT_EQ(path_of(TileId{7, 0, 3}), "tile/7/000.p/3");
  EXPECT_EQ(path_of(TileId{2, 1000, 255}), "tile/2/x001/000.p/255");
  EXPECT_EQ(path_of(EntriesId{1234067, 256}), "tile/entries/x001/x234/067");
  EXPECT_EQ(path_of(EntriesId{999, 1}), "tile/entries/999.p/1");
}

TEST(TilePath, GoesThereAndBack) {
  std::uint64_t const seed = 20261122;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random{seed};
  for (int round = 0; round < 5000; ++round) {
    auto const level = static_cast<unsigned>(random() % (max_tile_level + 1));
    std::uint64_t const largest =
        level == max_tile_level ? 0 : (std::uint64_t{1} << (8 * (max_tile_level - level))) - 1;
    TileId const tile{level, (random() >> (random() % 64)) & largest, static_cast<unsigned>(random() % 256 + 1)};
    EXPECT_EQ(parse_tile_path(path_of(tile)).value(), tile) << path_of(tile);
    EntriesId const entries{random() >> (8 + random() % 56), tile.width};
    EXPECT_EQ(parse_entries_path(path_of(entries)).value(), entries) << path_of(entries);
  }
  EXPECT_EQ(parse_tile_path("tile/0/x001/x234/067").value(), (TileId{0, 1234067, 256}));
  EXPECT_EQ(parse_tile_path("tile/0/x072/x057/x594/x037/x927/935").value().index, (std::uint64_t{1} << 56) - 1);
}

TEST(TilePath, RefusesEveryOtherWayOfWritingOne) {
  for (char const* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "/tile/0/000",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/0/1234",
                           "tile/0/x000/067",
                           "tile/0/x001/x067",
                           "tile/0/001/067",
                           "tile/0/x001x067",
                           "tile/0/x1/067",
                           "tile/0/x001//067",
                           "tile/0/X001/067",
                           "tile/0/+01",
                           "tile/0/ 01",
                           "tile/0/0a1",
                           "tile/0/000/",
                           "tile/0/000.p",
                           "tile/0/000.p/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/-1",
                           "tile/0/000.p/1/",
                           "tile/0/000.p/1.p/1",
                           "tile/0/000.p/99999999999999999999",
                           "tile/8/000",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/a/000",
                           "tile/7/001",
                           "tile/entries/000",
                           "tile/0/x072/x057/x594/x037/x927/936",
                           "tile/0/x999/x999/x999/x999/x999/x999/999",
                           "tile/0/../000",
                           "tile/0/000\n",
                           "tile/0/x001/234.P/1",
                           "tilt/0/000",
                           "tile.0/000"})
    EXPECT_EQ(parse_tile_path(path).has_error(), true) << path;
  for (char const* path : {"", "tile/entries", "tile/entries/", "tile/entries/0", "tile/entries/x000/000", "tile/0/000",
                           "tile/entries/000.p/256", "tile/entries/000.p/0", "/tile/entries/000", "tile/entries/000 ",
                           "tile/entries/x072/x057/x594/x037/x927/936"})
    EXPECT_EQ(code_of(parse_entries_path(path)), errc::malformed) << path;
}

// The example of tlog-tiles: a tree of 70,000 leaves.
TEST(NewTiles, OfAWholeTreeAreThoseOfTheSpecification) {
  auto const tiles = new_tiles(0, 70'000);
  auto const count = [&](unsigned level, bool full) {
    return std::count_if(tiles.begin(), tiles.end(),
                         [&](TileId const& tile) { return tile.level == level && (tile.width == full_width) == full; });
  };
  EXPECT_EQ(count(0, true), 273);
  EXPECT_EQ(count(1, true), 1);
  EXPECT_EQ(count(2, true), 0);
  EXPECT_EQ(tiles.size(), 277u);
  EXPECT_NE(std::find(tiles.begin(), tiles.end(), TileId{0, 273, 112}), tiles.end());
  EXPECT_NE(std::find(tiles.begin(), tiles.end(), TileId{1, 1, 17}), tiles.end());
  EXPECT_NE(std::find(tiles.begin(), tiles.end(), TileId{2, 0, 1}), tiles.end());
  EXPECT_EQ(new_tiles(0, 256), (std::vector<TileId>{{0, 0, 256}, {1, 0, 1}}));
  EXPECT_EQ(new_entries(0, 70'000).size(), 274u);
}

TEST(NewTiles, OfAGrowthAreThoseThatWereNotThere) {
  EXPECT_TRUE(new_tiles(0, 0).empty());
  EXPECT_TRUE(new_tiles(300, 300).empty());
  EXPECT_EQ(new_tiles(0, 1), (std::vector<TileId>{{0, 0, 1}}));
  EXPECT_EQ(new_tiles(1, 2), (std::vector<TileId>{{0, 0, 2}}));
  EXPECT_EQ(new_tiles(255, 256), (std::vector<TileId>{{0, 0, 256}, {1, 0, 1}}));
  EXPECT_EQ(new_tiles(256, 257), (std::vector<TileId>{{0, 1, 1}}));
  EXPECT_EQ(new_tiles(200, 600), (std::vector<TileId>{{0, 0, 256}, {0, 1, 256}, {0, 2, 88}, {1, 0, 2}}));
  EXPECT_EQ(new_tiles(65'535, 65'536), (std::vector<TileId>{{0, 255, 256}, {1, 0, 256}, {2, 0, 1}}));
  EXPECT_EQ(new_entries(200, 600), (std::vector<EntriesId>{{0, 256}, {1, 256}, {2, 88}}));
  EXPECT_TRUE(new_entries(256, 256).empty());
}

TEST(NewTiles, AtTheLargestSizesStayWithinTheLevelsThereAre) {
  std::uint64_t const huge = ~std::uint64_t{0};
  auto const tiles = new_tiles(huge - 1, huge);
  EXPECT_EQ(tiles, (std::vector<TileId>{{0, (std::uint64_t{1} << 56) - 1, 255}}));
  for (TileId const& tile : new_tiles((std::uint64_t{1} << 63) - 1, std::uint64_t{1} << 63))
    EXPECT_EQ(parse_tile_path(path_of(tile)).value(), tile);
}

/// Grows a log in batches of random sizes and checks every tile against the tree that knows all hashes.
TEST(Grow, InBatchesGivesTheTilesOfTheTreeAndReadsBackEveryHash) {
  std::uint64_t const seed = 20261123;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random{seed};
  std::size_t const size = 66'300;  // beyond 256 * 256
  Tree const tree{size};
  Folder folder;
  RightEdge edge;
  while (edge.size() < size) {
    std::size_t const batch = std::min<std::size_t>(size - edge.size(), 1 + random() % 3000);
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < batch; ++i) leaves.push_back(reference::nth_leaf_hash(edge.size() + i));
    TileHashReader older{edge.size(), folder.fetcher()};
    auto grown = grow(edge, leaves, std::ref(older)).value();
    for (Tile& tile : grown.tiles) folder.tiles[tile.id] = std::move(tile.content);
    edge = std::move(grown.edge);
  }
  EXPECT_EQ(edge, tree.edge());
  for (auto const& [id, content] : folder.tiles) {
    EXPECT_EQ(content, build_tile(id, tree.reader()).value()) << path_of(id);
    EXPECT_EQ(content.size(), id.width * 32u);
  }
  TileHashReader reader{size, folder.fetcher()};
  EXPECT_EQ(RightEdge::load(size, std::ref(reader)).value(), tree.edge());
  for (auto const& [node, hash] : tree.nodes()) {
    bool const sampled = node.level > 5 || random() % 50 == 0;
    if (!sampled) continue;
    EXPECT_EQ(reader(node).value(), hash) << node.level << "/" << node.index;
  }
}

TEST(TileHashReader, ServesProofsOfAnySizeFromTheTilesOfTheLargest) {
  std::uint64_t const seed = 20261124;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random{seed};
  std::size_t const largest = 66'000;
  Tree const tree{largest};
  auto const leaves = reference::leaf_hashes(largest);
  Folder folder;
  for (Tile& tile : grow({}, leaves, tree.reader()).value().tiles) folder.tiles[tile.id] = std::move(tile.content);

  for (int round = 0; round < 60; ++round) {
    std::uint64_t const size = round < 30 ? 257 + random() % 1000 : 65'530 + random() % 471;
    std::uint64_t const old_size = 1 + random() % size;
    std::uint64_t const index = random() % size;
    // Proofs for an earlier size read earlier partial tiles, where only the tiles of the largest tree are left.
    TileHashReader reader{largest, folder.fetcher()};
    Hash const root = RightEdge::load(size, tree.reader()).value().root();
    Hash const old_root = RightEdge::load(old_size, tree.reader()).value().root();
    auto const inclusion = inclusion_proof(index, size, std::ref(reader)).value();
    EXPECT_TRUE(verify_inclusion(index, size, leaves[index], inclusion, root)) << index << " of " << size;
    auto const consistency = consistency_proof(old_size, size, std::ref(reader)).value();
    EXPECT_TRUE(verify_consistency(old_size, size, old_root, root, consistency)) << old_size << " to " << size;
    if (inclusion.empty()) continue;
    auto changed = inclusion;
    changed[random() % changed.size()][0] ^= 0x80;
    EXPECT_EQ(field_of(verify_inclusion(index, size, leaves[index], changed, root)), "root");
  }
}

TEST(TileHashReader, TakesAFullTileForAPartialOneAndFetchesEachOnlyOnce) {
  Tree const tree{256};
  Folder folder;
  folder.tiles[{0, 0, 256}] = build_tile({0, 0, 256}, tree.reader()).value();
  TileHashReader reader{100, folder.fetcher()};
  EXPECT_EQ(reader({0, 99}).value(), reference::nth_leaf_hash(99));
  EXPECT_EQ(reader({6, 0}).value(), tree.nodes().at({6, 0}));
  EXPECT_EQ(folder.fetches, 1u);
}

TEST(TileHashReader, ForgetsTilesRatherThanKeepThemAll) {
  std::size_t const tiles = TileHashReader::max_kept + 10;
  Folder folder;
  for (std::size_t i = 0; i < tiles; ++i) folder.tiles[{0, i, 256}] = base::Bytes(8192, static_cast<std::uint8_t>(i));
  TileHashReader reader{tiles * 256, folder.fetcher()};
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < tiles; ++i) EXPECT_EQ(reader({0, i * 256}).value()[0], static_cast<std::uint8_t>(i));
  EXPECT_GT(folder.fetches, tiles);
}

TEST(TileHashReader, RefusesWhatIsNotInTheTreeAndTilesOfTheWrongLength) {
  Tree const tree{10};
  Folder folder;
  folder.tiles[{0, 0, 10}] = build_tile({0, 0, 10}, tree.reader()).value();
  TileHashReader reader{10, folder.fetcher()};
  EXPECT_TRUE(reader({1, 4}));
  EXPECT_EQ(code_of(reader({0, 10})), errc::invalid);
  EXPECT_EQ(code_of(reader({1, 5})), errc::invalid);
  EXPECT_EQ(code_of(reader({4, 0})), errc::invalid);
  EXPECT_EQ(code_of(reader({63, 0})), errc::invalid);
  EXPECT_EQ(code_of(reader({64, 0})), errc::invalid);
  TileHashReader missing{300, folder.fetcher()};
  EXPECT_EQ(code_of(missing({0, 299})), errc::not_found);
  for (std::size_t length : {0u, 1u, 319u, 321u, 352u, 8191u, 8193u}) {
    TileHashReader cut{10, [length](TileId) -> base::result<base::Bytes> { return base::Bytes(length); }};
    EXPECT_EQ(code_of(cut({0, 0})), errc::corrupted) << length;
  }
}

TEST(Grow, FailsAsItsSourceFailsAndLeavesTheEdgeAlone) {
  RightEdge const edge = Tree{10}.edge();
  auto const nothing = [](Node) -> base::result<Hash> { return base::fail(errc::unavailable, "no disk"); };
  EXPECT_EQ(code_of(grow(edge, reference::leaf_hashes(1), nothing)), errc::unavailable);
  EXPECT_EQ(edge.size(), 10u);
  EXPECT_TRUE(grow(edge, {}, nothing).value().tiles.empty());
}

TEST(Entries, GoThereAndBack) {
  std::vector<base::Bytes> const entries{{}, {1, 2, 3}, base::Bytes(65'535, 7)};
  auto const file = encode_entries(entries).value();
  EXPECT_EQ(file.size(), 3 * 2 + 3 + 65'535u);
  EXPECT_EQ(file[2], 0);
  EXPECT_EQ(file[3], 3);
  EXPECT_EQ(decode_entries(file, 3).value(), entries);
  EXPECT_TRUE(decode_entries({}, 0).value().empty());
}

TEST(Entries, RefusesWrongCountsLengthsAndSizes) {
  EXPECT_EQ(code_of(encode_entries(std::vector<base::Bytes>(257))), errc::too_large);
  EXPECT_EQ(code_of(encode_entries(std::vector(1, base::Bytes(65'536)))), errc::too_large);
  auto const file = encode_entries(std::vector<base::Bytes>{{1}, {2, 3}}).value();
  EXPECT_EQ(code_of(decode_entries(file, 1)), errc::malformed);
  EXPECT_EQ(code_of(decode_entries(file, 3)), errc::malformed);
  for (std::size_t size = 0; size < file.size(); ++size)
    EXPECT_EQ(code_of(decode_entries(base::ByteView{file}.first(size), 2)), errc::malformed) << size;
}

}  // namespace
}  // namespace abode::log
