// The log's side of the store: the queue of leaves, one pending batch, and the published state.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

constexpr std::uint32_t dummy = dummy_origin;

Batch batch(std::uint64_t start, std::vector<std::uint32_t> origin) {
  Batch made{start, {}, std::move(origin)};
  for (std::uint32_t place : made.origin)
    made.leaves.push_back(base::Bytes(33 + made.leaves.size() % 2, static_cast<std::uint8_t>(place)));
  return made;
}

std::optional<std::uint64_t> index_of(Store& store, RecordId record, std::uint64_t seq) {
  return seen(store, [=](Snapshot& s) { return s.leaf_index(record, seq); });
}

errc publish(Store& store, std::uint64_t expected, LogState const& next) {
  auto const outcome = store.write_and_wait([=](Transaction& t) { return t.publish(expected, next); });
  return outcome ? ok : outcome.error().code;
}

EpochRow epoch_row(std::uint64_t number, std::optional<std::uint64_t> index = {}) {
  return {number, base::Bytes(20, static_cast<std::uint8_t>(number)), hash(static_cast<std::uint8_t>(number)), index};
}

TEST_P(StoreContract, KeepsEpochsAndTheirTrees) {
  auto const store = make();
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.epochs(); }).empty());
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.newest_epoch(); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.waiting_epoch(); }), std::nullopt);
  HeadTile const tile{0, 3, base::Bytes(8192, 1)};
  HeadTile const above{1, 0, base::Bytes(32, 2)};
  EpochRow lost = epoch_row(9, 77);
  lost.nonce.reset();
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_epoch(lost, {});
                    t.add_epoch(epoch_row(10), {tile, above});
                    t.add_epoch(epoch_row(11), {tile});
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.epochs(); }), (std::vector{lost, epoch_row(10), epoch_row(11)}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.newest_epoch(); }), epoch_row(11));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.waiting_epoch(); }), epoch_row(10));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.head_tile(10, 0, 3); }), tile.content);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.head_tile(10, 1, 0); }), above.content);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.head_tile(11, 1, 0); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.head_tile(10, 0, 2); }), std::nullopt);

  ASSERT_EQ(write(*store, [](Transaction& t) { t.place_epoch(10, 123); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.waiting_epoch(); }), epoch_row(11));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.epochs()[1]; }), epoch_row(10, 123));
  ASSERT_EQ(write(*store, [](Transaction& t) { t.remove_epoch(10); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.epochs(); }), (std::vector{lost, epoch_row(11)}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.head_tile(10, 0, 3); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.head_tile(11, 0, 3); }), tile.content);
}

/// Adds entries, and says so in the record's own row, as every use case does.
void file_entries(Store& store, RecordId record, std::uint64_t first, std::uint64_t end) {
  add_entries(store, record, first, end);
  ASSERT_EQ(write(store,
                  [=](Transaction& t) {
                    RecordRow row = t.record(record).value();
                    row.entries = end;
                    row.last = entry_row(record, end - 1).commitment;
                    t.update_record(row);
                  }),
            ok);
}

TEST_P(StoreContract, TellsHowFarEachRecordHadComeAtAnySize) {
  auto const store = make();
  RecordId const a = add_record(*store, 30);
  RecordId const b = add_record(*store, 10);
  RecordId const late = add_record(*store, 20);
  file_entries(*store, a, 0, 2);
  file_entries(*store, b, 0, 1);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.take_batch(batch(0, {2, dummy, 0, 1})); }), ok);
  ASSERT_EQ(publish(*store, 0, {4, {hash(1)}, "4"}), ok);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.take_batch(batch(4, {dummy, dummy})); }), ok);
  ASSERT_EQ(publish(*store, 4, {6, {hash(1), hash(2)}, "6"}), ok);
  file_entries(*store, b, 1, 4);
  file_entries(*store, a, 2, 3);
  file_entries(*store, late, 0, 1);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.take_batch(batch(6, {1, 0})); }), ok);  // two of b's, not published
  auto const head = [](RecordId record, std::uint64_t position, std::uint64_t count) {
    return HeadRow{record, position, count, count == 0 ? base::Hash{} : entry_row(record, count - 1).commitment};
  };
  auto const all_at = [&](std::uint64_t covered) {
    return seen(*store, [covered](Snapshot& s) { return s.heads(covered, {}, everything); });
  };
  EXPECT_EQ(all_at(0), (std::vector{head(a, 30, 0), head(b, 10, 0), head(late, 20, 0)}));
  EXPECT_EQ(all_at(4), (std::vector{head(a, 30, 2), head(b, 10, 1), head(late, 20, 0)}));
  EXPECT_EQ(all_at(6), all_at(4)) << "a batch of dummies brings nobody on";
  EXPECT_EQ(all_at(8), (std::vector{head(a, 30, 2), head(b, 10, 3), head(late, 20, 0)}));
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.heads(4, a, 1); }), (std::vector{head(b, 10, 1)}));
  EXPECT_TRUE(seen(*store, [&](Snapshot& s) { return s.heads(4, late, everything); }).empty());
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.heads_at(4, 10, 30); }),
            (std::vector{head(b, 10, 1), head(late, 20, 0)}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.heads_at(8, 11, 31); }),
            (std::vector{head(late, 20, 0), head(a, 30, 2)}));
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.heads_at(8, 31, 64); }).empty());
}

TEST_P(StoreContract, QueuesLeavesInTheOrderOfCommitment) {
  auto const store = make();
  RecordId const a = add_record(*store, 1);
  RecordId const b = add_record(*store, 2);
  add_entries(*store, b, 0, 2);
  add_entries(*store, a, 0, 1);
  add_entries(*store, b, 2, 3);
  std::vector<QueuedLeaf> expected;
  for (auto [record, seq] : {std::pair{b, 0U}, {b, 1U}, {a, 0U}, {b, 2U}})
    expected.push_back({entry_row(record, seq).commitment, record, seq});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.queued_leaves(everything); }), expected);
  expected.resize(3);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.queued_leaves(3); }), expected);
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.queued_leaves(0); }).empty());
}

TEST_P(StoreContract, TakesTheFirstLeavesIntoABatch) {
  auto const store = make();
  RecordId const id = add_record(*store, 1);
  add_entries(*store, id, 0, 5);
  Batch const taken = batch(0, {2, dummy, 0, 1, dummy});
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.take_batch(taken); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.pending_batch(); }), taken);
  auto const left = seen(*store, [](Snapshot& s) { return s.queued_leaves(everything); });
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].seq, 3U);
  EXPECT_EQ(index_of(*store, id, 0), 2U);
  EXPECT_EQ(index_of(*store, id, 1), 3U);
  EXPECT_EQ(index_of(*store, id, 2), 0U);
  EXPECT_EQ(index_of(*store, id, 3), std::nullopt);
  EXPECT_EQ(index_of(*store, id, 77), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.log_state(); }), LogState{}) << "nothing is published yet";
}

TEST_P(StoreContract, PublishesTheBatchAndGoesOnWithTheNext) {
  auto const store = make();
  RecordId const id = add_record(*store, 1);
  add_entries(*store, id, 0, 3);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.take_batch(batch(0, {1, 0})); }), ok);
  LogState const first{2, {hash(1)}, "abode.example/log\n2\n"};
  ASSERT_EQ(publish(*store, 0, first), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.log_state(); }), first);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.pending_batch(); }), std::nullopt);
  EXPECT_EQ(index_of(*store, id, 0), 1U) << "history stays";

  add_entries(*store, id, 3, 4);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.take_batch(batch(2, {dummy, dummy})); }), ok);
  ASSERT_EQ(publish(*store, 2, {4, {hash(1), hash(2)}, "4"}), ok);
  EXPECT_EQ(index_of(*store, id, 2), std::nullopt) << "a batch of dummies takes nothing";
  ASSERT_EQ(write(*store, [](Transaction& t) { t.take_batch(batch(4, {1, dummy, 0})); }), ok);
  EXPECT_EQ(index_of(*store, id, 0), 1U);
  EXPECT_EQ(index_of(*store, id, 1), 0U);
  EXPECT_EQ(index_of(*store, id, 2), 6U);
  EXPECT_EQ(index_of(*store, id, 3), 4U);
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.queued_leaves(everything); }).empty());
}

TEST_P(StoreContract, PublishesOnlyOnTheExpectedSize) {
  auto const store = make();
  LogState const first{3, {hash(1), hash(2)}, "three"};
  EXPECT_EQ(publish(*store, 1, first), errc::conflict);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.take_batch(batch(0, {dummy, dummy, dummy})); }), ok);
  EXPECT_EQ(publish(*store, 3, first), errc::conflict);
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.pending_batch(); })) << "a conflict publishes nothing";
  EXPECT_EQ(publish(*store, 0, first), ok);
  EXPECT_EQ(publish(*store, 0, {4, {}, "four"}), errc::conflict);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.log_state(); }), first);
}

TEST_P(StoreContract, PublishesAnEmptyLog) {
  auto const store = make();
  LogState const empty{0, {}, "abode.example/log\n0\n"};
  ASSERT_EQ(publish(*store, 0, empty), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.log_state(); }), empty);
}

TEST_P(StoreContract, FindsEveryLeafOfManyBatches) {
  auto const store = make();
  RecordId const id = add_record(*store, 1);
  std::vector<std::uint64_t> expected;
  std::uint64_t start = 0;
  for (std::uint32_t size = 0; size < 12; ++size) {
    std::uint64_t const before = expected.size();
    add_entries(*store, id, before, before + size);
    std::vector<std::uint32_t> origin{dummy};
    for (std::uint32_t place = size; place-- > 0;) origin.push_back(place);  // reversed, after one dummy
    for (std::uint32_t place = 0; place < size; ++place) expected.push_back(start + size - place);
    ASSERT_EQ(write(*store,
                    [&](Transaction& t) {
                      t.take_batch(batch(start, origin));
                      EXPECT_TRUE(t.publish(start, {start + origin.size(), {}, "next"}));
                    }),
              ok);
    start += origin.size();
  }
  for (std::uint64_t seq = 0; seq < expected.size(); ++seq) EXPECT_EQ(index_of(*store, id, seq), expected[seq]) << seq;
}

// The sequencer is one; a second batch, or one that is not of the queue, is a bug.
TEST_P(StoreContract, StopsAtImpossibleBatches) {
  if (GetParam().twice) GTEST_SKIP() << "the same store beneath";
  GTEST_FLAG_SET(death_test_style, "fast");  // a fork, whose directory is the parent's to remove
  auto const dies = [this](std::vector<std::vector<std::uint32_t>> const& origins) {
    EXPECT_DEATH(
        {
          auto const store = make();
          add_entries(*store, add_record(*store, 1), 0, 3);
          for (auto const& origin : origins)
            (void)write(*store, [&](Transaction& t) { t.take_batch(batch(0, origin)); });
        },
        "abode: fatal");
  };
  dies({{0, 1}, {0}});   // one is pending
  dies({{}});            // no leaves
  dies({{0, 1, 2, 3}});  // more than the queue holds
  dies({{0, 0}});        // one twice
  dies({{1, dummy}});    // not the first
}

PublishedRow published_row(std::uint64_t size, std::int64_t at_s, bool quorum = true) {
  return {size, base::Time{std::chrono::seconds{at_s}}, "checkpoint of " + std::to_string(size), quorum};
}

void add_published(Store& store, std::vector<PublishedRow> const& rows) {
  for (PublishedRow const& row : rows) ASSERT_EQ(write(store, [&row](Transaction& t) { t.add_published(row); }), ok);
}

/// All that are kept, by their sizes; those of a size that stayed are the oldest.
std::vector<PublishedRow> kept_quorums(Store& store) {
  std::vector<PublishedRow> rows;
  for (std::uint64_t size = 0;;) {
    auto const row = seen(store, [size](Snapshot& s) { return s.first_quorum_over(size); });
    if (!row) return rows;
    rows.push_back(*row);
    size = row->size;
  }
}

TEST_P(StoreContract, KeepsWhatWasPublishedWithWitnessesOneAMinute) {
  auto const store = make();
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.published(); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.last_quorum(); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.first_quorum_over(0); }), std::nullopt);
  add_published(*store, {published_row(1, 0), published_row(2, 30), published_row(3, 59), published_row(4, 61),
                         published_row(5, 119), published_row(6, 400)});
  EXPECT_EQ(kept_quorums(*store),
            (std::vector{published_row(1, 0), published_row(3, 59), published_row(5, 119), published_row(6, 400)}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.published(); }), published_row(6, 400));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.last_quorum(); }), published_row(6, 400));
}

TEST_P(StoreContract, KeepsTheFirstAndTheLastOfALogThatDoesNotGrow) {
  auto const store = make();
  add_published(*store, {published_row(7, 0), published_row(7, 100), published_row(7, 200), published_row(7, 300)});
  EXPECT_EQ(kept_quorums(*store), std::vector{published_row(7, 0)});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.published(); }), published_row(7, 300));
  add_published(*store, {published_row(8, 400), published_row(8, 400)});
  EXPECT_EQ(kept_quorums(*store), (std::vector{published_row(7, 0), published_row(8, 400)}));
}

TEST_P(StoreContract, KeepsWhatHadNoQuorumOnlyUntilTheNext) {
  auto const store = make();
  add_published(*store, {published_row(1, 0), published_row(2, 100, false)});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.published(); }), published_row(2, 100, false));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.last_quorum(); }), published_row(1, 0));
  EXPECT_EQ(kept_quorums(*store), std::vector{published_row(1, 0)});
  add_published(*store, {published_row(2, 130)});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.published(); }), published_row(2, 130));
  add_published(*store, {published_row(3, 300, false), published_row(4, 310)});
  EXPECT_EQ(kept_quorums(*store), (std::vector{published_row(1, 0), published_row(2, 130), published_row(4, 310)}));
}

}  // namespace
}  // namespace abode::contract
