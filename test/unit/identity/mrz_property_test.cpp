// Seeded: a failure prints the seed and the zone, so it can be replayed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "identity/mrz.hpp"
#include "unit/identity/specimens.hpp"

namespace abode::identity {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view all_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

/// Draws fields that a state could print, unusual ones more often than in life.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool one_in(std::size_t n) { return below(n) == 0; }

  std::string text(std::string_view alphabet, std::size_t least, std::size_t most) {
    std::string out(least + below(most - least + 1), ' ');
    for (char& c : out) c = alphabet[below(alphabet.size())];
    return out;
  }

  /// Letters, digits and inner fillers, no filler at the end.
  std::string data(std::size_t most) {
    std::string out = text(all_characters, 0, most);
    while (out.ends_with('<')) out.pop_back();
    return out;
  }

  std::string name(std::size_t most_words) {
    std::string out = text(letters, 1, 9);
    for (std::size_t words = below(most_words); words > 0; --words) out.append("<").append(text(letters, 1, 9));
    return out;
  }

  MrzDate date() {
    auto const part = [&]() -> std::optional<std::uint8_t> {
      if (one_in(10)) return std::nullopt;
      return static_cast<std::uint8_t>(below(100));
    };
    return {part(), part(), part()};
  }

  Mrz mrz() {
    Mrz mrz;
    mrz.size = MrzSize{static_cast<std::uint8_t>(below(3))};
    mrz.document_code.push_back(mrz.size == MrzSize::td3 ? 'P' : 'I');
    if (one_in(2)) mrz.document_code += letters[below(21)];
    mrz.issuing_state = text(letters, 1, 3);
    mrz.nationality = text(letters, 1, 3);
    put_names(mrz);
    put_number_and_data(mrz);
    mrz.birth = date();
    mrz.sex = Sex{static_cast<std::uint8_t>(below(3))};
    mrz.expiry = date();
    return mrz;
  }

 private:
  void put_names(Mrz& mrz) {
    std::size_t const width = mrz.size == MrzSize::td1 ? 30 : mrz.size == MrzSize::td2 ? 31 : 39;
    std::string field = name(3);
    if (!one_in(5)) field += "<<" + name(4);
    field = field.substr(0, width);
    while (field.ends_with('<')) field.pop_back();
    std::size_t const gap = field.find("<<");
    mrz.primary_identifier = field.substr(0, gap);
    if (gap != std::string::npos) mrz.secondary_identifier = field.substr(gap + 2);
  }

  void put_number_and_data(Mrz& mrz) {
    std::size_t const room = mrz.size == MrzSize::td1 ? 15 : mrz.size == MrzSize::td2 ? 7 : 14;
    std::string_view const without_filler = all_characters.substr(0, 36);
    if (mrz.size != MrzSize::td3 && one_in(3)) {
      mrz.document_number = text(without_filler, 10, 9 + room - 2);
      mrz.optional_data = data(room - 2 - (mrz.document_number.size() - 9));
    } else {
      mrz.document_number = text(without_filler, 1, 1) + data(8);
      if (one_in(2)) mrz.optional_data = data(room);
    }
    if (mrz.size == MrzSize::td1) mrz.more_optional_data = data(11);
    mrz.optional_check_is_filler = mrz.size == MrzSize::td3 && mrz.optional_data.empty() && one_in(2);
  }

  std::mt19937 random_;
};

constexpr unsigned seed = 20261121;

TEST(MrzProperty, WhatIsWrittenIsReadBackAndWrittenTheSame) {
  SCOPED_TRACE(seed);
  Generator generate{seed};
  for (int i = 0; i < 20'000; ++i) {
    Mrz const mrz = generate.mrz();
    std::string const zone = write_mrz(mrz);
    auto const read = parse_mrz(zone);
    ASSERT_TRUE(read) << read.error().detail << "\n" << zone;
    ASSERT_EQ(*read, mrz) << zone;
    ASSERT_EQ(write_mrz(*read), zone);
  }
}

TEST(MrzProperty, OneWrongCharacterIsAnErrorWithItsPlaceOrAnotherZone) {
  SCOPED_TRACE(seed);
  Generator generate{seed};
  for (int i = 0; i < 20'000; ++i) {
    Mrz const mrz = generate.mrz();
    std::string zone = write_mrz(mrz);
    std::size_t const at = generate.below(zone.size());
    char const wrong = all_characters[generate.below(all_characters.size())];
    if (zone[at] == '\n' || zone[at] == wrong) continue;
    zone[at] = wrong;
    auto const read = parse_mrz(zone);
    if (read) {
      ASSERT_NE(*read, mrz) << zone;
      ASSERT_EQ(write_mrz(*read), zone);
    } else {
      ASSERT_THAT(read.error().detail, testing::MatchesRegex("Line [1-3], column [0-9]+: .*\\.")) << zone;
      ASSERT_FALSE(read.error().field.empty()) << zone;
    }
  }
}

/// Weights 7, 3 and 1 have no factor in common with 10: a wrong digit never goes unnoticed where a check digit stands.
TEST(MrzProperty, EveryWrongDigitOfANumberOrADateIsNoticed) {
  for (std::string const& specimen : {specimens::td1, specimens::td2, specimens::td3, specimens::td1_long_number}) {
    for (std::size_t at = 0; at < specimen.size(); ++at) {
      if (specimen[at] < '0' || specimen[at] > '9') continue;
      for (char wrong = '0'; wrong <= '9'; ++wrong) {
        if (wrong == specimen[at]) continue;
        std::string zone = specimen;
        zone[at] = wrong;
        EXPECT_FALSE(parse_mrz(zone)) << zone;
      }
    }
  }
}

}  // namespace
}  // namespace abode::identity
