#include "service/erasure.hpp"

#include <gtest/gtest.h>

#include "rules/retention.hpp"
#include "service/enrolment.hpp"
#include "service/rectification.hpp"
#include "service/retention.hpp"
#include "service/specimens.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using rules::Field;
using test::must;
using test::noon;

constexpr std::chrono::seconds second{1};

class Erasure : public ::testing::Test {
 protected:
  base::result<AskedErasure> ask(std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return request_erasure(world.context, t, anna, key); });
  }
  base::result<AskedErasure> take_back(std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) { return undo_erasure(world.context, t, anna, key); });
  }
  void run_job() {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      keep_retention(world.context, t, 100);
      return 0;
    }));
  }
  void run_job_at(base::Time now) {
    world.clock.set(now);
    run_job();
  }
  bool erased(ports::RecordId record) { return world.row(record).erased_at.has_value(); }
  bool has_key(ports::RecordId record) {
    return must(
        test::read(*world.store, [&](ports::Snapshot& s) -> base::result<bool> { return s.key(record).has_value(); }));
  }
  log::Bundle bundle(ports::HolderSession const& session) {
    return must(test::read(*world.store,
                           [&](ports::Snapshot& s) { return export_history(world.context, world.log, s, session); }));
  }
  OpeningRequest opening(MadeOpeningCode const& made) {
    return must(check_opening_request(world.context.profile(), made.code.code->reveal(base::Disclosure::to_holder),
                                      "school-enrolment", "17", {Field::family_name}));
  }
  void read_all_notices() {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      t.mark_notices_read(anna.record(), 1000);
      return 0;
    }));
  }
  template <class T>
  static void expect_refused(base::result<T> const& outcome, errc code) {
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, code);
  }

  test::World world;
  ports::HolderSession anna = world.anna();
};

TEST_F(Erasure, G10IsAnEntryFirstAndDestroysTheKeyAfterThreeDaysNotASecondSooner) {
  AskedErasure const asked = must(ask());
  EXPECT_EQ(asked.due, noon + std::chrono::hours{72});
  auto const told = world.opened_entries(anna).back();
  EXPECT_EQ(told.entry.operation, operation::request_erasure);
  EXPECT_EQ(told.commitment, asked.receipt.commitment);
  run_job_at(*asked.due - second);
  EXPECT_FALSE(erased(anna.record()));
  EXPECT_EQ(world.state(anna).identity->names.family, "ERIKSSON");
  run_job_at(*asked.due);
  EXPECT_TRUE(erased(anna.record()));
  EXPECT_FALSE(has_key(anna.record()));
}

TEST_F(Erasure, LeavesCommitmentsAndNothingThatCanBeOpened) {
  auto const before = world.entries(anna.record());
  auto const asked = must(ask());
  run_job_at(*asked.due);
  auto const after = world.entries(anna.record());
  ASSERT_EQ(after.size(), before.size() + 1);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(after[i].commitment, before[i].commitment);
  for (auto const& entry : after) EXPECT_TRUE(entry.sealed.empty());
  EXPECT_TRUE(world.row(anna.record()).sealed_state.empty());
  EXPECT_TRUE(must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<bool> {
    return !find_specimen(world.context, s, "anna-eriksson") && s.sessions(anna.record()).empty();
  }))) << "nobody finds it by a document, and nobody is signed in";
}

TEST_F(Erasure, OfOnePersonTouchesNoProofOfAnother) {
  auto const peter = world.peter();
  must(world.act(peter, world.file()));
  world.sequence();
  auto const asked = must(ask());
  run_job_at(*asked.due);
  world.close_epoch();
  must(world.act(peter, world.file(rules::Kind::secondary, "Two")));
  world.sequence();
  auto const report = log::audit(bundle(peter), world.log.key);
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  EXPECT_EQ(world.state(peter).residence.registrations.size(), 2u);
}

TEST_F(Erasure, OfARecordWhoseLeavesWaitStillPutsThemIntoTheLog) {
  auto const asked = must(ask());
  run_job_at(*asked.due);
  EXPECT_GT(world.sequence(), 0u);
  EXPECT_TRUE(must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<bool> {
    return s.leaf_index(anna.record(), asked.receipt.entry).has_value();
  })));
}

TEST_F(Erasure, AFileThatThePersonKeptIsStillAccepted) {
  auto const asked = must(ask());
  world.sequence();
  log::Bundle const kept = bundle(anna);
  run_job_at(*asked.due);
  auto const report = log::audit(kept, world.log.key);
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  EXPECT_EQ(report.rows.back().entry->operation, operation::request_erasure) << "it tells of its erasure";
}

TEST_F(Erasure, CanBeTakenBackUntilItIsDue) {
  auto const asked = must(ask());
  world.clock.set(*asked.due - second);
  EXPECT_EQ(must(take_back()).due, std::nullopt);
  EXPECT_EQ(world.opened_entries(anna).back().entry.operation, operation::undo_erasure);
  run_job_at(*asked.due + std::chrono::days{1000});
  EXPECT_FALSE(erased(anna.record()));
  must(world.act(world.anna(), world.file()));
  expect_refused(take_back(), errc::conflict);
}

TEST_F(Erasure, CannotBeTakenBackOnceItIsDue) {
  auto const asked = must(ask());
  world.clock.set(*asked.due);
  expect_refused(take_back(), errc::too_late);
}

TEST_F(Erasure, NeverHappensToSomebodyWhoHasNotAskedG2) {
  must(world.act(anna, world.file()));
  run_job_at(noon + std::chrono::days{365 * 100});
  EXPECT_FALSE(erased(anna.record()));
  EXPECT_FALSE(erased(world.peter().record()));
  EXPECT_NE(world.state(anna).residence.main(), nullptr);
}

TEST_F(Erasure, WaitsForAsLongAsEndedRegistrationsAreKept) {
  auto const filing = world.file();
  must(world.act(anna, filing));
  expect_refused(ask(), errc::conflict);
  must(world.act(anna, rules::End{filing.id, base::day_of(noon)}));
  base::Time const due = noon + world.context.profile().retention.ended_registrations;
  EXPECT_EQ(must(ask()).due, due);
  run_job_at(due - second);
  EXPECT_FALSE(erased(anna.record()));
  run_job_at(due);
  EXPECT_TRUE(erased(anna.record()));
}

TEST_F(Erasure, WaitsUntilEveryAccessIsAcknowledged) {
  must(world.open("clerk-school", opening(must(world.make_code(anna, {Field::family_name})))));
  expect_refused(ask(), errc::conflict);
  read_all_notices();
  must(ask());
}

TEST_F(Erasure, OfAnAccessNeedsNoAcknowledgementAfterThreeYears) {
  must(world.open("clerk-school", opening(must(world.make_code(anna, {Field::family_name})))));
  world.clock.set(noon + ports::unread_notice_lifetime - second);
  anna = world.anna();
  expect_refused(ask(), errc::conflict);
  world.clock.set(noon + ports::unread_notice_lifetime);
  must(ask());
}

TEST_F(Erasure, EndsEveryCodeAtOnceSoThatNoAccessCanComeAfterIt) {
  auto const unused = must(world.make_code(anna, {Field::family_name}));
  auto const used = must(world.make_code(anna, {Field::family_name}));
  must(world.open("clerk-school", opening(used), test::request_key("again")));
  read_all_notices();
  auto const asked = must(ask());
  std::size_t const entries = world.entries(anna.record()).size();
  expect_refused(world.open("clerk-school", opening(unused)), errc::opening_refused);
  expect_refused(world.open("clerk-school", opening(used), test::request_key("again")), errc::opening_refused);
  EXPECT_EQ(world.entries(anna.record()).size(), entries) << "they are misses, in the book of the office";
  run_job_at(*asked.due);
  EXPECT_TRUE(erased(anna.record()));
}

TEST_F(Erasure, LetsNothingElseBeChangedUntilItIsTakenBack) {
  must(ask());
  expect_refused(world.act(anna, world.file()), errc::conflict);
  expect_refused(world.make_code(anna, {Field::family_name}), errc::conflict);
  expect_refused(test::write(*world.store,
                             [&](ports::Transaction& t) {
                               return request_rectification(world.context, t, anna,
                                                            {Field::family_name, "Ericsson", "spelling"}, {});
                             }),
                 errc::conflict);
  expect_refused(ask(), errc::conflict);
  must(take_back());
  must(world.act(anna, world.file()));
}

TEST_F(Erasure, ARepeatedRequestHasOneEffect) {
  AskedErasure const first = must(ask(test::request_key("k")));
  AskedErasure const again = must(ask(test::request_key("k")));
  EXPECT_EQ(again.receipt.commitment, first.receipt.commitment);
  EXPECT_EQ(again.due, first.due);
  AskedErasure const undone = must(take_back(test::request_key("u")));
  EXPECT_EQ(must(take_back(test::request_key("u"))).receipt.commitment, undone.receipt.commitment);
  EXPECT_EQ(world.entries(anna.record()).size(), 3u);
}

TEST(ErasureOnATroubledStore, IsDoneOnceItIsTriedAgain) {
  for (test::Fault fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted, test::Fault::twice}) {
    SCOPED_TRACE(static_cast<int>(fault));
    std::optional<test::Fault> trouble;
    test::World world{
        1, std::make_unique<test::FaultyStore>(test::make_memory_store(), [&](std::uint64_t) { return trouble; })};
    auto const anna = world.anna();
    auto const asked = must(
        test::write(*world.store, [&](ports::Transaction& t) { return request_erasure(world.context, t, anna, {}); }));
    world.clock.set(*asked.due);
    auto const job = [&] {
      return world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
        keep_retention(world.context, t, 100);
        return {};
      });
    };
    trouble = fault;
    EXPECT_EQ(job().has_value(), fault == test::Fault::twice);
    trouble.reset();
    world.clock.pass(std::chrono::seconds{1});
    EXPECT_TRUE(job());
    bool const was_done = fault == test::Fault::persisted || fault == test::Fault::twice;
    EXPECT_EQ(world.row(anna.record()).erased_at, *asked.due + std::chrono::seconds{was_done ? 0 : 1});
  }
}

}  // namespace
}  // namespace abode::service
