// A history held against its log's witnesses: what a register that lies about times, or shows two logs, comes to.
#include <gtest/gtest.h>

#include "log/history.hpp"
#include "unit/log/outcome.hpp"
#include "unit/log/story.hpp"

namespace abode::log {
namespace {

using namespace reference;
using std::chrono::hours;
using std::chrono::seconds;

/// The story's log of 60 leaves, in which entry n has index 7n + 3 and is dated n hours after the first.
struct WitnessedHistory : testing::Test {
  LogKey log{1};
  WitnessKey w1{11, "witness.example/w1"};
  WitnessKey w2{12, "witness.example/w2"};
  std::vector<Entry> entries = story(5);
  Bundle bundle = bundle_of(entries, log);
  TrustPolicy policy = TrustPolicy::parse("log " + log.key.format() + "\nwitness w1 " + w1.key.format() +
                                          "\nwitness w2 " + w2.key.format() + "\ngroup both all w1 w2\nquorum both\n")
                           .value();

  WitnessedHistory() {
    cosign(bundle.checkpoint, entries.back().time + seconds{1});
    for (std::size_t seq = 0; seq < entries.size(); ++seq) see(index_of(seq) + 1, entries[seq].time + seconds{1});
  }

  void cosign(std::string& note, base::Time at) const {
    std::string const text = parse_note(note).value().text;
    note += w1.line_under(text, at) + w2.line_under(text, at + seconds{1});
  }
  /// Adds an older checkpoint as witnesses saw it.
  void see(std::uint64_t size, base::Time at) {
    Tree const tree = tree_of(bundle);
    auto const edge = RightEdge::load(size, tree.reader()).value();
    std::string note = log.note_of(format_checkpoint({log.key.name(), size, edge.root(), {}}));
    cosign(note, at);
    bundle.seen.push_back({note, consistency_proof(size, 60, tree.reader()).value()});
  }
  AuditReport expect(AuditVerdict verdict, std::string_view words) const {
    AuditReport const report = audit(bundle, policy);
    EXPECT_EQ(report.verdict, verdict) << report.reason;
    EXPECT_NE(report.reason.find(words), std::string::npos) << report.reason;
    return report;
  }
};

TEST_F(WitnessedHistory, IsAcceptedIfWitnessesSawEachEntrySoon) {
  auto const report = expect(AuditVerdict::accepted, "All entries");
  ASSERT_TRUE(report.witnesses);
  EXPECT_EQ(report.witnesses->cosigners, 2u);
  EXPECT_EQ(report.witnesses->known, 2u);
  EXPECT_TRUE(report.witnesses->quorum);
  EXPECT_EQ(report.witnesses->seen_at, entries.back().time + seconds{1});
  EXPECT_FALSE(report.key_from_file);
  EXPECT_EQ(decode_bundle(encode_bundle(bundle)).value(), bundle);
}

TEST_F(WitnessedHistory, OfAnUnknownLogIsRejected) {
  LogKey const other{2};
  policy = TrustPolicy::parse("log " + other.key.format() + "\nquorum none\n").value();
  expect(AuditVerdict::rejected, "another key than the one you trust");
  LogKey const elsewhere{1, "elsewhere.example/log"};
  policy = TrustPolicy::parse("log " + elsewhere.key.format() + "\nquorum none\n").value();
  expect(AuditVerdict::rejected, "does not know the log abode.example/log");
}

TEST_F(WitnessedHistory, WithoutAQuorumIsIncomplete) {
  bundle = bundle_of(entries, log);
  std::string const text = parse_note(bundle.checkpoint).value().text;
  bundle.checkpoint += w1.line_under(text, entries.back().time);
  auto const report = expect(AuditVerdict::incomplete, "1 of 2 witnesses");
  EXPECT_FALSE(report.witnesses->quorum);
  policy = TrustPolicy::parse("log " + log.key.format() + "\nquorum none\n").value();
  expect(AuditVerdict::accepted, "All entries");
}

TEST_F(WitnessedHistory, WithABadCosignatureIsRejected) {
  bundle.checkpoint += w1.line_under("another text\n", entries.back().time);
  expect(AuditVerdict::rejected, "signature of witness.example/w1 is not good");
}

TEST_F(WitnessedHistory, WithAnEntryDatedBackIsRejected) {
  see(index_of(4), entries[4].time + merge_delay);  // without entry 4, as late as it must have been there
  auto const report = expect(AuditVerdict::rejected, "Entry 4: It is dated back");
  EXPECT_EQ(report.rows[4].state, RowState::rejected);
}

TEST_F(WitnessedHistory, GivesAnEntryTheMergeDelayToComeIn) {
  see(index_of(4), entries[4].time + merge_delay - seconds{1});
  expect(AuditVerdict::accepted, "All entries");
}

TEST_F(WitnessedHistory, WithAnEntryDatedAheadIsRejected) {
  see(index_of(2) + 1, entries[2].time - merge_delay - seconds{1});
  expect(AuditVerdict::rejected, "Entry 2: It is dated ahead");
}

TEST_F(WitnessedHistory, WhoseWitnessesSawAnEntryLateIsIncomplete) {
  bundle.seen.erase(bundle.seen.begin() + 1);  // what a register leaves out that dates entry 1 back
  auto const report = expect(AuditVerdict::incomplete, "Entry 1 is the first");
  EXPECT_EQ(report.witnesses->late, std::vector<std::uint64_t>{1});
  EXPECT_EQ(report.rows[1].state, RowState::proven);
}

TEST_F(WitnessedHistory, CountsNoOlderCheckpointWithoutAQuorum) {
  std::string const text = parse_note(bundle.seen[1].checkpoint).value().text;
  bundle.seen[1].checkpoint = log.note_of(text) + w1.line_under(text, entries[1].time + seconds{1});
  expect(AuditVerdict::incomplete, "Entry 1 is the first");
}

TEST_F(WitnessedHistory, OfALogThatForkedIsRejected) {
  std::string note = log.note_of(format_checkpoint({log.key.name(), 10, nth_leaf_hash(9), {}}));
  cosign(note, entries[0].time);
  bundle.seen.push_back({note, bundle.seen[0].proof});
  expect(AuditVerdict::rejected, "did not grow out of the 10 leaves");
}

TEST_F(WitnessedHistory, WithAProofThatIsCutIsRejected) {
  bundle.seen[2].proof.pop_back();
  expect(AuditVerdict::rejected, "did not grow out of");
}

TEST_F(WitnessedHistory, WhoseNextEpochWasDueWhenWitnessesSawTheLogIsIncomplete) {
  // The newest was closed at 11:00 and announces the next after a day.
  auto const due = base::parse_time("2026-11-22T11:00:00Z").value();
  bundle.checkpoint =
      parse_note(bundle.checkpoint).value().text + "\n" + log.line_under(parse_note(bundle.checkpoint).value().text);
  cosign(bundle.checkpoint, due + hours{24} + witness_gap);
  EXPECT_FALSE(expect(AuditVerdict::accepted, "All entries").epochs->overdue);
  bundle.checkpoint =
      parse_note(bundle.checkpoint).value().text + "\n" + log.line_under(parse_note(bundle.checkpoint).value().text);
  cosign(bundle.checkpoint, due + hours{24} + witness_gap + seconds{1});
  auto const report = expect(AuditVerdict::incomplete, "The epoch 3 was due on 2026-11-22T11:00:00Z");
  EXPECT_EQ(report.epochs->overdue, due);
}

TEST_F(WitnessedHistory, KeepsAnEarlierReasonToReject) {
  bundle.entries[1].salt[0] ^= 1;
  expect(AuditVerdict::rejected, "Entry 1:");
}

}  // namespace
}  // namespace abode::log
