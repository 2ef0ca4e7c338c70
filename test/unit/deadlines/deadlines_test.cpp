#include "deadlines/deadlines.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "profiles/calendars.hpp"
#include "profiles/profiles.hpp"

namespace abode::deadlines {
namespace {

using base::errc;

base::Date day(std::string_view text) {
  return base::parse_date(text).value();
}

Answer ask(Table const& table, std::string_view entry, std::optional<std::string> const& citizenship = {}) {
  std::optional<rules::Calendar> calendar;
  if (table.calendar) calendar = profiles::built_in_calendar(*table.calendar).value();
  return answer(table, calendar ? &*calendar : nullptr, day(entry), citizenship).value();
}

std::string last(std::string_view profile, std::string_view entry, std::optional<std::string> const& citizenship = {}) {
  return base::format_date(ask(built_in_table(profile).value(), entry, citizenship).last_day);
}

TEST(Deadlines, EveryTableIsReadAndNamedAsItsFile) {
  for (std::string_view name : built_in_names()) {
    auto const table = built_in_table(name);
    ASSERT_TRUE(table) << table.error().detail;
    EXPECT_EQ(table->name, name);
    if (table->calendar) {
      EXPECT_TRUE(profiles::built_in_calendar(*table->calendar));
    }
  }
  EXPECT_EQ(built_in_table("atlantis").error().code, errc::not_found);
}

TEST(Deadlines, EveryProfileHasATableWithItsFilingWindow) {
  for (std::string_view name : profiles::built_in_names()) {
    auto const profile = profiles::parse_profile(profiles::built_in_text(name).value(), name).value();
    auto const table = built_in_table(name).value();
    EXPECT_EQ(ask(table, "2026-03-02").alternatives.front().rule->period, profile.filing_window) << name;
  }
}

TEST(Deadlines, AreThoseOfTheFacts) {
  EXPECT_EQ(last("germany", "2026-11-02"), "2026-11-16");
  EXPECT_EQ(last("germany", "2026-12-12"), "2026-12-28") << "26 December 2026 is a Saturday and a holiday";
  EXPECT_EQ(last("netherlands", "2026-11-02"), "2026-11-07");
  EXPECT_EQ(last("austria", "2026-11-02"), "2026-11-05");
  EXPECT_EQ(last("estonia", "2026-11-02"), "2026-11-16");
  EXPECT_EQ(last("moscow-model", "2026-04-28"), "2026-05-07") << "seven working days, over 1 May";
  for (char const* fifteen : {"UZ", "TJ"}) EXPECT_EQ(last("moscow-model", "2026-04-28", fifteen), "2026-05-12");
  for (char const* thirty : {"KG", "KZ", "AM"}) EXPECT_EQ(last("moscow-model", "2026-04-28", thirty), "2026-05-27");
  EXPECT_EQ(last("moscow-model", "2026-04-28", "DE"), "2026-05-07") << "no rule of its own: that for everybody";
}

TEST(Deadlines, WhereSourcesDifferShowsAllAndTakesTheEarliest) {
  Table const table = built_in_table("moscow-model").value();
  Answer const belarus = ask(table, "2026-04-28", "BY");
  ASSERT_EQ(belarus.alternatives.size(), 2U);
  EXPECT_EQ(belarus.last_day, day("2026-05-27"));
  EXPECT_EQ(belarus.alternatives[1].deadline.last_day, day("2026-07-26"));
  auto const lines = in_words(table, belarus);
  EXPECT_EQ(lines[0], "The last day is Wednesday, 27 May 2026.");
  EXPECT_TRUE(lines[1].starts_with("Sources differ.")) << lines[1];
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(), [](auto const& l) { return l.starts_with("Rule: within "); }), 2);
}

TEST(Deadlines, SaysSourceStepsAndNotes) {
  Table const table = built_in_table("moscow-model").value();
  auto const lines = in_words(table, ask(table, "2026-12-25"));
  auto const has = [&](std::string_view part) {
    return std::any_of(lines.begin(), lines.end(), [&](auto const& line) { return line.find(part) != line.npos; });
  };
  EXPECT_TRUE(has("Source: Federal law 109-FZ"));
  EXPECT_TRUE(has("The calendar of 2027 is provisional"));
  EXPECT_TRUE(has("model without legal effect"));
  EXPECT_FALSE(has("Sources differ. This is the earliest"));
}

TEST(Deadlines, SayWhatCannotBeAnswered) {
  Table const table = built_in_table("moscow-model").value();
  rules::Calendar const russia = profiles::built_in_calendar("russia").value();
  EXPECT_EQ(answer(table, &russia, day("2024-12-28"), {}).error().code, errc::not_found) << "no calendar of 2024";
  EXPECT_EQ(answer(table, &russia, day("2000-01-01"), {}).error().code, errc::not_found) << "no rule in force";
  for (char const* wrong : {"", "uz", "UZB", "U1"})
    EXPECT_EQ(answer(table, &russia, day("2026-04-28"), wrong).error().field, "citizenship") << wrong;
}

std::string const head = "name = \"x\"\ntitle = \"X\"\nevent = \"arrival\"\nnotes = []\n";

std::string rule(std::string const& id, int count, std::string const& more = {}) {
  return "[[deadline]]\nid = \"" + id + "\"\ncount = " + std::to_string(count) +
         "\nunit = \"calendar-days\"\nfirst_day_counts = false\non_day_off = \"stays\"\nsource = \"s\"\n" + more;
}
std::string const old = "valid_from = \"2020-01-01\"\n";

TEST(Deadlines, ALaterRuleReplacesAnEarlierFromItsDay) {
  Table const table =
      parse_table(head + rule("a", 3, old) + rule("a", 9, "valid_from = \"2026-06-01\"\n"), "x").value();
  EXPECT_EQ(ask(table, "2026-05-31").last_day, day("2026-06-03"));
  EXPECT_EQ(ask(table, "2026-06-01").last_day, day("2026-06-10"));
}

TEST(Deadlines, RefusesWhatIsWrong) {
  auto const refused = [](std::string const& rules, std::string_view detail) {
    auto const parsed = parse_table(head + rules, "x.toml");
    ASSERT_FALSE(parsed) << rules;
    EXPECT_NE(parsed.error().detail.find(detail), std::string::npos) << parsed.error().detail;
  };
  refused("", "deadline is missing");
  refused(rule("a", 3, old + "citizenships = [\"UZ\"]\n"), "has no rule for everybody");
  refused(rule("a", 3, old + "citizenships = [\"Uzbekistan\"]\n"), "Write codes such as");
  refused(rule("a", 3, old) + rule("b", 4, old), "has \"a\" and \"b\" for the same people");
  refused(rule("a", 3, old) + rule("a", 4, old), "is there twice with one valid_from");
  refused(rule("a", 3, old + "colour = 1\n"), "deadline.colour is not known here");
  refused(rule("a", 0, old), "deadline.count is out of range");
  refused(
      "[[deadline]]\nid = \"a\"\ncount = 3\nunit = \"working-days\"\nfirst_day_counts = true\nsource = \"s\"\n" + old,
      "needs a calendar");
  EXPECT_TRUE(parse_table(
      head + rule("a", 3, old + "conflicting = \"A.\"\n") + rule("b", 4, old + "conflicting = \"B.\"\n"), "x"));
}

}  // namespace
}  // namespace abode::deadlines
