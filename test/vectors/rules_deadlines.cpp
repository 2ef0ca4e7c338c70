// Deadlines: the same questions to the program and to the browser's code.
#include <set>

#include "base/time.hpp"
#include "deadlines/deadlines.hpp"
#include "profiles/calendars.hpp"
#include "vectors/rules_vectors.hpp"

namespace abode::vectors {
namespace {

using base::Date;
using rules::OnDayOff;
using rules::Unit;

json::array texts_of(std::vector<std::string> const& texts) {
  json::array out;
  for (std::string const& text : texts) out.emplace_back(text);
  return out;
}

Date day(std::string_view text) {
  return base::parse_date(text).value();
}

/// Every `step`th day from `first` to `last`.
void add_days(std::set<Date>& to, std::string_view first, std::string_view last, int step) {
  for (std::chrono::sys_days at{day(first)}; at <= std::chrono::sys_days{day(last)}; at += std::chrono::days{step})
    to.insert(Date{at});
}

/// The years of the calendars and around them, the turn of each year day by day, and days where something begins.
std::set<Date> some_days() {
  std::set<Date> days;
  add_days(days, "2024-12-01", "2027-12-31", 3);
  add_days(days, "2028-01-01", "2036-06-30", 19);
  for (int year = 2024; year <= 2031; ++year)
    add_days(days, std::to_string(year) + "-12-15", std::to_string(year + 1) + "-01-14", 1);
  add_days(days, "2026-04-20", "2026-06-15", 1);
  for (char const* one : {"0000-01-01", "0099-12-31", "1992-02-29", "1992-03-01", "2000-02-29", "2006-01-23",
                          "2006-01-24", "2007-01-14", "2007-01-15", "2014-12-31", "2015-01-01", "2015-10-31",
                          "2015-11-01", "2017-12-31", "2018-01-01", "2024-02-29", "9999-12-31"})
    days.insert(day(one));
  return days;
}

std::vector<std::string> calendars_for(deadlines::Table const& table) {
  std::vector<std::string> names;
  if (!table.calendar) return names;
  for (std::string_view name : profiles::calendar_names())
    if (name.starts_with(*table.calendar) || name == "weekdays") names.emplace_back(name);
  return names;
}

struct Question {
  deadlines::Table const& table;
  rules::Calendar const* calendar;
  std::optional<std::string> citizenship;

  json::object to_json() const {
    json::object out{{"table", table.name}};
    out["calendar"] = calendar != nullptr ? json::value(calendar->name) : json::value(nullptr);
    out["citizenship"] = citizenship ? json::value(*citizenship) : json::value(nullptr);
    return out;
  }
  base::result<deadlines::Answer> ask(Date event) const {
    return deadlines::answer(table, calendar, event, citizenship);
  }
};

/// Rule and last day of each alternative, or the error.
json::value outcome_of(base::result<deadlines::Answer> const& answer) {
  if (!answer) return refusal_of(answer.error());
  json::array out;
  for (auto const& [rule, deadline] : answer->alternatives)
    out.push_back(json::array{rule->id, base::format_date(deadline.last_day)});
  return out;
}

void add_answers(json::array& to, Question const& question, std::set<Date> const& days) {
  json::array answers;
  for (Date const event : days)
    answers.push_back(json::array{base::format_date(event), outcome_of(question.ask(event))});
  json::object item = question.to_json();
  item["answers"] = std::move(answers);
  to.push_back(std::move(item));
}

void add_words(json::array& to, Question const& question, std::set<Date> const& days) {
  std::size_t n = 0;
  for (Date const event : days) {
    if (++n % 9 != 0) continue;
    auto const answer = question.ask(event);
    json::object item = question.to_json();
    item["event"] = base::format_date(event);
    if (!answer)
      item["error"] = refusal_of(answer.error());
    else
      item["lines"] = texts_of(deadlines::in_words(question.table, *answer));
    to.push_back(std::move(item));
  }
}

void write_answers(std::filesystem::path const& folder) {
  std::set<Date> const days = some_days();
  std::set<Date> const few{day("2024-12-28"), day("2026-04-28"), day("2027-12-30")};
  json::array answers;
  json::array words;
  for (std::string_view name : deadlines::built_in_names()) {
    deadlines::Table const table = deadlines::built_in_table(name).value();
    std::vector<std::optional<rules::Calendar>> calendars{std::nullopt};
    for (std::string const& one : calendars_for(table))
      calendars.emplace_back(profiles::built_in_calendar(one).value());
    for (auto const& calendar : calendars) {
      rules::Calendar const* const with = calendar ? &*calendar : nullptr;
      for (auto const& citizenship : {std::optional<std::string>{}, {"UZ"}, {"BY"}}) {
        add_answers(answers, {table, with, citizenship}, days);
        add_words(words, {table, with, citizenship}, days);
      }
      for (char const* more : {"TJ", "KG", "KZ", "AM", "DE", "RU", "ZZ"})
        add_answers(answers, {table, with, more}, name == "moscow-model" ? days : few);
      for (char const* wrong :
           {"", "uz", "Uz", "UZB", "U", "U1", "UZ ", " UZ", "UZ\n", "\xd0\xa3\xd0\x97", "\xc4\xb0\x54"})
        add_answers(answers, {table, with, wrong}, few);
    }
  }
  write(folder / "rules_answers.json", answers);
  write(folder / "rules_words.json", words);
}

json::object to_json(rules::Period const& period) {
  constexpr std::string_view units[] = {"working-days", "calendar-days", "weeks"};
  return {{"count", period.count},
          {"unit", units[static_cast<std::size_t>(period.unit)]},
          {"firstDayCounts", period.first_day_counts},
          {"onDayOff", period.on_day_off == OnDayOff::stays ? "stays" : "next-working-day"}};
}

void add_period(json::array& to, rules::Period const& period, rules::Calendar const* calendar, Date event) {
  json::object item{{"period", to_json(period)}, {"event", base::format_date(event)}};
  item["calendar"] = calendar != nullptr ? json::value(calendar->name) : json::value(nullptr);
  auto const counted = rules::deadline(period, event, calendar);
  if (!counted) {
    item["error"] = refusal_of(counted.error());
  } else {
    item["lastDay"] = base::format_date(counted->last_day);
    item["steps"] = texts_of(counted->steps);
  }
  to.push_back(std::move(item));
}

void write_periods(std::filesystem::path const& folder) {
  std::vector<std::optional<rules::Calendar>> calendars{std::nullopt};
  for (char const* name : {"russia", "germany", "germany-by"})
    calendars.emplace_back(profiles::built_in_calendar(name).value());
  json::array out;
  for (auto const& calendar : calendars)
    for (unsigned const count : {0u, 1u, 2u, 7u, 30u, 247u, 400u, 401u})
      for (Unit const unit : {Unit::working_days, Unit::calendar_days, Unit::weeks})
        for (bool const first_day_counts : {true, false})
          for (OnDayOff const on_day_off : {OnDayOff::stays, OnDayOff::next_working_day})
            for (char const* event :
                 {"2024-12-31", "2025-10-31", "2026-02-21", "2026-05-01", "2027-12-30", "2030-12-31"})
              add_period(out, {count, unit, first_day_counts, on_day_off}, calendar ? &*calendar : nullptr, day(event));
  write(folder / "rules_periods.json", out);
}

/// Texts of days and instants: those that are read, written again.
void write_dates(std::filesystem::path const& folder) {
  json::array days;
  for (char const* text : {"2026-11-21",  "2024-02-29", "2025-02-29", "2000-02-29", "1900-02-29", "0000-01-01",
                           "0000-02-29",  "0099-03-01", "9999-12-31", "2026-00-10", "2026-13-10", "2026-04-31",
                           "2026-01-00",  "2026-01-32", "26-01-01",   "2026-1-1",   "2026/01/01", "2026-01-01 ",
                           " 2026-01-01", "+026-01-01", "-026-01-01", "2026-01-1a", "",           "2026-01-011"}) {
    auto const read = base::parse_date(text);
    days.push_back(json::array{text, read ? json::value(base::format_date(*read)) : json::value(nullptr)});
  }
  json::array times;
  for (char const* text :
       {"2026-11-21T23:45:22Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "2026-11-21T24:00:00Z", "2026-11-21T23:60:00Z", "2026-11-21T23:59:60Z",
        "2026-11-21 23:45:22Z", "2026-11-21T23:45:22", "2026-11-21T23:45:22+00:00", "2026-02-30T00:00:00Z",
        "2026-11-21t23:45:22z", "2026-11-21T23:45:22.5Z", "2026-11-21T-1:45:22Z", ""}) {
    auto const read = base::parse_time(text);
    json::object item{{"text", text}, {"seconds", nullptr}};
    if (read) item["seconds"] = read->time_since_epoch().count();
    times.push_back(std::move(item));
  }
  write(folder / "rules_dates.json", json::object{{"days", std::move(days)}, {"times", std::move(times)}});
}

}  // namespace

void write_deadline_vectors(std::filesystem::path const& folder) {
  write_answers(folder);
  write_periods(folder);
  write_dates(folder);
}

}  // namespace abode::vectors
