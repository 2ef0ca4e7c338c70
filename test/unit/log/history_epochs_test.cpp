// A history held against its epochs: what a register that cuts off ends, adds second records or leaves out epochs comes
// to. The story has an epoch before entry 0, one over the entries 0 and 1, and one over all five.
#include <gtest/gtest.h>

#include "unit/log/outcome.hpp"
#include "unit/log/story.hpp"

namespace abode::log {
namespace {

using namespace reference;

struct EpochsOfAHistory : testing::Test {
  LogKey log{1};
  Bundle bundle = bundle_of(story(5), log);

  AuditReport expect(AuditVerdict verdict, std::string_view words) const {
    AuditReport const report = audit(bundle, log.key);
    EXPECT_EQ(report.verdict, verdict) << report.reason;
    EXPECT_NE(report.reason.find(words), std::string::npos) << report.reason;
    return report;
  }
  /// The story's file as a register makes it that closed these epochs.
  void close(std::function<void(Bundle&)> const& add_all) {
    bundle = bundle_without_epochs(story(5), log);
    add_all(bundle);
    prove_all(bundle, log);
  }
  void alter(std::size_t number, std::function<void(Epoch&)> const& breach) {
    Epoch epoch = *parse_epoch_leaf(bundle.epochs[number].leaf).value();
    breach(epoch);
    bundle.epochs[number].leaf = leaf_of(epoch);
    prove_all(bundle, log);
  }
};

TEST_F(EpochsOfAHistory, BindWhatTheyCover) {
  auto const report = expect(AuditVerdict::accepted, "All entries");
  ASSERT_TRUE(report.epochs);
  EXPECT_EQ(report.epochs->listed, 3u);
  EXPECT_EQ(report.epochs->newest->number, 2u);
  EXPECT_EQ(report.epochs->bound, 5u);
  EXPECT_TRUE(report.epochs->missing.empty());
  EXPECT_FALSE(report.epochs->overdue);
}

TEST_F(EpochsOfAHistory, LeaveWhatCameLaterToTheNext) {
  bundle.epochs.pop_back();
  EXPECT_EQ(expect(AuditVerdict::accepted, "All entries").epochs->bound, 2u);
  bundle.epochs.pop_back();
  EXPECT_EQ(expect(AuditVerdict::accepted, "All entries").epochs->bound, 0u);
}

TEST_F(EpochsOfAHistory, AreMissedIfThereIsNone) {
  bundle.epochs.clear();
  expect(AuditVerdict::incomplete, "No epoch is in the file");
}

TEST_F(EpochsOfAHistory, ShowAnEndThatWasCutOffTogetherWithWhatItMade) {
  bundle.entries.pop_back();
  bundle.state = facts_after(4);
  expect(AuditVerdict::rejected, "Epoch 2: It binds 5 entries, and the file has 4: the end was cut off.");
  bundle.epochs[2].head->count = 4;
  expect(AuditVerdict::rejected, "Epoch 2: Its head tree does not bind these entries at this position");
  bundle.epochs.pop_back();  // then it is missed once the next is due
  expect(AuditVerdict::accepted, "All entries");
}

TEST_F(EpochsOfAHistory, ShowAnEntryThatTheyDidNotCount) {
  close([](Bundle& b) {
    add_epoch(b, 0, 0, 1);
    add_epoch(b, 1, 40, 40, [](Head& head) { head.count = 4; });
  });
  expect(AuditVerdict::rejected, "Epoch 1: Its head tree does not bind these entries");
  bundle.epochs[1].head->count = 4;
  expect(AuditVerdict::rejected, "Epoch 1: It binds 4 entries, and 5 of the file were in the log by then.");
}

TEST_F(EpochsOfAHistory, ShowAnotherLastEntry) {
  close([](Bundle& b) {
    add_epoch(b, 0, 0, 1);
    add_epoch(b, 1, 40, 40, [](Head& head) { head.last = filled(9); });
  });
  expect(AuditVerdict::rejected, "Epoch 1: Its head tree does not bind these entries");
}

TEST_F(EpochsOfAHistory, AcceptAHeadAtNoOtherPosition) {
  close([](Bundle& b) {
    add_epoch(b, 0, 0, 1);
    add_epoch(b, 1, 40, 40, [](Head& head) { head.position = 4713; });
  });
  expect(AuditVerdict::rejected, "Epoch 1: Its head tree does not bind these entries at this position");
}

TEST_F(EpochsOfAHistory, AcceptNoRecordAtThePositionBeforeEntry0) {
  close([](Bundle& b) {
    add_epoch(b, 0, 0, 1);
    add_epoch(b, 1, 40, 40);
  });
  bundle.epochs[0].head = bundle.epochs[1].head;
  expect(AuditVerdict::rejected, "Epoch 0: It is older than entry 0, and yet binds entries");
}

TEST_F(EpochsOfAHistory, MustShowWhatTheyBind) {
  bundle.epochs[1].head.reset();
  expect(AuditVerdict::rejected, "Epoch 1: It covers entries, but the file does not show what it binds.");
}

TEST_F(EpochsOfAHistory, MustBeInTheLogAtTheirPlace) {
  Bundle const honest = bundle;
  bundle.epochs[1].index = 15;
  expect(AuditVerdict::rejected, "Epoch 1: The log does not hold it");
  bundle = honest;
  bundle.epochs[1].proof.pop_back();
  expect(AuditVerdict::rejected, "Epoch 1: The log does not hold it");
  bundle = honest;
  bundle.epochs[1].leaf = leaf_of(filled(1));
  expect(AuditVerdict::rejected, "is given as an epoch, and is none");
  bundle.epochs[1].leaf = {0x02, 0x01};
  expect(AuditVerdict::rejected, "is not an epoch");
  bundle = honest;
  alter(1, [](Epoch& epoch) { epoch.covered = 15; });
  expect(AuditVerdict::rejected, "Epoch 1: It covers more than was in the log before it.");
}

TEST_F(EpochsOfAHistory, ComeInOrder) {
  Bundle const honest = bundle;
  std::swap(bundle.epochs[1], bundle.epochs[2]);
  expect(AuditVerdict::rejected, "Epoch 1: It comes after a later one.");
  bundle = honest;
  bundle.epochs.insert(bundle.epochs.begin() + 1, bundle.epochs[1]);
  expect(AuditVerdict::rejected, "Epoch 1: It comes after a later one.");
  for (auto const& breach : std::vector<std::function<void(Epoch&)>>{
           [](Epoch& epoch) { epoch.covered = 13; }, [](Epoch& epoch) { epoch.positions = 4096; },
           [](Epoch& epoch) { epoch.time -= std::chrono::days{1}; }}) {
    bundle = honest;
    alter(2, breach);
    expect(AuditVerdict::rejected, "Epoch 2: It covers less than the one before it.");
  }
}

TEST_F(EpochsOfAHistory, TellNothingMoreThanOnceOfTheTimeBeforeEntry0) {
  close([](Bundle& b) {
    add_epoch(b, 0, 0, 1);
    add_epoch(b, 1, 2, 2);
    add_epoch(b, 2, 40, 40);
  });
  expect(AuditVerdict::rejected, "Epoch 1: It is older than entry 0, as the one before it is");
  bundle.epochs.erase(bundle.epochs.begin());
  expect(AuditVerdict::accepted, "All entries");
}

TEST_F(EpochsOfAHistory, AreMissedWhereOneIsLeftOut) {
  bundle.epochs.erase(bundle.epochs.begin() + 1);
  auto const report = expect(AuditVerdict::incomplete, "The epoch 1 is missing");
  EXPECT_EQ(report.epochs->missing, (std::vector{EpochRange{1, 1}}));
  bundle.epochs.erase(bundle.epochs.begin());
  EXPECT_EQ(expect(AuditVerdict::incomplete, "Of the epochs 0 to 1 some are missing").epochs->missing,
            (std::vector{EpochRange{0, 1}}));
}

TEST_F(EpochsOfAHistory, AreMissedWhenTheNextWasDue) {
  // Entries come each hour from 10:00 on; the epoch 0 was closed at 9:00 and announces the next after a day.
  alter(0, [](Epoch& epoch) { epoch.length = std::chrono::hours{1}; });
  bundle.epochs.resize(1);
  auto const report = expect(AuditVerdict::incomplete, "The epoch 1 was due on 2026-11-21T10:00:00Z");
  EXPECT_EQ(report.epochs->overdue, base::parse_time("2026-11-21T10:00:00Z").value());
}

TEST_F(EpochsOfAHistory, DoNotMakeUpForEntriesThatAreNotYetProvable) {
  bundle.epochs.pop_back();
  bundle.entries[4].index.reset();
  bundle.entries[4].proof.clear();
  expect(AuditVerdict::incomplete, "1 of 5 entries are not yet provable");
  bundle.epochs.erase(bundle.epochs.begin());
  expect(AuditVerdict::incomplete, "1 of 5 entries are not yet provable");
}

}  // namespace
}  // namespace abode::log
