#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <ostream>
#include <random>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace abode::base {
namespace {

TEST(Time, RoundTripsRfc3339) {
  for (char const* text :
       {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2026-11-21T23:45:22Z", "0001-01-01T00:00:00Z"})
    EXPECT_EQ(format_time(parse_time(text).value()), text);
}

TEST(Time, RefusesEveryOtherForm) {
  for (char const* bad :
       {"", "2026-11-21", "2026-11-21 23:45:22Z", "2026-11-21T24:00:00Z", "2026-11-21T23:60:00Z",
        "2026-11-21T23:45:60Z", "2026-11-21T23:45:22+00:00", "2026-02-30T00:00:00Z", "2026-11-21T23:45:22z"})
    EXPECT_FALSE(parse_time(bad)) << bad;
}

TEST(Date, KnowsTheCalendar) {
  EXPECT_EQ(format_date(parse_date("2024-02-29").value()), "2024-02-29");
  for (char const* bad :
       {"2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-1-1", "24-01-01", "2024/01/01", "2024-01-0x"})
    EXPECT_FALSE(parse_date(bad)) << bad;
}

struct SeededRandom : Random {
  std::mt19937 generator{std::mt19937::default_seed};
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(generator());
  }
};

TEST(Random, BelowStaysBelowAndReachesEverything) {
  SeededRandom random;
  std::array<int, 7> seen{};
  for (int i = 0; i < 7000; ++i) ++seen.at(random.below(7));
  for (int count : seen) EXPECT_GT(count, 0);
  EXPECT_EQ(random.below(1), 0u);
}

TEST(Bytes, AppendBigEndian) {
  Bytes out;
  append_be(out, std::uint32_t{0x01020304});
  EXPECT_EQ(read_be(out), 0x01020304u);
  append_be(out, std::uint8_t{5});
  EXPECT_EQ(out, (Bytes{1, 2, 3, 4, 5}));
}

TEST(Bytes, ConstantTimeEqualityIsEquality) {
  Bytes const a{1, 2, 3};
  EXPECT_TRUE(equal_constant_time(a, Bytes{1, 2, 3}));
  EXPECT_FALSE(equal_constant_time(a, Bytes{1, 2, 4}));
  EXPECT_FALSE(equal_constant_time(a, Bytes{1, 2}));
  EXPECT_TRUE(equal_constant_time({}, {}));
}

template <class T>
concept Streams = requires(std::ostream& out, T const& value) { out << value; };

TEST(Wrapped, HasNoWayIntoAStreamOrALogLine) {
  static_assert(Streams<std::string>);
  static_assert(!Streams<Personal<std::string>>);
  static_assert(!Streams<Secret<std::string>>);
  static_assert(fmt::is_formattable<std::string>::value);
  static_assert(!fmt::is_formattable<Personal<std::string>>::value);
  static_assert(!std::convertible_to<Personal<std::string>, std::string>);
  EXPECT_EQ(Personal<std::string>{"Anna"}.reveal(Disclosure::to_holder), "Anna");
}

struct PersonTag;
struct CaseTag;
TEST(Id, OfOneKindIsNotOfAnother) {
  static_assert(!std::convertible_to<Id<PersonTag, int>, Id<CaseTag, int>>);
  static_assert(!std::equality_comparable_with<Id<PersonTag, int>, Id<CaseTag, int>>);
  EXPECT_EQ((Id<PersonTag, int>{3}), (Id<PersonTag, int>{3}));
}

}  // namespace
}  // namespace abode::base
