// Instants and civil dates. Durable times are whole seconds of UTC; nothing here reads a clock.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace abode::base {

using Time = std::chrono::sys_seconds;
using Date = std::chrono::year_month_day;

/// RFC 3339 in UTC, such as "2026-11-21T23:45:22Z".
std::string format_time(Time time);
/// Only the form that format_time writes; errc::malformed otherwise.
result<Time> parse_time(std::string_view text);

/// ISO 8601 calendar date, such as "2026-11-21".
std::string format_date(Date date);
/// YYYY-MM-DD of a day that exists; errc::malformed otherwise.
result<Date> parse_date(std::string_view text);

/// The UTC day that an instant falls on.
inline Date day_of(Time time) {
  return Date{std::chrono::floor<std::chrono::days>(time)};
}

/// Reads the time. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() = 0;
};

}  // namespace abode::base
