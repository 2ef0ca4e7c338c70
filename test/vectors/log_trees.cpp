// Proofs that hold, and proofs broken in each place; a log's tiles, and what a reader of them must find.
#include <bit>
#include <limits>
#include <map>

#include "codec/text.hpp"
#include "log/tiles.hpp"
#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"
#include "vectors/log_vectors.hpp"

namespace abode::vectors {
namespace {

using base::Hash;
using log::Proof;
using log::reference::leaf_hashes;
using log::reference::nth_leaf_hash;

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

Hash root_of(std::size_t size) {
  return log::reference::root(leaf_hashes(size));
}

std::vector<std::pair<std::string, Proof>> broken_proofs(Proof const& good) {
  std::vector<std::pair<std::string, Proof>> broken;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string const which = "hash " + std::to_string(at);
    auto const place = static_cast<std::ptrdiff_t>(at);
    for (std::size_t byte : {0u, 15u, 31u}) {
      Proof changed = good;
      changed[at][byte] ^= 1;
      broken.emplace_back(which + " flipped in byte " + std::to_string(byte), changed);
    }
    Proof changed = good;
    changed.erase(changed.begin() + place);
    broken.emplace_back(which + " left out", changed);
    changed = good;
    changed.insert(changed.begin() + place, good[at]);
    broken.emplace_back(which + " doubled", changed);
    changed = good;
    std::swap(changed[at], changed[(at + 1) % good.size()]);
    broken.emplace_back(which + " swapped with the next", changed);
    changed = good;
    changed.resize(at);
    broken.emplace_back("only " + std::to_string(at) + " hashes", changed);
  }
  Proof longer = good;
  longer.emplace_back();
  broken.emplace_back("a hash more at the end", longer);
  longer.resize(64);
  broken.emplace_back("64 hashes", longer);
  return broken;
}

struct Inclusion {
  std::uint64_t index;
  std::uint64_t size;
  Hash leaf;
  Hash root;
  Proof proof;
};

json::object to_json(std::string const& how, Inclusion const& claim) {
  auto const outcome = log::verify_inclusion(claim.index, claim.size, claim.leaf, claim.proof, claim.root);
  return {{"how", how},
          {"index", digits(claim.index)},
          {"size", digits(claim.size)},
          {"leaf", codec::to_base64(claim.leaf)},
          {"root", codec::to_base64(claim.root)},
          {"proof", hashes_of(claim.proof)},
          {"outcome", log::field_of(outcome)},
          {"detail", outcome ? "" : outcome.error().detail}};
}

void add_broken_inclusions(json::array& to, std::uint64_t index, std::size_t size) {
  Inclusion const good{index, size, nth_leaf_hash(index), root_of(size),
                       log::reference::path(index, leaf_hashes(size))};
  std::string const name = std::to_string(index) + " of " + std::to_string(size) + ": ";
  to.push_back(to_json(name + "good", good));
  for (auto const& [how, proof] : broken_proofs(good.proof)) {
    Inclusion changed = good;
    changed.proof = proof;
    to.push_back(to_json(name + how, changed));
  }
  for (std::uint64_t other : {std::uint64_t{0}, index - 1, index + 1, index ^ 1, index ^ 8, std::uint64_t{size},
                              index + (std::uint64_t{1} << 32), index + (std::uint64_t{1} << 63), largest}) {
    Inclusion changed = good;
    changed.index = other;
    to.push_back(to_json(name + "as leaf " + std::to_string(other), changed));
  }
  for (std::uint64_t other : {std::uint64_t{0}, index, index + 1, std::uint64_t{size} - 1, std::uint64_t{size} + 1,
                              std::uint64_t{size} * 2, std::uint64_t{size} << 32, largest}) {
    Inclusion changed = good;
    changed.size = other;
    to.push_back(to_json(name + "in a tree of " + std::to_string(other), changed));
  }
  Inclusion changed = good;
  changed.leaf[7] ^= 1;
  to.push_back(to_json(name + "of another leaf", changed));
  changed = good;
  changed.root[7] ^= 1;
  to.push_back(to_json(name + "to another root", changed));
}

struct Consistency {
  std::uint64_t old_size;
  std::uint64_t new_size;
  Hash old_root;
  Hash new_root;
  Proof proof;
};

json::object to_json(std::string const& how, Consistency const& claim) {
  auto const outcome =
      log::verify_consistency(claim.old_size, claim.new_size, claim.old_root, claim.new_root, claim.proof);
  return {{"how", how},
          {"old_size", digits(claim.old_size)},
          {"new_size", digits(claim.new_size)},
          {"old_root", codec::to_base64(claim.old_root)},
          {"new_root", codec::to_base64(claim.new_root)},
          {"proof", hashes_of(claim.proof)},
          {"outcome", log::field_of(outcome)},
          {"detail", outcome ? "" : outcome.error().detail}};
}

void add_broken_consistencies(json::array& to, std::uint64_t old_size, std::size_t new_size) {
  Consistency const good{old_size, new_size, root_of(old_size), root_of(new_size),
                         log::reference::subproof(old_size, leaf_hashes(new_size), true)};
  std::string const name = std::to_string(old_size) + " to " + std::to_string(new_size) + ": ";
  to.push_back(to_json(name + "good", good));
  for (auto const& [how, proof] : broken_proofs(good.proof)) {
    Consistency changed = good;
    changed.proof = proof;
    to.push_back(to_json(name + how, changed));
  }
  for (std::uint64_t other : {std::uint64_t{0}, std::uint64_t{1}, old_size - 1, old_size + 1, std::uint64_t{new_size},
                              std::uint64_t{new_size} + 1, std::uint64_t{1} << 63, largest}) {
    Consistency changed = good;
    changed.old_size = other;
    to.push_back(to_json(name + "from a size of " + std::to_string(other), changed));
    changed = good;
    changed.new_size = other;
    to.push_back(to_json(name + "to a size of " + std::to_string(other), changed));
  }
  Consistency changed = good;
  changed.old_root[3] ^= 1;
  to.push_back(to_json(name + "from another root", changed));
  changed = good;
  changed.new_root[3] ^= 1;
  to.push_back(to_json(name + "to another root", changed));
  changed = good;
  std::swap(changed.old_root, changed.new_root);
  to.push_back(to_json(name + "roots swapped", changed));
  changed = good;
  std::swap(changed.old_size, changed.new_size);
  to.push_back(to_json(name + "sizes swapped", changed));
}

void add_odd_consistencies(json::array& to) {
  Hash const empty = log::empty_root();
  to.push_back(to_json("nothing to nothing", Consistency{0, 0, empty, empty, {}}));
  to.push_back(to_json("nothing to nothing, with a hash", Consistency{0, 0, empty, empty, {empty}}));
  to.push_back(to_json("nothing to 7", Consistency{0, 7, empty, root_of(7), {}}));
  to.push_back(to_json("nothing to 7, with a hash", Consistency{0, 7, empty, root_of(7), {empty}}));
  to.push_back(to_json("nothing of another root", Consistency{0, 7, root_of(1), root_of(7), {}}));
  to.push_back(to_json("7 to 7", Consistency{7, 7, root_of(7), root_of(7), {}}));
  to.push_back(to_json("7 to 7, with a hash", Consistency{7, 7, root_of(7), root_of(7), {empty}}));
  to.push_back(to_json("7 to another 7", Consistency{7, 7, root_of(7), root_of(6), {}}));
}

void write_proofs(std::filesystem::path const& folder) {
  json::array inclusion;
  for (std::size_t size = 1; size <= 33; ++size)
    for (std::uint64_t index = 0; index < size; ++index) {
      Inclusion const good{index, size, nth_leaf_hash(index), root_of(size),
                           log::reference::path(index, leaf_hashes(size))};
      inclusion.push_back(to_json(std::to_string(index) + " of " + std::to_string(size), good));
    }
  for (auto const& [index, size] : {std::pair{41, 70}, {69, 70}, {64, 70}, {0, 70}, {0, 1}, {127, 128}})
    add_broken_inclusions(inclusion, static_cast<std::uint64_t>(index), static_cast<std::size_t>(size));
  json::array consistency;
  for (std::size_t size = 1; size <= 24; ++size)
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      Consistency const good{old_size, size, root_of(old_size), root_of(size),
                             log::reference::subproof(old_size, leaf_hashes(size), true)};
      consistency.push_back(to_json(std::to_string(old_size) + " to " + std::to_string(size), good));
    }
  for (auto const& [old_size, size] : {std::pair{41, 70}, {32, 70}, {64, 70}, {69, 70}, {1, 2}, {63, 64}})
    add_broken_consistencies(consistency, static_cast<std::uint64_t>(old_size), static_cast<std::size_t>(size));
  add_odd_consistencies(consistency);
  write(folder / "log_proofs.json", json::object{{"inclusion", inclusion}, {"consistency", consistency}});
}

/// A log that grew in steps, with all files that it ever published.
void write_tiles(std::filesystem::path const& folder) {
  std::vector<std::uint64_t> const sizes{1, 2, 7, 8, 255, 256, 257, 511, 512, 700, 65'535, 65'536, 65'537, 66'000};
  std::map<std::string, base::Bytes> files;
  std::map<std::uint64_t, Hash> roots;
  log::RightEdge edge;
  auto const reader_at = [&files](std::uint64_t size) {
    return log::TileHashReader{size, [&files](log::TileId const& tile) -> base::result<base::Bytes> {
                                 auto const found = files.find(log::path_of(tile));
                                 if (found == files.end()) return base::fail(base::errc::not_found, "no tile");
                                 return found->second;
                               }};
  };
  for (std::uint64_t const size : sizes) {
    std::vector<Hash> fresh;
    for (std::uint64_t n = edge.size(); n < size; ++n) fresh.push_back(nth_leaf_hash(n));
    auto older = reader_at(edge.size());
    auto growth = log::grow(std::move(edge), fresh, std::ref(older)).value();
    for (log::Tile& tile : growth.tiles) files[log::path_of(tile.id)] = std::move(tile.content);
    edge = std::move(growth.edge);
    roots[size] = edge.root();
  }
  json::array steps;
  std::map<std::string, base::Bytes> used;
  for (std::uint64_t const size : sizes)
    for (std::uint64_t const old_size : sizes) {
      if (old_size > size) break;
      auto const noting = [&](log::TileId const& tile) -> base::result<base::Bytes> {
        std::string const path = log::path_of(tile);
        return used[path] = files.at(path);
      };
      log::TileHashReader reader{size, noting};
      auto const proof = log::consistency_proof(old_size, size, std::ref(reader)).value();
      if (!log::RightEdge::load(old_size, std::ref(reader))) throw std::runtime_error("a tile is missing");
      steps.push_back(json::object{{"old_size", digits(old_size)},
                                   {"new_size", digits(size)},
                                   {"old_root", codec::to_base64(roots[old_size])},
                                   {"new_root", codec::to_base64(roots[size])},
                                   {"proof", hashes_of(proof)}});
    }
  json::object tiles;
  for (auto const& [path, content] : used) tiles[path] = codec::to_base64(content);
  json::array paths;
  for (log::TileId const& tile : {log::TileId{0, 0, 256}, log::TileId{0, 999, 1}, log::TileId{1, 1000, 255},
                                  log::TileId{2, 1'234'067, 256}, log::TileId{0, largest >> 8, 8}})
    paths.push_back(json::object{
        {"level", tile.level}, {"index", digits(tile.index)}, {"width", tile.width}, {"path", log::path_of(tile)}});
  write(folder / "log_tiles.json", json::object{{"paths", paths}, {"tiles", tiles}, {"steps", steps}});
}

}  // namespace

void write_log_trees(std::filesystem::path const& folder) {
  write_proofs(folder);
  write_tiles(folder);
}

}  // namespace abode::vectors
