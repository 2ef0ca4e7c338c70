// The sequencer, in calm and in trouble: every leaf lands once, in an order that was drawn once, under one root a size.
#include "service/sequencer.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <set>

#include "log/tiles.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::Hash;
using test::must;

/// Notes every checkpoint it is asked to sign.
class WatchedSigner final : public ports::Signer {
 public:
  explicit WatchedSigner(ports::Signer& inner) : inner_(inner) {}
  base::Bytes checkpoint_public_key() override { return inner_.checkpoint_public_key(); }
  base::Bytes sign_checkpoint(std::string_view text) override {
    signed_texts.emplace_back(text);
    return inner_.sign_checkpoint(text);
  }
  std::vector<std::string> signed_texts;

 private:
  ports::Signer& inner_;
};

/// A store, files and a key, with leaves of our own.
struct Log {
  explicit Log(std::uint64_t seed = 1)
      : random(seed),
        key_signer(openssl::make_signer(openssl::make_keys(random))),
        signer(*key_signer),
        store(std::make_unique<test::FaultyStore>(test::make_memory_store(),
                                                  [this](std::uint64_t) { return next_fault(); })) {}

  Sequencer sequencer() { return {*store, tiles, signer, random, origin}; }

  /// Queues `count` leaves, each of a record of its own, so that each has a seq 0.
  void queue(std::size_t count) {
    EXPECT_TRUE(test::write(*store, [&](ports::Transaction& transaction) -> base::result<void> {
      for (std::size_t i = 0; i < count; ++i) {
        ports::RecordId const record{static_cast<std::int64_t>(queued.size()) + 1};
        queued.push_back(random.bytes<32>());
        transaction.add_entry({record, 0, queued.back(), {}}, false);
      }
      return {};
    }));
  }

  ports::LogState state() {
    return must(test::read(*store, [](ports::Snapshot& s) -> base::result<ports::LogState> { return s.log_state(); }));
  }
  std::optional<ports::Batch> pending() {
    return must(test::read(
        *store, [](ports::Snapshot& s) -> base::result<std::optional<ports::Batch>> { return s.pending_batch(); }));
  }
  std::optional<std::uint64_t> index_of(std::size_t leaf) {
    return must(test::read(*store, [&](ports::Snapshot& s) -> base::result<std::optional<std::uint64_t>> {
      return s.leaf_index(ports::RecordId{static_cast<std::int64_t>(leaf) + 1}, 0);
    }));
  }

  /// All leaves of the published log, read from its files as a monitor would.
  std::vector<base::Bytes> leaves() {
    std::vector<base::Bytes> out;
    std::uint64_t const size = state().size;
    for (std::uint64_t first = 0; first < size; first += log::full_width) {
      auto const width = static_cast<unsigned>(std::min<std::uint64_t>(log::full_width, size - first));
      auto const file = must(tiles.get(log::path_of(log::EntriesId{first / log::full_width, width})));
      for (auto& leaf : must(log::decode_entries(file, width))) out.push_back(std::move(leaf));
    }
    return out;
  }

  std::optional<test::Fault> next_fault() {
    ++writes;
    return fault_at_write && writes == *fault_at_write ? std::optional{fault} : std::nullopt;
  }

  std::string const origin = "example.org/abode";
  test::SeededRandom random;
  std::unique_ptr<ports::Signer> key_signer;
  WatchedSigner signer;
  test::MemoryTiles tiles;
  std::vector<Hash> queued;
  std::uint64_t writes = 0;
  std::optional<std::uint64_t> fault_at_write;
  test::Fault fault{};
  std::unique_ptr<test::FaultyStore> store;
};

Hash root_of(std::vector<base::Bytes> const& leaves) {
  log::RightEdge edge;
  for (auto const& leaf : leaves) edge.append(log::hash_leaf(leaf));
  return edge.root();
}

/// What must hold of a log at rest, however it came there.
void expect_sound(Log& log) {
  auto const leaves = log.leaves();
  auto const state = log.state();
  ASSERT_EQ(leaves.size(), state.size);
  EXPECT_FALSE(log.pending());

  std::multiset<base::Bytes> const in_log{leaves.begin(), leaves.end()};
  for (std::size_t i = 0; i < log.queued.size(); ++i) {
    base::Bytes const leaf = log::leaf_of(log.queued[i]);
    EXPECT_EQ(in_log.count(leaf), 1u) << "leaf " << i;
    auto const index = log.index_of(i);
    ASSERT_TRUE(index && *index < leaves.size()) << "leaf " << i;
    EXPECT_EQ(leaves[*index], leaf) << "leaf " << i;
  }

  auto const key = log_key(log.signer, log.origin);
  auto const checkpoint = log::verify_checkpoint(must(log::parse_note(state.checkpoint)), key);
  ASSERT_TRUE(checkpoint) << checkpoint.error().detail;
  EXPECT_EQ(checkpoint->size, state.size);
  EXPECT_EQ(checkpoint->root, root_of(leaves));
  EXPECT_EQ(base::as_text(log.tiles.files.at("checkpoint")), state.checkpoint);

  std::map<std::uint64_t, Hash> roots;
  for (std::string const& text : log.signer.signed_texts) {
    auto const made = must(log::parse_checkpoint(text));
    auto const [known, added] = roots.try_emplace(made.size, made.root);
    EXPECT_EQ(known->second, made.root) << "two roots were signed for size " << made.size;
  }
  std::uint64_t last = 0;
  for (std::string const& note : log.tiles.checkpoints) {
    auto const size = must(log::verify_checkpoint(must(log::parse_note(note)), key)).size;
    EXPECT_GE(size, last) << "the published log shrank";
    last = size;
  }
}

// In calm

TEST(Sequencer, DoesNothingWhenNothingWaits) {
  Log log;
  Sequencer sequencer = log.sequencer();
  EXPECT_EQ(must(sequencer.step()), 0u);
  EXPECT_EQ(log.state().size, 0u);
  EXPECT_TRUE(log.tiles.files.empty());
  EXPECT_TRUE(log.signer.signed_texts.empty());
}

TEST(Sequencer, EveryLeafLandsOnce) {
  Log log;
  Sequencer sequencer = log.sequencer();
  for (std::size_t count : {1u, 7u, 8u, 9u, 40u, 300u, 2u}) {
    log.queue(count);
    EXPECT_EQ(must(sequencer.step()), count);
    EXPECT_EQ(must(sequencer.step()), 0u);
    expect_sound(log);
  }
}

TEST(Sequencer, DummiesFillSmallBatchesUpAndBlurTheSizeOfLargeOnes) {
  std::set<std::uint64_t> sizes_of_one;
  std::set<std::uint64_t> sizes_of_twenty;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Log one{seed};
    one.queue(1);
    ASSERT_EQ(must(one.sequencer().step()), 1u);
    sizes_of_one.insert(one.state().size);
    Log twenty{seed};
    twenty.queue(20);
    ASSERT_EQ(must(twenty.sequencer().step()), 20u);
    sizes_of_twenty.insert(twenty.state().size);
  }
  EXPECT_EQ(sizes_of_one, (std::set<std::uint64_t>{8, 9, 10, 11, 12}));
  EXPECT_EQ(sizes_of_twenty, (std::set<std::uint64_t>{20, 21, 22, 23, 24}));
}

TEST(Sequencer, DummiesLookLikeEntries) {
  Log log;
  log.queue(1);
  ASSERT_GT(must(log.sequencer().step()), 0u);
  base::Bytes const real = log::leaf_of(log.queued[0]);
  for (auto const& leaf : log.leaves()) {
    EXPECT_EQ(leaf.size(), real.size());
    EXPECT_EQ(leaf[0], real[0]);
  }
  auto const leaves = log.leaves();
  EXPECT_EQ((std::set<base::Bytes>{leaves.begin(), leaves.end()}).size(), leaves.size());
}

TEST(Sequencer, ABatchHasItsLimit) {
  Log log;
  Sequencer sequencer = log.sequencer();
  log.queue(Sequencer::max_batch + 1);
  EXPECT_EQ(must(sequencer.step()), Sequencer::max_batch);
  EXPECT_LE(log.state().size, Sequencer::max_batch + Sequencer::min_batch / 2);
  EXPECT_FALSE(log.index_of(Sequencer::max_batch)) << "the youngest waits";
  EXPECT_TRUE(log.index_of(0));
  EXPECT_EQ(must(sequencer.step()), 1u);
  EXPECT_EQ(must(sequencer.step()), 0u);
  expect_sound(log);
}

TEST(Sequencer, TheLeafOfAnEpochComesInOnceWithWhatElseWaits) {
  Log log;
  Sequencer sequencer = log.sequencer();
  log.queue(2);
  base::Bytes const leaves[2] = {{0x02, 1}, {0x02, 2}};
  EXPECT_TRUE(test::write(*log.store, [&](ports::Transaction& transaction) -> base::result<void> {
    for (std::uint64_t number : {0u, 1u}) transaction.add_epoch({number, leaves[number], {}, {}}, {});
    return {};
  }));
  EXPECT_EQ(must(sequencer.step()), 2u) << "an epoch is no entry";
  std::uint64_t const first_size = log.state().size;
  EXPECT_EQ(must(sequencer.step()), 0u) << "the second one, with dummies";
  EXPECT_GE(log.state().size, first_size + Sequencer::min_batch);
  std::uint64_t const second_size = log.state().size;
  EXPECT_EQ(must(sequencer.step()), 0u);
  EXPECT_EQ(log.state().size, second_size) << "nothing waits any more";
  expect_sound(log);
  auto const all = log.leaves();
  for (std::uint64_t number : {0u, 1u}) {
    auto const row = must(test::read(
        *log.store, [&](ports::Snapshot& s) -> base::result<ports::EpochRow> { return s.epochs().at(number); }));
    ASSERT_TRUE(row.index);
    EXPECT_EQ(all.at(*row.index), leaves[number]);
    EXPECT_EQ(std::count(all.begin(), all.end(), leaves[number]), 1);
  }
}

// The order of a batch tells nothing of the order of acts: each leaf is as often before another as after it.
TEST(Sequencer, ABatchIsShuffled) {
  constexpr int runs = 400;
  int in_queue_order = 0;
  std::array<int, 6> first_comes_at{};
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    Log log{seed};
    log.queue(6);
    ASSERT_GT(must(log.sequencer().step()), 0u);
    std::vector<std::uint64_t> indices;
    for (std::size_t i = 0; i < 6; ++i) indices.push_back(log.index_of(i).value());
    if (std::is_sorted(indices.begin(), indices.end())) ++in_queue_order;
    auto const rank = std::count_if(indices.begin(), indices.end(), [&](auto index) { return index < indices[0]; });
    ++first_comes_at.at(static_cast<std::size_t>(rank));
  }
  EXPECT_LT(in_queue_order, 10) << "expected: one in 720";
  for (int times : first_comes_at) {
    EXPECT_GT(times, runs / 6 / 2);
    EXPECT_LT(times, runs / 6 * 2);
  }
}

// In trouble. A step is cut off at every write to the store and to the files, in every way; then it goes on, in the
// same Sequencer or in another one, as after a restart.

enum class Successor : std::uint8_t { same, another };

/// Steps until nothing waits; the batch that was persisted at a failure must be the one that lands.
void finish(Log& log, Successor successor) {
  Sequencer first = log.sequencer();
  std::optional<Sequencer> second;
  for (int steps = 0; steps < 10; ++steps) {
    Sequencer& sequencer = second ? *second : first;
    auto const stepped = sequencer.step();
    if (stepped && *stepped == 0) return;
    if (stepped) continue;
    auto const pending = log.pending();
    if (successor == Successor::another) second.emplace(*log.store, log.tiles, log.signer, log.random, log.origin);
    if (!pending) continue;
    Sequencer& next = second ? *second : first;
    ASSERT_GT(must(next.step()), 0u);
    auto const leaves = log.leaves();
    ASSERT_GE(leaves.size(), pending->start + pending->leaves.size());
    for (std::size_t i = 0; i < pending->leaves.size(); ++i)
      ASSERT_EQ(leaves[pending->start + i], pending->leaves[i]) << "the batch was reshuffled";
  }
  FAIL() << "the sequencer does not come to rest";
}

class InterruptedSequencer : public ::testing::TestWithParam<Successor> {};

TEST_P(InterruptedSequencer, GoesOnAfterTroubleWithTheStore) {
  for (test::Fault fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted, test::Fault::twice})
    for (std::uint64_t at = 1; at <= 3; ++at) {
      SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault)) + " at write " + std::to_string(at));
      Log log{at};
      log.queue(250);
      ASSERT_GT(must(log.sequencer().step()), 0u);
      log.queue(20);
      log.fault = fault;
      log.fault_at_write = log.writes + at;
      ASSERT_NO_FATAL_FAILURE(finish(log, GetParam()));
      expect_sound(log);
    }
}

// Of the files of a batch any may have been written.
TEST_P(InterruptedSequencer, GoesOnAfterTroubleWithTheFiles) {
  constexpr unsigned files = 5;  // of a batch that fills a tile: two of hashes at level 0, one above, two of entries
  for (std::uint64_t at : {1u, 2u})
    for (std::uint64_t written = 0; written < 1u << (at == 1 ? files : 1); ++written) {
      SCOPED_TRACE("write " + std::to_string(at) + ", written " + std::to_string(written));
      Log log{at + written};
      log.queue(250);
      ASSERT_GT(must(log.sequencer().step()), 0u);
      log.queue(20);
      std::size_t const before = log.tiles.files.size();
      std::uint64_t const fail_at = log.tiles.writes + at;
      std::optional<std::size_t> added;
      log.tiles.plan = [&, fail_at](std::uint64_t n) {
        if (n == fail_at + 1) added = log.tiles.files.size() - before;
        return n == fail_at ? std::optional{test::FileFault{written}} : std::nullopt;
      };
      ASSERT_NO_FATAL_FAILURE(finish(log, GetParam()));
      ASSERT_EQ(added, at == 1 ? static_cast<unsigned>(std::popcount(written)) : files)
          << "the trouble came as planned";
      expect_sound(log);
    }
}

INSTANTIATE_TEST_SUITE_P(Successors, InterruptedSequencer, ::testing::Values(Successor::same, Successor::another),
                         [](auto const& which) { return which.param == Successor::same ? "Same" : "Another"; });

TEST(Sequencer, ACheckpointThatWasNotPublishedAsAFileIsPublishedByTheNextStep) {
  Log log;
  log.queue(5);
  log.tiles.plan = [](std::uint64_t n) { return n == 2 ? std::optional{test::refused} : std::nullopt; };
  EXPECT_FALSE(log.sequencer().step()) << "a tile and the entries, and then the checkpoint";
  EXPECT_FALSE(log.tiles.files.contains("checkpoint"));
  EXPECT_GT(log.state().size, 0u) << "the store has it already";
  EXPECT_EQ(must(log.sequencer().step()), 0u) << "nothing waits";
  expect_sound(log);
}

TEST(Sequencer, AFileOfAnotherLogStopsItBeforeItSigns) {
  Log log;
  log.queue(300);
  log.tiles.files["tile/0/000"] = base::Bytes(8192, 1);
  auto const stepped = log.sequencer().step();
  ASSERT_FALSE(stepped);
  EXPECT_EQ(stepped.error().code, errc::conflict);
  EXPECT_TRUE(log.signer.signed_texts.empty());
  EXPECT_EQ(log.state().size, 0u);
}

TEST(Sequencer, TwoThatTakeTurnsKeepOneLog) {
  Log log;
  log.queue(10);
  Sequencer one = log.sequencer();
  Sequencer two = log.sequencer();
  EXPECT_EQ(must(one.step()), 10u);
  EXPECT_EQ(must(two.step()), 0u);
  log.queue(11);
  EXPECT_EQ(must(two.step()), 11u);
  log.queue(12);
  EXPECT_EQ(must(one.step()), 12u);
  EXPECT_EQ(must(one.step()), 0u);
  expect_sound(log);
}

TEST(Sequencer, APublicLeafIsPublishedAtOnceAmongDummies) {
  Log log;
  log.queue(10);
  base::Bytes const leaf{0x04, 1, 2, 3};
  ASSERT_TRUE(log.sequencer().publish_leaf(leaf));
  auto leaves = log.leaves();
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), leaf), 1);
  EXPECT_GE(leaves.size(), Sequencer::min_batch);
  EXPECT_EQ(must(log.sequencer().step()), 10u) << "what was queued waits for its own batch";
  leaves = log.leaves();
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), leaf), 1);
  expect_sound(log);
}

TEST(Sequencer, APublicLeafComesAfterTheBatchThatIsPending) {
  Log log;
  log.queue(20);
  log.tiles.plan = [](std::uint64_t n) { return n == 1 ? std::optional{test::refused} : std::nullopt; };
  EXPECT_FALSE(log.sequencer().step());
  auto const pending = log.pending();
  ASSERT_TRUE(pending);
  base::Bytes const leaf{0x04};
  ASSERT_TRUE(log.sequencer().publish_leaf(leaf));
  auto const leaves = log.leaves();
  ASSERT_GT(leaves.size(), pending->leaves.size());
  EXPECT_TRUE(std::equal(pending->leaves.begin(), pending->leaves.end(), leaves.begin()));
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), leaf), 1);
  expect_sound(log);
}

}  // namespace
}  // namespace abode::service
