// RFC 8785: the same bytes whoever writes them.
#include "codec/canonical_json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "codec/json.hpp"

namespace abode::codec {
namespace {

std::string canonical(std::string_view text) {
  return to_canonical_json(parse_json(text).value()).value();
}

TEST(CanonicalJson, SortsMembersAndLeavesOutBlanks) {
  EXPECT_EQ(canonical(R"({ "b" : [ 1, true, null ], "a" : { "z": -7, "": "" } })"),
            R"({"a":{"":"","z":-7},"b":[1,true,null]})");
  EXPECT_EQ(canonical("[]"), "[]");
  EXPECT_EQ(canonical("{}"), "{}");
  EXPECT_EQ(canonical("[[],{},[[]]]"), "[[],{},[[]]]");
  EXPECT_EQ(canonical(R"({"ab":1,"a":2,"b":3,"B":4})"), R"({"B":4,"a":2,"ab":1,"b":3})");
}

// Section 3.2.3, with its own example of names.
TEST(CanonicalJson, SortsByUtf16) {
  EXPECT_EQ(canonical(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})"),
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001F600\":5,\"\ufb33\":3}");
}

// Section 3.2.2.2
TEST(CanonicalJson, EscapesAsLittleAsItCan) {
  EXPECT_EQ(canonical("\"\\u0041\\/\\u0008\\u0009\\u000A\\u000c\\u000d\\u001F\\u0000\\\"\\\\\\u007f\\u20ac\""),
            "\"A/\\b\\t\\n\\f\\r\\u001f\\u0000\\\"\\\\\x7f\u20ac\"");
}

TEST(CanonicalJson, WritesWholeNumbersThatEverybodyReadsAlike) {
  EXPECT_EQ(canonical("9007199254740991"), "9007199254740991");
  EXPECT_EQ(canonical("-9007199254740991"), "-9007199254740991");
  EXPECT_EQ(canonical("-0"), "0");
  for (char const* text :
       {"9007199254740992", "-9007199254740992", "18446744073709551615", "1.5", "1e3", "[0.1]", R"({"a":1.5})"}) {
    auto const made = to_canonical_json(parse_json(text).value());
    ASSERT_FALSE(made) << text;
    EXPECT_EQ(made.error().code, base::errc::unsupported);
  }
}

TEST(CanonicalJsonProperty, IsTheSameForAnyOrderAndReadsBackAsTheSame) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 dice{seed};
    std::vector<std::u16string> names;
    std::vector<std::pair<std::string, std::int64_t>> members;
    constexpr std::string_view letters[] = {"a",      "Z",      "\n",         "\u00e4",     "\u10d0",
                                            "\ue000", "\uffff", "\U00010000", "\U0010FFFF", "\ud7ff"};
    for (int i = 0; i < 6; ++i) {
      std::string name;
      for (std::size_t n = dice() % 4; n > 0; --n) name += letters[dice() % std::size(letters)];
      if (std::ranges::find(members, name, &std::pair<std::string, std::int64_t>::first) == members.end())
        members.emplace_back(name, i);
    }
    auto const write = [&] {
      json::object object;
      for (auto const& [name, number] : members) object[name] = number;
      return to_canonical_json(object).value();
    };
    std::string const first = write();
    std::ranges::shuffle(members, dice);
    EXPECT_EQ(write(), first);
    EXPECT_EQ(canonical(first), first);
  }
}

}  // namespace
}  // namespace abode::codec
