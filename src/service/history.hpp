// What a holder can see of their own record: every entry, with proof; notices; the whole as a file to check offline.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "log/history.hpp"
#include "log/proof.hpp"
#include "log/tiles.hpp"
#include "ports/tile_files.hpp"
#include "service/journal.hpp"
#include "service/record.hpp"

namespace abode::service {

/// Where the public log is, and under which name and key it signs.
struct PublicLog {
  ports::TileFiles& tiles;
  log::VerifierKey key;                          ///< its name is the origin
  std::vector<log::VerifierKey> witnesses = {};  ///< if any, what is shown are checkpoints that they were asked about
};

/// The newest checkpoint that is shown to anybody, a signed note; empty before the first.
std::string shown_checkpoint(PublicLog const& log, ports::Snapshot& snapshot);

struct HistoryItem {
  log::Entry entry;
  base::Hash commitment;
  bool provable;  ///< a checkpoint of the log's own covers it; with witnesses, what is shown follows in seconds
};

struct HistoryPage {
  std::vector<HistoryItem> items;       ///< newest first
  std::optional<std::uint64_t> before;  ///< ask for the next page with this; none at the end
};

constexpr std::size_t max_history_page = 100;

/// Entries with seq < before (default: all), newest first.
base::result<HistoryPage> history(Context const& context, ports::Snapshot& snapshot,
                                  ports::HolderSession const& session, std::optional<std::uint64_t> before,
                                  std::size_t limit);

/// One entry. errc::not_found.
base::result<HistoryItem> history_item(Context const& context, ports::Snapshot& snapshot,
                                       ports::HolderSession const& session, std::uint64_t seq);

/// Proves entries, as many as a page shows, against the newest shown checkpoint, whose signature is verified once and
/// whose tiles are read once. Lives no longer than `snapshot`.
class LogProver {
 public:
  /// errc::not_yet_provable before the first checkpoint.
  static base::result<LogProver> make(PublicLog const& log, ports::Snapshot& snapshot);

  /// An entry's inclusion, verified before it is handed out; `commitment` is what the store has of it. errc as
  /// inclusion_of.
  base::result<log::LeafProof> prove(ports::RecordId record, std::uint64_t seq, base::Hash const& commitment);

  log::SignedNote const& note() const { return note_; }
  log::Checkpoint const& checkpoint() const { return checkpoint_; }
  /// Not verified: hashes as the tiles have them.
  base::result<log::Proof> hashes_to_leaf(std::uint64_t index);
  base::result<log::Proof> hashes_from_size(std::uint64_t older_size);

 private:
  LogProver(ports::Snapshot& snapshot, log::SignedNote note, log::Checkpoint checkpoint, log::TileHashReader reader)
      : snapshot_(snapshot), note_(std::move(note)), checkpoint_(std::move(checkpoint)), reader_(std::move(reader)) {}

  ports::Snapshot& snapshot_;
  log::SignedNote note_;
  log::Checkpoint checkpoint_;
  log::TileHashReader reader_;
};

/// The entry's inclusion in the latest checkpoint, verified before it is handed out. errc::not_found, not_yet_provable,
/// corrupted (the log's files do not lead to the signed root).
base::result<log::LeafProof> inclusion_of(PublicLog const& log, ports::Snapshot& snapshot,
                                          ports::HolderSession const& session, std::uint64_t seq);

/// The same for a record that the caller may see this entry of.
base::result<log::LeafProof> inclusion_of(PublicLog const& log, ports::Snapshot& snapshot, ports::RecordId record,
                                          std::uint64_t seq);

/// Everything, from entry 0 on, as `abode audit` checks it.
base::result<log::Bundle> export_history(Context const& context, PublicLog const& log, ports::Snapshot& snapshot,
                                         ports::HolderSession const& session);

struct InboxItem {
  HistoryItem about;
  bool read;
};

/// Notices, newest first, at most `limit` and max_history_page.
base::result<std::vector<InboxItem>> inbox(Context const& context, ports::Snapshot& snapshot,
                                           ports::HolderSession const& session, std::size_t limit = max_history_page);

}  // namespace abode::service
