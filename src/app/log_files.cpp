#include "app/log_files.hpp"

#include <array>

#include "log/tiles.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

/// Holds the tiles against the hashes that the leaves lead to, in the order in which these come.
class TileCheck {
 public:
  explicit TileCheck(ports::TileFiles& tiles) : tiles_(tiles) {}

  void add(log::Node node, base::Hash const& hash) {
    if (node.level % log::tile_height != 0) return;
    unsigned const level = node.level / log::tile_height;
    Row& row = rows_.at(level);
    base::append(row.expected, hash);
    if (row.width() == log::full_width) compare(level);
  }

  /// After the last leaf. errc::corrupted, naming the first file that is damaged or missing.
  result<void> finish() {
    for (unsigned level = 0; level < rows_.size(); ++level)
      if (rows_.at(level).width() > 0) compare(level);
    if (damage_) return *damage_;
    return {};
  }

 private:
  struct Row {
    std::uint64_t index = 0;  ///< of the tile in work
    base::Bytes expected;     ///< of it
    unsigned width() const { return static_cast<unsigned>(expected.size() / sizeof(base::Hash)); }
  };

  void compare(unsigned level) {
    Row& row = rows_.at(level);
    std::string const path = log::path_of(log::TileId{level, row.index, row.width()});
    auto const content = tiles_.get(path);
    if (!damage_ && (!content || *content != row.expected))
      damage_ = fail(errc::corrupted, path + " is not what the leaves lead to. Restore it from a backup.");
    row = {row.index + 1, {}};
  }

  ports::TileFiles& tiles_;
  std::array<Row, log::max_tile_level + 1> rows_;
  std::optional<base::Error> damage_;
};

}  // namespace

result<base::Bytes> leaf_at(ports::TileFiles& tiles, std::uint64_t index) {
  auto const place = static_cast<unsigned>(index % log::full_width);
  for (unsigned width = log::full_width; width > place; --width) {
    auto const content = tiles.get(log::path_of(log::EntriesId{index / log::full_width, width}));
    if (!content && content.error().code == errc::not_found) continue;
    if (!content) return content.error();
    auto const entries = log::decode_entries(*content, width);
    if (!entries) return entries.error();
    return (*entries)[place];
  }
  return fail(errc::not_found, "The log's files do not hold leaf " + std::to_string(index) + ".");
}

result<void> visit_leaves(ports::TileFiles& tiles, std::uint64_t from, std::uint64_t end,
                          std::function<void(std::uint64_t, base::Bytes const&)> const& visit) {
  for (log::EntriesId const& file : log::new_entries(0, end)) {
    std::uint64_t const first = file.index * log::full_width;
    if (first + file.width <= from) continue;
    std::string const path = log::path_of(file);
    auto const content = tiles.get(path);
    if (!content) return content.error();
    auto const leaves = log::decode_entries(*content, file.width);
    if (!leaves) return fail(errc::corrupted, path + " is damaged. Restore it from a backup.");
    for (std::uint64_t place = 0; place < leaves->size(); ++place)
      if (first + place >= from) visit(first + place, (*leaves)[place]);
  }
  return {};
}

std::vector<std::string> log_paths(std::uint64_t size) {
  std::vector<std::string> paths;
  for (log::TileId const& tile : log::new_tiles(0, size)) paths.push_back(log::path_of(tile));
  for (log::EntriesId const& entries : log::new_entries(0, size)) paths.push_back(log::path_of(entries));
  return paths;
}

result<Regrown> regrow(ports::TileFiles& tiles, std::uint64_t size, std::set<std::uint64_t> const& roots_at) {
  Regrown grown;
  auto const note_root = [&] {
    if (roots_at.contains(grown.edge.size())) grown.roots.emplace(grown.edge.size(), grown.edge.root());
  };
  note_root();
  TileCheck check{tiles};
  log::NodeSink const sink = [&check](log::Node node, base::Hash const& hash) { check.add(node, hash); };
  auto const read = visit_leaves(tiles, 0, size, [&](std::uint64_t, base::Bytes const& leaf) {
    grown.edge.append(log::hash_leaf(leaf), sink);
    note_root();
  });
  if (!read) return read.error();
  if (auto const sound = check.finish(); !sound) return sound.error();
  return grown;
}

result<PublishedCheckpoint> read_checkpoint(std::string_view note, log::VerifierKey const& key) {
  auto const parsed = log::parse_note(note);
  if (!parsed) return parsed.error();
  auto checkpoint = log::verify_checkpoint(*parsed, key);
  if (!checkpoint) return checkpoint.error();
  return PublishedCheckpoint{std::move(*checkpoint), std::string{note}};
}

}  // namespace abode::app
