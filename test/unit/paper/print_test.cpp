// Letters as PDF, read back by poppler: where the text stands, in which fonts, and that none of it is lost.
#include "paper/print.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <set>

#include "paper/address_letter.hpp"
#include "support/shell.hpp"
#include "support/temporary_directory.hpp"
#include "text/catalogs.hpp"
#include "text/text.hpp"

namespace abode::paper {
namespace {

base::Time const noon = base::parse_time("2026-11-21T12:00:00Z").value();

AddressLetterFacts facts() {
  return {.language = "en",
          .language_of_office = "en",
          .name = "Anna Maria Eriksson",
          .address = {"Invalidenstr. 1", "10115 Berlin"},
          .country = "Germany",
          .at_counter = false,
          .code = "7K2P-DXQ0",
          .good_through = "21 December 2026",
          .register_url = "https://abode.example",
          .return_line = {},
          .test_mode = true};
}

class Letters : public ::testing::Test {
 protected:
  std::string set(std::vector<Letter> const& letters) {
    auto const printed = print(letters, noon);
    EXPECT_TRUE(printed);
    missing = printed->with_missing_signs;
    std::ofstream{file, std::ios::binary} << printed->pdf;
    return printed->pdf;
  }
  std::string text() { return test::said_by("pdftotext -layout " + file.string() + " -"); }
  /// Of the first page, in millimetres from its upper left corner.
  std::string text_in(int x, int y, int width, int height) {
    auto const dots = [](int mm) { return std::to_string(mm * 10); };  // 254 of them an inch
    return test::said_by("pdftotext -r 254 -l 1 -x " + dots(x) + " -y " + dots(y) + " -W " + dots(width) + " -H " +
                         dots(height) + " " + file.string() + " -");
  }

  test::TemporaryDirectory directory;
  std::filesystem::path file = directory.path() / "letters.pdf";
  std::size_t missing = 0;
};

bool has(std::string const& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(Letters, SayWhatIsToBeDoneAndThatNothingHappensOtherwise) {
  ASSERT_TRUE(check_fonts());
  set({address_letter(facts())});
  std::string const all = text();
  for (char const* part : {"Anna Maria Eriksson", "Invalidenstr. 1", "10115 Berlin", "Germany", "7K2P-DXQ0",
                           "21 December 2026", "https://abode.example", "nothing happens", "Test mode"})
    EXPECT_TRUE(has(all, part)) << part << " is not in\n" << all;
}

std::string without_breaks(std::string text) {
  constexpr std::string_view no_break = "\u202f";  // of dates; poppler makes a blank of it
  for (std::size_t at = text.find(no_break); at != std::string::npos; at = text.find(no_break))
    text.erase(at, no_break.size());
  std::erase_if(text, [](char c) { return c == '\n' || c == ' ' || c == '\f'; });
  return text;
}

// No box in place of a sign, nothing lost, and one page, in each language that people are written to in.
TEST_F(Letters, AreWhollyInTheLanguageOfTheirReader) {
  for (std::string const& language : text::catalog_languages()) {
    for (bool const at_counter : {false, true}) {
      AddressLetterFacts own = facts();
      own.language = language;
      own.at_counter = at_counter;
      own.good_through = text::long_date(base::parse_date("2026-12-21").value(), language);
      Letter const letter = address_letter(own);
      set({letter});
      EXPECT_EQ(missing, 0u) << language;
      EXPECT_TRUE(has(test::said_by("pdfinfo " + file.string()), "Pages:           1")) << language;
      std::string const all = without_breaks(text());
      std::vector<std::string> parts{letter.heading, letter.code, letter.foot};
      parts.insert(parts.end(), letter.before.begin(), letter.before.end());
      parts.insert(parts.end(), letter.after.begin(), letter.after.end());
      for (std::string const& part : parts) EXPECT_TRUE(has(all, without_breaks(part))) << language << ": " << part;
      EXPECT_TRUE(has(all, without_breaks(own.good_through))) << language;
      EXPECT_EQ(has(all, without_breaks("nothing happens")), language == "en") << language;
    }
  }
}

TEST_F(Letters, SayInOtherScriptsWhatTheySayInEnglish) {
  std::map<std::string, std::vector<std::string>> const words{
      {"ru", {"Ваш код подтверждения", "ничего не произойдёт", "21 декабря 2026"}},
      {"hy", {"Ձեր կոդը", "ոչինչ չի լինի", "դեկտեմբերի"}},
      {"ka", {"თქვენი კოდი", "არაფერი მოხდება", "დეკემბერი"}},
      {"tg", {"Рамзи шумо", "чизе рӯй намедиҳад", "Декабр"}},
      {"uz-Latn", {"Sizning kodingiz", "hech narsa boʻlmaydi", "dekabr"}}};
  for (auto const& [language, parts] : words) {
    AddressLetterFacts own = facts();
    own.language = language;
    own.good_through = text::long_date(base::parse_date("2026-12-21").value(), language);
    set({address_letter(own)});
    std::string const all = without_breaks(text());
    for (std::string const& part : parts) EXPECT_TRUE(has(all, without_breaks(part))) << part << " is not in\n" << all;
  }
}

// The language is the reader's own affair: whoever carries the letter, or hands it out, does not see it.
TEST_F(Letters, DoNotTellTheirLanguageOnTheOutside) {
  for (bool const at_counter : {false, true}) {
    std::set<std::vector<std::string>> windows;
    for (std::string const& language : text::catalog_languages()) {
      AddressLetterFacts own = facts();
      own.language = language;
      own.at_counter = at_counter;
      windows.insert(address_letter(own).window);
    }
    EXPECT_EQ(windows.size(), 1u);
  }
  AddressLetterFacts in_tbilisi = facts();
  in_tbilisi.at_counter = true;
  in_tbilisi.language_of_office = "ka";
  EXPECT_EQ(address_letter(in_tbilisi).window.back(), "პირადად გასატანად");
}

TEST_F(Letters, ShowTheAddressInTheWindowAndNothingElse) {
  AddressLetterFacts with_return = facts();
  with_return.return_line = "Registration office, Karl-Marx-Allee 31, 10178 Berlin";
  set({address_letter(with_return)});
  // The window, and as far around it as the page can slip in its envelope.
  EXPECT_EQ(text_in(10, 35, 110, 65),
            "Registration office, Karl-Marx-Allee 31, 10178 Berlin\n\nAnna Maria Eriksson\nInvalidenstr. 1\n"
            "10115 Berlin\nGermany\n\n\f");
  EXPECT_EQ(text_in(0, 0, 210, 54), "\f") << "nothing above it";
  EXPECT_TRUE(has(text_in(0, 105, 210, 190), "7K2P-DXQ0")) << "the code is below the fold";
}

TEST_F(Letters, ForTheCounterShowANameAlone) {
  AddressLetterFacts counter = facts();
  counter.at_counter = true;
  set({address_letter(counter)});
  EXPECT_EQ(text_in(10, 35, 110, 65), "Anna Maria Eriksson\nTo be picked up\n\n\f");
  EXPECT_TRUE(has(text(), "Invalidenstr. 1, 10115 Berlin, Germany"));
}

TEST_F(Letters, CarryEveryScriptOfTheirReadersWithItsFont) {
  std::vector<std::string> const lines{"ул. Тверская, д. 7, Қазақстан", "Երևան, Մաշտոցի պողոտա 5",
                                       "თბილისი, რუსთაველის 8", "Bakı, Nizami küçəsi, Ğ ğ İ ı Ə ə",
                                       "Oʻzbekiston, Șoseaua Ștefan"};
  AddressLetterFacts many = facts();
  many.address = lines;
  set({address_letter(many)});
  EXPECT_EQ(missing, 0u);
  std::string const all = text();
  for (std::string const& line : lines) EXPECT_TRUE(has(all, line)) << line << " is not in\n" << all;
  std::string const fonts = test::said_by("pdffonts " + file.string());
  for (char const* family : {"NotoSans-Regular", "NotoSansArmenian", "NotoSansGeorgian"})
    EXPECT_TRUE(has(fonts, "+" + std::string{family})) << "as a subset:\n" << fonts;
  EXPECT_FALSE(has(fonts, " no  yes")) << "not in the file:\n" << fonts;
}

TEST_F(Letters, LoseNothingOfALongAddress) {
  AddressLetterFacts full = facts();
  full.name.clear();
  for (int word = 0; word < 30; ++word) full.name += "name" + std::to_string(word) + " ";
  full.address.clear();
  for (char line = 'a'; line < 'i'; ++line) full.address.push_back(std::string(399, line) + "Z");
  set({address_letter(full)});
  std::string window = text_in(10, 35, 110, 63);
  std::erase_if(window, [](char c) { return c == '\n' || c == ' ' || c == '\f'; });
  for (char line = 'a'; line < 'i'; ++line)
    EXPECT_TRUE(has(window, std::string(399, line) + "Z")) << "line of " << line << " in\n" << window;
  EXPECT_TRUE(has(window, "name29"));
  EXPECT_TRUE(has(window, "Germany"));
  EXPECT_TRUE(has(text(), "7K2P-DXQ0"));
}

TEST_F(Letters, HaveAPageEach) {
  set({address_letter(facts()), address_letter(facts()), address_letter(facts())});
  EXPECT_TRUE(has(test::said_by("pdfinfo " + file.string()), "Pages:           3"));
  EXPECT_TRUE(has(test::said_by("pdfinfo " + file.string()), "A4"));
}

TEST_F(Letters, AreTheSameBytesForTheSameTimeAndTellNothingOfTheMachine) {
  std::string const first = set({address_letter(facts())});
  EXPECT_EQ(set({address_letter(facts())}), first);
  std::string const info = test::said_by("TZ=UTC pdfinfo " + file.string());
  EXPECT_TRUE(has(info, "Sat Nov 21 12:00:00 2026")) << info;
  for (char const* field : {"Author", "Title", "Creator", "Keywords", "Subject"})
    EXPECT_FALSE(has(info, field)) << info;
}

TEST_F(Letters, TellOfSignsThatNoFontHas) {
  AddressLetterFacts odd = facts();
  odd.name = "\U00010FFD";
  set({address_letter(facts()), address_letter(odd)});
  EXPECT_EQ(missing, 1u);
}

}  // namespace
}  // namespace abode::paper
