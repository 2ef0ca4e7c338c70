// What a holder can see of their own record: every entry, with proof; notices; the whole as a file to check offline.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "log/history.hpp"
#include "log/proof.hpp"
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

/// Notices, newest first, at most max_history_page.
base::result<std::vector<InboxItem>> inbox(Context const& context, ports::Snapshot& snapshot,
                                           ports::HolderSession const& session);

}  // namespace abode::service
