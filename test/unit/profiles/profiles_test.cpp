#include "profiles/profiles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "digest/digest.hpp"
#include "profiles/calendars.hpp"
#include "rules/floors.hpp"

namespace abode::profiles {
namespace {

using base::errc;

std::string text_of(std::string_view name) {
  return std::string{built_in_text(name).value()};
}

/// The text with the first `from` written as `to`; `from` must be there.
std::string altered(std::string text, std::string_view from, std::string_view to) {
  std::size_t const at = text.find(from);
  if (at == std::string::npos) ADD_FAILURE() << "the fixture has no " << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// The line on which `part` begins, from 1.
std::size_t line_of(std::string const& text, std::string_view part) {
  std::size_t const at = text.find(part);
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

void expect_refused(std::string_view from, std::string_view to, std::string_view key, std::string_view detail) {
  auto const parsed = parse_profile(altered(text_of("specimen"), from, to), "specimen.toml");
  ASSERT_FALSE(parsed) << to;
  EXPECT_EQ(parsed.error().field, key) << parsed.error().detail;
  EXPECT_NE(parsed.error().detail.find(detail), std::string::npos) << parsed.error().detail;
}

TEST(BuiltIn, AreThose) {
  EXPECT_EQ(built_in_names(), (std::vector<std::string_view>{"generic", "germany", "moscow-model", "specimen"}));
  auto const unknown = built_in_text("atlantis");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, errc::not_found);
  EXPECT_NE(unknown.error().detail.find("generic, germany, moscow-model, specimen"), std::string::npos);
}

TEST(BuiltIn, EachIsReadAndWhole) {
  for (std::string_view name : built_in_names()) {
    std::string const text = text_of(name);
    auto const profile = parse_profile(text, name);
    ASSERT_TRUE(profile) << profile.error().detail;
    EXPECT_EQ(profile->name, name);
    EXPECT_EQ(profile->hash, digest::sha256(base::as_bytes(text)));
    EXPECT_EQ(profile->model, name == "specimen" || name == "moscow-model");
    EXPECT_FALSE(profile->offices.empty());
    EXPECT_FALSE(profile->calendar.years.empty());
    std::set<std::string> rules;
    for (rules::Provenance const& rule : profile->provenance) {
      EXPECT_TRUE(rules.insert(rule.rule).second) << rule.rule;
      EXPECT_FALSE(rule.source.empty()) << rule.rule;
    }
    EXPECT_EQ(rules.size(), 11 + profile->kinds.size() + profile->evidence.size() + profile->purposes.size() +
                                profile->offices.size())
        << "every rule says where it comes from";
    EXPECT_EQ(rules::not_yet_in_force(*profile, base::parse_date("2026-01-01").value()), nullptr);
  }
}

TEST(BuiltIn, GermanyAsksForNoLandlord) {
  auto const germany = parse_profile(text_of("germany"), "germany").value();
  EXPECT_EQ(germany.filing_window, (rules::Period{2, rules::Unit::weeks, false, rules::OnDayOff::next_working_day}));
  EXPECT_EQ(germany.evidence.front().id, "mailed-code");
  for (auto const& evidence : germany.evidence) EXPECT_NE(rules::evidence_kind_named(evidence.id), nullptr);
  EXPECT_TRUE(germany.kind(rules::Kind::secondary)->needs_main);
  EXPECT_EQ(germany.office("buergeramt")->hours.size(), 6U);
}

TEST(BuiltIn, OfficesHaveTheirHours) {
  auto const moscow = parse_profile(text_of("moscow-model"), "moscow-model").value();
  rules::OpeningHours const saturday = moscow.office("district-office")->hours.back();
  EXPECT_EQ(saturday.day, std::chrono::Saturday);
  EXPECT_EQ(saturday.from, std::chrono::hours{10});
  EXPECT_EQ(saturday.to, std::chrono::hours{15});
}

TEST(Profile, NamesLineAndKeyOfWhatIsWrong) {
  std::string const text = text_of("specimen");
  auto const parsed = parse_profile(altered(text, "officials = 2", "officials = \"two\""), "my.toml");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, errc::invalid);
  EXPECT_EQ(parsed.error().field, "procedure.officials");
  EXPECT_TRUE(parsed.error().detail.starts_with("my.toml, line " + std::to_string(line_of(text, "officials = 2")) +
                                                ": procedure.officials is not a whole number."))
      << parsed.error().detail;
}

TEST(Profile, RefusesUnknownMissingDoubledAndImpossible) {
  expect_refused("model = true", "model = true\ncolour = \"red\"", "colour", "is not known here");
  expect_refused("officials = 2", "officials = 2\njudges = 1", "procedure.judges", "is not known here");
  expect_refused("title = ", "titel = ", "title", "is missing");
  expect_refused("officials = 2\n", "", "procedure.officials", "is missing");
  expect_refused("[undo]", "[redo]", "undo", "is missing");
  expect_refused("model = true", "model = 1", "model", "is not true or false");
  expect_refused("valid_from = \"2026-01-01\"", "valid_from = \"2026-02-30\"", "languages.valid_from",
                 "is not a day that exists");
  expect_refused("source = \"Abode", "sources = \"Abode", "languages.source", "is missing");
  expect_refused("id = \"civic-office\"", "id = \"school-office\"", "office.id", "is \"school-office\" twice");
  expect_refused("kind = \"secondary\"", "kind = \"main\"", "kind.kind", "is \"main\" twice");
  expect_refused("id = \"ownership\"", "id = \"mailed-code\"", "evidence.id", "is \"mailed-code\" twice");
  expect_refused("id = \"tax-residence\"", "id = \"civil-status\"", "purpose.id", "is \"civil-status\" twice");
  expect_refused("kind = \"main\"", "kind = \"holiday\"", "kind.kind", "is none of \"main\"");
  expect_refused("\"birth_date\"", "\"shoe_size\"", "purpose.fields", "has \"shoe_size\", which is no field");
  expect_refused("name = \"weekdays\"", "name = \"atlantis\"", "calendar.name", "is no calendar of this program");
  expect_refused("offered = [\"en\"]", "offered = []", "languages.offered", "is empty");
  expect_refused("offered = [\"en\"]", "offered = [\"English!\"]", "languages.offered", "Write language tags");
  expect_refused("monday 09:00-12:00", "monday 9-12", "office.hours", "Write each as");
  expect_refused("monday 09:00-12:00", "monday 12:00-09:00", "office.hours", "Write each as");
  expect_refused("monday 09:00-12:00", "monday 09:00-25:00", "office.hours", "Write each as");
  expect_refused("wednesday 09:00-12:00", "monday 11:00-13:00", "office.hours", "overlaps");
  expect_refused("name = \"specimen\"", "name = \"Spec imen\"", "name", "is not a name");
  expect_refused("hours = 72", "hours = 73", "undo.hours", "is out of range");
  expect_refused("name = \"Europe/Berlin\"", "name = \"Europe/Atlantis\"", "civil_time.name", "is no civil time");
  expect_refused("name = \"Europe/Berlin\"", "name = \"GMT+3\"", "civil_time.name", "is no civil time");
  expect_refused("[civil_time]", "[clock]", "civil_time", "is missing");
  EXPECT_EQ(parse_profile("= 1", "x").error().code, errc::malformed);
  EXPECT_EQ(parse_profile("", "x").error().field, "name");
}

TEST(Profile, G9RefusesWhateverDependsOnACitizenship) {
  std::string const text = text_of("moscow-model");
  for (std::string_view place :
       {"model = true\n", "[filing_window]\n", "[calendar]\n", "[[kind]]\n", "[[purpose]]\n"}) {
    for (std::string_view key : {"citizenship = \"UZ\"\n", "citizenships = [\"UZ\"]\n", "nationality = \"UZ\"\n"}) {
      auto const parsed = parse_profile(altered(text, place, std::string{place} + std::string{key}), "x");
      ASSERT_FALSE(parsed) << place << key;
      EXPECT_NE(parsed.error().detail.find("is not known here"), std::string::npos) << parsed.error().detail;
    }
  }
  EXPECT_FALSE(parse_profile(text + "[[deadline]]\ncitizenships = [\"UZ\"]\n", "x"));
}

TEST(Profile, IsHeldAgainstTheFloors) {
  expect_refused("reply_period_days = 14", "reply_period_days = 13", "floor.reply-period", "floor \"reply-period\"");
  expect_refused("officials = 2", "officials = 1", "floor.two-officials", "floor \"two-officials\"");
  expect_refused("id = \"tax-residence\"", "id = \"policing\"", "floor.no-policing", "floor \"no-policing\"");
  expect_refused("id = \"tax-residence\"", "id = \"marketing\"", "floor.purposes", "floor \"purposes\"");
  expect_refused("\"birth_date\"", "\"assurance\"", "floor.purpose-fields", "floor \"purpose-fields\"");
  expect_refused("id = \"ownership\"", "id = \"landlord-consent\"", "floor.evidence", "floor \"evidence\"");
  expect_refused("fresh_days = 14", "fresh_days = 15", "floor.fresh-proof-life", "floor \"fresh-proof-life\"");
  expect_refused("lasting_days = 365", "lasting_days = 366", "floor.lasting-proof-life", "\"lasting-proof-life\"");
  expect_refused("hours = 72", "hours = 71", "floor.undo", "floor \"undo\"");
  expect_refused("min_minutes = 15", "min_minutes = 14", "floor.opening-code-life", "floor \"opening-code-life\"");
  expect_refused("max_minutes = 10080", "max_minutes = 10081", "floor.opening-code-life", "\"opening-code-life\"");
  expect_refused("hours = 12", "hours = 25", "floor.session-life", "floor \"session-life\"");
  expect_refused("age_years = 16", "age_years = 19", "floor.own-account-age", "floor \"own-account-age\"");
}

}  // namespace
}  // namespace abode::profiles
