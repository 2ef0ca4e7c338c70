// Epochs of a register: what they bind is what the log held, whenever they are closed and whatever happens meanwhile.
#include "service/epochs.hpp"

#include <gtest/gtest.h>

#include <set>

#include "log/history.hpp"
#include "service/enrolment.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using std::chrono::days;
using std::chrono::hours;
using test::must;

class Epochs : public ::testing::Test {
 protected:
  log::AuditReport audit_of(ports::HolderSession const& session) {
    auto const bundle = must(test::read(
        *world.store, [&](ports::Snapshot& s) { return export_history(world.context, world.log, s, session); }));
    return log::audit(must(log::decode_bundle(log::encode_bundle(bundle))), world.log.key);
  }
  /// Expects a file that holds, of which the newest epoch binds so many entries.
  void expect_bound(ports::HolderSession const& session, std::uint64_t bound) {
    auto const report = audit_of(session);
    EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
    ASSERT_TRUE(report.epochs);
    EXPECT_EQ(report.epochs->bound, bound);
  }
  std::optional<base::Time> due(std::chrono::seconds length) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return next_epoch_due(s, length); }));
  }
  std::vector<log::Epoch> kept() {
    return must(test::read(*world.store, [](ports::Snapshot& s) -> base::result<std::vector<log::Epoch>> {
      std::vector<log::Epoch> epochs;
      for (auto const& row : s.epochs()) epochs.push_back(must(epoch_of(row)));
      return epochs;
    }));
  }

  test::World world;
  ports::HolderSession anna = world.anna();
  ports::HolderSession peter = world.peter();
};

TEST_F(Epochs, BeginWithOneThatBindsNothingInTheFirstCheckpoint) {
  EXPECT_EQ(due(days{1}), std::nullopt) << "its leaf is not in the log yet";
  world.sequence();
  EXPECT_EQ(due(days{1}), test::noon + days{1});
  EXPECT_EQ(due(hours{1}), test::noon + hours{1}) << "the length was changed since";
  EXPECT_EQ(due(days{2}), test::noon + days{1}) << "never later than was announced";
  expect_bound(anna, 0);
  ASSERT_EQ(kept().size(), 1u);
  EXPECT_EQ(kept()[0].covered, 0u);
  EXPECT_EQ(kept()[0].positions, 1024u);
}

TEST_F(Epochs, BindWhatWasPublishedWhenTheyWereClosed) {
  must(world.act(anna, world.file()));
  world.sequence();
  must(world.act(anna, world.file(rules::Kind::secondary)));  // waits for the log
  world.close_epoch();                                        // and comes into it with the epoch's leaf
  expect_bound(anna, 2);
  expect_bound(peter, 1);
  world.close_epoch();
  expect_bound(anna, 3);
}

TEST_F(Epochs, WaitForTheirLeafBeforeTheNextIsDue) {
  world.sequence();
  ASSERT_TRUE(close_epoch(world.context, *world.store, days{1}));
  EXPECT_EQ(due(days{1}), std::nullopt);
  EXPECT_EQ(audit_of(anna).epochs->listed, 1u);
  world.sequence();
  EXPECT_EQ(due(days{1}), test::noon + days{1});
}

TEST_F(Epochs, AreClosedLateButNoneIsSkipped) {
  world.sequence();
  world.clock.pass(days{40});
  world.close_epoch();
  auto const epochs = kept();
  ASSERT_EQ(epochs.size(), 2u);
  EXPECT_EQ(epochs[1].number, 1u);
  EXPECT_EQ(epochs[1].time, test::noon + days{40});
  world.clock.set(test::noon);  // a clock that was set back
  world.close_epoch();
  EXPECT_EQ(kept()[2].time, test::noon + days{40});
}

// Acts, checkpoints and epochs in any order: at any time each person's file holds, and binds what it must.
TEST_F(Epochs, BindEachRecordWhateverTheOrderOfThings) {
  world.sequence();
  std::uint64_t in_log[2] = {1, 1};
  std::uint64_t acts[2] = {1, 1};
  std::uint64_t bound[2] = {0, 0};
  ports::HolderSession const* const who[2] = {&anna, &peter};
  for (int step = 0; step < 120; ++step) {
    std::size_t const one = world.random.below(2);
    std::uint64_t const what = world.random.below(4);
    if (what < 2) {
      must(world.make_code(*who[one], {rules::Field::birth_date}, std::chrono::minutes{15}));
      ++acts[one];
    } else if (what == 2) {
      std::copy(acts, acts + 2, in_log);
      world.sequence();
    } else {
      std::copy(in_log, in_log + 2, bound);
      world.close_epoch();
      std::copy(acts, acts + 2, in_log);
    }
    world.clock.pass(std::chrono::minutes{20});
    if (step % 10 != 9 || audit_of(*who[one]).verdict == log::AuditVerdict::incomplete) continue;
    expect_bound(*who[one], bound[one]);
  }
  world.sequence();
  for (std::size_t one : {0u, 1u}) expect_bound(*who[one], bound[one]);
}

// What the data inventory says of them (End::on_later_epoch).
TEST_F(Epochs, AreThinnedToTheNewestAndOneAMonth) {
  world.sequence();
  for (int day = 0; day < 170; ++day) {
    world.clock.pass(days{1});
    if (day % 7 == 0) must(world.act(anna, world.file(rules::Kind::secondary)));
    world.close_epoch();
  }
  auto const epochs = kept();
  std::set<std::uint64_t> numbers;
  for (auto const& epoch : epochs) numbers.insert(epoch.number);
  // From 21 November on: the last days of November, December and January, and then 90 days.
  std::set<std::uint64_t> expected{0, 9, 40, 71};
  for (std::uint64_t n = 81; n <= 170; ++n) expected.insert(n);
  EXPECT_EQ(numbers, expected);
  auto const report = audit_of(anna);
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  EXPECT_EQ(report.epochs->listed, expected.size());
}

// Otherwise whoever sees a neighbour's leaf twice would know whether anything happened there between.
TEST_F(Epochs, BlindEachLeafAnew) {
  world.sequence();
  for (int i = 0; i < 3; ++i) world.close_epoch();
  auto const bundle = must(
      test::read(*world.store, [&](ports::Snapshot& s) { return export_history(world.context, world.log, s, anna); }));
  std::set<base::Hash> blinds;
  std::set<base::Hash> beside;
  for (log::BundleEpoch const& epoch : bundle.epochs)
    if (epoch.head) {
      blinds.insert(epoch.head->blind);
      beside.insert(epoch.head->proof.front());
    }
  EXPECT_EQ(blinds.size(), 3u);
  EXPECT_EQ(beside.size(), 3u) << "nothing has happened there";
}

TEST_F(Epochs, KeepTheirPlacesWhenTheRegisterGrows) {
  world.sequence();
  EXPECT_TRUE(test::write(*world.store, [&](ports::Transaction& transaction) -> base::result<void> {
    for (int i = 0; i < 600; ++i)
      if (auto const opened = open_book(world.context, transaction); !opened) return opened.error();
    return {};
  }));
  world.sequence();
  world.close_epoch();
  EXPECT_EQ(kept().back().positions, 2048u);
  expect_bound(anna, 1);
}

TEST_F(Epochs, LeadToTheSameTreeAtAnyLaterTime) {
  world.sequence();
  world.close_epoch();
  must(world.act(anna, world.file()));
  world.close_epoch();
  must(world.act(peter, world.file()));
  world.close_epoch();
  auto const rows = must(test::read(
      *world.store, [](ports::Snapshot& s) -> base::result<std::vector<ports::EpochRow>> { return s.epochs(); }));
  ASSERT_EQ(rows.size(), 4u);
  for (auto const& row : rows) {
    log::Epoch const epoch = must(epoch_of(row));
    EXPECT_EQ(must(head_tree_of(*world.sealer, *world.store, epoch, *row.nonce)).root, epoch.root) << row.number;
  }
}

TEST_F(Epochs, OutliveTheErasureOfARecord) {
  world.sequence();
  must(world.act(peter, world.file()));
  world.sequence();
  world.close_epoch();
  ports::RecordId const erased = peter.record();
  EXPECT_TRUE(test::write(*world.store, [&](ports::Transaction& transaction) -> base::result<void> {
    transaction.erase(erased, world.clock.now());
    return {};
  }));
  world.close_epoch();
  expect_bound(anna, 1);
  auto const heads = must(test::read(*world.store, [](ports::Snapshot& s) -> base::result<std::vector<ports::HeadRow>> {
    return s.heads(s.log_state().size, {}, 1000);
  }));
  auto const row = std::find_if(heads.begin(), heads.end(), [&](auto const& head) { return head.record == erased; });
  ASSERT_NE(row, heads.end());
  EXPECT_EQ(row->count, 2u) << "its commitments stand, and are counted on";
}

TEST_F(Epochs, WhoseTreeWasLostAreMissing) {
  world.sequence();
  for (int i = 0; i < 3; ++i) world.close_epoch();
  EXPECT_TRUE(test::write(*world.store, [&](ports::Transaction& transaction) -> base::result<void> {
    auto row = transaction.epochs()[2];
    transaction.remove_epoch(2);
    row.nonce.reset();
    transaction.add_epoch(row, {});
    return {};
  }));
  auto const report = audit_of(anna);
  EXPECT_EQ(report.verdict, log::AuditVerdict::incomplete);
  EXPECT_EQ(report.epochs->missing, (std::vector{log::EpochRange{2, 2}}));
}

TEST(EpochsInTrouble, AreClosedOnceWhateverTheStoreAnswers) {
  for (test::Fault const fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted}) {
    bool armed = false;
    test::World world{1, std::make_unique<test::FaultyStore>(test::make_memory_store(), [&](std::uint64_t) {
                        return std::exchange(armed, false) ? std::optional{fault} : std::nullopt;
                      })};
    world.sequence();
    armed = true;
    EXPECT_FALSE(close_epoch(world.context, *world.store, days{1}));
    world.sequence();
    auto const due = must(test::read(*world.store, [](ports::Snapshot& s) { return next_epoch_due(s, days{1}); }));
    EXPECT_TRUE(due) << "it goes on";
    world.close_epoch();
    auto const numbers =
        must(test::read(*world.store, [](ports::Snapshot& s) -> base::result<std::vector<std::uint64_t>> {
          std::vector<std::uint64_t> found;
          for (auto const& row : s.epochs()) found.push_back(row.number);
          return found;
        }));
    bool const persisted = fault == test::Fault::persisted;
    EXPECT_EQ(numbers, (persisted ? std::vector<std::uint64_t>{0, 1, 2} : std::vector<std::uint64_t>{0, 1}));
  }
}

/// A store in which something else happens just before a write.
class BusyStore final : public ports::Store {
 public:
  explicit BusyStore(ports::Store& inner) : inner_(inner) {}
  std::function<void()> before_write = [] {};
  void write(UseCase use_case, Done done) override {
    std::exchange(before_write, [] {})();
    inner_.write(std::move(use_case), std::move(done));
  }
  base::result<void> read(std::function<base::result<void>(ports::Snapshot&)> const& use) override {
    return inner_.read(use);
  }

 private:
  ports::Store& inner_;
};

TEST_F(Epochs, ThatTwoCloseAtOnceAreClosedByOne) {
  world.sequence();
  BusyStore busy{*world.store};
  busy.before_write = [&] { world.close_epoch(); };
  auto const second = close_epoch(world.context, busy, days{1});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, errc::conflict);
  EXPECT_EQ(kept().size(), 2u);
}

}  // namespace
}  // namespace abode::service
