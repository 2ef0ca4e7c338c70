#include "lists/people.hpp"

#include <gtest/gtest.h>

namespace abode::lists {
namespace {

using base::errc;
using namespace std::chrono_literals;

constexpr base::Date today = 2026y / 11 / 21;
std::string const anna = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

codec::CsvRecord record(std::vector<std::string> fields) {
  return {7, std::move(fields)};
}

Header const all = Header::read(record({column_names.begin(), column_names.end()})).value();

struct Line {
  std::string card = "C-0001 72a", kind = {}, number = {}, mrz = anna;
  std::string family = {}, given = {}, birth = {}, contact = {}, language = {}, guardians = {};
};
base::result<service::Newcomer> read(Line const& l) {
  return read_person(
      all, record({l.card, l.kind, l.number, l.mrz, l.family, l.given, l.birth, l.contact, l.language, l.guardians}),
      today);
}

TEST(PeopleList, ReadsAPersonFromTheZone) {
  auto const person = read({});
  ASSERT_TRUE(person) << person.error().detail;
  EXPECT_EQ(person->card, "C000172A");
  EXPECT_EQ(person->identity.names, (identity::Names{"ERIKSSON", "ANNA MARIA"}));
  EXPECT_EQ(person->identity.birth_date, 1974y / 8 / 12);
  EXPECT_EQ(person->identity.document, (identity::Document{identity::DocumentKind::passport, "L898902C3"}));
  EXPECT_EQ(person->contact, std::nullopt);
}

TEST(PeopleList, ReadsTheCardsOfGuardians) {
  auto const child =
      read({.kind = "other", .number = "1", .mrz = "", .family = "A", .birth = "2015-01-01", .guardians = " c-2  C3 "});
  ASSERT_FALSE(child) << "a card number has four characters at least";
  auto const person = read({.kind = "other",
                            .number = "1",
                            .mrz = "",
                            .family = "A",
                            .birth = "2015-01-01",
                            .guardians = " c-2001  C3001 "});
  ASSERT_TRUE(person) << person.error().detail;
  EXPECT_EQ(person->guardian_cards, (std::vector<std::string>{"C2001", "C3001"}));
}

TEST(PeopleList, RefusesGuardiansByTheLineAlone) {
  auto const refused = [](std::string const& birth, std::string const& guardians) {
    auto const person =
        read({.kind = "other", .number = "1", .mrz = "", .family = "A", .birth = birth, .guardians = guardians});
    return !person && person.error().field == "guardian_cards";
  };
  EXPECT_FALSE(refused("2008-11-22", "C2001")) << "18 tomorrow";
  EXPECT_TRUE(refused("2008-11-21", "C2001")) << "18 today";
  EXPECT_TRUE(refused("", "C2001")) << "no birth date";
  EXPECT_TRUE(refused("2015-01-01", "C000172A")) << "their own card";
  EXPECT_TRUE(refused("2015-01-01", "C2001 C2002 C2003 C2004 C2005"));
  EXPECT_TRUE(refused("2015-01-01", "C!"));
}

TEST(PeopleList, ReadsAPersonFromColumns) {
  auto const person = read({.kind = "identity-card",
                            .number = "D-23145890 734",
                            .mrz = "",
                            .family = "  Эрикссон ",
                            .given = "Анна  Мария",
                            .birth = "1974-08-12",
                            .contact = "anna@Example.org",
                            .language = "uz-Cyrl"});
  ASSERT_TRUE(person) << person.error().detail;
  EXPECT_EQ(person->identity.names, (identity::Names{"Эрикссон", "Анна Мария"}));
  EXPECT_EQ(person->identity.document, (identity::Document{identity::DocumentKind::identity_card, "D23145890734"}));
  EXPECT_EQ(person->identity.birth_date, 1974y / 8 / 12);
  EXPECT_EQ(person->contact, (identity::Contact{"anna@example.org", "uz-Cyrl"}));
}

TEST(PeopleList, TypedNamesStandAboveThoseOfTheZone) {
  auto const single = read({.family = "Анна"});
  ASSERT_TRUE(single) << single.error().detail;
  EXPECT_EQ(single->identity.names, (identity::Names{"Анна", ""})) << "a single name stays single";
}

TEST(PeopleList, AnUnknownBirthDateStaysUnknown) {
  auto const person = read({.kind = "other", .number = "7", .mrz = "", .family = "Doe"});
  ASSERT_TRUE(person) << person.error().detail;
  EXPECT_EQ(person->identity.birth_date, std::nullopt);
}

TEST(PeopleList, ATypedBirthDateTellsTheCentury) {
  EXPECT_EQ(read({.birth = "1874-08-12"}).value().identity.birth_date, 1874y / 8 / 12);
}

TEST(PeopleList, EachFaultIsNamedAndTellsNothingOfThePerson) {
  struct Case {
    Line line;
    char const* column;
  };
  std::string wrong_digit = anna;
  wrong_digit[54] = '7';
  Case const cases[] = {
      {{.card = ""}, "card"},
      {{.card = "C1\u00e9234"}, "card"},
      {{.card = std::string(33, '1')}, "card"},
      {{.mrz = wrong_digit}, "mrz"},
      {{.kind = "passport", .number = "SECRET99"}, "mrz"},
      {{.kind = "licence", .number = "SECRET99", .mrz = ""}, "document_kind"},
      {{.kind = "passport", .number = "--", .mrz = ""}, "document_number"},
      {{.kind = "passport", .number = "1", .mrz = ""}, "family_name"},
      {{.family = "SECRET\xFF"}, "family_name"},
      {{.family = "A", .given = std::string(201, 'b')}, "given_names"},
      {{.birth = "12.08.1974"}, "birth_date"},
      {{.birth = "1974-08-13"}, "birth_date"},
      {{.kind = "other", .number = "1", .mrz = "", .family = "A", .birth = "2026-11-22"}, "birth_date"},
      {{.contact = "SECRET"}, "contact"},
      {{.contact = "SECRET @example.org"}, "contact"},
      {{.contact = "SECRET@example"}, "contact"},
      {{.contact = "a@example.org\r\nBcc: SECRET@example.org"}, "contact"},
      {{.contact = "a@example.org", .language = "tlh"}, "language"},
  };
  for (Case const& c : cases) {
    auto const person = read(c.line);
    ASSERT_FALSE(person) << c.column;
    EXPECT_EQ(person.error().field, c.column) << person.error().detail;
    EXPECT_TRUE(person.error().detail.ends_with('.')) << person.error().detail;
    EXPECT_EQ(person.error().detail.find("SECRET"), std::string::npos) << person.error().detail;
    EXPECT_EQ(person.error().detail.find("ERIKSSON"), std::string::npos) << person.error().detail;
  }
  auto const short_line = read_person(all, record({"C0001"}), today);
  ASSERT_FALSE(short_line);
  EXPECT_EQ(short_line.error().code, errc::malformed);
}

TEST(PeopleList, TheHeaderMayHaveItsColumnsInAnyOrder) {
  auto const header = Header::read(record({"mrz", "card"}));
  ASSERT_TRUE(header) << header.error().detail;
  EXPECT_EQ(read_person(*header, record({anna, "C0001"}), today).value().card, "C0001");
  for (std::vector<std::string> const& wrong : std::vector<std::vector<std::string>>{
           {"mrz", "card", "nation"}, {"mrz", "card", "mrz"}, {"mrz"}, {"card"}, {"card", "document_kind"}})
    EXPECT_FALSE(Header::read(record(wrong)));
}

}  // namespace
}  // namespace abode::lists
