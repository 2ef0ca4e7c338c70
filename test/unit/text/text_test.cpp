#include "text/text.hpp"

#include <gtest/gtest.h>

#include <random>

namespace abode::text {
namespace {

using base::errc;

std::string cleaned(std::string_view typed) {
  auto const clean = clean_line(typed, "field");
  EXPECT_TRUE(clean) << "refused: " << typed;
  return clean ? *clean : std::string{};
}

void expect_refused(std::string_view typed) {
  auto const clean = clean_line(typed, "address.lines");
  ASSERT_FALSE(clean) << "accepted: " << typed;
  EXPECT_EQ(clean.error().code, errc::invalid);
  EXPECT_EQ(clean.error().field, "address.lines");
  EXPECT_TRUE(clean.error().detail.ends_with('.'));
}

TEST(CleanLine, LeavesScriptsLettersAndPunctuationAlone) {
  for (char const* line : {"", "a", "Invalidenstr. 1/2, Hof #3 (links) & \"Keller\" <x> ~", "Žižkova 1785/35, Tábor",
                           "O'Higgins 12-B", "г. Ташкент, ул. Навои, д. 5", "Oʻzbekiston koʻchasi 3",
                           "თბილისი, რუსთაველის გამზირი 8", "Երևան, Աբովյան փողոց 12", "東京都千代田区",
                           "١٢ شارع طلعت حرب", "רחוב הרצל 1", "ถนนสุขุมวิท ๕", "№ 7", "½", "🏠 3", "\xef\xbf\xbd"})
    EXPECT_EQ(cleaned(line), line);
}

TEST(CleanLine, ComesBackInNormalFormC) {
  EXPECT_EQ(cleaned("Mu\u0308nchen"), "München");
  EXPECT_EQ(cleaned("e\u0301"), "\u00e9");
  EXPECT_EQ(cleaned("\u212b"), "\u00c5") << "the Angstrom sign is the letter";
  EXPECT_EQ(cleaned("\u1112\u1161\u11ab"), "\ud55c") << "Hangul syllables are put together";
  EXPECT_EQ(cleaned("a\u0323\u0302"), cleaned("a\u0302\u0323")) << "the order of marks does not matter";
  EXPECT_EQ(cleaned("\ufb01"), "\ufb01") << "a ligature is no canonical equivalent: it stays";
}

TEST(CleanLine, TrimsAndMakesInnerBlanksSingle) {
  EXPECT_EQ(cleaned("  a  b   c "), "a b c");
  EXPECT_EQ(cleaned(" "), "");
  EXPECT_EQ(cleaned("    "), "");
  EXPECT_EQ(cleaned("\u00a0a\u00a0\u2003b\u3000"), "a b") << "no-break, em and ideographic spaces are blanks";
  EXPECT_EQ(cleaned(" ü "), "ü");
}

// Tab and line break are control characters: one line is one line.
TEST(CleanLine, RefusesControlCharacters) {
  for (char c = 0; c < 0x20; ++c) expect_refused(std::string{"a"} + c + "b");
  expect_refused("a\x7f");
  for (char const* bad : {"\t", "\ta", "a\t", "a\nb", "a\r\n", "\u0080", "\u0085", "\u009f", "a\u2028b", "a\u2029b"})
    expect_refused(bad);
}

TEST(CleanLine, RefusesWhatTurnsOrHidesText) {
  for (char const* bad :
       {"a\u202eb", "a\u202d", "\u202ab", "\u202b", "\u202c", "\u2066a\u2069", "\u2067", "\u2068", "\u200e", "\u200f",
        "\u061c", "a\u200bb", "\u2060", "\ufeffa", "a\u00adb", "\U000e0041", "\u206a"})
    expect_refused(bad);
}

TEST(CleanLine, KeepsTheJoinersThatSomeScriptsAreSpelledWith) {
  EXPECT_EQ(cleaned("می\u200cخواهم"), "می\u200cخواهم");
  EXPECT_EQ(cleaned("ක්\u200dෂ"), "ක්\u200dෂ");
}

TEST(CleanLine, RefusesWhatNoOneCanType) {
  expect_refused("\ue000");      // private use
  expect_refused("\U0010fffd");  // private use
  expect_refused("\u0378");      // unassigned
  expect_refused("\uffff");      // not a character
  expect_refused("\U0001fffe");  // not a character
}

TEST(CleanLine, RefusesBytesThatAreNotUtf8) {
  for (std::string_view bad : {"\x80", "a\xff", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                               "\xf8\x88\x80\x80\x80", "\xe2\x82", "\xc3(", "ok \xc3"})
    expect_refused(bad);
  expect_refused(std::string_view{"a\0b", 3});
}

/// What clean_line does to ASCII, written down without a table.
std::string by_hand(std::string_view typed) {
  std::string out;
  for (char c : typed) {
    if (c != ' ')
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += c;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

// Plain ASCII takes a path of its own; a letter beyond ASCII forces the other one. Both must do the same.
TEST(CleanLine, TheFastPathAndTheSlowOneAgree) {
  std::uint32_t const seed = 20261121;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  for (int round = 0; round < 20'000; ++round) {
    std::string typed;
    for (auto length = random() % 12; length > 0; --length)
      typed += random() % 3 == 0 ? ' ' : static_cast<char>(0x20 + random() % 0x5f);
    ASSERT_EQ(cleaned(typed), by_hand(typed)) << '"' << typed << '"';
    ASSERT_EQ(cleaned(typed + "é"), by_hand(typed + "@").substr(0, by_hand(typed + "@").size() - 1) + "é")
        << '"' << typed << '"';
  }
}

TEST(CleanLine, WhatIsCleanStaysAsItIs) {
  std::uint32_t const seed = 7;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  char const* const pieces[] = {" ",      "\u00a0", "\u3000", "a",      "e",      "o",      "\u0301",
                                "\u0308", "\u0323", "\u1112", "\u1161", "\u11ab", "\u0627", "\u0654",
                                "\u200d", "\u200c", "\u212b", "ß",      "🏠",     "\u0f71", "\u0f72"};
  for (int round = 0; round < 20'000; ++round) {
    std::string typed;
    for (auto length = random() % 10; length > 0; --length) typed += pieces[random() % std::size(pieces)];
    std::string const once = cleaned(typed);
    ASSERT_EQ(cleaned(once), once) << '"' << typed << '"';
  }
}

TEST(LanguageName, IsInTheLanguageItself) {
  EXPECT_EQ(language_name("de"), "Deutsch");
  EXPECT_EQ(language_name("ru"), "русский");
  EXPECT_EQ(language_name("uz-Cyrl"), "ўзбекча (Кирил)");
  EXPECT_EQ(language_name("qq"), "qq") << "no language: its tag";
}

TEST(CountryName, IsThatOfTheReadersLanguage) {
  EXPECT_EQ(country_name("DE", "en-GB"), "Germany");
  EXPECT_EQ(country_name("DE", "ru"), "Германия");
  EXPECT_EQ(country_name("QX", "en-GB"), "QX") << "nobody's: its code";
}

TEST(LongDate, IsWrittenAsPeopleOfALanguageDo) {
  base::Date const day{std::chrono::year{2026}, std::chrono::December, std::chrono::day{21}};
  EXPECT_EQ(long_date(day, "en-GB"), "21 December 2026");
  EXPECT_EQ(long_date(day, "de"), "21. Dezember 2026");
  EXPECT_EQ(long_date(base::Date{std::chrono::year{2027}, std::chrono::March, std::chrono::day{28}}, "en-GB"),
            "28 March 2027")
      << "whatever the clocks do that day";
}

}  // namespace
}  // namespace abode::text
