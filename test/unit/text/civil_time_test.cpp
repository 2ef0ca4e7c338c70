#include "text/civil_time.hpp"

#include <gtest/gtest.h>

namespace abode::text {
namespace {

using namespace std::chrono_literals;

base::Date date(std::string_view text) {
  return base::parse_date(text).value();
}

/// When the clocks show this, in UTC.
std::string moment(std::string const& name, std::string_view day, std::chrono::minutes since_midnight = 10h) {
  return base::format_time(civil_time_named(name)->moment_of(date(day), since_midnight));
}

std::string day(std::string const& name, std::string_view time) {
  return base::format_date(civil_time_named(name)->day_at(base::parse_time(time).value()));
}

TEST(CivilTime, TakesTheNamesThatAreListedAndNoOthers) {
  for (char const* const name : {"Europe/Berlin", "Europe/Moscow", "Asia/Tashkent", "Asia/Kolkata", "Etc/UTC", "UTC"}) {
    ASSERT_NE(civil_time_named(name), nullptr) << name;
    EXPECT_EQ(civil_time_named(name)->name(), name);
  }
  for (char const* const name : {"", "Europe/Atlantis", "europe/berlin", "GMT+3", "GMT+03:00", "Etc/Unknown",
                                 " Etc/UTC", "Europe/Berlin\n", "Europe/\xff"})
    EXPECT_EQ(civil_time_named(name), nullptr) << name;
}

TEST(CivilTime, FollowsTheClocksInBothDirections) {
  EXPECT_EQ(moment("Europe/Berlin", "2027-03-27"), "2027-03-27T09:00:00Z");
  EXPECT_EQ(moment("Europe/Berlin", "2027-03-28"), "2027-03-28T08:00:00Z") << "put forward in this night";
  EXPECT_EQ(moment("Europe/Berlin", "2027-10-30"), "2027-10-30T08:00:00Z");
  EXPECT_EQ(moment("Europe/Berlin", "2027-10-31"), "2027-10-31T09:00:00Z") << "put back in this night";
  EXPECT_EQ(moment("America/New_York", "2027-03-14"), "2027-03-14T14:00:00Z");
  EXPECT_EQ(moment("Australia/Lord_Howe", "2027-04-03"), "2027-04-02T23:00:00Z") << "summer in the south";
  EXPECT_EQ(moment("Australia/Lord_Howe", "2027-04-04"), "2027-04-03T23:30:00Z") << "by half an hour";
}

TEST(CivilTime, OfAPlaceThatPutsNoClocksIsTheSameAllYear) {
  for (char const* const when : {"2027-01-15", "2027-03-28", "2027-07-15", "2027-10-31"}) {
    EXPECT_EQ(moment("Europe/Moscow", when), std::string{when} + "T07:00:00Z");
    EXPECT_EQ(moment("Asia/Tashkent", when), std::string{when} + "T05:00:00Z");
    EXPECT_EQ(moment("Asia/Kolkata", when), std::string{when} + "T04:30:00Z");
    EXPECT_EQ(moment("Etc/UTC", when), std::string{when} + "T10:00:00Z");
  }
}

TEST(CivilTime, OfAnHourThatIsSkippedOrComesTwice) {
  EXPECT_EQ(moment("Europe/Berlin", "2027-03-28", 2h + 30min), "2027-03-28T01:30:00Z") << "skipped: 03:30 is shown";
  EXPECT_EQ(moment("Europe/Berlin", "2027-10-31", 2h + 30min), "2027-10-31T00:30:00Z") << "the first time";
  EXPECT_EQ(moment("Pacific/Apia", "2011-12-30"), "2011-12-30T20:00:00Z") << "a whole day that never was";
  EXPECT_EQ(day("Pacific/Apia", "2011-12-30T20:00:00Z"), "2011-12-31");
}

TEST(CivilTime, KnowsTheDayAtAMoment) {
  EXPECT_EQ(day("Europe/Berlin", "2027-03-27T22:59:59Z"), "2027-03-27");
  EXPECT_EQ(day("Europe/Berlin", "2027-03-27T23:00:00Z"), "2027-03-28");
  EXPECT_EQ(day("Europe/Berlin", "2027-03-28T21:59:59Z"), "2027-03-28");
  EXPECT_EQ(day("Europe/Berlin", "2027-03-28T22:00:00Z"), "2027-03-29");
  EXPECT_EQ(day("Pacific/Kiritimati", "2027-01-01T10:00:00Z"), "2027-01-02");
  EXPECT_EQ(day("Pacific/Pago_Pago", "2027-01-01T10:00:00Z"), "2026-12-31");
}

}  // namespace
}  // namespace abode::text
