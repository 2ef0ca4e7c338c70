// Every command: what it makes, and each reason to refuse it. Undoing is in undo_test.cpp.
#include "rules/residence.hpp"

#include <gtest/gtest.h>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;

Residence one_ended() {
  return after(one_main(), end("home"));
}

TEST(Names, OfKindsAssurancesAndActsAreStable) {
  for (Kind kind : {Kind::main, Kind::secondary, Kind::temporary}) EXPECT_EQ(kind_named(name_of(kind)), kind);
  EXPECT_FALSE(kind_named("Main"));
  EXPECT_FALSE(kind_named(""));
  EXPECT_EQ(name_of(Assurance::declared), "declared");
  EXPECT_EQ(name_of(Assurance::code_confirmed), "code-confirmed");
  EXPECT_EQ(name_of(Assurance::evidence_reviewed), "evidence-reviewed");
  EXPECT_EQ(name_of(Act::file), "file");
  EXPECT_EQ(name_of(Act::correct), "correct");
  EXPECT_EQ(name_of(Act::move), "move");
  EXPECT_EQ(name_of(Act::end), "end");
  EXPECT_EQ(name_of(Act::undo), "undo");
  EXPECT_EQ(name_of(Act::confirm), "confirm");
  EXPECT_EQ(name_of(Act::renew), "renew");
  EXPECT_EQ(name_of(Act::make_main), "make-main");
}

// File

TEST(File, IsEffectiveFromTheMomentOfFiling) {
  auto const event = decide({}, file("home"), noon);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->act, Act::file);
  EXPECT_EQ(event->subject, id("home"));
  Residence const state = apply({}, *event);
  ASSERT_EQ(state.registrations.size(), 1u);
  Registration const expected{id("home"), Kind::main, Assurance::declared, address("Street of home"), today, noon, {}};
  EXPECT_EQ(state.registrations[0], expected);
  EXPECT_EQ(state.main(), &state.registrations[0]);
}

TEST(File, ASecondMainIsRefusedAndOtherKindsAreNot) {
  Residence state = one_main();
  expect_refused(state, file("other"), errc::conflict, "kind");
  state = after(state, file("work", Kind::secondary));
  state = after(state, file("work2", Kind::secondary));
  state = after(state, file("holiday", Kind::temporary));
  EXPECT_EQ(state.registrations.size(), 4u);
  EXPECT_EQ(state.main()->id, id("home"));
}

TEST(File, AMainMayFollowAnEndedOne) {
  Residence const state = after(one_ended(), file("next"));
  EXPECT_EQ(state.main()->id, id("next"));
}

TEST(File, RefusesAnAddressThatIsNone) {
  File command = file("home");
  command.address.lines.clear();
  expect_refused({}, command, errc::invalid, "address.lines");
}

// A day ahead, because somewhere on earth it is tomorrow already.
TEST(File, TheFirstDayLiesBetween1900AndTomorrow) {
  for (base::Date good : {date("1900-01-01"), days_from_today(-40'000), days_from_today(0), days_from_today(1)}) {
    File command = file("home");
    command.since = good;
    EXPECT_TRUE(decide({}, command, noon)) << base::format_date(good);
  }
  using namespace std::chrono;
  for (base::Date bad :
       {date("1899-12-31"), days_from_today(2), base::Date{year{2025}, February, day{30}}, base::Date{}}) {
    File command = file("home");
    command.since = bad;
    expect_refused({}, command, errc::invalid, "since");
  }
}

TEST(File, ARecordTakesTwoHundredRegistrationsAndNoMore) {
  Residence state;
  base::Time now = noon;
  for (std::size_t i = 0; i < max_registrations; ++i, now += undo_window + std::chrono::seconds{1})
    state = after(state, file("r" + std::to_string(i), Kind::secondary), now);
  EXPECT_EQ(refusal(state, file("more", Kind::secondary), now).code, errc::conflict);
  EXPECT_EQ(refusal(state, move("r0", "more"), now).code, errc::conflict);
  EXPECT_TRUE(decide(state, end("r0"), now)) << "what is there can still be ended";
}

TEST(Decide, ARecordTakesTwoHundredActsInSeventyTwoHoursAndNoMore) {
  Residence state = one_main();
  for (std::size_t i = 1; i < max_undoable; ++i) state = after(state, correct("home", "line " + std::to_string(i)));
  for (Command const& command : {Command{file("x", Kind::secondary)}, Command{correct("home", "x")},
                                 Command{move("home", "x")}, Command{end("home")}})
    expect_refused(state, command, errc::conflict);
  EXPECT_TRUE(decide(after(state, undo("home")), end("home"), noon)) << "an undo makes room";
  base::Time const later = noon + undo_window + std::chrono::seconds{1};
  state = after(state, end("home"), later);
  EXPECT_EQ(state.undoable.size(), 1u) << "and so does time";
}

// Correct

TEST(Correct, ChangesOnlyWhatItNames) {
  Residence const state = after(one_main(), correct("home", "Street of hoem, flat 2"));
  Registration expected = *one_main().find(id("home"));
  expected.address = address("Street of hoem, flat 2");
  EXPECT_EQ(state.registrations, std::vector{expected});

  Residence const dated = after(one_main(), Correct{id("home"), {}, days_from_today(-10)});
  expected = *one_main().find(id("home"));
  expected.since = days_from_today(-10);
  EXPECT_EQ(dated.registrations, std::vector{expected});
}

TEST(Correct, ANewAddressIsOnlyDeclared) {
  Residence state = one_main();
  state.registrations[0].assurance = Assurance::code_confirmed;
  EXPECT_EQ(after(state, Correct{id("home"), {}, days_from_today(-1)}).main()->assurance, Assurance::code_confirmed)
      << "another first day does not touch what was confirmed: the place";
  EXPECT_EQ(after(state, correct("home", "elsewhere")).main()->assurance, Assurance::declared);
}

TEST(Correct, EachRefusal) {
  Residence const state = one_main();
  expect_refused(state, correct("nobody", "x"), errc::not_found);
  expect_refused(one_ended(), correct("home", "x"), errc::conflict);
  expect_refused(state, correct("home", "Street of home"), errc::invalid, "address");
  expect_refused(state, Correct{id("home"), {}, {}}, errc::invalid, "address");
  expect_refused(state, Correct{id("home"), {}, today}, errc::invalid, "address");
  expect_refused(state, Correct{id("home"), {}, days_from_today(2)}, errc::invalid, "since");
  expect_refused(state, Correct{id("home"), Address{.country = "de", .lines = {"x"}}, {}}, errc::invalid,
                 "address.country");
}

// Move

TEST(Move, EndsTheOldAndBeginsTheNewInOneAct) {
  Move command = move("home", "next");
  command.since = days_from_today(1);
  auto const event = decide(one_main(), command, noon);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->subject, id("next"));
  Residence const state = apply(one_main(), *event);
  ASSERT_EQ(state.registrations.size(), 2u);
  EXPECT_EQ(state.registrations[0].ended, (Ending{days_from_today(1), noon, id("next")}));
  EXPECT_EQ(state.registrations[1],
            (Registration{
                id("next"), Kind::main, Assurance::declared, address("Street of next"), days_from_today(1), noon, {}}));
  EXPECT_EQ(state.main()->id, id("next"));
}

TEST(Move, KeepsTheKind) {
  for (Kind kind : {Kind::main, Kind::secondary, Kind::temporary}) {
    Residence const state = after(after({}, file("a", kind)), move("a", "b"));
    EXPECT_EQ(state.find(id("b"))->kind, kind);
  }
}

TEST(Move, EachRefusal) {
  Residence const state = one_main();
  expect_refused(state, move("nobody", "next"), errc::not_found);
  expect_refused(one_ended(), move("home", "next"), errc::conflict);
  Move command = move("home", "next");
  command.address = address("Street of home");
  expect_refused(state, command, errc::invalid, "address");
  command = move("home", "next");
  command.address.lines = {" "};
  expect_refused(state, command, errc::invalid, "address.lines");
  command = move("home", "next");
  command.since = days_from_today(2);
  expect_refused(state, command, errc::invalid, "since");
  command.since = days_from_today(-1);
  expect_refused(state, command, errc::invalid, "since");
}

TEST(Move, OnTheDayOfMovingInIsAllowed) {
  EXPECT_TRUE(decide(one_main(), move("home", "next"), noon));
}

// End

TEST(End, KeepsTheRegistrationWithItsLastDay) {
  End command = end("home");
  command.on = days_from_today(1);
  Residence const state = after(one_main(), command);
  ASSERT_EQ(state.registrations.size(), 1u);
  EXPECT_EQ(state.registrations[0].ended, (Ending{days_from_today(1), noon, {}}));
  EXPECT_EQ(state.main(), nullptr);
}

TEST(End, EachRefusal) {
  Residence const state = one_main();
  expect_refused(state, end("nobody"), errc::not_found);
  expect_refused(one_ended(), end("home"), errc::conflict);
  expect_refused(state, End{id("home"), days_from_today(-1)}, errc::invalid, "on");
  expect_refused(state, End{id("home"), days_from_today(2)}, errc::invalid, "on");
  expect_refused(state, End{id("home"), date("1899-12-31")}, errc::invalid, "on");
}

TEST(Decide, DoesNotTouchTheState) {
  Residence const state = one_main();
  Residence const copy = state;
  for (Command const& command :
       {Command{file("x", Kind::secondary)}, Command{correct("home", "x")}, Command{move("home", "x")},
        Command{end("home")}, Command{undo("home")}, Command{end("nobody")}})
    (void)decide(state, command, noon);
  EXPECT_EQ(state, copy);
}

using ResidenceDeathTest = ::testing::Test;

TEST(ResidenceDeathTest, AnIdThatIsNotFreshIsABug) {
  EXPECT_DEATH((void)decide(one_main(), file("home", Kind::secondary), noon), "fresh id");
  EXPECT_DEATH((void)decide(one_main(), Move{id("home"), id("home"), address("elsewhere"), today}, noon), "fresh id");
}

TEST(ResidenceDeathTest, AnEventOfAnotherStateIsABug) {
  Event const event = decide(one_main(), end("home"), noon).value();
  EXPECT_DEATH((void)apply({}, event), "not there");
}

}  // namespace
}  // namespace abode::rules
