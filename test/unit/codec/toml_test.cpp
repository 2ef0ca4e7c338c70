#include "codec/toml.hpp"

#include <gtest/gtest.h>

namespace abode::codec {
namespace {

using base::errc;

/// What a reading of `text` finds wrong, or "" if nothing.
std::string wrong_in(std::string_view text, TomlReader::Reading const& read) {
  auto const table = parse_toml(text, "x.toml");
  if (!table) return table.error().detail;
  TomlFault fault{"x.toml"};
  TomlReader reader{fault, *table};
  read(reader);
  reader.finish();
  auto const outcome = fault.outcome();
  return outcome ? "" : outcome.error().detail;
}

TEST(Toml, ReadsEveryType) {
  auto const table = parse_toml(
      "name = \"n\"\nflag = true\ncount = 7\nday = \"2026-02-28\"\nlist = [\"a\", \"b\"]\nkind = \"y\"\n"
      "[inner]\nx = 1\n[[many]]\nx = 2\n[[many]]\nx = 3\n",
      "x.toml");
  ASSERT_TRUE(table);
  TomlFault fault{"x.toml"};
  TomlReader reader{fault, *table};
  EXPECT_EQ(reader.text("name"), "n");
  EXPECT_TRUE(reader.flag("flag"));
  EXPECT_EQ(reader.integer("count", 1, 7), 7);
  EXPECT_EQ(base::format_date(reader.date("day")), "2026-02-28");
  EXPECT_EQ(reader.texts("list", 2), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(reader.choice("kind", {"x", "y"}), 1U);
  EXPECT_EQ(reader.optional_text("absent"), std::nullopt);
  std::int64_t sum = 0;
  reader.table("inner", [&](TomlReader& inner) { sum += inner.integer("x", 0, 9); });
  reader.tables("many", 2, [&](TomlReader& inner) { sum += 10 * inner.integer("x", 0, 9); });
  EXPECT_EQ(sum, 51);
  reader.finish();
  EXPECT_TRUE(fault.outcome());
}

TEST(Toml, NamesFileLineAndKeyOfWhatIsWrong) {
  struct Case {
    char const* text;
    TomlReader::Reading read;
    char const* detail;
  };
  auto const nothing = [](TomlReader&) {};
  Case const cases[] = {
      {"a = 1\nb = 2\n", [](TomlReader& r) { r.integer("a", 0, 9); }, "x.toml, line 2: b is not known here."},
      {"\n[t]\nb = 2\n", [](TomlReader& r) { r.table("t", [](TomlReader&) {}); }, "x.toml, line 3: t.b is not known"},
      {"", [](TomlReader& r) { r.text("a"); }, "x.toml, line 1: a is missing."},
      {"\n[t]\n", [](TomlReader& r) { r.table("t", [](TomlReader& t) { t.text("a"); }); }, "line 2: t.a is missing."},
      {"a = 1\n", [](TomlReader& r) { r.text("a"); }, "line 1: a is not a text."},
      {"a = \"\"\n", [](TomlReader& r) { r.text("a"); }, "line 1: a is empty."},
      {"a = \"x\"\n", [](TomlReader& r) { r.flag("a"); }, "a is not true or false."},
      {"a = 10\n", [](TomlReader& r) { r.integer("a", 0, 9); }, "a is out of range. Write a whole number from 0 to 9."},
      {"a = \"2026-02-30\"\n", [](TomlReader& r) { r.date("a"); }, "a is not a day that exists."},
      {"a = []\n", [](TomlReader& r) { r.texts("a", 9); }, "a is empty."},
      {"a = [\"x\", \"y\"]\n", [](TomlReader& r) { r.texts("a", 1); }, "a is too long: 1 elements at most."},
      {"a = [\"x\",\n \"x\"]\n", [](TomlReader& r) { r.texts("a", 9); }, "line 2: a has \"x\" twice."},
      {"a = [1]\n", [](TomlReader& r) { r.texts("a", 9); }, "a has an element that is not a text"},
      {"a = [\"2026-13-01\"]\n", [](TomlReader& r) { r.dates("a", 9); }, "a has \"2026-13-01\", which is not a day"},
      {"a = \"z\"\n", [](TomlReader& r) { r.choice("a", {"x", "y"}); }, "a is none of \"x\", \"y\"."},
      {"a = 1\n", [](TomlReader& r) { r.table("a", [](TomlReader&) {}); }, "a is not a table."},
      {"a = [1]\n", [](TomlReader& r) { r.tables("a", 9, [](TomlReader&) {}); }, "an element that is not a table."},
      {"a = 1\na = 2\n", nothing, "x.toml, line 2: "},
      {"a = \n", nothing, "x.toml, line 1: "},
      {"\na = 1.5\n", nothing, "x.toml, line 2: fractions and dates without quotes are not read."},
      {"a = 2026-01-01\n", nothing, "x.toml, line 1: fractions and dates without quotes are not read."},
      {"a = \"\xff\"\n", nothing, "x.toml, line 1: "},
  };
  for (Case const& each : cases)
    EXPECT_NE(wrong_in(each.text, each.read).find(each.detail), std::string::npos)
        << each.text << wrong_in(each.text, each.read);
}

TEST(Toml, TheFirstFaultIsTheOneThatIsTold) {
  EXPECT_EQ(wrong_in("a = 1\nb = 2\n",
                     [](TomlReader& reader) {
                       reader.text("a");
                       reader.text("b");
                     }),
            "x.toml, line 1: a is not a text. Write it as one.");
}

TEST(Toml, RefusesWhatIsTooLarge) {
  auto const parsed = parse_toml(std::string(max_toml_bytes + 1, '\n'), "x.toml");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, errc::too_large);
}

}  // namespace
}  // namespace abode::codec
