// Reminders of the dates that holders set: queued and dropped with what they follow from, sent by the clocks of the
// office, and without any consequence.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "rules/reminders.hpp"
#include "service/contact.hpp"
#include "service/mailing.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"
#include "unit/service/recording_transaction.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::Disclosure;
using ports::MailKind;
using ports::OutboxRow;
using test::must;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Outcome = TriedMail::Outcome;

identity::Contact const contact{"anna@example.org", "tg"};

class Reminders : public ::testing::Test {
 protected:
  Reminders() {
    world.context.mails = MailPolicy{60s};
    put_contact(contact);
  }

  void put_contact(identity::Contact const& named) {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      t.put_contact(seal_contact(world.context, anna.record(), 0, t.key(anna.record()).value(), {named, {}}));
      return 0;
    }));
  }
  base::Date days_from_now(int count) {
    return std::chrono::sys_days{base::day_of(world.clock.now())} + std::chrono::days{count};
  }
  rules::File stay(std::optional<base::Date> until, std::string const& line = "Gasthof") {
    rules::File filing = world.file(rules::Kind::temporary, line);
    filing.until = until;
    return filing;
  }
  Acted act(rules::Command const& command) { return must(world.act(world.anna(), command)); }

  std::vector<OutboxRow> waiting(std::optional<ports::RecordId> record = {}) {
    auto rows = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<OutboxRow>> {
      return s.outbox(record.value_or(anna.record()));
    }));
    std::erase_if(rows, [](OutboxRow const& row) { return row.kind != MailKind::reminder; });
    return rows;
  }
  std::vector<base::Time> moments() {
    std::vector<base::Time> all;
    for (OutboxRow const& row : waiting()) all.push_back(row.queued_at);
    return all;
  }
  /// What should wait, from the state alone.
  std::vector<base::Time> wanted() {
    return rules::reminders_after(world.state(world.anna()).residence, world.clock.now(), *world.profile.civil_time);
  }
  std::vector<DueMail> due() {
    auto mails = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<DueMail>> {
      return due_mails(world.context, s, 100);
    }));
    std::erase_if(mails, [](DueMail const& mail) { return mail.row.kind != MailKind::reminder; });
    return mails;
  }
  std::size_t settle(DueMail const& mail, Outcome outcome) {
    return must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<std::size_t> {
      return settle_mails(world.context, t, {{mail.row, outcome}});
    }));
  }
  /// Names a contact in a session that begins now, and confirms it if it is another address.
  void name(identity::Contact const& named) {
    auto const session = world.anna();
    must(test::write(*world.store,
                     [&](ports::Transaction& t) { return name_contact(world.context, t, session, named, {}); }));
  }
  void confirm() {
    auto const session = world.anna();
    auto const mails = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<DueMail>> {
      return due_mails(world.context, s, 100);
    }));
    auto const found =
        std::find_if(mails.begin(), mails.end(), [](auto const& mail) { return mail.row.kind == MailKind::confirm; });
    auto const code = must(parse_contact_code(found->contact.reveal(Disclosure::to_mail)->code.value()));
    must(test::write(*world.store, [&](ports::Transaction& t) {
      return attempt_confirm_contact(world.context, t, session, code, {});
    }));
  }

  test::World world;
  ports::HolderSession anna = world.anna();
};

TEST_F(Reminders, WaitForTheirMomentsAndGoToTheContactOfThatDay) {
  act(stay(days_from_now(31)));
  ASSERT_THAT(moments(), SizeIs(4));
  EXPECT_EQ(moments(), wanted());
  for (OutboxRow const& row : waiting()) {
    EXPECT_GE(row.next_try_at, row.queued_at);
    EXPECT_LT(row.next_try_at, row.queued_at + 2h) << "spread over two hours of the day";
    EXPECT_THAT(row.sealed, IsEmpty()) << "it holds nothing";
  }
  world.clock.set(moments().front() - 1s);
  EXPECT_THAT(due(), IsEmpty());
  put_contact({"new@example.net", "ka"});
  world.clock.pass(2h);
  auto const mails = due();
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails[0].contact.reveal(Disclosure::to_mail)->contact.address, "new@example.net");
  EXPECT_EQ(settle(mails[0], Outcome::over), 0u);
  EXPECT_THAT(moments(), SizeIs(3));
  EXPECT_THAT(due(), IsEmpty()) << "one is one";
}

// Whatever is done, what waits is what follows from what stands, at every moment.
TEST_F(Reminders, AreNeverStale) {
  rules::File const first = stay(days_from_now(20));
  act(first);
  EXPECT_EQ(moments(), wanted());
  act(stay(days_from_now(50), "Pension"));
  EXPECT_THAT(moments(), SizeIs(7));
  EXPECT_EQ(moments(), wanted());
  std::vector<rules::Command> const acts{
      rules::Renew{first.id, days_from_now(60)},
      rules::Undo{first.id},
      rules::Correct{first.id, {}, {}, std::optional{std::optional{days_from_now(10)}}},
      rules::Confirm{first.id},
      rules::Renew{first.id, {}},
      rules::Undo{first.id},
      rules::End{first.id, days_from_now(0)},
      rules::Undo{first.id},
      rules::MakeMain{first.id, {}},
      rules::Undo{first.id},
      rules::Move{first.id, new_registration_id(world.random), test::address("Sonnenallee 2"), days_from_now(0),
                  days_from_now(90)},
      world.file(rules::Kind::main, "Invalidenstr. 1")};
  for (std::size_t i = 0; i < acts.size(); ++i) {
    act(acts[i]);
    EXPECT_EQ(moments(), wanted()) << "act " << i;
  }
  EXPECT_THAT(moments(), SizeIs(8));
}

TEST_F(Reminders, ThatStayKeepTheirNameAndTheirAttempts) {
  act(stay(days_from_now(31)));
  world.clock.set(moments().front() + 2h);
  settle(due().at(0), Outcome::later);
  auto const before = waiting();
  act(world.file(rules::Kind::secondary, "Datsche"));
  EXPECT_EQ(waiting(), before) << "one that is under way is not sent twice";
}

TEST_F(Reminders, ThatWereSentDoNotComeAgainOnTheirDay) {
  act(stay(days_from_now(31)));
  world.clock.set(moments().front() + 2h);
  settle(due().at(0), Outcome::over);
  act(world.file(rules::Kind::secondary, "Datsche"));
  EXPECT_EQ(moments(), wanted());
  EXPECT_THAT(moments(), SizeIs(3));
}

TEST_F(Reminders, ThatCannotBeSentOnTheirDayAreLeftOutAndTheNextComes) {
  act(stay(days_from_now(31)));
  base::Time const first = moments().front();
  world.clock.set(first + 2h);
  std::size_t unsent = 0;
  while (moments().front() == first) {
    unsent += settle(due().at(0), Outcome::later);
    if (moments().front() == first) world.clock.set(waiting().front().next_try_at);
  }
  EXPECT_EQ(unsent, 1u);
  EXPECT_LT(world.clock.now(), first + ports::reminder_lifetime);
  EXPECT_THAT(moments(), SizeIs(3));
  world.clock.set(moments().front() + 2h);
  EXPECT_THAT(due(), SizeIs(1));
}

// No mail server for months: what nobody sends does not pile up.
TEST_F(Reminders, GoByThemselvesThreeDaysAfterTheirMoment) {
  act(stay(days_from_now(31)));
  base::Time const first = moments().front();
  auto const sweep_at = [&](base::Time now) {
    world.clock.set(now);
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      t.sweep(now, 100);
      return 0;
    }));
  };
  sweep_at(first + ports::mail_lifetime - 1s);
  EXPECT_EQ(moments().front(), first);
  EXPECT_THAT(moments(), SizeIs(4)) << "and those to come stay, however long they wait";
  sweep_at(first + ports::mail_lifetime);
  EXPECT_THAT(moments(), SizeIs(3));
}

TEST_F(Reminders, AreTheHoldersToTurnOffAndOn) {
  act(stay(days_from_now(31)));
  name({contact.address, contact.language, false});
  EXPECT_THAT(moments(), IsEmpty());
  act(stay(days_from_now(70), "Pension"));
  EXPECT_THAT(moments(), IsEmpty());
  name(contact);
  EXPECT_EQ(moments(), wanted());
  EXPECT_THAT(moments(), SizeIs(8));
}

TEST_F(Reminders, FollowTheContactThatIsInForce) {
  act(stay(days_from_now(31)));
  name({"new@example.net", "en", false});
  EXPECT_EQ(moments(), wanted()) << "until the new one is confirmed";
  confirm();
  EXPECT_THAT(moments(), IsEmpty());
  name({"new@example.net", "en", true});
  EXPECT_EQ(moments(), wanted());
  auto const session = world.anna();
  must(test::write(*world.store, [&](ports::Transaction& t) { return remove_contact(world.context, t, session, {}); }));
  EXPECT_THAT(moments(), IsEmpty()) << "nobody to remind: nothing is kept";
  act(stay(days_from_now(60), "Pension"));
  EXPECT_THAT(moments(), IsEmpty());
}

TEST_F(Reminders, AreNotQueuedWhereNoMailIsSent) {
  rules::File const first = stay(days_from_now(31));
  act(first);
  world.context.mails.reset();
  act(rules::Confirm{first.id});
  EXPECT_THAT(moments(), IsEmpty()) << "and those of before go with the next act";
}

TEST_F(Reminders, OfADamagedContactStopNoAct) {
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    auto row = t.contacts(anna.record()).front();
    row.sealed.back() ^= 1;
    t.put_contact(row);
    return 0;
  }));
  act(stay(days_from_now(31)));
  EXPECT_THAT(moments(), IsEmpty());
}

// The date that a guardian states for a child is none that the child set.
TEST_F(Reminders, AreNotOfAGuardiansDates) {
  auto const emma = world.emma();
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    t.put_contact(seal_contact(world.context, emma.record(), 0, t.key(emma.record()).value(), {contact, {}}));
    return 0;
  }));
  must(world.act(Actor{world.guardian("anna-eriksson")}, stay(days_from_now(31))));
  EXPECT_THAT(waiting(emma.record()), IsEmpty());
  must(world.act(world.emma(), stay(days_from_now(60), "Camp")));
  EXPECT_THAT(waiting(emma.record()), SizeIs(4)) << "her own date, and not the guardian's beside it";
  EXPECT_THAT(waiting(), IsEmpty()) << "nor of the guardian";
}

// G11: an opening, hit or miss, neither reads nor writes them.
TEST_F(Reminders, AreUntouchedByOpeningsG11) {
  act(stay(days_from_now(31)));
  auto const before = waiting();
  auto const code = must(world.make_code(anna, {rules::Field::given_names}));
  auto const clerk = world.clerk();
  for (std::string const& typed : {code.code.code->reveal(Disclosure::to_holder), std::string{"0000000000"}}) {
    auto const request = must(
        check_opening_request(world.context.profile(), typed, "school-enrolment", "S-17", {rules::Field::given_names}));
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      test::RecordingTransaction recording{t};
      must(attempt_opening(world.context, recording, clerk, request, {}));
      for (char const* const call : {"outbox", "outbox_due", "update_mail", "remove_mail", "contacts"})
        EXPECT_THAT(recording.calls, testing::Not(testing::Contains(call)));
      EXPECT_EQ(std::count(recording.calls.begin(), recording.calls.end(), "queue_mail"), 1) << "that of the notice";
      return 0;
    }));
    EXPECT_EQ(waiting(), before);
  }
}

// G2: all four are ignored, the day passes, years pass. Nothing of the record has changed, and an official who is let
// in is shown the same bytes as before.
TEST_F(Reminders, ThatAreIgnoredHaveNoConsequenceG2) {
  act(world.file());
  act(stay(days_from_now(31)));
  rules::FieldSet const fields{rules::Field::given_names, rules::Field::main_address, rules::Field::main_since,
                               rules::Field::other_addresses, rules::Field::assurance};
  auto const shown = [&] {
    auto const code = must(world.make_code(world.anna(), fields));
    auto const request = must(check_opening_request(
        world.context.profile(), code.code.code->reveal(Disclosure::to_holder), "counter-help", "A 1", fields));
    return encode_facts(must(world.open("clerk-civic", request)).state.reveal(Disclosure::to_official));
  };
  auto const count_notices = [&] {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return s.notices(anna.record(), 1'000'000, 100).size();
    }));
  };
  auto const before = shown();
  std::size_t const notices = count_notices();
  RecordState const state = world.state(anna);
  while (!moments().empty()) {
    world.clock.set(moments().front() + 2h);
    auto const row = world.row(anna.record());
    settle(due().at(0), Outcome::over);
    EXPECT_EQ(world.row(anna.record()).entries, row.entries) << "no entry tells of it";
    EXPECT_EQ(world.row(anna.record()).sealed_state, row.sealed_state);
  }
  world.clock.pass(std::chrono::days{1000});
  EXPECT_EQ(count_notices(), notices);
  EXPECT_EQ(world.state(world.anna()), state);
  EXPECT_EQ(shown(), before);
}

// A test clock drives a year, hour by hour, over both changes of the clocks: each stay's four mails come between ten
// and twelve by the clocks of the office.
TEST_F(Reminders, ComeInTheDaytimeOfTheOfficeAllYear) {
  std::map<base::Date, std::vector<int>> told;  // by stated end: days before
  std::vector<base::Date> ends;
  for (int month = 0; month < 12; ++month) {
    ends.push_back(days_from_now(33 + 30 * month));
    act(stay(ends.back(), "Hostel " + std::to_string(month)));
  }
  base::Time const end = world.clock.now() + std::chrono::days{400};
  std::size_t sent = 0;
  for (; world.clock.now() < end; world.clock.pass(1h)) {
    for (DueMail const& mail : due()) {
      base::Date const today = world.profile.civil_time->day_at(world.clock.now());
      EXPECT_GE(world.clock.now(), world.profile.civil_time->moment_of(today, 10h)) << base::format_date(today);
      EXPECT_LE(world.clock.now(), world.profile.civil_time->moment_of(today, 13h)) << base::format_date(today);
      for (base::Date const until : ends)
        for (auto const before : rules::reminded_before)
          if (std::chrono::sys_days{until} - before == std::chrono::sys_days{today})
            told[until].push_back(static_cast<int>(before.count()));
      settle(mail, Outcome::over);
      ++sent;
    }
    if (world.clock.now() == test::noon + std::chrono::days{100}) act(world.file(rules::Kind::secondary, "Datsche"));
  }
  EXPECT_THAT(told, SizeIs(ends.size()));
  for (auto const& [until, before] : told) EXPECT_THAT(before, ElementsAre(30, 14, 7, 1)) << base::format_date(until);
  EXPECT_LE(sent, 4 * ends.size());
  EXPECT_THAT(moments(), IsEmpty());
}

TEST_F(Reminders, ToComeAreNotCountedAsWaiting) {
  act(stay(days_from_now(31)));
  auto const count = [&] {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return count_waiting_mails(s, world.clock.now(), 100);
    }));
  };
  world.clock.set(moments().front() - 1s);
  EXPECT_EQ(count(), 0u);
  world.clock.pass(1s);
  EXPECT_EQ(count(), 1u);
}

TEST_F(Reminders, OutliveNoErasure) {
  act(stay(days_from_now(31)));
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    t.erase(anna.record(), world.clock.now());
    return 0;
  }));
  EXPECT_THAT(moments(), IsEmpty());
}

// A use case that is run again, or whose answer is lost, queues each once.
TEST(RemindersOnATroubledStore, AreQueuedOnce) {
  for (test::Fault fault : {test::Fault::twice, test::Fault::persisted}) {
    bool in_trouble = false;
    test::World world{1, std::make_unique<test::FaultyStore>(test::make_memory_store(), [&](std::uint64_t) {
                        return in_trouble ? std::optional{fault} : std::nullopt;
                      })};
    world.context.mails = MailPolicy{60s};
    auto const anna = world.anna();
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      t.put_contact(seal_contact(world.context, anna.record(), 0, t.key(anna.record()).value(), {contact, {}}));
      return 0;
    }));
    rules::File filing = world.file(rules::Kind::temporary, "Gasthof");
    filing.until = std::chrono::sys_days{base::day_of(world.clock.now())} + std::chrono::days{31};
    in_trouble = true;
    for (int i = 0; i < 3; ++i) (void)world.act(anna, filing, test::request_key("file"));
    auto const rows = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<OutboxRow>> {
      return s.outbox(anna.record());
    }));
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](auto const& row) { return row.kind == MailKind::reminder; }),
              4);
  }
}

}  // namespace
}  // namespace abode::service
