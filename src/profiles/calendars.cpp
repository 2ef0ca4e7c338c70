#include "profiles/calendars.hpp"

#include <algorithm>

#include "profiles/internal/texts.hpp"
#include "profiles/reading.hpp"

namespace abode::profiles {
namespace {

using base::result;
using codec::TomlReader;

constexpr std::size_t max_years = 50;
constexpr std::size_t max_days_off = 200;
constexpr std::size_t max_notes = 10;

void read_weekend(TomlReader& reader, rules::Calendar& calendar) {
  static constexpr std::string_view names[] = {"sunday",   "monday", "tuesday", "wednesday",
                                               "thursday", "friday", "saturday"};
  for (std::string const& day : reader.texts("weekend", 6, true)) {
    auto const found = std::find(std::begin(names), std::end(names), day);
    if (found == std::end(names)) return reader.fail("weekend", "has \"" + day + "\", which is no day of the week.");
    calendar.weekend[static_cast<std::size_t>(found - names)] = true;
  }
}

std::set<base::Date> read_days(TomlReader& reader, std::string_view key, int year) {
  std::set<base::Date> days;
  for (base::Date day : reader.dates(key, max_days_off)) {
    if (static_cast<int>(day.year()) != year)
      reader.fail(key, "has " + base::format_date(day) + ", which is not in " + std::to_string(year) + ".");
    days.insert(day);
  }
  return days;
}

void read_year(TomlReader& reader, rules::Calendar& calendar) {
  rules::CalendarYear year{};
  year.year = static_cast<int>(reader.integer("year", 1900, 2999));
  year.provisional = reader.flag("provisional");
  year.source = reader.text("source");
  year.off = read_days(reader, "off", year.year);
  year.worked = read_days(reader, "worked", year.year);
  for (base::Date day : year.worked)
    if (!calendar.weekend[std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding()] || year.off.contains(day))
      reader.fail("worked", "has " + base::format_date(day) + ", which is no day of the weekend, or is off as well.");
  if (calendar.covers(std::chrono::year{year.year} / 1 / 1) != nullptr)
    reader.fail("year", "is there twice. Take one out.");
  calendar.years.push_back(std::move(year));
}

}  // namespace

result<rules::Calendar> parse_calendar(std::string_view toml, std::string_view file) {
  auto const table = codec::parse_toml(toml, file);
  if (!table) return table.error();
  codec::TomlFault fault{std::string{file}};
  TomlReader reader{fault, *table};
  rules::Calendar calendar;
  calendar.name = read_name(reader, "name");
  calendar.title = reader.text("title");
  read_weekend(reader, calendar);
  calendar.notes = reader.texts("notes", max_notes, true);
  reader.tables("years", max_years, [&](TomlReader& year) { read_year(year, calendar); });
  reader.finish();
  if (auto const read = fault.outcome(); !read) return read.error();
  return calendar;
}

std::vector<std::string_view> calendar_names() {
  return names_of(calendar_texts());
}

result<rules::Calendar> built_in_calendar(std::string_view name) {
  auto const text = text_named(calendar_texts(), "calendar", name);
  if (!text) return text.error();
  return parse_calendar(*text, std::string{name} + ".toml");
}

}  // namespace abode::profiles
