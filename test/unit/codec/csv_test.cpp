#include "codec/csv.hpp"

#include <gtest/gtest.h>

#include <random>

namespace abode::codec {
namespace {

using base::errc;
using Fields = std::vector<std::string>;

/// What a reader makes of `text`, fed in pieces of `piece` bytes: records as they are, faults as their kind.
struct Seen {
  std::vector<std::pair<std::uint64_t, Fields>> records;
  std::vector<std::pair<std::uint64_t, errc>> faults;
  bool operator==(Seen const&) const = default;
};

Seen read(std::string_view text, std::size_t piece = 1'000'000, CsvLimits limits = {}) {
  CsvReader reader{limits};
  Seen seen;
  auto const drain = [&] {
    while (auto const item = reader.next()) {
      if (item->record) seen.records.emplace_back(item->record->line, item->record->fields);
      if (item->fault) {
        seen.faults.emplace_back(item->fault->line, item->fault->error.code);
        EXPECT_TRUE(item->fault->error.detail.ends_with('.')) << "a sentence";
      }
    }
  };
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    reader.feed(text.substr(0, piece));
    drain();
  }
  reader.finish();
  drain();
  return seen;
}

std::vector<Fields> fields_of(std::string_view text) {
  std::vector<Fields> out;
  for (auto const& [line, fields] : read(text).records) out.push_back(fields);
  return out;
}

TEST(Csv, ReadsWhatTheSpecificationShows) {
  EXPECT_EQ(fields_of("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n"),
            (std::vector<Fields>{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
  EXPECT_EQ(fields_of("aaa,bbb\r\nzzz,yyy"), (std::vector<Fields>{{"aaa", "bbb"}, {"zzz", "yyy"}}))
      << "no last line end";
  EXPECT_EQ(fields_of("\"aaa\",\"b \r\nbb\",\"ccc\"\r\nz,y,x"),
            (std::vector<Fields>{{"aaa", "b \r\nbb", "ccc"}, {"z", "y", "x"}}));
  EXPECT_EQ(fields_of("\"aaa\",\"b\"\"bb\",\"\"\n"), (std::vector<Fields>{{"aaa", "b\"bb", ""}}));
  EXPECT_EQ(fields_of(",\n , \n"), (std::vector<Fields>{{"", ""}, {" ", " "}})) << "spaces are part of a field";
}

TEST(Csv, SkipsBlankLinesAndAByteOrderMark) {
  EXPECT_EQ(fields_of("\xEF\xBB\xBF"
                      "a\n\n\r\nb\n\r"),
            (std::vector<Fields>{{"a"}, {"b"}}));
  EXPECT_EQ(read("\n\r\na\n\nb").records, (std::vector<std::pair<std::uint64_t, Fields>>{{3, {"a"}}, {5, {"b"}}}));
  EXPECT_TRUE(fields_of("").empty());
  EXPECT_TRUE(fields_of("\xEF\xBB\xBF").empty());
}

TEST(Csv, AFaultCostsItsOwnLineAndNoOther) {
  struct Case {
    char const* text;
    std::uint64_t line;
    std::vector<Fields> read;
  };
  Case const cases[] = {
      {"a\nb\"c,d\ne\n", 2, {{"a"}, {"e"}}},
      {"a\n\"b\"c,d\ne\n", 2, {{"a"}, {"e"}}},
      {"a\n\"b,c\nd\ne,f\n", 2, {{"a"}, {"d"}, {"e", "f"}}},  // never closed: what follows is read all the same
      {"a\n\"b\"\r,c\nd\n", 2, {{"a"}, {"d"}}},
      {"a\n\"b\"\"", 2, {{"a"}}},
  };
  for (Case const& c : cases) {
    Seen const seen = read(c.text);
    EXPECT_EQ(fields_of(c.text), c.read) << c.text;
    ASSERT_EQ(seen.faults.size(), 1u) << c.text;
    EXPECT_EQ(seen.faults[0], std::pair(c.line, errc::malformed)) << c.text;
  }
}

TEST(Csv, CountsTheLinesWithinQuotedFields) {
  EXPECT_EQ(read("\"a\nb\r\nc\",d\ne\n").records,
            (std::vector<std::pair<std::uint64_t, Fields>>{{1, {"a\nb\r\nc", "d"}}, {4, {"e"}}}));
}

TEST(Csv, HasLimitsAndReadsOnBehindThem) {
  CsvLimits const limits{.record_bytes = 16, .fields = 3};
  std::string const text = "a,b,c\na,b,c,d\n" + std::string(40, 'x') + "\ne\n\"" + std::string(40, 'y') + "\nf\n";
  Seen const seen = read(text, 1'000, limits);
  EXPECT_EQ(seen.records,
            (std::vector<std::pair<std::uint64_t, Fields>>{{1, {"a", "b", "c"}}, {4, {"e"}}, {6, {"f"}}}));
  EXPECT_EQ(seen.faults, (std::vector<std::pair<std::uint64_t, errc>>{
                             {2, errc::too_large}, {3, errc::too_large}, {5, errc::too_large}}));
}

TEST(Csv, ReadsTheSameInPiecesOfAnySize) {
  std::string const alphabet = "ab,\"\r\n";
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    std::string text;
    for (auto n = random() % 80; n > 0; --n) text += alphabet[random() % alphabet.size()];
    CsvLimits const limits{.record_bytes = 24, .fields = 4};
    Seen const whole = read(text, 1'000, limits);
    for (std::size_t piece : {1u, 2u, 3u, 7u}) ASSERT_EQ(read(text, piece, limits), whole) << piece << ": " << text;
  }
}

TEST(Csv, ReadsBackWhatItWrites) {
  std::string const alphabet = "ab ,\"\r\n\xC3\xA9";
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    Fields fields(1 + random() % 5);
    for (std::string& field : fields)
      for (auto n = random() % 6; n > 0; --n) field += alphabet[random() % alphabet.size()];
    ASSERT_EQ(fields_of(to_csv(fields) + to_csv({"next"})), (std::vector<Fields>{fields, {"next"}}));
  }
}

}  // namespace
}  // namespace abode::codec
