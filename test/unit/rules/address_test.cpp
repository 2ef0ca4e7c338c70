#include "rules/address.hpp"

#include <gtest/gtest.h>

namespace abode::rules {
namespace {

using base::errc;

Address plain() {
  return {.country = "DE", .lines = {"Invalidenstr. 1", "10115 Berlin"}};
}

void expect_refused(Address const& address, std::string const& field) {
  auto const checked = check_address(address);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, errc::invalid);
  EXPECT_EQ(checked.error().field, field);
  EXPECT_FALSE(checked.error().detail.empty());
}

TEST(Address, OneLineAndACountryAreEnough) {
  EXPECT_TRUE(check_address({.country = "UZ", .lines = {"Samarkand"}}));
  EXPECT_TRUE(check_address(plain()));
}

TEST(Address, EveryPartMayBeGiven) {
  Address address = plain();
  for (auto const& part : address_parts) address.*part.member = "x";
  EXPECT_TRUE(check_address(address));
}

TEST(Address, AnUnusualAddressIsAnAddressLikeAnyOther) {
  Address const unusual[] = {
      {.country = "GE", .lines = {"Hostel Fabrika, bed 12", "Tbilisi"}},
      {.country = "DE", .lines = {"c/o Frauenhaus", "Postfach 100"}, .care_of = "Frauenhaus"},
      {.country = "IE", .lines = {"The yellow house behind the church", "Ballyvaughan"}},
      {.country = "FR", .lines = {"Peniche Lutece, port de l'Arsenal", "Paris"}},
      {.country = "CA", .lines = {"General delivery"}},
      {.country = "UZ", .lines = {"100000, г. Ташкент, ул. Навои, д. 5, кв. 17"}},
      {.country = "GE", .lines = {"თბილისი, რუსთაველის გამზირი 8"}},
      {.country = "AM", .lines = {"Երևան, Աբովյան փողոց 12"}},
      {.country = "JP", .lines = {"東京都千代田区千代田１−１"}},
      {.country = "EG", .lines = {"١٢ شارع طلعت حرب، القاهرة"}},
  };
  for (Address const& address : unusual) EXPECT_TRUE(check_address(address)) << address.lines.front();
}

TEST(Address, TheCountryIsTwoCapitalLetters) {
  for (char const* bad : {"", "D", "de", "De", "DEU", "D1", "D ", "ДЕ", "\xc3\x84"}) {
    Address address = plain();
    address.country = bad;
    SCOPED_TRACE(bad);
    expect_refused(address, "address.country");
  }
}

TEST(Address, HasAtLeastOneLineAndAtMostEight) {
  Address address = plain();
  address.lines.clear();
  expect_refused(address, "address.lines");
  address.lines.assign(max_address_lines, "line");
  EXPECT_TRUE(check_address(address));
  address.lines.emplace_back("one more");
  expect_refused(address, "address.lines");
}

TEST(Address, NoLineIsBlank) {
  for (char const* blank : {"", " ", "    "}) {
    Address address = plain();
    address.lines.emplace_back(blank);
    expect_refused(address, "address.lines");
  }
}

TEST(Address, ALineEndsAtItsLimit) {
  Address address = plain();
  address.lines[0] = std::string(max_address_line_bytes, 'a');
  EXPECT_TRUE(check_address(address));
  address.lines[0] += 'a';
  expect_refused(address, "address.lines");
}

TEST(Address, APartThatIsGivenIsNeitherBlankNorTooLong) {
  for (auto const& part : address_parts) {
    std::string const field = "address." + std::string{part.name};
    SCOPED_TRACE(field);
    Address address = plain();
    address.*part.member = "";
    expect_refused(address, field);
    address.*part.member = "  ";
    expect_refused(address, field);
    address.*part.member = std::string(max_address_line_bytes + 1, 'a');
    expect_refused(address, field);
    address.*part.member = std::string(max_address_line_bytes, 'a');
    EXPECT_TRUE(check_address(address));
  }
}

TEST(Address, AFaultIsNamedBelowTheGivenPath) {
  auto const checked = check_address({.country = "DE", .lines = {}}, "new_address");
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().field, "new_address.lines");
}

}  // namespace
}  // namespace abode::rules
