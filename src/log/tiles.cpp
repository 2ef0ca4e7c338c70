#include "log/tiles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "base/assert.hpp"
#include "log/internal/text.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::Hash;
using base::result;

constexpr std::size_t hash_size_bytes = sizeof(Hash);
constexpr std::string_view tile_prefix = "tile/";
constexpr std::string_view entries_prefix = "tile/entries/";
constexpr std::string_view partial_mark = ".p/";

/// A place in one row of files: the part of a path that tiles and entries have in common.
struct Place {
  std::uint64_t index = 0;
  unsigned width = full_width;
};

/// 1234067 as "x001/x234/067", and the width after it unless it is full.
std::string format_place(Place place) {
  std::string text = fmt::format("{:03}", place.index % 1000);
  for (std::uint64_t rest = place.index / 1000; rest > 0; rest /= 1000)
    text.insert(0, fmt::format("x{:03}/", rest % 1000));
  if (place.width != full_width) text += fmt::format("{}{}", partial_mark, place.width);
  return text;
}

/// Reads the digits and leaves form aside: the caller formats the result again and compares.
std::optional<Place> read_place(std::string_view text) {
  Place place;
  if (std::size_t const mark = text.find(partial_mark); mark != std::string_view::npos) {
    auto const width = internal::parse_decimal(text.substr(mark + partial_mark.size()));
    if (!width || *width == 0 || *width >= full_width) return std::nullopt;
    place.width = static_cast<unsigned>(*width);
    text = text.substr(0, mark);
  }
  for (char c : text) {
    if (c == 'x' || c == '/') continue;
    if (c < '0' || c > '9' || place.index > std::numeric_limits<std::uint64_t>::max() / 10 - 1) return std::nullopt;
    place.index = place.index * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return place;
}

base::Error no_such_path() {
  return base::fail(errc::malformed,
                    "This is not the path of a file of the log. Write the index in groups of three digits.");
}

/// Whether a row of tiles can have this index in a tree of fewer than 2^64 leaves.
bool index_exists(unsigned level, std::uint64_t index) {
  return index >> (tile_height * (max_tile_level - level)) == 0;
}

/// The files that a row of `new_count` items has and one of `old_count` has not.
std::vector<Place> new_places(std::uint64_t old_count, std::uint64_t new_count) {
  std::vector<Place> places;
  if (old_count == new_count) return places;
  for (std::uint64_t i = old_count / full_width; i < new_count / full_width; ++i) places.push_back({i, full_width});
  auto const rest = static_cast<unsigned>(new_count % full_width);
  if (rest > 0) places.push_back({new_count / full_width, rest});
  return places;
}

Hash hash_at(base::ByteView content, std::size_t i) {
  Hash hash;
  base::ByteView const bytes = content.subspan(i * hash_size_bytes, hash_size_bytes);
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace

std::string path_of(TileId const& tile) {
  return fmt::format("{}{}/{}", tile_prefix, tile.level, format_place({tile.index, tile.width}));
}

std::string path_of(EntriesId const& entries) {
  return fmt::format("{}{}", entries_prefix, format_place({entries.index, entries.width}));
}

result<TileId> parse_tile_path(std::string_view path) {
  std::size_t const at = tile_prefix.size();
  if (path.size() <= at + 2 || path[at] < '0' || path[at] > '0' + static_cast<char>(max_tile_level))
    return no_such_path();
  auto const place = read_place(path.substr(at + 2));
  if (!place) return no_such_path();
  TileId const tile{static_cast<unsigned>(path[at] - '0'), place->index, place->width};
  if (!index_exists(tile.level, tile.index) || path_of(tile) != path) return no_such_path();
  return tile;
}

result<EntriesId> parse_entries_path(std::string_view path) {
  if (!path.starts_with(entries_prefix)) return no_such_path();
  auto const place = read_place(path.substr(entries_prefix.size()));
  if (!place) return no_such_path();
  EntriesId const entries{place->index, place->width};
  if (!index_exists(0, entries.index) || path_of(entries) != path) return no_such_path();
  return entries;
}

std::vector<TileId> new_tiles(std::uint64_t old_size, std::uint64_t new_size) {
  base::ensure(old_size <= new_size, "a log never shrinks");
  std::vector<TileId> tiles;
  for (unsigned level = 0; level <= max_tile_level; ++level) {
    unsigned const shift = level * tile_height;
    for (Place const& place : new_places(old_size >> shift, new_size >> shift))
      tiles.push_back({level, place.index, place.width});
  }
  return tiles;
}

std::vector<EntriesId> new_entries(std::uint64_t old_size, std::uint64_t new_size) {
  base::ensure(old_size <= new_size, "a log never shrinks");
  std::vector<EntriesId> entries;
  for (Place const& place : new_places(old_size, new_size)) entries.push_back({place.index, place.width});
  return entries;
}

result<base::Bytes> build_tile(TileId const& tile, HashReader const& read) {
  base::Bytes content;
  content.reserve(tile.width * hash_size_bytes);
  for (unsigned i = 0; i < tile.width; ++i) {
    auto const hash = read(Node{tile.level * tile_height, tile.index * full_width + i});
    if (!hash) return hash.error();
    base::append(content, *hash);
  }
  return content;
}

result<Growth> grow(RightEdge edge, std::span<Hash const> leaf_hashes, HashReader const& older) {
  std::map<Node, Hash> fresh;
  NodeSink const keep_tile_hashes = [&fresh](Node node, Hash const& hash) {
    if (node.level % tile_height == 0) fresh.emplace(node, hash);
  };
  HashReader const read = [&fresh, &older](Node node) -> result<Hash> {
    auto const found = fresh.find(node);
    return found != fresh.end() ? result<Hash>{found->second} : older(node);
  };

  std::uint64_t const old_size = edge.size();
  for (Hash const& leaf_hash : leaf_hashes) edge.append(leaf_hash, keep_tile_hashes);
  Growth growth{std::move(edge), {}};
  for (TileId const& id : new_tiles(old_size, growth.edge.size())) {
    auto content = build_tile(id, read);
    if (!content) return content.error();
    growth.tiles.push_back({id, std::move(*content)});
  }
  return growth;
}

namespace {

// Once a node above a tile's hashes is asked for, the tile is kept with all of them, level upon level: the proofs of a
// page share them. A batch that grows the tile asks for its hashes only.

/// Where among these the node `number` stands, `height` levels above the hashes.
std::uint64_t place_of(unsigned width, unsigned height, std::uint64_t number) {
  std::uint64_t place = number;
  for (unsigned below = 0; below < height; ++below) place += width >> below;
  return place;
}

void add_nodes_above(base::Bytes& nodes, unsigned width) {
  if (nodes.size() > width * hash_size_bytes) return;  // they are there
  for (unsigned height = 1; width >> height > 0; ++height)
    for (std::uint64_t number = 0; number < width >> height; ++number) {
      std::uint64_t const left = place_of(width, height - 1, 2 * number);
      base::append(nodes, hash_children(hash_at(nodes, left), hash_at(nodes, left + 1)));
    }
}

}  // namespace

TileHashReader::TileHashReader(std::uint64_t size, TileFetcher fetch) : size_(size), fetch_(std::move(fetch)) {}

result<Hash> TileHashReader::operator()(Node node) {
  if (node.level > 63 || node.index >= size_ >> node.level)
    return base::fail(errc::invalid, "This hash is not in a tree of this size. Ask for a proof of a later checkpoint.");
  unsigned const level = node.level / tile_height;
  unsigned const height = node.level % tile_height;  // above the hashes of the tile
  std::uint64_t const first = node.index << height;
  std::uint64_t const index = first / full_width;
  std::uint64_t const available = (size_ >> (level * tile_height)) - index * full_width;
  auto const width = static_cast<unsigned>(std::min<std::uint64_t>(available, full_width));
  auto const nodes = content({level, index, width});
  if (!nodes) return nodes.error();
  if (height > 0) add_nodes_above(**nodes, width);
  return hash_at(**nodes, place_of(width, height, (first % full_width) >> height));
}

result<base::Bytes*> TileHashReader::content(TileId const& tile) {
  if (auto const kept = kept_.find(tile); kept != kept_.end()) return &kept->second;
  auto fetched = fetch_(tile);
  if (!fetched) return fetched.error();
  if (fetched->size() != tile.width * hash_size_bytes && fetched->size() != full_width * hash_size_bytes)
    return base::fail(errc::corrupted,
                      "The tile " + path_of(tile) + " has the wrong length. Restore it from a backup.");
  fetched->resize(tile.width * hash_size_bytes);
  if (kept_.size() == max_kept) kept_.clear();
  return &kept_.emplace(tile, std::move(*fetched)).first->second;
}

result<base::Bytes> encode_entries(std::span<base::Bytes const> entries) {
  constexpr std::size_t max_size = std::numeric_limits<std::uint16_t>::max();
  if (entries.size() > full_width) return base::fail(errc::too_large, "A file of the log holds at most 256 entries.");
  base::Bytes file;
  for (base::Bytes const& entry : entries) {
    if (entry.size() > max_size) return base::fail(errc::too_large, "An entry of the log has at most 65,535 bytes.");
    base::append_be(file, static_cast<std::uint16_t>(entry.size()));
    base::append(file, entry);
  }
  return file;
}

result<std::vector<base::Bytes>> decode_entries(base::ByteView file, unsigned width) {
  std::vector<base::Bytes> entries;
  for (unsigned i = 0; i < width; ++i) {
    if (file.size() < 2) return base::fail(errc::malformed, "The file of entries is cut off. Fetch it again.");
    std::size_t const size = static_cast<std::size_t>(file[0]) << 8 | file[1];
    if (file.size() - 2 < size) return base::fail(errc::malformed, "The file of entries is cut off. Fetch it again.");
    entries.push_back(base::to_bytes(file.subspan(2, size)));
    file = file.subspan(2 + size);
  }
  if (!file.empty())
    return base::fail(errc::malformed, "The file of entries holds more than it should. Fetch it again.");
  return entries;
}

}  // namespace abode::log
