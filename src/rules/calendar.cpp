#include "rules/calendar.hpp"

#include <algorithm>

namespace abode::rules {
namespace {

using std::chrono::sys_days;
using std::chrono::weekday;

constexpr std::array weekday_names{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array month_names{"January", "February", "March",     "April",   "May",      "June",
                                 "July",    "August",   "September", "October", "November", "December"};

bool works_on(Calendar const& calendar, CalendarYear const& year, base::Date day) {
  if (year.worked.contains(day)) return true;
  return !calendar.weekend[weekday{sys_days{day}}.c_encoding()] && !year.off.contains(day);
}

}  // namespace

CalendarYear const* Calendar::covers(base::Date day) const {
  auto const found = std::find_if(years.begin(), years.end(),
                                  [&](CalendarYear const& year) { return year.year == static_cast<int>(day.year()); });
  return found == years.end() ? nullptr : &*found;
}

base::result<bool> Calendar::is_working(base::Date day) const {
  CalendarYear const* const year = covers(day);
  if (year == nullptr)
    return base::fail(base::errc::not_found, "The calendar \"" + title + "\" does not cover " +
                                                 std::to_string(static_cast<int>(day.year())) +
                                                 ". Take a calendar that does, or count by hand.");
  return works_on(*this, *year, day);
}

unsigned working_days(Calendar const& calendar, CalendarYear const& year) {
  unsigned count = 0;
  sys_days const end{std::chrono::year{year.year + 1} / 1 / 1};
  for (sys_days day{std::chrono::year{year.year} / 1 / 1}; day < end; day += std::chrono::days{1})
    if (works_on(calendar, year, base::Date{day})) ++count;
  return count;
}

std::string in_words(base::Date day) {
  return std::string{weekday_names[weekday{sys_days{day}}.c_encoding()]} + ", " +
         std::to_string(static_cast<unsigned>(day.day())) + " " + month_names[static_cast<unsigned>(day.month()) - 1] +
         " " + std::to_string(static_cast<int>(day.year()));
}

}  // namespace abode::rules
