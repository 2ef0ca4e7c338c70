// The time to file, as a receipt tells it.
#include <gtest/gtest.h>

#include "rules/profile.hpp"
#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace std::chrono_literals;

Profile two_weeks() {
  Profile profile;
  profile.filing_window = {2, Unit::weeks, false, OnDayOff::next_working_day};
  profile.kinds = {{Kind::main, false, StatedEnd::none, std::chrono::days{0}, "Where you live."},
                   {Kind::temporary, false, StatedEnd::allowed, std::chrono::days{183}, "A stay."}};
  profile.calendar.weekend[0] = profile.calendar.weekend[6] = true;
  profile.calendar.years = {{2026, false, "made up", {sample::date("2026-05-14")}, {}}};
  return profile;
}

Registration filed(std::string_view at, std::string_view since = "2026-05-01", Kind kind = Kind::main) {
  return {.id = sample::id("A"),
          .kind = kind,
          .assurance = Assurance::declared,
          .address = sample::address("Ahornweg 1"),
          .since = sample::date(since),
          .filed_at = sample::time(at),
          .ended = {}};
}

TEST(FilingWindow, IsCountedFromTheFirstDayThereByTheCalendar) {
  auto const window = filing_window(two_weeks(), filed("2026-05-02T09:00:00Z"));
  ASSERT_TRUE(window);
  EXPECT_EQ(window->last_day, sample::date("2026-05-15"));
  EXPECT_TRUE(window->met);
  EXPECT_EQ(filing_window(two_weeks(), filed("2026-05-02T09:00:00Z", "2026-04-30"))->last_day,
            sample::date("2026-05-15"))
      << "14 May is a day off";
}

TEST(FilingWindow, IsOverWhenItsLastDayIsOverEverywhereOnEarth) {
  EXPECT_TRUE(filing_window(two_weeks(), filed("2026-05-16T11:59:59Z"))->met);
  EXPECT_FALSE(filing_window(two_weeks(), filed("2026-05-16T12:00:00Z"))->met);
}

TEST(FilingWindow, IsLeftOutWhereNothingIsOwedOrNothingCanBeSaid) {
  EXPECT_FALSE(filing_window(two_weeks(), filed("2026-05-02T09:00:00Z", "2026-05-01", Kind::temporary)))
      << "owed only after 183 days";
  EXPECT_FALSE(filing_window(two_weeks(), filed("2026-05-02T09:00:00Z", "2026-05-01", Kind::secondary)))
      << "no kind of this profile";
  EXPECT_FALSE(filing_window(two_weeks(), filed("2027-05-02T09:00:00Z", "2027-05-01"))) << "a year without a calendar";
}

}  // namespace
}  // namespace abode::rules
