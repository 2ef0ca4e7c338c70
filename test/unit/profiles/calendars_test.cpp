#include "profiles/calendars.hpp"

#include <gtest/gtest.h>

#include <map>

namespace abode::profiles {
namespace {

using base::Date;
using std::chrono::days;
using std::chrono::sys_days;

Date day(std::string_view text) {
  return base::parse_date(text).value();
}

rules::Calendar calendar(std::string_view name) {
  return built_in_calendar(name).value();
}

constexpr std::string_view states[] = {"bb", "be", "bw", "by", "hb", "he", "hh", "mv",
                                       "ni", "nw", "rp", "sh", "sl", "sn", "st", "th"};

TEST(Calendars, EachIsReadAndNamedAsItsFile) {
  EXPECT_EQ(calendar_names().size(), 19U);
  for (std::string_view name : calendar_names()) {
    auto const read = built_in_calendar(name);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->name, name);
    for (rules::CalendarYear const& year : read->years) EXPECT_FALSE(year.source.empty());
  }
  EXPECT_EQ(built_in_calendar("atlantis").error().code, base::errc::not_found);
}

TEST(Calendars, RussiaWorks247DaysEachYear) {
  rules::Calendar const russia = calendar("russia");
  ASSERT_EQ(russia.years.size(), 3U);
  for (rules::CalendarYear const& year : russia.years) {
    EXPECT_EQ(rules::working_days(russia, year), 247U) << year.year;
    EXPECT_EQ(year.provisional, year.year == 2027);
    for (Date off : year.off) EXPECT_EQ(off.year(), std::chrono::year{year.year});
  }
  EXPECT_TRUE(russia.is_working(day("2025-11-01")).value()) << "a Saturday that is worked";
  EXPECT_TRUE(russia.is_working(day("2027-02-20")).value());
  EXPECT_FALSE(russia.is_working(day("2026-05-11")).value());
  EXPECT_FALSE(russia.is_working(day("2028-01-11")));
}

/// Easter Sunday by Gauss's rule with its two exceptions: another way than the one that made the files.
Date easter(int year) {
  int const a = year % 19;
  int const k = year / 100;
  int const m = (15 + k - (8 * k + 13) / 25 - k / 4) % 30;
  int const n = (4 + k - k / 4) % 7;
  int const d = (19 * a + m) % 30;
  int const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;
  int offset = d + e;
  if (offset == 35 || (d == 28 && e == 6 && a > 10)) offset -= 7;
  return Date{sys_days{std::chrono::year{year} / 3 / 22} + days{offset}};
}

TEST(Calendars, GermanHolidaysMoveWithEaster) {
  EXPECT_EQ(easter(2025), day("2025-04-20"));
  EXPECT_EQ(easter(2026), day("2026-04-05"));
  for (std::string_view state : states) {
    rules::Calendar const made = calendar("germany-" + std::string{state});
    ASSERT_EQ(made.years.size(), 6U);
    for (rules::CalendarYear const& year : made.years) {
      sys_days const sunday{easter(year.year)};
      for (int offset : {-2, 1, 39, 50}) EXPECT_TRUE(year.off.contains(Date{sunday + days{offset}})) << state;
      for (char const* fixed : {"-01-01", "-05-01", "-10-03", "-12-25", "-12-26"})
        EXPECT_TRUE(year.off.contains(day(std::to_string(year.year) + fixed))) << state << fixed;
      bool const corpus_christi = year.off.contains(Date{sunday + days{60}});
      EXPECT_EQ(corpus_christi, std::string_view{"bw by he nw rp sl"}.find(state) != std::string_view::npos) << state;
      EXPECT_FALSE(year.provisional);
    }
  }
}

TEST(Calendars, EachGermanStateHasItsNumberOfHolidays) {
  // In 2026: the nine of all states, and each state's own (Brandenburg names Easter Sunday and Whit Sunday as well).
  std::map<std::string_view, std::size_t> const expected{
      {"bb", 12}, {"be", 10}, {"bw", 12}, {"by", 12}, {"hb", 10}, {"he", 10}, {"hh", 10}, {"mv", 11},
      {"ni", 10}, {"nw", 11}, {"rp", 11}, {"sh", 10}, {"sl", 12}, {"sn", 11}, {"st", 11}, {"th", 11}};
  for (auto const& [state, count] : expected)
    EXPECT_EQ(calendar("germany-" + std::string{state}).covers(day("2026-01-01"))->off.size(), count) << state;
  EXPECT_TRUE(calendar("germany-be").covers(day("2025-05-08"))->off.contains(day("2025-05-08")));
  EXPECT_TRUE(calendar("germany-be").covers(day("2028-06-17"))->off.contains(day("2028-06-17")));
  EXPECT_TRUE(calendar("germany-sn").covers(day("2026-11-18"))->off.contains(day("2026-11-18")));
}

TEST(Calendars, GermanyAloneHasWhatAllStatesShare) {
  rules::Calendar const germany = calendar("germany");
  for (std::string_view state : states) {
    rules::Calendar const own = calendar("germany-" + std::string{state});
    for (rules::CalendarYear const& shared : germany.years) {
      auto const& off = own.covers(std::chrono::year{shared.year} / 1 / 1)->off;
      for (Date holiday : shared.off) EXPECT_TRUE(off.contains(holiday)) << state << base::format_date(holiday);
    }
  }
}

TEST(Calendars, RefusesWhatIsWrong) {
  std::string const year = "[[years]]\nyear = 2026\nprovisional = false\nsource = \"s\"\n";
  auto const refused = [&](std::string const& years, std::string_view detail) {
    auto const parsed =
        parse_calendar("name = \"x\"\ntitle = \"X\"\nweekend = [\"sunday\"]\nnotes = []\n" + years, "x.toml");
    ASSERT_FALSE(parsed) << years;
    EXPECT_NE(parsed.error().detail.find(detail), std::string::npos) << parsed.error().detail;
  };
  refused(year + "off = [\"2027-01-01\"]\nworked = []\n", "line 9: years.off has 2027-01-01, which is not in 2026");
  refused(year + "off = [\"2026-02-29\"]\nworked = []\n", "is not a day that exists");
  refused(year + "off = [\"2026-01-01\", \"2026-01-01\"]\nworked = []\n", "twice");
  refused(year + "off = []\nworked = [\"2026-01-05\"]\n", "which is no day of the weekend");
  refused(year + "off = [\"2026-01-04\"]\nworked = [\"2026-01-04\"]\n", "or is off as well");
  refused(year + "off = []\nworked = []\nmoon = 1\n", "years.moon is not known here");
  refused(year + "off = []\nworked = []\n" + year + "off = []\nworked = []\n", "years.year is there twice");
  refused("", "years is missing");
}

}  // namespace
}  // namespace abode::profiles
