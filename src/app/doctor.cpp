#include "app/doctor.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "app/assembly.hpp"
#include "log/entry.hpp"
#include "log/tiles.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

/// What one check found: a sentence on what is good, or the error.
using Finding = result<std::string>;

bool report(std::string_view check, Finding const& finding) {
  fmt::print("  {:<4} {:<12} {}\n", finding ? "ok" : "BAD", check, finding ? *finding : finding.error().detail);
  return finding.has_value();
}

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

/// Reads every leaf back out of the entry files, grows the tree anew and checks its tiles.
result<log::RightEdge> regrow(ports::TileFiles& tiles, std::uint64_t size) {
  log::RightEdge edge;
  TileCheck check{tiles};
  for (log::EntriesId const& file : log::new_entries(0, size)) {
    auto const content = tiles.get(log::path_of(file));
    if (!content) return content.error();
    auto const entries = log::decode_entries(*content, file.width);
    if (!entries) return entries.error();
    for (base::Bytes const& entry : *entries)
      edge.append(log::hash_leaf(entry), [&check](log::Node node, base::Hash const& hash) { check.add(node, hash); });
  }
  if (auto const sound = check.finish(); !sound) return sound.error();
  return edge;
}

Finding check_checkpoint(Assembly const& assembly, ports::LogState const& state) {
  if (state.checkpoint.empty()) return std::string{"no checkpoint yet; the first comes when the register serves"};
  auto const note = log::parse_note(state.checkpoint);
  if (!note) return note.error();
  auto const checkpoint = log::verify_checkpoint(*note, service::log_key(*assembly.signer, assembly.config.origin));
  if (!checkpoint) return checkpoint.error();
  auto const edge = regrow(*assembly.tiles, checkpoint->size);
  if (!edge) return edge.error();
  if (edge->root() != checkpoint->root || checkpoint->size != state.size)
    return fail(errc::corrupted, "The files in " + assembly.layout.log().string() +
                                     " do not lead to the signed root. Restore them from a backup.");
  return fmt::format("{} leaves lead to the signed root", checkpoint->size);
}

Finding check_public_file(Assembly const& assembly, ports::LogState const& state) {
  auto const file = assembly.tiles->get("checkpoint");
  if (!file && state.checkpoint.empty()) return std::string{"not there yet"};
  if (!file) return file.error();
  if (base::as_text(*file) != state.checkpoint)
    return std::string{"is older than the store's; the next start publishes the newest"};
  return std::string{"is the newest"};
}

/// One record: its key, the seals of its state and entries, the chain of commitments, and their leaves in the log.
result<std::uint64_t> check_record(Assembly const& assembly, ports::Snapshot& snapshot, ports::RecordId id,
                                   log::TileHashReader& leaves, std::uint64_t published) {
  auto const damaged = [&](std::string const& what) {
    return fail(errc::corrupted, fmt::format("Record {}: {}. Restore it from a backup.", id.value(), what));
  };
  auto const row = snapshot.record(id);
  auto const key = snapshot.key(id);
  if (!row || !key) return damaged("its key is missing");
  if (!assembly.sealer->intact(ports::Sealed::state, id, row->version, *key, row->sealed_state))
    return damaged("its state is damaged");
  base::Hash last{};
  for (std::uint64_t seq = 0; seq < row->entries; ++seq) {
    auto const entry = snapshot.entry(id, seq);
    if (!entry) return damaged(fmt::format("entry {} is missing", seq));
    if (!assembly.sealer->intact(ports::Sealed::entry, id, seq, *key, entry->sealed))
      return damaged(fmt::format("entry {} is damaged", seq));
    auto const index = snapshot.leaf_index(id, seq);
    if (index && *index < published) {
      auto const leaf = leaves({0, *index});
      if (!leaf) return leaf.error();
      if (*leaf != log::hash_leaf(log::leaf_of(entry->commitment)))
        return damaged(fmt::format("entry {} is not in the log at its place", seq));
    }
    last = entry->commitment;
  }
  if (last != row->last) return damaged("its last entry is not the one it names");
  return row->entries;
}

Finding check_records(Assembly const& assembly, ports::Snapshot& snapshot, std::uint64_t published) {
  log::TileHashReader leaves{published, [&](log::TileId tile) { return assembly.tiles->get(log::path_of(tile)); }};
  std::uint64_t records = 0;
  std::uint64_t entries = 0;
  ports::RecordId last{};
  constexpr std::size_t page = 1000;
  for (auto ids = snapshot.record_ids(last, page); !ids.empty(); ids = snapshot.record_ids(last, page)) {
    for (ports::RecordId id : ids) {
      auto const checked = check_record(assembly, snapshot, id, leaves, published);
      if (!checked) return checked.error();
      ++records;
      entries += *checked;
    }
    last = ids.back();
  }
  return fmt::format("{} records with {} entries: every seal is whole, every leaf in its place", records, entries);
}

}  // namespace

int doctor(cli::DoctorOptions const& options) {
  auto const assembly = open_register(options.directory);
  if (!report("opening", assembly ? Finding{"settings, keys and store fit together"} : Finding{assembly.error()}))
    return 1;
  bool well = true;
  auto const read = assembly->store->read([&](ports::Snapshot& snapshot) -> result<void> {
    ports::LogState const state = snapshot.log_state();
    bool const log_well = report("log", check_checkpoint(*assembly, state));
    well = report("checkpoint", check_public_file(*assembly, state)) && log_well;
    if (log_well) well = report("records", check_records(*assembly, snapshot, state.size)) && well;
    return {};
  });
  if (!read) well = report("store", Finding{read.error()});
  fmt::print("{}\n", well ? "All is well." : "Something is damaged: see above.");
  return well ? 0 : 1;
}

}  // namespace abode::app
