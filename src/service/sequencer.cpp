#include "service/sequencer.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/assert.hpp"
#include "log/entry.hpp"
#include "log/tiles.hpp"

namespace abode::service {
namespace {

using base::result;

/// As many dummies as fill the batch up to its least size, and up to half as many more, so that a batch's size does not
/// tell how many people acted.
std::size_t draw_dummies(base::Random& random, std::size_t real) {
  std::size_t const missing = real < Sequencer::min_batch ? Sequencer::min_batch - real : 0;
  return missing + random.below(Sequencer::min_batch / 2 + 1);
}

void add_dummies_and_shuffle(base::Random& random, ports::Batch& batch) {
  for (std::size_t dummies = draw_dummies(random, batch.leaves.size()); dummies > 0; --dummies) {
    batch.leaves.push_back(log::leaf_of(random.bytes<32>()));
    batch.origin.push_back(ports::dummy_origin);
  }
  for (std::size_t i = batch.leaves.size() - 1; i > 0; --i) {
    std::size_t const other = random.below(i + 1);
    std::swap(batch.leaves[i], batch.leaves[other]);
    std::swap(batch.origin[i], batch.origin[other]);
  }
}

/// What the queue holds, and the leaf of an epoch if one waits.
ports::Batch shuffled_batch(base::Random& random, std::uint64_t start, std::vector<ports::QueuedLeaf> const& queue,
                            std::optional<ports::EpochRow> const& epoch) {
  ports::Batch batch{start, {}, {}};
  if (epoch) {
    batch.leaves.push_back(epoch->leaf);
    batch.origin.push_back(ports::dummy_origin);
  }
  for (std::uint32_t place = 0; place < queue.size(); ++place) {
    batch.leaves.push_back(log::leaf_of(queue[place].commitment));
    batch.origin.push_back(place);
  }
  add_dummies_and_shuffle(random, batch);
  return batch;
}

std::uint64_t index_of(base::Bytes const& leaf, ports::Batch const& batch) {
  auto const found = std::find(batch.leaves.begin(), batch.leaves.end(), leaf);
  base::ensure(found != batch.leaves.end(), "a batch holds the leaf that was put into it");
  return batch.start + static_cast<std::uint64_t>(found - batch.leaves.begin());
}

}  // namespace

log::VerifierKey log_key(ports::Signer& signer, std::string const& origin) {
  auto key = log::VerifierKey::create(origin, log::SignatureType::ed25519, signer.checkpoint_public_key());
  base::ensure(key.has_value(), "the log's origin is not a valid key name");
  return std::move(*key);
}

Sequencer::Sequencer(ports::Store& store, ports::TileFiles& tiles, ports::Signer& signer, base::Random& random,
                     std::string origin, bool publishes)
    : store_(store),
      tiles_(tiles),
      signer_(signer),
      random_(random),
      key_(log_key(signer, origin)),
      publishes_(publishes) {}

result<Sequencer::Seen> Sequencer::look() {
  Seen seen;
  auto const read = store_.read([&seen](ports::Snapshot& snapshot) -> result<void> {
    seen.state = snapshot.log_state();
    seen.pending = snapshot.pending_batch();
    seen.waiting = !snapshot.queued_leaves(1).empty() || snapshot.waiting_epoch().has_value();
    return {};
  });
  if (!read) return read.error();
  return seen;
}

result<std::size_t> Sequencer::step() {
  auto seen = look();
  if (!seen) return seen.error();
  if (!seen->pending && seen->waiting) {
    if (auto const persisted = persist_batch(); !persisted) return persisted.error();
    seen = look();
    if (!seen) return seen.error();
  }
  if (seen->pending) {
    if (auto const done = integrate(seen->state, *seen->pending); !done) return done.error();
    auto const& origin = seen->pending->origin;
    return origin.size() - static_cast<std::size_t>(std::count(origin.begin(), origin.end(), ports::dummy_origin));
  }
  if (auto const done = publish_file(seen->state.checkpoint); !done) return done.error();
  return std::size_t{0};
}

result<void> Sequencer::publish_leaf(base::Bytes const& leaf) {
  auto seen = look();
  if (!seen) return seen.error();
  if (seen->pending)
    if (auto const done = integrate(seen->state, *seen->pending); !done) return done;
  auto const commit = store_.write_and_wait([this, &leaf](ports::Transaction& transaction) -> result<void> {
    ports::Batch batch{transaction.log_state().size, {leaf}, {ports::dummy_origin}};
    add_dummies_and_shuffle(random_, batch);
    transaction.take_batch(batch);
    return {};
  });
  if (!commit) return commit.error();
  seen = look();
  if (!seen) return seen.error();
  return integrate(seen->state, *seen->pending);
}

result<void> Sequencer::persist_batch() {
  auto const commit = store_.write_and_wait([this](ports::Transaction& transaction) -> result<void> {
    if (transaction.pending_batch()) return {};
    auto const queue = transaction.queued_leaves(max_batch);
    auto const epoch = transaction.waiting_epoch();
    if (queue.empty() && !epoch) return {};
    ports::Batch const batch = shuffled_batch(random_, transaction.log_state().size, queue, epoch);
    transaction.take_batch(batch);
    if (epoch) transaction.place_epoch(epoch->number, index_of(epoch->leaf, batch));
    return {};
  });
  if (!commit) return commit.error();
  return {};
}

result<void> Sequencer::integrate(ports::LogState const& state, ports::Batch const& batch) {
  auto edge = log::RightEdge::restore(state.size, state.edge);
  if (!edge) return edge.error();
  std::vector<base::Hash> hashes;
  for (base::Bytes const& leaf : batch.leaves) hashes.push_back(log::hash_leaf(leaf));
  log::TileHashReader older{state.size, [this](log::TileId tile) { return tiles_.get(log::path_of(tile)); }};
  auto growth = log::grow(std::move(*edge), hashes, std::ref(older));
  if (!growth) return growth.error();

  auto files = files_of_entries(state, batch);
  if (!files) return files.error();
  for (log::Tile& tile : growth->tiles) files->push_back({log::path_of(tile.id), std::move(tile.content)});
  if (auto const put = tiles_.put(*files); !put) return put;  // all of them, before anybody hears of the new tree

  ports::LogState const next{growth->edge.size(), growth->edge.hashes(),
                             sign(growth->edge.size(), growth->edge.root())};
  auto const commit =
      store_.write_and_wait([&](ports::Transaction& transaction) { return transaction.publish(state.size, next); });
  if (!commit) return commit.error();
  return publish_file(next.checkpoint);
}

result<std::vector<ports::TileFile>> Sequencer::files_of_entries(ports::LogState const& state,
                                                                 ports::Batch const& batch) {
  std::vector<ports::TileFile> files;
  std::uint64_t const end = state.size + batch.leaves.size();
  for (log::EntriesId const& file : log::new_entries(state.size, end)) {
    std::uint64_t const first = file.index * log::full_width;
    std::vector<base::Bytes> entries;
    if (first < state.size) {
      unsigned const have = static_cast<unsigned>(state.size - first);
      auto const content = tiles_.get(log::path_of(log::EntriesId{file.index, have}));
      if (!content) return content.error();
      auto older = log::decode_entries(*content, have);
      if (!older) return older.error();
      entries = std::move(*older);
    }
    for (std::uint64_t index = first + entries.size(); index < first + file.width; ++index)
      entries.push_back(batch.leaves[index - state.size]);
    auto encoded = log::encode_entries(entries);
    if (!encoded) return encoded.error();
    files.push_back({log::path_of(file), std::move(*encoded)});
  }
  return files;
}

result<void> Sequencer::publish_file(std::string const& checkpoint) {
  if (!publishes_ || checkpoint.empty() || checkpoint == published_) return {};
  if (auto const done = tiles_.publish_checkpoint(checkpoint); !done) return done;
  published_ = checkpoint;
  return {};
}

std::string Sequencer::sign(std::uint64_t size, base::Hash const& root) {
  std::string const text = log::format_checkpoint({key_.name(), size, root});
  return text + "\n" + log::signature_line(key_, signer_.sign_checkpoint(text));
}

}  // namespace abode::service
