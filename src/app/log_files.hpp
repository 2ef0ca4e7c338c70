// The public log's files, held against what they must lead to.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "log/merkle.hpp"
#include "log/note.hpp"
#include "ports/tile_files.hpp"

namespace abode::app {

/// The paths of all files that a log of this size rests on, without its checkpoint.
std::vector<std::string> log_paths(std::uint64_t size);

/// The data of one leaf, out of the largest file of entries that holds it. errc::not_found; errc::malformed for a file
/// that is damaged.
base::result<base::Bytes> leaf_at(ports::TileFiles& tiles, std::uint64_t index);

/// Hands over the leaves from `from` to before `end`, in order. errc::not_found or errc::corrupted, naming the file.
base::result<void> visit_leaves(ports::TileFiles& tiles, std::uint64_t from, std::uint64_t end,
                                std::function<void(std::uint64_t index, base::Bytes const& leaf)> const& visit);

/// A tree that was grown again from the leaves in its files.
struct Regrown {
  log::RightEdge edge;
  std::map<std::uint64_t, base::Hash> roots;  ///< by size, of the sizes that were asked for
};

/// Reads every leaf out of the files of entries, grows the tree anew and checks its tiles. errc::corrupted or
/// errc::not_found, naming the first file that is damaged or missing.
base::result<Regrown> regrow(ports::TileFiles& tiles, std::uint64_t size, std::set<std::uint64_t> const& roots_at = {});

/// A checkpoint with the signed note that says so.
struct PublishedCheckpoint {
  log::Checkpoint checkpoint;
  std::string note;
};

/// The signed checkpoint in a note. Fails as parse_note and verify_checkpoint do.
base::result<PublishedCheckpoint> read_checkpoint(std::string_view note, log::VerifierKey const& key);

}  // namespace abode::app
