#include "text/catalogs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "identity/contact.hpp"

namespace abode::text {
namespace {

/// The names in braces at the outermost level of a pattern: "{hours, plural, ...}" has "hours".
std::set<std::string> placeholders_of(std::string const& pattern) {
  std::set<std::string> names;
  int depth = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '{' && depth++ == 0)
      names.insert(pattern.substr(at + 1, pattern.find_first_of(",}", at) - at - 1));
    if (pattern[at] == '}') --depth;
  }
  return names;
}

std::string hours(std::string_view language, std::int64_t number) {
  return format_message(language, "mail.confirm.body",
                        {{"register", "https://abode.example"}, {"code", "7K2P-DXQ0"}, {"hours", number}});
}

TEST(Catalogs, AreThereForEveryLanguageThatPeopleAreWrittenToIn) {
  std::set<std::string> wanted{identity::languages.begin(), identity::languages.end()};
  auto const there = catalog_languages();
  EXPECT_EQ((std::set<std::string>{there.begin(), there.end()}), wanted);
}

TEST(Catalogs, AreCompleteWithTheSamePlaceholders) {
  auto const names = message_names("en");
  EXPECT_EQ(names.size(), 41u);
  for (std::string const& language : catalog_languages()) {
    EXPECT_EQ(message_names(language), names) << language;
    for (std::string const& name : names)
      EXPECT_EQ(placeholders_of(message_pattern(language, name)), placeholders_of(message_pattern("en", name)))
          << language << " " << name;
  }
}

TEST(Catalogs, AreDraftsUntilSomebodyHasReadThem) {
  for (std::string const& language : catalog_languages()) EXPECT_FALSE(is_reviewed(language)) << language;
}

TEST(Catalogs, SayEverythingInTheirOwnLanguage) {
  for (std::string const& name : message_names("en")) {
    std::set<std::string> different;
    for (std::string const& language : catalog_languages()) different.insert(message_pattern(language, name));
    EXPECT_EQ(different.size(), catalog_languages().size()) << name;
  }
}

TEST(Catalogs, NameTheRegisterAndHoldNoLinkOrWordToAnswer) {
  for (std::string const& language : catalog_languages()) {
    std::string const changed = format_message(language, "mail.changed.body", {{"register", "REGISTER"}});
    EXPECT_LT(changed.find("REGISTER"), changed.find('\n')) << language << ": in the opening words";
    for (std::string const& name : message_names(language)) {
      std::string const pattern = message_pattern(language, name);
      EXPECT_EQ(pattern.find("http"), std::string::npos) << language;
      EXPECT_EQ(pattern.find('\''), std::string::npos) << language << ": a quote means something in MessageFormat";
    }
    std::string const subject = format_message(language, "mail.changed.subject", {});
    EXPECT_EQ(subject.find('\n'), std::string::npos);
    EXPECT_LT(subject.size(), 150u);
  }
}

TEST(Plurals, FollowEachLanguagesRules) {
  EXPECT_NE(hours("en", 1).find("good for 1 hour."), std::string::npos) << hours("en", 1);
  EXPECT_NE(hours("en", 24).find("good for 24 hours."), std::string::npos);
  EXPECT_NE(hours("ru", 1).find("1 час."), std::string::npos);
  EXPECT_NE(hours("ru", 23).find("23 часа."), std::string::npos);
  EXPECT_NE(hours("ru", 20).find("20 часов."), std::string::npos);
  EXPECT_NE(hours("uk", 21).find("21 годину."), std::string::npos);
  EXPECT_NE(hours("ro", 20).find("20 de ore."), std::string::npos);
  EXPECT_NE(hours("ro", 2).find("2 ore."), std::string::npos);
  EXPECT_NE(hours("hy", 24).find("24 ժամ"), std::string::npos);
}

// ICU has none for it, and takes "other" even for 1.
TEST(Plurals, OfTajikAreThoseOfUzbek) {
  std::string const pattern = "{n, plural, one {ONE} other {OTHER}}";
  EXPECT_EQ(format_pattern("tg", pattern, {{"n", std::int64_t{1}}}), "ONE");
  EXPECT_EQ(format_pattern("uz-Cyrl", pattern, {{"n", std::int64_t{1}}}), "ONE");
  for (std::int64_t n : {0, 2, 5, 11, 21, 101}) EXPECT_EQ(format_pattern("tg", pattern, {{"n", n}}), "OTHER") << n;
}

}  // namespace
}  // namespace abode::text
