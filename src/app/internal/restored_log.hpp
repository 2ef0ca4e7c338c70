// With which log a restored register goes on.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/backup_manifest.hpp"
#include "log/note.hpp"
#include "log/restore_notice.hpp"
#include "ports/rows.hpp"

namespace abode::app::internal {

/// What is known of the log besides the backup.
struct LogSources {
  std::filesystem::path backup;                          ///< the backup of the data
  std::optional<std::filesystem::path> surviving;        ///< a directory with the log's public files
  std::vector<std::filesystem::path> known_checkpoints;  ///< files with signed checkpoints
  bool new_origin = false;
};

/// The log to go on from.
struct RestoredLog {
  log::TreeHead backup;            ///< the tree as the backup has it
  log::TreeHead known;             ///< the largest tree that is known
  ports::LogState state;           ///< to go on from; empty if the log begins anew
  std::filesystem::path files;     ///< where its files are
  bool pending_is_in_log = false;  ///< the batch that was pending in the backup is in `state`
};

/// The log never goes on below the largest tree that is known. errc::conflict, saying what to do, if the sources do not
/// reach up to it, contradict each other, or tell nothing of it; errc::corrupted if files do not lead to their signed
/// root.
base::result<RestoredLog> choose_log(LogSources const& sources, Manifest const& manifest,
                                     std::optional<ports::Batch> const& pending, log::VerifierKey const& key);

}  // namespace abode::app::internal
