#include "service/epochs.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using base::result;

/// A snapshot that is held keeps the store from tidying its log, and writes wait for that: at 10,000 they took twice as
/// long (bench/log).
constexpr std::size_t heads_at_once = 200;

base::Error damaged() {
  return fail(errc::corrupted, "The epochs of this register are damaged. Run abode doctor.");
}

result<ports::EpochRow> newest_row(ports::Snapshot& snapshot) {
  auto row = snapshot.newest_epoch();
  if (!row) return damaged();
  return std::move(*row);
}

/// An epoch that was made but is not in the store yet.
struct Made {
  ports::EpochRow row;
  std::vector<ports::HeadTile> tiles;
};

Made made_of(log::Epoch const& epoch, base::Hash const& nonce, log::HeadTree tree) {
  Made made{{epoch.number, log::leaf_of(epoch), nonce}, {}};
  for (log::Tile& tile : tree.tiles) made.tiles.push_back({tile.id.level, tile.id.index, std::move(tile.content)});
  return made;
}

/// The next epoch over what is published now; without its root.
result<log::Epoch> next_epoch(Context const& context, ports::Snapshot& snapshot, std::chrono::seconds length) {
  auto const row = newest_row(snapshot);
  if (!row) return row.error();
  auto const last = epoch_of(*row);
  if (!last) return last.error();
  log::Epoch next;
  next.number = last->number + 1;
  next.time = std::max(context.clock.now(), last->time);
  next.length = length;
  next.covered = snapshot.log_state().size;
  next.positions = std::max(last->positions, log::positions_for(snapshot.record_count()));
  return next;
}

result<Made> make_next(Context const& context, ports::Store& store, std::chrono::seconds length) {
  log::Epoch next;
  auto const read = store.read([&](ports::Snapshot& snapshot) -> result<void> {
    auto const begun = next_epoch(context, snapshot, length);
    if (!begun) return begun.error();
    next = *begun;
    return {};
  });
  if (!read) return read.error();
  base::Hash const nonce = context.random.bytes<32>();
  auto tree = head_tree_of(context.sealer, store, next, nonce);
  if (!tree) return tree.error();
  next.root = tree->root;
  return made_of(next, nonce, std::move(*tree));
}

/// Removes the trees that need not be kept any more.
result<void> thin(ports::Transaction& transaction) {
  std::vector<log::Epoch> kept;
  for (ports::EpochRow const& row : transaction.epochs()) {
    auto const epoch = epoch_of(row);
    if (!epoch) return epoch.error();
    kept.push_back(*epoch);
  }
  for (std::size_t i = 0; i + 1 < kept.size(); ++i)
    if (log::is_superfluous(kept[i], kept[i + 1], kept.back().number)) transaction.remove_epoch(kept[i].number);
  return {};
}

/// Proves heads of one record's block.
class HeadProver {
 public:
  HeadProver(Context const& context, ports::Snapshot& snapshot, std::uint64_t position)
      : context_(context),
        snapshot_(snapshot),
        position_(position),
        first_(position - position % log::head_block_size) {}

  /// None if the record had no entry by then.
  result<std::optional<log::BundleHead>> prove(log::Epoch const& epoch, base::Hash const& nonce) {
    std::vector<log::Head> block;
    std::uint64_t count = 0;
    for (ports::HeadRow const& row : snapshot_.heads_at(epoch.covered, first_, first_ + log::head_block_size)) {
      if (row.count == 0) continue;
      block.push_back({row.position, row.count, row.last});
      if (row.position == position_) count = row.count;
    }
    if (count == 0) return std::optional<log::BundleHead>{};
    auto const fetch = [this, &epoch](log::TileId tile) -> result<base::Bytes> {
      auto content = snapshot_.head_tile(epoch.number, tile.level, tile.index);
      if (!content) return damaged();
      return std::move(*content);
    };
    log::EpochSeed const seed = context_.sealer.epoch_seed(nonce);
    auto proof = log::prove_head(epoch.number, seed, epoch.positions, position_, block, fetch);
    if (!proof) return proof.error();
    return std::optional{log::BundleHead{count, log::blind_of(seed, position_), std::move(*proof)}};
  }

 private:
  Context const& context_;
  ports::Snapshot& snapshot_;
  std::uint64_t position_;
  std::uint64_t first_;
};

}  // namespace

result<log::Epoch> epoch_of(ports::EpochRow const& row) {
  auto const epoch = log::parse_epoch_leaf(row.leaf);
  if (!epoch) return epoch.error();
  if (!*epoch || (*epoch)->number != row.number) return damaged();
  return **epoch;
}

result<log::HeadTree> head_tree_of(ports::Sealer& sealer, ports::Store& store, log::Epoch const& epoch,
                                   base::Hash const& nonce) {
  log::EpochSeed const seed = sealer.epoch_seed(nonce);
  log::HeadTreeBuilder builder{epoch.number, seed, epoch.positions};
  std::vector<ports::HeadRow> page;
  do {
    ports::RecordId const after = page.empty() ? ports::RecordId{} : page.back().record;
    auto const read = store.read([&](ports::Snapshot& snapshot) -> result<void> {
      page = snapshot.heads(epoch.covered, after, heads_at_once);
      return {};
    });
    if (!read) return read.error();
    for (ports::HeadRow const& row : page) {
      if (row.count == 0) continue;  // its record may be younger than the epoch
      if (auto const added = builder.add({row.position, row.count, row.last}); !added) return added.error();
    }
  } while (page.size() == heads_at_once);
  return builder.finish();
}

result<void> open_first_epoch(ports::Sealer& sealer, base::Random& random, base::Time now,
                              ports::Transaction& transaction, std::chrono::seconds length) {
  log::Epoch first;
  first.time = now;
  first.length = length;
  first.positions = log::positions_for(transaction.record_count());
  base::Hash const nonce = random.bytes<32>();
  log::EpochSeed const seed = sealer.epoch_seed(nonce);
  auto tree = log::HeadTreeBuilder{first.number, seed, first.positions}.finish();
  if (!tree) return tree.error();
  first.root = tree->root;
  Made const made = made_of(first, nonce, std::move(*tree));
  transaction.add_epoch(made.row, made.tiles);
  return {};
}

result<std::optional<base::Time>> next_epoch_due(ports::Snapshot& snapshot, std::chrono::seconds length) {
  auto const row = newest_row(snapshot);
  if (!row) return row.error();
  if (!row->index || *row->index >= snapshot.log_state().size) return std::optional<base::Time>{};
  auto const last = epoch_of(*row);
  if (!last) return last.error();
  return std::optional<base::Time>{last->time + std::min(last->length, length)};
}

result<void> close_epoch(Context const& context, ports::Store& store, std::chrono::seconds length) {
  auto const made = make_next(context, store, length);
  if (!made) return made.error();
  auto const commit = store.write_and_wait([&made](ports::Transaction& transaction) -> result<void> {
    auto const newest = newest_row(transaction);
    if (!newest) return newest.error();
    if (newest->number + 1 != made->row.number)
      return fail(errc::conflict, "Another epoch was closed meanwhile. Close the next one.");
    transaction.add_epoch(made->row, made->tiles);
    return thin(transaction);
  });
  if (!commit) return commit.error();
  return {};
}

result<std::vector<log::BundleEpoch>> bundle_epochs(Context const& context, ports::Snapshot& snapshot,
                                                    std::uint64_t position, std::uint64_t first_index,
                                                    std::uint64_t size, ProveLeaf const& prove) {
  std::vector<log::BundleEpoch> found;
  HeadProver heads{context, snapshot, position};
  for (ports::EpochRow const& row : snapshot.epochs()) {
    if (!row.index || *row.index >= size) continue;
    auto const epoch = epoch_of(row);
    if (!epoch) return epoch.error();
    bool const covers = epoch->covered > first_index;
    if (covers && !row.nonce) continue;
    auto head = covers ? heads.prove(*epoch, *row.nonce) : std::optional<log::BundleHead>{};
    if (!head) return head.error();
    auto proof = prove(*row.index);
    if (!proof) return proof.error();
    if (!covers) found.clear();  // only the last of these tells something
    found.push_back({row.leaf, *row.index, std::move(*proof), std::move(*head)});
  }
  return found;
}

}  // namespace abode::service
