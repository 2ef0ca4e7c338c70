#include "base/time.hpp"

#include <fmt/format.h>

#include <optional>

namespace abode::base {
namespace {

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace

std::string format_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string format_time(Time time) {
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::hh_mm_ss const clock{time - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(Date{day}), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

result<Date> parse_date(std::string_view text) {
  auto const malformed = fail(errc::malformed, "Write the date as YYYY-MM-DD, for example 2026-11-21.");
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return malformed;
  auto const year = digits(text.substr(0, 4));
  auto const month = digits(text.substr(5, 2));
  auto const day = digits(text.substr(8, 2));
  if (!year || !month || !day) return malformed;
  Date const date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month}, std::chrono::day{*day}};
  if (!date.ok()) return fail(errc::malformed, "This day is not in the calendar. Check the day and the month.");
  return date;
}

result<Time> parse_time(std::string_view text) {
  auto const malformed = fail(errc::malformed, "Write the time as YYYY-MM-DDThh:mm:ssZ, in UTC.");
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') return malformed;
  auto const date = parse_date(text.substr(0, 10));
  if (!date) return date.error();
  auto const hour = digits(text.substr(11, 2));
  auto const minute = digits(text.substr(14, 2));
  auto const second = digits(text.substr(17, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return malformed;
  return std::chrono::sys_days{*date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second};
}

}  // namespace abode::base
