// Certificates as PDF: what is on the page, how it is tagged, and that the code on it reads from a bad copy.
#include "paper/certificate.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include "pictures/pictures.hpp"
#include "support/shell.hpp"
#include "support/temporary_directory.hpp"
#include "text/catalogs.hpp"
#include "text/text.hpp"

namespace abode::paper {
namespace {

base::Time const noon = base::parse_time("2026-11-27T12:00:00Z").value();

/// As large as a seal may be, and of characters as they come in one: certificates and signatures look random.
std::string any_seal() {
  std::string text = "{";
  for (std::uint32_t state = 1; text.size() < 1099; state = state * 1'664'525 + 1'013'904'223)
    text += static_cast<char>('0' + (state >> 24) % 70);
  return text + "}";
}

CertificateFacts facts(std::string const& office = "en", std::string const& holder = "ru") {
  return {.language_of_office = office,
          .language = holder,
          .number = "7K2P-DXQ0-4M8Z-VW1H",
          .register_url = "https://register.example",
          .issued_on = base::parse_date("2026-11-27").value(),
          .good_through = base::parse_date("2026-12-10").value(),
          .can_be_withdrawn = false,
          .test_mode = false,
          .family_name = "Eriksson",
          .given_names = "Anna Maria",
          .birth_date = base::parse_date("1974-08-12").value(),
          .address = {"Sonnenallee 17b", "12047 Berlin"},
          .country = "DE",
          .kind = "main",
          .assurance = "code-confirmed",
          .since = base::parse_date("2021-09-01").value(),
          .seal = any_seal()};
}

std::string without_blanks(std::string text) {
  for (std::string_view const blank : {"\u202f", "\u00a0", "\n", " ", "\f", "\u00ad", "-"})
    for (std::size_t at = text.find(blank); at != std::string::npos; at = text.find(blank))
      text.erase(at, blank.size());
  return text;
}

bool has(std::string const& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(std::string const& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

class Certificates : public ::testing::Test {
 protected:
  std::string set(CertificateFacts const& wanted) {
    auto const printed = print_certificate(wanted, noon);
    EXPECT_TRUE(printed);
    if (!printed) return {};
    EXPECT_EQ(printed->with_missing_signs, 0U);
    std::ofstream{file, std::ios::binary} << printed->pdf;
    return printed->pdf;
  }
  std::string text() { return test::said_by("pdftotext -layout " + file.string() + " -"); }
  std::string path(char const* name) const { return (directory.path() / name).string(); }
  /// All codes in a file, by our own reader.
  std::vector<std::string> codes_in(std::string const& name) {
    std::ifstream in{name, std::ios::binary};
    std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
    auto const found = pictures::read_codes(base::as_bytes(bytes));
    EXPECT_TRUE(found) << found.error().detail;
    return found ? *found : std::vector<std::string>{};
  }

  test::TemporaryDirectory directory;
  std::filesystem::path file = directory.path() / "certificate.pdf";
};

TEST_F(Certificates, ShowWhatWasChosenInBothLanguages) {
  set(facts());
  std::string const all = text();
  for (char const* part :
       {"Certificate of residence", "Справка о месте жительства", "Eriksson", "Anna Maria", "12 August 1974",
        "Sonnenallee 17b", "12047 Berlin", "Germany", "Main residence", "Основное место жительства", "1 September 2021",
        "7K2P-DXQ0-4M8Z-VW1H", "27 November 2026", "27 ноября 2026", "10 December 2026", "abode verify"})
    EXPECT_TRUE(has(without_blanks(all), without_blanks(part))) << part << " is not in\n" << all;
  EXPECT_FALSE(has(all, "Test mode"));
  EXPECT_FALSE(has(all, "withdrawn"));
}

TEST_F(Certificates, ShowNothingElse) {
  CertificateFacts few = facts("en", "en");
  few.family_name = few.given_names = few.assurance = "";
  few.birth_date = few.since = std::nullopt;
  few.address.clear();
  few.region = "Berlin";
  set(few);
  std::string const all = text();
  for (char const* part : {"Family name", "Given names", "Date of birth", "Address", "Registered since",
                           "How it was confirmed", "Eriksson", "Sonnenallee"})
    EXPECT_FALSE(has(all, part)) << part;
  EXPECT_TRUE(has(all, "Berlin, Germany"));
  EXPECT_EQ(count(all, "Certificate of residence"), 1U) << "one language, once";
}

TEST_F(Certificates, SayThatTestModeHasNoEffectAndWhatCanBeWithdrawn) {
  CertificateFacts test = facts();
  test.test_mode = true;
  test.can_be_withdrawn = true;
  set(test);
  std::string const all = without_blanks(text());
  for (char const* part : {"this page has no legal effect", "не имеет юридической силы", "It can be withdrawn"})
    EXPECT_TRUE(has(all, without_blanks(part))) << part;
}

TEST_F(Certificates, FitOnOnePageInEveryPairOfLanguagesWithEveryWord) {
  for (std::string const& language : text::catalog_languages()) {
    CertificateFacts own = facts(language, language == "ka" ? "hy" : "ka");
    own.test_mode = own.can_be_withdrawn = true;
    set(own);
    EXPECT_TRUE(has(test::said_by("pdfinfo " + file.string()), "Pages:           1")) << language;
    std::string const all = without_blanks(test::said_by("pdftotext " + file.string() + " -"));
    for (std::string const& one : {own.language_of_office, own.language})
      for (char const* message :
           {"paper.title", "paper.family-name", "paper.kind.main", "paper.assurance.code-confirmed", "paper.check",
            "paper.check.compare", "paper.says", "paper.status", "paper.test"})
        EXPECT_TRUE(has(all, without_blanks(text::format_message(one, message, {}))))
            << one << " " << message << " is not in\n"
            << all;
  }
}

TEST_F(Certificates, LoseNothingOfALongAddress) {
  CertificateFacts full = facts("hy", "ka");
  full.family_name = std::string(120, 'N') + "Z";
  full.address.clear();
  for (char line = 'a'; line < 'i'; ++line) full.address.push_back(std::string(120, line) + "Z");
  set(full);
  EXPECT_TRUE(has(test::said_by("pdfinfo " + file.string()), "Pages:           1"));
  std::string const all = without_blanks(test::said_by("pdftotext " + file.string() + " -"));
  EXPECT_TRUE(has(all, full.family_name));
  for (std::string const& line : full.address) EXPECT_TRUE(has(all, line)) << line;
  EXPECT_TRUE(has(all, without_blanks(full.number)));
  EXPECT_EQ(codes_in(file.string()), std::vector{full.seal});
}

TEST_F(Certificates, AreTaggedWithTheirLanguages) {
  std::string const pdf = set(facts());
  std::string const info = test::said_by("pdfinfo " + file.string());
  EXPECT_TRUE(has(info, "Tagged:          yes")) << info;
  EXPECT_TRUE(has(info, "Title:           Certificate of residence")) << info;
  EXPECT_FALSE(has(info, "Error")) << info;
  EXPECT_TRUE(has(pdf, "/Lang (en) /ViewerPreferences << /DisplayDocTitle true >> /Type /Catalog"));
  EXPECT_TRUE(has(pdf, "<< /Lang (ru) /Type /StructElem\n   /S /H1"));
  EXPECT_TRUE(has(pdf, "/Alt <FEFF"));
  std::string const structure = test::said_by("pdfinfo -struct-text " + file.string());
  for (char const* part : {"Document", "H1 (block)", "Table", "TR", "TH", "TD", "P (block)", "H2 (block)", "Figure",
                           "Eriksson", "Справка"})
    EXPECT_TRUE(has(structure, part)) << part << " is not in\n" << structure;
  EXPECT_EQ(test::said_by("pdftotext " + file.string() + " /dev/null"), "") << "nothing to complain of";
  EXPECT_EQ(count(pdf, "/S /TH"), count(pdf, "/Scope /Row"));
}

TEST_F(Certificates, CarryTheirFonts) {
  set(facts("hy", "ka"));
  std::string const fonts = test::said_by("pdffonts " + file.string());
  for (char const* family : {"NotoSansArmenian", "NotoSansGeorgian", "NotoSerifArmenian", "NotoSerifGeorgian"})
    EXPECT_TRUE(has(fonts, "+" + std::string{family})) << fonts;
  EXPECT_FALSE(has(fonts, " no  yes")) << "not in the file:\n" << fonts;
}

TEST_F(Certificates, AreTheSameBytesForTheSameTimeAndTellNothingOfTheMachine) {
  std::string const first = set(facts());
  EXPECT_EQ(set(facts()), first);
  std::string const info = test::said_by("TZ=UTC pdfinfo " + file.string());
  EXPECT_TRUE(has(info, "Fri Nov 27 12:00:00 2026")) << info;
  for (char const* field : {"Author", "Keywords", "Subject"}) EXPECT_FALSE(has(info, field)) << info;
}

TEST_F(Certificates, TellOfSignsThatNoFontHas) {
  CertificateFacts odd = facts();
  odd.family_name = "\U00010FFD";
  EXPECT_EQ(print_certificate(odd, noon)->with_missing_signs, 1U);
}

TEST_F(Certificates, HaveNoCodeThatIsTooLarge) {
  CertificateFacts large = facts();
  large.seal = std::string(3000, 'x');
  auto const refused = print_certificate(large, noon);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::errc::too_large);
}

// As a cheap office does it: printed, copied at 150 dots an inch, askew and out of focus.
TEST_F(Certificates, ReadFromABadCopy) {
  CertificateFacts const good = facts();
  set(good);
  EXPECT_EQ(test::said_by("pdftoppm -r 150 -png -singlefile " + file.string() + " " + path("scan")), "");
  constexpr char const* degrade =
      "import sys; from PIL import Image, ImageFilter, ImageEnhance\n"
      "page = Image.open(sys.argv[1]).convert('L')\n"
      "page = page.rotate(7, resample=Image.BICUBIC, expand=True, fillcolor=255)\n"
      "page = page.filter(ImageFilter.GaussianBlur(0.8))\n"
      "page = ImageEnhance.Contrast(page).enhance(0.7)\n"
      "page.save(sys.argv[2], **({'quality': 70} if sys.argv[2].endswith('.jpg') else {}))\n";
  std::ofstream{path("degrade.py")} << degrade;
  for (char const* copy : {"copy.png", "copy.jpg"}) {
    ASSERT_EQ(test::said_by("/usr/bin/python3 " + path("degrade.py") + " " + path("scan.png") + " " + path(copy)), "");
    EXPECT_EQ(test::said_by("zbarimg --nodbus --quiet --raw --oneshot -Sdisable -Sqrcode.enable " + path(copy)),
              good.seal)
        << copy;
    EXPECT_EQ(codes_in(path(copy)), std::vector{good.seal}) << copy;
  }
  EXPECT_EQ(codes_in(file.string()), std::vector{good.seal}) << "and from the file itself";
}

}  // namespace
}  // namespace abode::paper
