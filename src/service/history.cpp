#include "service/history.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "service/epochs.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

base::Error missing_key() {
  return fail(errc::corrupted, "The key of this record is missing. Tell the operator to run abode doctor.");
}

base::Error no_such_entry() {
  return fail(errc::not_found, "There is no such entry in your record. Look it up in your history and try again.");
}

base::result<HistoryItem> item_of(Context const& context, ports::Snapshot& snapshot, ports::EntryRow const& row,
                                  ports::WrappedKey const& key, ports::Grant const& grant, std::uint64_t published) {
  auto opened = open_entry(context, row, key, grant);
  if (!opened) return opened.error();
  auto const index = snapshot.leaf_index(row.record, row.seq);
  return HistoryItem{std::move(opened->entry), row.commitment, index && *index < published};
}

/// Adds to the bundle the first checkpoint with a quorum that held the leaf, unless it is `last`, added for one before.
base::result<void> add_seen(log::Bundle& bundle, std::uint64_t& last, ports::Snapshot& snapshot, std::uint64_t index,
                            LogProver& prover) {
  auto const first = snapshot.first_quorum_over(index);
  if (!first || first->size == last || first->size > prover.checkpoint().size) return {};
  last = first->size;
  auto proof = prover.hashes_from_size(first->size);
  if (!proof) return proof.error();
  bundle.seen.push_back({first->checkpoint, std::move(*proof)});
  return {};
}

}  // namespace

std::string shown_checkpoint(PublicLog const& log, ports::Snapshot& snapshot) {
  if (log.witnesses.empty()) return snapshot.log_state().checkpoint;
  auto const published = snapshot.published();
  return published ? published->checkpoint : std::string{};
}

base::result<HistoryPage> history(Context const& context, ports::Snapshot& snapshot,
                                  ports::HolderSession const& session, std::optional<std::uint64_t> before,
                                  std::size_t limit) {
  auto const key = snapshot.key(session.record());
  if (!key) return missing_key();
  std::uint64_t const published = snapshot.log_state().size;
  auto const from = before.value_or(std::numeric_limits<std::int64_t>::max());
  HistoryPage page;
  for (auto const& row :
       snapshot.entries(session.record(), from, std::clamp<std::size_t>(limit, 1, max_history_page))) {
    auto item = item_of(context, snapshot, row, *key, session.grant(), published);
    if (!item) return item.error();
    page.items.push_back(std::move(*item));
  }
  if (!page.items.empty() && page.items.back().entry.seq > 0) page.before = page.items.back().entry.seq;
  return page;
}

base::result<HistoryItem> history_item(Context const& context, ports::Snapshot& snapshot,
                                       ports::HolderSession const& session, std::uint64_t seq) {
  auto const key = snapshot.key(session.record());
  if (!key) return missing_key();
  auto const row = snapshot.entry(session.record(), seq);
  if (!row) return no_such_entry();
  return item_of(context, snapshot, *row, *key, session.grant(), snapshot.log_state().size);
}

base::result<log::LeafProof> inclusion_of(PublicLog const& log, ports::Snapshot& snapshot,
                                          ports::HolderSession const& session, std::uint64_t seq) {
  return inclusion_of(log, snapshot, session.record(), seq);
}

base::result<LogProver> LogProver::make(PublicLog const& log, ports::Snapshot& snapshot) {
  std::string const shown = shown_checkpoint(log, snapshot);
  if (shown.empty()) return fail(errc::not_yet_provable, "The log has no checkpoint yet. Try again in a few seconds.");
  auto note = log::parse_note(shown);
  if (!note) return note.error();
  auto checkpoint = log::verify_checkpoint(*note, log.key);
  if (!checkpoint) return checkpoint.error();
  log::TileFetcher fetch = [&tiles = log.tiles](log::TileId tile) { return tiles.get(log::path_of(tile)); };
  std::uint64_t const size = checkpoint->size;
  return LogProver{snapshot, std::move(*note), std::move(*checkpoint), log::TileHashReader{size, std::move(fetch)}};
}

base::result<log::LeafProof> LogProver::prove(ports::RecordId record, std::uint64_t seq, base::Hash const& commitment) {
  auto const index = snapshot_.leaf_index(record, seq);
  if (!index || *index >= checkpoint_.size)
    return fail(errc::not_yet_provable,
                "This entry is written, but the next checkpoint is not out. Try again in a few seconds.");
  auto hashes = hashes_to_leaf(*index);
  if (!hashes) return hashes.error();
  auto const leaf = log::hash_leaf(log::leaf_of(commitment));
  if (!log::verify_inclusion(*index, checkpoint_.size, leaf, *hashes, checkpoint_.root))
    return fail(errc::corrupted,
                "The log's files do not lead to its signed root. Tell the operator to run abode doctor.");
  return log::LeafProof{*index, std::move(*hashes), note_};
}

base::result<log::Proof> LogProver::hashes_to_leaf(std::uint64_t index) {
  return log::inclusion_proof(index, checkpoint_.size, std::ref(reader_));
}

base::result<log::Proof> LogProver::hashes_from_size(std::uint64_t older_size) {
  return log::consistency_proof(older_size, checkpoint_.size, std::ref(reader_));
}

base::result<log::LeafProof> inclusion_of(PublicLog const& log, ports::Snapshot& snapshot, ports::RecordId record,
                                          std::uint64_t seq) {
  auto const row = snapshot.entry(record, seq);
  if (!row) return no_such_entry();
  auto prover = LogProver::make(log, snapshot);
  if (!prover) return prover.error();
  return prover->prove(record, seq, row->commitment);
}

base::result<log::Bundle> export_history(Context const& context, PublicLog const& log, ports::Snapshot& snapshot,
                                         ports::HolderSession const& session) {
  auto const record = open_record(context, snapshot, session.grant());
  if (!record) return record.error();
  auto prover = LogProver::make(log, snapshot);
  if (!prover) return prover.error();
  if (record->row.entries > log::max_bundle_entries)
    return fail(errc::too_large, "Your history has grown too long for one file. Ask the office for a copy.");
  log::Bundle bundle;
  bundle.origin = log.key.name();
  bundle.verifier_key = log.key.format();
  bundle.checkpoint = log::format_note(prover->note());
  bundle.position = record->row.position;
  bundle.state = encode_facts(record->state.reveal(Disclosure::to_holder));
  bundle.state_key = record->state.reveal(Disclosure::to_holder).tag_key;
  std::uint64_t seen = 0;  // size of the last of bundle.seen
  auto rows = snapshot.entries(session.record(), std::numeric_limits<std::int64_t>::max(), log::max_bundle_entries);
  std::reverse(rows.begin(), rows.end());
  for (auto const& row : rows) {
    auto opened = open_entry(context, row, record->key, session.grant());
    if (!opened) return opened.error();
    log::BundleEntry entry{std::move(opened->raw.encoded), opened->raw.salt};
    auto const index = snapshot.leaf_index(row.record, row.seq);
    if (index && *index < prover->checkpoint().size) {
      auto hashes = prover->hashes_to_leaf(*index);
      if (!hashes) return hashes.error();
      entry.index = index;
      entry.proof = std::move(*hashes);
    }
    bundle.entries.push_back(std::move(entry));
    if (index && !log.witnesses.empty())
      if (auto const added = add_seen(bundle, seen, snapshot, *index, *prover); !added) return added.error();
  }
  if (bundle.entries.empty() || !bundle.entries.front().index) return bundle;
  auto epochs =
      bundle_epochs(context, snapshot, bundle.position, *bundle.entries.front().index, prover->checkpoint().size,
                    [&prover](std::uint64_t index) { return prover->hashes_to_leaf(index); });
  if (!epochs) return epochs.error();
  bundle.epochs = std::move(*epochs);
  return bundle;
}

base::result<std::vector<InboxItem>> inbox(Context const& context, ports::Snapshot& snapshot,
                                           ports::HolderSession const& session, std::size_t limit) {
  auto const key = snapshot.key(session.record());
  if (!key) return missing_key();
  std::uint64_t const published = snapshot.log_state().size;
  std::vector<InboxItem> out;
  for (auto const& notice : snapshot.notices(session.record(), std::numeric_limits<std::int64_t>::max(),
                                             std::min(limit, max_history_page))) {
    auto const row = snapshot.entry(session.record(), notice.seq);
    if (!row) return no_such_entry();
    auto item = item_of(context, snapshot, *row, *key, session.grant(), published);
    if (!item) return item.error();
    out.push_back({std::move(*item), notice.read});
  }
  return out;
}

}  // namespace abode::service
