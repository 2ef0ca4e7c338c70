#include "codec/json.hpp"

#include <gtest/gtest.h>

namespace abode::codec {
namespace {

TEST(ParseJson, AcceptsOrdinaryDocuments) {
  auto const value = parse_json(R"({"a":[1,2.5,"х",null,true],"b":{"a":1}})");
  ASSERT_TRUE(value);
  EXPECT_EQ(json::serialize(*value), R"({"a":[1,2.5E0,"х",null,true],"b":{"a":1}})");
}

TEST(ParseJson, RefusesWhatBoostLetsThroughAndWhatItDoesNot) {
  for (char const* bad : {
           R"({"a":1,"a":2})",             // the same key twice
           R"({"x":{"a":1,"\u0061":2}})",  // ... spelled another way, deeper
           "1e400",
           "[-1e999]",  // not finite
           "",
           " ",
           "{",
           "[1,]",
           "{a:1}",
           "01",
           "+1",
           "nul",
           "\"\n\"",
           "'a'",
           "1 2",
           "{} x",  // trailing text
           "\"\xff\"",
           "\"\xc0\xaf\"",
           "\"\xed\xa0\x80\"",
           R"("\ud800")",  // not UTF-8, lone surrogates
           "// comment\n1",
       }) {
    auto const value = parse_json(bad);
    ASSERT_FALSE(value) << bad;
    EXPECT_EQ(value.error().code, base::errc::malformed);
  }
}

TEST(ParseJson, RefusesDeepNesting) {
  EXPECT_TRUE(parse_json(std::string(16, '[') + std::string(16, ']')));
  EXPECT_FALSE(parse_json(std::string(17, '[') + std::string(17, ']')));
  EXPECT_FALSE(parse_json(std::string(100000, '[')));
}

TEST(ParseJson, NamesTheFault) {
  EXPECT_NE(parse_json(R"({"kind":1,"kind":2})").error().detail.find("twice"), std::string::npos);
  EXPECT_NE(parse_json("1e400").error().detail.find("too large"), std::string::npos);
}

TEST(ObjectReader, ReadsKnownFieldsAndRefusesOthersByName) {
  json::value const value = parse_json(R"({"name":"A","lines":["x","y"],"n":7,"extra":0})").value();
  ObjectReader reader{value, "address"};
  EXPECT_EQ(reader.required_text("name"), "A");
  EXPECT_EQ(reader.required_texts("lines", 2), (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(reader.optional_integer("n"), 7);
  EXPECT_EQ(reader.optional_text("absent"), std::nullopt);
  auto const done = reader.finish();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().field, "address.extra");
}

TEST(ObjectReader, ReportsTheFirstFault) {
  json::value const value = parse_json(R"({"name":5,"lines":["x",1]})").value();
  ObjectReader reader{value};
  reader.required_text("name");
  reader.required_texts("lines", 10);
  reader.required_text("missing");
  EXPECT_EQ(reader.finish().error().field, "name");
}

TEST(ObjectReader, RefusesWrongTypesAndTooMany) {
  json::value const value =
      parse_json(R"({"n":1.5,"big":99999999999999999999,"lines":["a","b"],"mixed":["a",1],"t":[]})").value();
  EXPECT_EQ((ObjectReader{value}.optional_integer("n")), std::nullopt);
  for (auto const& read :
       {+[](ObjectReader& r) { r.optional_integer("n"); }, +[](ObjectReader& r) { r.optional_integer("big"); },
        +[](ObjectReader& r) { r.required_texts("lines", 1); }, +[](ObjectReader& r) { r.required_texts("mixed", 9); },
        +[](ObjectReader& r) { r.required_texts("n", 9); }, +[](ObjectReader& r) { r.optional_text("t"); },
        +[](ObjectReader& r) { r.required_text("gone"); }}) {
    ObjectReader reader{value};
    read(reader);
    ASSERT_FALSE(reader.finish());
    EXPECT_EQ(reader.finish().error().code, base::errc::invalid);
  }
}

TEST(ObjectReader, NeedsAnObject) {
  json::value const value = parse_json("[1]").value();
  ObjectReader reader{value};
  EXPECT_EQ(reader.required_text("a"), "");
  EXPECT_EQ(reader.finish().error().code, base::errc::invalid);
}

}  // namespace
}  // namespace abode::codec
