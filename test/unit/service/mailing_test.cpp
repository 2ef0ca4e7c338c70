// The outbox: what waits is sent at least once, together, and without consequence.
#include "service/mailing.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/faulty_store.hpp"
#include "support/world.hpp"
#include "unit/service/recording_transaction.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::Disclosure;
using Outcome = TriedMail::Outcome;
using ports::MailKind;
using test::must;

constexpr std::chrono::seconds wait{60};

class Mailing : public ::testing::Test {
 protected:
  template <class Use>
  auto write(Use use) {
    return test::write(*world.store, use);
  }
  Mailing() {
    world.context.mails = MailPolicy{wait};
    must(write([&](ports::Transaction& t) -> base::result<int> {
      t.put_contact(seal_contact(world.context, anna.record(), 0, t.key(anna.record()).value(),
                                 {{"anna@example.org", "de"}, {}}));
      return 0;
    }));
  }
  /// A notice about the entry `seq` of Anna's.
  void notice(std::uint64_t seq) {
    must(write([&](ports::Transaction& t) -> base::result<int> {
      add_notice(world.context, t, {anna.record(), seq, false, world.clock.now()});
      return 0;
    }));
  }
  std::vector<DueMail> due() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<DueMail>> {
      return due_mails(world.context, s, 100);
    }));
  }
  std::vector<ports::OutboxRow> waiting() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::OutboxRow>> {
      return s.outbox(anna.record());
    }));
  }
  std::size_t settle(std::vector<TriedMail> const& tried) {
    return must(write(
        [&](ports::Transaction& t) -> base::result<std::size_t> { return settle_mails(world.context, t, tried); }));
  }

  test::World world;
  ports::HolderSession anna = world.anna();
};

TEST_F(Mailing, TwoNoticesMakeOneMail) {
  notice(1);
  world.clock.pass(wait - 1s);
  EXPECT_TRUE(due().empty());
  notice(2);
  world.clock.pass(1s);
  auto const mails = due();
  ASSERT_EQ(mails.size(), 1u) << "the second one does not put it off";
  EXPECT_EQ(mails[0].contact.reveal(Disclosure::to_mail)->contact.address, "anna@example.org");
  EXPECT_EQ(settle({{mails[0].row, Outcome::over}}), 0u);
  EXPECT_TRUE(waiting().empty());
}

// What comes while a mail is under way makes another mail: its holder may have looked already.
TEST_F(Mailing, NewsDuringTheSendingIsNotLost) {
  notice(1);
  world.clock.pass(wait);
  auto const mails = due();
  notice(2);
  settle({{mails[0].row, Outcome::over}});
  ASSERT_EQ(waiting().size(), 1u);
  ports::OutboxRow const row = waiting().front();
  EXPECT_NE(row.message_id, mails[0].row.message_id) << "a mail of its own: no server may take it for the first";
  EXPECT_EQ(row.next_try_at, world.clock.now() + wait);
  EXPECT_EQ(row.attempts, 0u);
}

// A crash between sending and noting.
TEST_F(Mailing, IsRepeatedUnderTheSameName) {
  notice(1);
  world.clock.pass(wait);
  auto const first = due();
  auto const again = due();  // nothing was noted
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].row.message_id, first[0].row.message_id);
  settle({{again[0].row, Outcome::later}});
  world.clock.pass(first_mail_pause);
  EXPECT_EQ(due().at(0).row.message_id, first[0].row.message_id);
}

// The same outcome noted twice, because the first answer was lost.
TEST_F(Mailing, WhatIsNotedTwiceHasOneEffect) {
  notice(1);
  world.clock.pass(wait);
  auto const mails = due();
  notice(2);
  settle({{mails[0].row, Outcome::over}});
  auto const after = waiting();
  settle({{mails[0].row, Outcome::over}});
  EXPECT_EQ(waiting(), after) << "the news that came meanwhile stays";
}

TEST_F(Mailing, NewsThatCameWhileItWasRefusedIsSentByItself) {
  notice(1);
  world.clock.pass(wait);
  auto const mails = due();
  notice(2);
  settle({{mails[0].row, Outcome::refused}});
  ASSERT_EQ(waiting().size(), 1u);
  EXPECT_NE(waiting()[0].message_id, mails[0].row.message_id);
}

TEST_F(Mailing, NewsThatIsTakenInLateHasThreeDaysOfItsOwn) {
  notice(1);
  base::Time const first = world.clock.now();
  world.clock.pass(ports::mail_lifetime - std::chrono::hours{1});
  notice(2);
  ASSERT_EQ(waiting().size(), 1u);
  settle({{due().at(0).row, Outcome::later}});
  world.clock.set(first + ports::mail_lifetime + std::chrono::hours{1});
  settle({{due().at(0).row, Outcome::later}});
  EXPECT_EQ(waiting().size(), 1u) << "three days after the first news, an hour after the second";
}

// Somebody else's move of a person's home: its owner hears of it while they can take it back.
TEST_F(Mailing, IsMadeByWhatWouldDoLastingHarmInOtherHands) {
  auto const queued_by = [&](rules::Command const& command) {
    auto const before = waiting();
    must(world.act(world.anna(), command));
    bool const news = waiting() != before;
    for (ports::OutboxRow const& row : waiting())
      must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
        t.remove_mail(row.record, row.kind, row.contact);
        return 0;
      }));
    return news;
  };
  rules::File const home = world.file();
  base::Date const today = base::day_of(world.clock.now());
  EXPECT_TRUE(queued_by(home));
  EXPECT_TRUE(queued_by(rules::Correct{home.id, test::address("Invalidenstr. 1a"), {}}));
  rules::Move const move{home.id, new_registration_id(world.random), test::address("Sonnenallee 2"), today};
  EXPECT_TRUE(queued_by(move));
  EXPECT_TRUE(queued_by(rules::Undo{move.to}));
  EXPECT_FALSE(queued_by(rules::Confirm{home.id}));
  EXPECT_FALSE(queued_by(world.file(rules::Kind::secondary, "Gasthof")));
  EXPECT_TRUE(queued_by(rules::End{home.id, today}));
}

TEST_F(Mailing, WaitsLongerAfterEachAttemptAndGivesUp) {
  notice(1);
  world.clock.pass(wait);
  std::vector<std::chrono::seconds> pauses;
  base::Time const began = world.clock.now();
  std::size_t unsent = 0;
  while (!waiting().empty()) {
    auto const mails = due();
    ASSERT_EQ(mails.size(), 1u);
    unsent += settle({{mails[0].row, Outcome::later}});
    if (waiting().empty()) break;
    base::Time const next = waiting().front().next_try_at;
    pauses.push_back(next - world.clock.now());
    world.clock.set(next - 1s);
    EXPECT_TRUE(due().empty());
    world.clock.set(next);
  }
  ASSERT_GT(pauses.size(), 12u);
  EXPECT_EQ(pauses[0], 60s);
  EXPECT_EQ(pauses[1], 120s);
  EXPECT_EQ(pauses[5], 1920s);
  EXPECT_EQ(pauses.back(), 6h);
  EXPECT_EQ(unsent, 1u) << "counted, and nothing else is left of it";
  EXPECT_LE(world.clock.now() - began, ports::mail_lifetime);
  EXPECT_GT(world.clock.now() - began, ports::mail_lifetime - 7h);
}

TEST_F(Mailing, LosesNoAttemptWhileTheServerTakesNoMailAtAll) {
  notice(1);
  world.clock.pass(wait);
  for (int i = 0; i < 100; ++i) {
    auto const mails = due();
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(settle({{mails[0].row, Outcome::put_off}}), 0u);
    EXPECT_EQ(waiting().front().next_try_at, world.clock.now() + short_mail_pause);
    world.clock.pass(short_mail_pause);
  }
  EXPECT_EQ(waiting().front().attempts, 0u);
}

// G2: no field anywhere says that a mail came back.
TEST_F(Mailing, ARefusalLeavesNothingBehindG2) {
  auto const before = world.row(anna.record());
  auto const contacts = [&] {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::ContactRow>> {
      return s.contacts(anna.record());
    }));
  };
  auto const kept = contacts();
  notice(1);
  world.clock.pass(wait);
  EXPECT_EQ(settle({{due().at(0).row, Outcome::refused}}), 1u);
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(contacts(), kept) << "the address stays as it is, to be tried with the next news";
  EXPECT_EQ(world.row(anna.record()).entries, before.entries);
  EXPECT_EQ(world.row(anna.record()).sealed_state, before.sealed_state);
  notice(2);
  world.clock.pass(wait);
  EXPECT_EQ(due().size(), 1u);
}

TEST_F(Mailing, WithoutAMailServerNothingIsQueued) {
  world.context.mails.reset();
  notice(1);
  EXPECT_TRUE(waiting().empty());
}

TEST_F(Mailing, WithoutAContactThereIsNobodyToSendTo) {
  must(write([&](ports::Transaction& t) -> base::result<int> {
    t.remove_contact(anna.record(), 0);
    return 0;
  }));
  notice(1);
  world.clock.pass(wait);
  auto const mails = due();
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_FALSE(mails[0].contact.reveal(Disclosure::to_mail));
  EXPECT_EQ(settle({{mails[0].row, Outcome::over}}), 0u);
  EXPECT_TRUE(waiting().empty());
}

// G11: a miss goes to the office's book, which nobody reads; it asks the store for the same as a hit.
TEST_F(Mailing, AnOpeningAsksForTheSameWhetherItHitsSomebodyWithAContactOrNobody) {
  auto const code = must(world.make_code(anna, {rules::Field::given_names}));
  auto const calls = [&](std::string const& typed) {
    std::vector<std::string> seen;
    auto const request = must(check_opening_request(world.context.profile(), typed, "school-enrolment", "S-17",
                                                    {rules::Field::main_address}));  // not what the code is for
    auto const clerk = world.clerk();
    must(write([&](ports::Transaction& t) -> base::result<int> {
      test::RecordingTransaction recording{t};
      must(attempt_opening(world.context, recording, clerk, request, {}));
      seen = recording.calls;
      return 0;
    }));
    return seen;
  };
  auto const refused = calls(code.code.code->reveal(Disclosure::to_holder));
  EXPECT_NE(std::find(refused.begin(), refused.end(), "queue_mail"), refused.end());
  EXPECT_EQ(refused, calls("0000000000"));
}

// A wrapped contact opens for its mail, and nothing else does.
TEST_F(Mailing, AContactOfAnotherPlaceDoesNotOpen) {
  auto const peter = world.peter();
  notice(1);
  must(write([&](ports::Transaction& t) -> base::result<int> {
    auto moved = t.contacts(anna.record()).front();
    moved.record = peter.record();
    t.put_contact(moved);
    add_notice(world.context, t, {peter.record(), 77, false, world.clock.now()});
    auto other_seq = t.contacts(anna.record()).front();
    t.remove_contact(anna.record(), other_seq.seq);
    other_seq.seq = 5;
    t.put_contact(other_seq);
    return 0;
  }));
  world.clock.pass(wait);
  auto const mails = due();
  ASSERT_EQ(mails.size(), 2u);
  for (DueMail const& mail : mails) EXPECT_FALSE(mail.contact.reveal(Disclosure::to_mail));
}

TEST_F(Mailing, OutlivesNoErasure) {
  notice(1);
  must(write([&](ports::Transaction& t) -> base::result<int> {
    auto const key = t.key(anna.record()).value();
    auto const row = seal_contact(world.context, anna.record(), 3, key, {{"x@example.org", "en"}, {}});
    t.queue_mail(
        {anna.record(), MailKind::changed_former, 3, row.sealed, 9, {}, world.clock.now(), 0, world.clock.now()});
    t.erase(anna.record(), world.clock.now());
    return 0;
  }));
  world.clock.pass(wait);
  EXPECT_TRUE(due().empty());
}

// A use case that is run again, or whose answer is lost, queues one mail.
TEST(MailingOnATroubledStore, QueuesOneMail) {
  for (test::Fault fault : {test::Fault::twice, test::Fault::persisted}) {
    test::World world{1, std::make_unique<test::FaultyStore>(test::make_memory_store(), test::fault_at(6, fault))};
    world.context.mails = MailPolicy{wait};
    for (std::uint64_t seq = 1; seq < 9; ++seq)
      (void)world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
        if (t.notices(ports::RecordId{1}, 1000, 100).empty())
          add_notice(world.context, t, {ports::RecordId{1}, 1, false, world.clock.now()});
        return {};
      });
    world.clock.pass(wait);
    auto const mails = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<DueMail>> {
      return due_mails(world.context, s, 100);
    }));
    EXPECT_EQ(mails.size(), 1u);
  }
}

}  // namespace
}  // namespace abode::service
