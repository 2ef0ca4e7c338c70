// The tree as static files (C2SP tlog-tiles): which tiles there are, where they lie, what is in them, and how to read
// single hashes back out of them.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "log/merkle.hpp"

namespace abode::log {

inline constexpr unsigned tile_height = 8;                ///< levels of the tree in one tile
inline constexpr unsigned full_width = 1 << tile_height;  ///< hashes in a full tile, entries in a full bundle
inline constexpr unsigned max_tile_level = 7;  ///< a higher tile cannot exist in a tree of fewer than 2^64 leaves

/// One file of hashes. Hash i of it is the node {level * 8, index * 256 + i} of the tree.
struct TileId {
  unsigned level = 0;  ///< 0..max_tile_level
  std::uint64_t index = 0;
  unsigned width = full_width;  ///< 1..255 for a partial tile, 256 for a full one
  auto operator<=>(TileId const&) const = default;
};

/// One file of entries: entry i of it is leaf index * 256 + i.
struct EntriesId {
  std::uint64_t index = 0;
  unsigned width = full_width;  ///< as in TileId
  auto operator<=>(EntriesId const&) const = default;
};

/// The path below the log's prefix, without a leading slash: "tile/0/x001/x234/067" or "tile/0/x001/x234/067.p/8".
std::string path_of(TileId const& tile);
/// "tile/entries/x001/x234/067", with ".p/8" at the end if partial.
std::string path_of(EntriesId const& entries);
/// Takes exactly what path_of writes; errc::malformed otherwise.
base::result<TileId> parse_tile_path(std::string_view path);
base::result<EntriesId> parse_entries_path(std::string_view path);

/// The tiles of a tree of `new_size` that a tree of `old_size` does not have, lowest level first, partial ones
/// included. Tiles that were partial for a size between the two are not listed.
std::vector<TileId> new_tiles(std::uint64_t old_size, std::uint64_t new_size);
/// The same for the files of entries.
std::vector<EntriesId> new_entries(std::uint64_t old_size, std::uint64_t new_size);

/// The bytes of a tile: its hashes one after the other. Fails as `read` fails.
base::result<base::Bytes> build_tile(TileId const& tile, HashReader const& read);

/// A tile with its content.
struct Tile {
  TileId id;
  base::Bytes content;
};

/// What a batch of leaves does to the tree.
struct Growth {
  RightEdge edge;           ///< of the grown tree
  std::vector<Tile> tiles;  ///< to publish before the checkpoint of the grown tree
};

/// Appends the leaf hashes to the tree that ends in `edge` and builds every new tile. `older` is asked for the hashes
/// of that tree that its partial tiles hold and the new ones repeat. Fails as `older` fails.
base::result<Growth> grow(RightEdge edge, std::span<base::Hash const> leaf_hashes, HashReader const& older);

/// Fetches the content of a tile. If only the full tile is left of a partial one, its content will do as well.
using TileFetcher = std::function<base::result<base::Bytes>(TileId)>;

/// Answers hash reads (HashReader) from the tiles of a tree of one size. It keeps the tiles it has fetched, at most
/// `max_kept`, and does not check them: proofs made of them are checked against a root. Not thread-safe.
/// Being stateful it is passed by reference: `inclusion_proof(index, size, std::ref(reader))`.
class TileHashReader {
 public:
  static constexpr std::size_t max_kept = 64;

  TileHashReader(std::uint64_t size, TileFetcher fetch);

  /// errc::invalid if the node is not wholly within the tree; errc::corrupted if a tile has the wrong length; otherwise
  /// fails as the fetcher fails.
  base::result<base::Hash> operator()(Node node);

 private:
  base::result<base::Bytes*> content(TileId const& tile);

  std::uint64_t size_;
  TileFetcher fetch_;
  std::map<TileId, base::Bytes> kept_;
};

/// A file of entries: each as its length (big-endian, two bytes) and its bytes. errc::too_large for an entry over
/// 65,535 bytes or more than 256 entries.
base::result<base::Bytes> encode_entries(std::span<base::Bytes const> entries);
/// Exactly `width` entries and nothing after them; errc::malformed otherwise.
base::result<std::vector<base::Bytes>> decode_entries(base::ByteView file, unsigned width);

}  // namespace abode::log
