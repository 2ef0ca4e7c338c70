// Deadlines: so many days or weeks from a day, and how that came about, in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/calendar.hpp"

namespace abode::rules {

enum class Unit : std::uint8_t { working_days, calendar_days, weeks };
/// What happens when the last day is a day off.
enum class OnDayOff : std::uint8_t { stays, next_working_day };

/// "7 working days, the first day counted". A week is seven calendar days.
struct Period {
  unsigned count;  ///< 1 to max_period_count
  Unit unit;
  bool first_day_counts;  ///< the day of the event itself is the first day of the period
  OnDayOff on_day_off;    ///< no matter for working days: they end on one

  bool operator==(Period const&) const = default;
  /// True if nothing can be said without a calendar.
  bool needs_calendar() const { return unit == Unit::working_days || on_day_off == OnDayOff::next_working_day; }
};

constexpr unsigned max_period_count = 400;

/// "7 working days".
std::string in_words(Period const& period);

struct Deadline {
  base::Date last_day;             ///< the act is in time until its end
  std::vector<std::string> steps;  ///< how it came about: whole sentences, in order
};

/// Counts `period` from the day of the event. errc::invalid: a count out of range, a day that does not exist, or no
/// calendar where one is needed; errc::not_found: the calendar does not cover a year that is needed.
base::result<Deadline> deadline(Period const& period, base::Date event, Calendar const* calendar);

}  // namespace abode::rules
