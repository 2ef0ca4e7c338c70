// What a person says about a stay: until when they expect to be there, that they stay on, that it is still right.
#include <gtest/gtest.h>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;
using std::chrono::hours;

constexpr hours four_years{4 * 365 * 24};

File stay(std::string const& name, std::optional<base::Date> until, Kind kind = Kind::temporary) {
  File command = file(name, kind);
  command.until = until;
  return command;
}

Residence one_stay() {
  return after({}, stay("hostel", days_from_today(30)));
}

TEST(StatedEnd, IsAFactOfAnyStayAndNeedNotBeStated) {
  for (Kind kind : {Kind::secondary, Kind::temporary}) {
    EXPECT_EQ(after({}, stay("a", days_from_today(30), kind)).find(id("a"))->until, days_from_today(30));
    EXPECT_FALSE(after({}, stay("a", {}, kind)).find(id("a"))->until);
  }
}

// G2: the day passes, years pass, and the registration is what it was, with every right that its holder has over it.
TEST(StatedEnd, WhenItIsOverNothingHasChanged) {
  Residence const state = one_stay();
  base::Time const later = noon + four_years;
  EXPECT_TRUE(state.find(id("hostel"))->active());
  for (Command const& command :
       {Command{confirm("hostel")}, Command{renew("hostel", base::day_of(later))}, Command{renew("hostel", {})},
        Command{correct("hostel", "x")}, Command{move("hostel", "next")}, Command{end("hostel")},
        Command{make_main("hostel", {})}})
    EXPECT_TRUE(decide(state, command, later));
  EXPECT_EQ(after(state, file("home"), later).find(id("hostel"))->until, days_from_today(30))
      << "acts on other registrations leave it alone";
}

TEST(StatedEnd, LiesBetweenTheFirstDayAndTenYearsFromNow) {
  for (base::Date good : {today, days_from_today(1), days_from_today(3653)})
    EXPECT_TRUE(decide({}, stay("a", good), noon)) << base::format_date(good);
  for (base::Date bad : {days_from_today(-1), days_from_today(3654), base::Date{}})
    expect_refused({}, stay("a", bad), errc::invalid, "until");
  File over = stay("a", days_from_today(-10));
  over.since = days_from_today(-20);
  EXPECT_TRUE(decide({}, over, noon)) << "who files late may say what they expected at the time";
}

TEST(StatedEnd, AMainResidenceHasNone) {
  expect_refused({}, stay("home", days_from_today(30), Kind::main), errc::invalid, "until");
  expect_refused(one_main(), Correct{id("home"), {}, {}, days_from_today(30)}, errc::invalid, "until");
  Move command = move("home", "next");
  command.until = days_from_today(30);
  expect_refused(one_main(), command, errc::invalid, "until");
}

TEST(StatedEnd, IsCorrectedTakenOutAndLeftAsItIs) {
  Residence const state = one_stay();
  auto const until = [](Residence const& changed) { return changed.find(id("hostel"))->until; };
  EXPECT_EQ(until(after(state, Correct{id("hostel"), {}, {}, days_from_today(40)})), days_from_today(40));
  EXPECT_FALSE(until(after(state, Correct{id("hostel"), {}, {}, std::optional<base::Date>{}})));
  EXPECT_EQ(until(after(state, correct("hostel", "x"))), days_from_today(30));
  expect_refused(state, Correct{id("hostel"), {}, {}, days_from_today(30)}, errc::invalid, "address");
  expect_refused(state, Correct{id("hostel"), {}, {}, days_from_today(-1)}, errc::invalid, "until");
}

TEST(StatedEnd, AFirstDayIsNotCorrectedToAfterIt) {
  File over = stay("a", days_from_today(-10));
  over.since = days_from_today(-20);
  Residence const state = after({}, over);
  expect_refused(state, Correct{id("a"), {}, days_from_today(-9)}, errc::invalid, "since");
  EXPECT_TRUE(decide(state, Correct{id("a"), {}, days_from_today(-9), days_from_today(-9)}, noon));
}

TEST(StatedEnd, OfAMoveIsThatOfTheNewPlace) {
  EXPECT_FALSE(after(one_stay(), move("hostel", "next")).find(id("next"))->until) << "not carried over";
  Move command = move("hostel", "next");
  command.until = days_from_today(60);
  Residence const state = after(one_stay(), command);
  EXPECT_EQ(state.find(id("next"))->until, days_from_today(60));
  EXPECT_EQ(state.find(id("hostel"))->until, days_from_today(30)) << "what was said stays said";
}

// Renew

TEST(Renew, StatesTheEndAnew) {
  base::Time const later = noon + hours{100 * 24};
  for (std::optional<base::Date> const until :
       {std::optional{days_from_today(200)}, std::optional{days_from_today(100)}, std::optional<base::Date>{}}) {
    Residence const state = after(one_stay(), renew("hostel", until), later);
    Registration expected = *one_stay().find(id("hostel"));
    expected.until = until;
    expected.confirmed_at = later;
    EXPECT_EQ(state.registrations, std::vector{expected});
  }
}

TEST(Renew, MayStateTheSameDayAgainOrAnEarlierOne) {
  EXPECT_TRUE(decide(one_stay(), renew("hostel", days_from_today(30)), noon));
  EXPECT_TRUE(decide(one_stay(), renew("hostel", days_from_today(2)), noon));
}

TEST(Renew, TakesNoDayThatIsOverAnywhereOnEarth) {
  base::Time const later = noon + hours{10 * 24};
  EXPECT_TRUE(decide(one_stay(), renew("hostel", days_from_today(9)), later)) << "it is still that day somewhere";
  expect_refused(one_stay(), renew("hostel", days_from_today(8)), errc::invalid, "until", later);
}

TEST(Renew, EachRefusal) {
  expect_refused(one_stay(), renew("nobody", {}), errc::not_found);
  expect_refused(after(one_stay(), end("hostel")), renew("hostel", {}), errc::conflict);
  expect_refused(one_main(), renew("home", days_from_today(30)), errc::conflict);
  expect_refused(one_stay(), renew("hostel", days_from_today(3654)), errc::invalid, "until");
}

// Confirm

TEST(Confirm, NotesTheMomentAndNothingElse) {
  base::Time const later = noon + four_years;
  for (Residence const& state : {one_main(), one_stay()}) {
    std::string const name = state.registrations[0].id.value();
    Residence const confirmed = after(state, confirm(name), later);
    Registration expected = state.registrations[0];
    expected.confirmed_at = later;
    EXPECT_EQ(confirmed.registrations, std::vector{expected});
  }
}

TEST(Confirm, IsNoActToUndoAndTakesNoRoomAmongThem) {
  Residence const state = after(one_main(), confirm("home"), noon + hours{1});
  EXPECT_EQ(state.undoable, one_main().undoable);
  EXPECT_TRUE(after(state, undo("home"), noon + hours{1}).registrations.empty()) << "the filing is the last act";
  EXPECT_FALSE(can_be_undone(Act::confirm));
  Residence full = one_main();
  for (std::size_t i = 1; i < max_undoable; ++i) full = after(full, correct("home", "line " + std::to_string(i)));
  EXPECT_TRUE(decide(full, confirm("home"), noon));
}

TEST(Confirm, GoesWithWhatItConfirmedWhenThatIsUndone) {
  Residence const state = after(after(one_main(), correct("home", "x")), confirm("home"));
  EXPECT_EQ(after(state, undo("home")), one_main());
}

TEST(Confirm, EachRefusal) {
  expect_refused(one_main(), confirm("nobody"), errc::not_found);
  expect_refused(after(one_main(), end("home")), confirm("home"), errc::conflict);
}

}  // namespace
}  // namespace abode::rules
