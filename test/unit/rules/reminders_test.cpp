// Reminders of dates that people set: when they are due, over changes of the clocks in both directions and none.
#include "rules/reminders.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "text/civil_time.hpp"
#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_days;
using testing::ElementsAre;
using testing::IsEmpty;

File stay(std::string const& name, std::optional<base::Date> until) {
  File command = file(name, Kind::temporary);
  command.until = until;
  return command;
}

std::vector<std::string> reminders(Residence const& state, base::Time after_this = noon,
                                   std::string const& civil_time = "Europe/Berlin") {
  std::vector<std::string> all;
  for (base::Time const moment : reminders_after(state, after_this, *text::civil_time_named(civil_time)))
    all.push_back(base::format_time(moment));
  return all;
}

TEST(Reminders, ComeThirtyFourteenSevenDaysAndADayBeforeInTheMorning) {
  Residence const state = after({}, stay("hostel", date("2027-02-15")));
  EXPECT_THAT(reminders(state), ElementsAre("2027-01-16T09:00:00Z", "2027-02-01T09:00:00Z", "2027-02-08T09:00:00Z",
                                            "2027-02-14T09:00:00Z"));
  EXPECT_THAT(reminders(state, time("2027-02-01T08:59:59Z")),
              ElementsAre("2027-02-01T09:00:00Z", "2027-02-08T09:00:00Z", "2027-02-14T09:00:00Z"));
  EXPECT_THAT(reminders(state, time("2027-02-01T09:00:00Z")),
              ElementsAre("2027-02-08T09:00:00Z", "2027-02-14T09:00:00Z"))
      << "after, not at";
  EXPECT_THAT(reminders(state, time("2027-02-14T09:00:00Z")), IsEmpty());
}

TEST(Reminders, ComeInTheMorningOnBothSidesOfAChangeOfTheClocks) {
  // Put forward on 28 March, between the reminders of 30 and 14 days; put back on 31 October.
  EXPECT_THAT(
      reminders(after({}, stay("a", date("2027-04-15")))),
      ElementsAre("2027-03-16T09:00:00Z", "2027-04-01T08:00:00Z", "2027-04-08T08:00:00Z", "2027-04-14T08:00:00Z"));
  EXPECT_THAT(
      reminders(after({}, stay("a", date("2027-11-14")))),
      ElementsAre("2027-10-15T08:00:00Z", "2027-10-31T09:00:00Z", "2027-11-07T09:00:00Z", "2027-11-13T09:00:00Z"))
      << "on the very day of the change, too";
  EXPECT_THAT(
      reminders(after({}, stay("a", date("2027-04-15"))), noon, "Europe/Moscow"),
      ElementsAre("2027-03-16T07:00:00Z", "2027-04-01T07:00:00Z", "2027-04-08T07:00:00Z", "2027-04-14T07:00:00Z"))
      << "where no clocks are put";
}

TEST(Reminders, AreOfStatedEndsOnlyAndOfOnesThatStand) {
  EXPECT_THAT(reminders(after({}, file("home"))), IsEmpty());
  EXPECT_THAT(reminders(after({}, stay("a", {}))), IsEmpty());
  Residence const state = after({}, stay("a", days_from_today(20)));
  EXPECT_EQ(reminders(state).size(), 3u) << "that of 30 days is over";
  EXPECT_THAT(reminders(after(state, end("a"))), IsEmpty());
  EXPECT_THAT(reminders(after(state, move("a", "b"))), IsEmpty());
  EXPECT_THAT(reminders(after(state, renew("a", {}))), IsEmpty());
  EXPECT_EQ(reminders(after(state, renew("a", days_from_today(40)))).size(), 4u);
  EXPECT_EQ(reminders(after(after(state, end("a")), undo("a"))), reminders(state));
}

TEST(Reminders, AreNotOfADateThatAGuardianSet) {
  base::GuardianshipId const guardian{"GVARD1ANSH1P0001"};
  auto const event = decide({}, stay("a", days_from_today(20)), noon, guardian);
  ASSERT_TRUE(event);
  EXPECT_THAT(reminders(apply({}, *event)), IsEmpty());
}

TEST(Reminders, OfSeveralStaysThatFallOnOneMomentAreOne) {
  Residence state = after({}, stay("a", days_from_today(40)));
  state = after(state, stay("b", days_from_today(56)));  // its 30 days are the other's 14
  EXPECT_EQ(reminders(state).size(), 7u);
}

TEST(Reminders, AreTheNearestFew) {
  Residence state;
  for (int i = 0; i < 30; ++i) state = after(state, stay("s" + std::to_string(i), days_from_today(40 + 100 * i)));
  auto const few = reminders(state);
  EXPECT_EQ(few.size(), max_reminders);
  EXPECT_TRUE(std::is_sorted(few.begin(), few.end()));
  EXPECT_EQ(few.back().substr(0, 10), base::format_date(days_from_today(40 + 900 - 1)));
}

// Whatever the day, the civil time and the moment they are asked at: at ten by the clocks, on a day that is 30, 14, 7
// or 1 before the end, in order, later than the moment, and none of those is left out.
TEST(Reminders, AreInTheMorningOfTheRightDaysOnAnyDate) {
  std::mt19937 random{20261127};
  for (char const* const name :
       {"Europe/Berlin", "Europe/Dublin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca",
        "Asia/Tashkent", "Europe/Moscow", "America/Santiago", "Etc/UTC"}) {
    auto const civil_time = text::civil_time_named(name);
    for (int round = 0; round < 500; ++round) {
      sys_days const until = sys_days{today} + days{random() % 3653};
      base::Time const asked = sys_days{today} + seconds{random() % (3653 * 86400)};
      Residence state;
      Registration registration{id("x"), Kind::temporary, Assurance::declared, address("x"), today, noon, {}};
      registration.until = until;
      state.registrations.push_back(registration);
      std::vector<days> told;
      base::Time last = asked;
      for (base::Time const moment : reminders_after(state, asked, *civil_time)) {
        ASSERT_GT(moment, last) << name;
        last = moment;
        base::Date const day = civil_time->day_at(moment);
        ASSERT_EQ(civil_time->day_at(moment - hours{9}), day) << name << ": ten hours after midnight, but for an hour";
        ASSERT_NE(civil_time->day_at(moment - hours{11} - seconds{1}), day) << name;
        told.push_back(until - sys_days{day});
      }
      std::vector<days> wanted;
      for (days const before : reminded_before)
        if (civil_time->moment_of(until - before, reminded_at) > asked) wanted.push_back(before);
      ASSERT_EQ(told, wanted) << name << " " << base::format_date(until) << " at " << base::format_time(asked);
    }
  }
}

TEST(DaysUntilEnd, AreToldInTheLastThirtyAndNotAfterwards) {
  Registration stayed{id("x"), Kind::temporary, Assurance::declared, address("x"), today, noon, {}};
  EXPECT_EQ(days_until_end(stayed, today), std::nullopt);
  stayed.until = days_from_today(30);
  EXPECT_EQ(days_until_end(stayed, today), days{30});
  EXPECT_EQ(days_until_end(stayed, days_from_today(-1)), std::nullopt);
  EXPECT_EQ(days_until_end(stayed, days_from_today(30)), days{0});
  EXPECT_EQ(days_until_end(stayed, days_from_today(31)), std::nullopt);
  stayed.ended = Ending{today, noon, {}};
  EXPECT_EQ(days_until_end(stayed, today), std::nullopt);
}

}  // namespace
}  // namespace abode::rules
