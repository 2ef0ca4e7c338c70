// Which days are working days, and deadlines counted in days, with the reasons in words. Pure data and arithmetic.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace abode::rules {

/// One year of a calendar, as its authority published it.
struct CalendarYear {
  int year;
  bool provisional;             ///< announced, may still change
  std::string source;           ///< where the days stand
  std::set<base::Date> off;     ///< days off besides the weekend; some may fall on it
  std::set<base::Date> worked;  ///< days of the weekend that are worked
};

struct Calendar {
  std::string name;
  std::string title;
  std::array<bool, 7> weekend{};   ///< by std::chrono::weekday::c_encoding: Sunday is 0
  std::vector<std::string> notes;  ///< what everybody who counts by it should know, whole sentences
  std::vector<CalendarYear> years;

  CalendarYear const* covers(base::Date day) const;
  /// errc::not_found if the calendar does not cover the year.
  base::result<bool> is_working(base::Date day) const;
};

/// Working days of a year that the calendar covers.
unsigned working_days(Calendar const& calendar, CalendarYear const& year);

/// "Friday, 1 May 2026".
std::string in_words(base::Date day);

}  // namespace abode::rules
