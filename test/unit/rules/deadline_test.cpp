#include "rules/deadline.hpp"

#include <gtest/gtest.h>

#include <random>

namespace abode::rules {
namespace {

using base::Date;
using base::errc;
using std::chrono::days;
using std::chrono::sys_days;

Date day(std::string_view text) {
  return base::parse_date(text).value();
}

/// 2026 and 2027, of which 2027 is provisional: two holidays in May and December, one Saturday that is worked.
Calendar calendar() {
  Calendar made{"utopia", "Utopia", {true, false, false, false, false, false, true}, {"Utopia has few holidays."}, {}};
  made.years = {{2026, false, "law", {day("2026-05-01"), day("2026-12-31")}, {day("2026-05-16")}},
                {2027, true, "draft", {day("2027-01-01")}, {}}};
  return made;
}

Deadline counted(Period const& period, std::string_view event) {
  Calendar const days_off = calendar();
  return deadline(period, day(event), &days_off).value();
}

std::string last(Period const& period, std::string_view event) {
  return base::format_date(counted(period, event).last_day);
}

constexpr auto moves = OnDayOff::next_working_day;
constexpr auto stays = OnDayOff::stays;

TEST(Calendar, KnowsWeekendsHolidaysAndWorkedSaturdays) {
  Calendar const days_off = calendar();
  EXPECT_TRUE(days_off.is_working(day("2026-04-30")).value());
  EXPECT_FALSE(days_off.is_working(day("2026-05-01")).value());
  EXPECT_FALSE(days_off.is_working(day("2026-05-02")).value());
  EXPECT_TRUE(days_off.is_working(day("2026-05-16")).value());
  EXPECT_EQ(days_off.is_working(day("2028-01-01")).error().code, errc::not_found);
  EXPECT_EQ(working_days(days_off, days_off.years[0]), 365U - 104U - 2U + 1U);
  EXPECT_EQ(in_words(day("2026-05-01")), "Friday, 1 May 2026");
}

TEST(Deadline, CountsWorkingDays) {
  EXPECT_EQ(last({1, Unit::working_days, true, moves}, "2026-04-30"), "2026-04-30");
  EXPECT_EQ(last({1, Unit::working_days, false, moves}, "2026-04-30"), "2026-05-04") << "over a holiday and a weekend";
  EXPECT_EQ(last({1, Unit::working_days, true, moves}, "2026-05-02"), "2026-05-04") << "a first day off cannot count";
  EXPECT_EQ(last({7, Unit::working_days, true, moves}, "2026-04-29"), "2026-05-08");
  EXPECT_EQ(last({2, Unit::working_days, false, moves}, "2026-05-14"), "2026-05-16") << "a Saturday that is worked";
}

TEST(Deadline, CountsCalendarDaysAndWeeks) {
  EXPECT_EQ(last({3, Unit::calendar_days, false, stays}, "2026-04-28"), "2026-05-01");
  EXPECT_EQ(last({3, Unit::calendar_days, true, stays}, "2026-04-28"), "2026-04-30");
  EXPECT_EQ(last({3, Unit::calendar_days, false, moves}, "2026-04-28"), "2026-05-04");
  EXPECT_EQ(last({2, Unit::weeks, false, moves}, "2026-04-20"), "2026-05-04");
  EXPECT_EQ(last({2, Unit::weeks, false, stays}, "2026-04-17"), "2026-05-01");
  EXPECT_EQ(last({1, Unit::calendar_days, false, stays}, "2028-02-28"), "2028-02-29") << "needs no calendar";
}

TEST(Deadline, SaysStepByStepHowItCameAbout) {
  EXPECT_EQ(counted({2, Unit::working_days, false, moves}, "2026-04-29").steps,
            (std::vector<std::string>{
                "The day of the event is Wednesday, 29 April 2026.",
                "That day does not count; counting begins on the next.",
                "The first working day that counts is Thursday, 30 April 2026.",
                "Not counted, because they are days off: Friday, 1 May 2026; Saturday, 2 May 2026; Sunday, 3 May 2026.",
                "Working day number 2 is Monday, 4 May 2026: the last day.",
                "Days off are those of the calendar \"Utopia\".",
                "Utopia has few holidays.",
            }));
  EXPECT_EQ(counted({1, Unit::weeks, true, moves}, "2026-12-25").steps,
            (std::vector<std::string>{
                "The day of the event is Friday, 25 December 2026.",
                "That day is the first day of the period.",
                "Every day counts, days off too: the period of 1 week ends on Thursday, 31 December 2026.",
                "A last day that is a day off moves to the next working day. Days off: Thursday, 31 December 2026; "
                "Friday, 1 January 2027; Saturday, 2 January 2027; Sunday, 3 January 2027. The last day is Monday, 4 "
                "January 2027.",
                "Days off are those of the calendar \"Utopia\".",
                "The calendar of 2027 is provisional: it may still change. Look again.",
                "Utopia has few holidays.",
            }));
}

TEST(Deadline, SaysWhatIsMissing) {
  Calendar const days_off = calendar();
  Period const period{5, Unit::working_days, true, moves};
  auto const late = deadline(period, day("2027-12-30"), &days_off);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, errc::not_found);
  EXPECT_NE(late.error().detail.find("does not cover 2028"), std::string::npos);
  EXPECT_EQ(deadline(period, day("2026-01-01"), nullptr).error().field, "calendar");
  EXPECT_EQ(deadline({0, Unit::weeks, true, stays}, day("2026-01-01"), nullptr).error().field, "count");
  EXPECT_EQ(deadline({401, Unit::weeks, true, stays}, day("2026-01-01"), nullptr).error().field, "count");
  using namespace std::chrono_literals;
  EXPECT_EQ(deadline({1, Unit::weeks, true, stays}, 2026y / 2 / 30, nullptr).error().field, "event");
}

/// A calendar of one long stretch with random days off.
Calendar random_calendar(std::mt19937_64& random) {
  Calendar made = calendar();
  made.years.clear();
  for (int year = 2026; year <= 2029; ++year) {
    CalendarYear entry{year, false, "random", {}, {}};
    for (sys_days at = std::chrono::year{year} / 1 / 1; at < sys_days{std::chrono::year{year + 1} / 1 / 1};
         at += days{1})
      if (random() % 9 == 0) entry.off.insert(Date{at});
    made.years.push_back(std::move(entry));
  }
  return made;
}

class DeadlineProperty : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DeadlineProperty, HoldsForEveryPeriodAndDay) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  std::mt19937_64 random{GetParam()};
  Calendar const days_off = random_calendar(random);
  for (int i = 0; i < 200; ++i) {
    Period period{static_cast<unsigned>(1 + random() % 50), static_cast<Unit>(random() % 3), random() % 2 == 0,
                  static_cast<OnDayOff>(random() % 2)};
    Date const event{sys_days{day("2026-01-01")} + days{static_cast<int>(random() % 700)}};
    auto const at = [&](Period const& p) { return sys_days{deadline(p, event, &days_off).value().last_day}; };
    sys_days const last_day = at(period);
    bool const ends_on_working = days_off.is_working(Date{last_day}).value();
    EXPECT_GE(last_day, sys_days{event});
    if (period.needs_calendar()) {
      EXPECT_TRUE(ends_on_working) << "it never ends on a day off when the rule says so";
    }

    Period longer = period;
    ++longer.count;
    EXPECT_GE(at(longer), last_day) << "more days never end earlier";
    if (period.unit == Unit::working_days || !period.needs_calendar()) {
      EXPECT_GT(at(longer), last_day);
    }

    Period counting = period;
    counting.first_day_counts = true;
    Period not_counting = period;
    not_counting.first_day_counts = false;
    if (!period.needs_calendar()) {
      EXPECT_EQ(at(counting) + days{1}, at(not_counting));
    }
    if (period.unit == Unit::working_days) {
      Period one_more = counting;
      ++one_more.count;
      bool const first_works = days_off.is_working(event).value();
      EXPECT_EQ(at(not_counting), first_works ? at(one_more) : at(counting)) << "a first day that works shifts by one";
    }
    if (period.unit == Unit::weeks) {
      Period in_days = period;
      in_days.unit = Unit::calendar_days;
      in_days.count *= 7;
      EXPECT_EQ(at(in_days), last_day);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DeadlineProperty, testing::Range<std::uint64_t>(1, 6));

}  // namespace
}  // namespace abode::rules
