#include "app/internal/restored_log.hpp"

#include <fmt/format.h>

#include <functional>

#include "app/log_files.hpp"
#include "log/tiles.hpp"
#include "system/files.hpp"

namespace abode::app::internal {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

log::TreeHead head_of(PublishedCheckpoint const& published) {
  return {published.checkpoint.size, published.checkpoint.root};
}

result<PublishedCheckpoint> load_checkpoint(fs::path const& file, log::VerifierKey const& key) {
  auto const note = system::read_file(file, log::max_note_size_bytes);
  if (!note) return note.error();
  auto checkpoint = read_checkpoint(base::as_text(*note), key);
  if (!checkpoint)
    return fail(errc::invalid, file.string() + " is not a checkpoint of this log. " + checkpoint.error().detail);
  return checkpoint;
}

result<std::vector<log::TreeHead>> load_known(LogSources const& sources, log::VerifierKey const& key) {
  std::vector<log::TreeHead> known;
  for (fs::path const& file : sources.known_checkpoints) {
    auto const checkpoint = load_checkpoint(file, key);
    if (!checkpoint) return checkpoint.error();
    known.push_back(head_of(*checkpoint));
  }
  return known;
}

/// Where the files of the longest log at hand are, its checkpoint, and its tree.
struct Source {
  fs::path files;
  std::string checkpoint;
  log::TreeHead head;
  Regrown tree;
};

result<Source> load_source(LogSources const& sources, Manifest const& manifest, log::VerifierKey const& key,
                           std::set<std::uint64_t> const& roots_at) {
  Source source;
  source.files = sources.surviving.value_or(sources.backup / "log");
  source.head = {0, log::empty_root()};
  if (sources.surviving || !manifest.checkpoint.empty()) {
    auto checkpoint = load_checkpoint(source.files / "checkpoint", key);
    if (!checkpoint) return checkpoint.error();
    source.head = head_of(*checkpoint);
    source.checkpoint = std::move(checkpoint->note);
  }
  auto grown = regrow(*system::make_tile_files(source.files), source.head.size, roots_at);
  if (!grown) return grown.error();
  source.tree = std::move(*grown);
  if (source.tree.edge.root() != source.head.root)
    return fail(errc::corrupted, "The log in " + source.files.string() + " does not lead to its signed root.");
  return source;
}

result<void> check_reaches(Source const& source, log::TreeHead const& known) {
  if (known.size > source.head.size)
    return fail(
        errc::conflict,
        fmt::format("The log is known to have {} leaves, but here are only {}: going on from them would contradict "
                    "what was signed. Give the public files that survived (--log DIR), take a newer backup, or "
                    "begin a new log (--new-origin).",
                    known.size, source.head.size));
  auto const root = source.tree.roots.find(known.size);
  if (root == source.tree.roots.end() || root->second != known.root)
    return fail(errc::conflict,
                fmt::format("The checkpoint of {} leaves contradicts the log at hand: two histories were signed. Keep "
                            "both as evidence, and begin a new log (--new-origin).",
                            known.size));
  return {};
}

/// Whether the batch that the backup holds as pending was published after the backup.
result<bool> pending_was_published(Source const& source, log::TreeHead const& backup,
                                   std::optional<ports::Batch> const& pending) {
  if (!pending || source.head.size == backup.size) return false;
  auto const tiles = system::make_tile_files(source.files);
  log::TileHashReader leaves{source.head.size, [&](log::TileId tile) { return tiles->get(log::path_of(tile)); }};
  for (std::size_t i = 0; i < pending->leaves.size(); ++i) {
    auto const leaf = leaves({0, pending->start + i});
    if (!leaf || *leaf != log::hash_leaf(pending->leaves[i]))
      return fail(
          errc::conflict,
          "The log that survived went on with other leaves than the backup: they are not of one register. Begin "
          "a new log (--new-origin).");
  }
  return true;
}

result<RestoredLog> go_on(Source&& source, RestoredLog log, std::vector<log::TreeHead> const& known,
                          std::optional<ports::Batch> const& pending) {
  if (auto const fits = check_reaches(source, log.backup); !fits)
    return fail(errc::conflict, "The log that survived is not the one of this backup. " + fits.error().detail);
  for (log::TreeHead const& head : known)
    if (auto const fits = check_reaches(source, head); !fits) return fits.error();
  auto const published = pending_was_published(source, log.backup, pending);
  if (!published) return published.error();
  log.pending_is_in_log = *published;
  log.files = source.files;
  log.state = {source.head.size, source.tree.edge.hashes(), std::move(source.checkpoint)};
  return log;
}

}  // namespace

result<RestoredLog> choose_log(LogSources const& sources, Manifest const& manifest,
                               std::optional<ports::Batch> const& pending, log::VerifierKey const& key) {
  auto const known = load_known(sources, key);
  if (!known) return known.error();
  RestoredLog log;
  log.backup = {0, log::empty_root()};
  if (!manifest.checkpoint.empty()) {
    auto const checkpoint = read_checkpoint(manifest.checkpoint, key);
    if (!checkpoint) return checkpoint.error();
    log.backup = head_of(*checkpoint);
  }
  std::set<std::uint64_t> roots_at{log.backup.size};
  for (log::TreeHead const& head : *known) roots_at.insert(head.size);
  auto source = load_source(sources, manifest, key, roots_at);
  if (!source) return source.error();
  log.known = source->head.size > log.backup.size ? source->head : log.backup;
  for (log::TreeHead const& head : *known)
    if (head.size > log.known.size) log.known = head;
  if (sources.new_origin) return log;
  if (known->empty() && !sources.surviving)
    return fail(errc::conflict,
                "Nothing tells how far the log was published, and it must never fall behind that. Give the newest "
                "checkpoint that anybody has (--known-checkpoint FILE), the public files that survived (--log DIR), or "
                "begin a new log (--new-origin).");
  return go_on(std::move(*source), std::move(log), *known, pending);
}

}  // namespace abode::app::internal
