#include "http/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace abode::http {
namespace {

using base::errc;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

Request with_headers(Pairs headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

TEST(AcceptsCoding, HeedsNamesAndWeights) {
  struct Case {
    char const* accepted;
    bool gzip;
    bool br;
  };
  for (Case const& c : {Case{"", false, false}, Case{"gzip, deflate, br, zstd", true, true}, Case{"GZIP", true, false},
                        Case{"gzip;q=1.0, br;q=0", true, false}, Case{"gzip;q=0.000 , br ; Q=0.0", false, false},
                        Case{"br;q=0.001", false, true}, Case{"brotli, gzipped", false, false},
                        Case{"identity", false, false}, Case{";q=1,,gzip", true, false}}) {
    SCOPED_TRACE(c.accepted);
    Request const request{Method::get, "/", "", {{"accept-encoding", c.accepted}}, ""};
    EXPECT_EQ(accepts_coding(request, "gzip"), c.gzip);
    EXPECT_EQ(accepts_coding(request, "br"), c.br);
  }
  EXPECT_FALSE(accepts_coding(Request{}, "gzip"));
}

TEST(Header, IsFoundInAnyCase) {
  Request const request = with_headers({{"Content-Type", "text/plain"}, {"X-A", "1"}, {"x-a", "2"}});
  EXPECT_EQ(header(request, "content-type"), "text/plain");
  EXPECT_EQ(header(request, "X-a"), "1");
  EXPECT_EQ(header(request, "content"), "");
}

TEST(Response, CarriesItsMediaType) {
  Response const made = response(201, "application/json", "{}");
  EXPECT_EQ(made.status, 201u);
  EXPECT_EQ(header(made, "content-type"), "application/json");
  EXPECT_EQ(made.body, "{}");
}

TEST(Cookie, IsFoundAmongOthersAndAcrossFields) {
  Request const request = with_headers({{"Cookie", "a=1; abode_session=xyz; b="}, {"cookie", "c=d=e"}});
  EXPECT_EQ(cookie(request, "abode_session"), "xyz");
  EXPECT_EQ(cookie(request, "a"), "1");
  EXPECT_EQ(cookie(request, "b"), "");
  EXPECT_EQ(cookie(request, "c"), "d=e");
}

TEST(Cookie, NameMustMatchWholeAndInCase) {
  Request const request = with_headers({{"Cookie", "xabode_session=1; abode_session2=2; ABODE_SESSION=3"}});
  EXPECT_EQ(cookie(request, "abode_session"), "");
}

TEST(Cookie, PlantedSecondValueMakesItNone) {
  EXPECT_EQ(cookie(with_headers({{"Cookie", "s=1; s=2"}}), "s"), "");
  EXPECT_EQ(cookie(with_headers({{"Cookie", "s=1"}, {"Cookie", "s=2"}}), "s"), "");
  EXPECT_EQ(cookie(with_headers({{"Cookie", "s=1; s=1"}}), "s"), "1");
}

TEST(Cookie, SurvivesOddForms) {
  for (auto const* odd : {"", ";", ";;;", "=", "=s", "s", " ; s", "; =;"})
    EXPECT_EQ(cookie(with_headers({{"Cookie", odd}}), "s"), "") << odd;
}

TEST(PathSegments, AreDecoded) {
  EXPECT_THAT(path_segments("/").value(), IsEmpty());
  EXPECT_THAT(path_segments("/a/b%20c").value(), ElementsAre("a", "b c"));
  EXPECT_THAT(path_segments("/a/").value(), ElementsAre("a", ""));
  EXPECT_THAT(path_segments("//a").value(), ElementsAre("", "a"));
  EXPECT_THAT(path_segments("/%C3%BC+").value(), ElementsAre("ü+"));
  EXPECT_THAT(path_segments("/...").value(), ElementsAre("..."));
}

TEST(PathSegments, RefusesWhatCouldLeaveAFolder) {
  for (auto const* bad :
       {"", "a", "/..", "/a/../b", "/.", "/%2e%2E", "/a%2Fb", "/a%5cb", "/a\\b", "/%00", "/a%0a", "/%7f"}) {
    auto const result = path_segments(bad);
    ASSERT_TRUE(result.has_error()) << bad;
    EXPECT_EQ(result.error().code, errc::malformed) << bad;
  }
}

TEST(PathSegments, RefusesBrokenEncodings) {
  for (auto const* bad :
       {"/%", "/%4", "/%4g", "/%zz", "/a%", "/%ff", "/%c0%af", "/%ed%a0%80", "/%f5%80%80%80", "/%e2%82"})
    EXPECT_TRUE(path_segments(bad).has_error()) << bad;
}

TEST(Form, IsDecodedInOrder) {
  EXPECT_THAT(
      parse_form("a=1&b=x+y%2B&a=%E2%82%AC&c&d=&e=f=g").value(),
      ElementsAre(Pair("a", "1"), Pair("b", "x y+"), Pair("a", "€"), Pair("c", ""), Pair("d", ""), Pair("e", "f=g")));
  EXPECT_THAT(parse_form("").value(), IsEmpty());
  EXPECT_THAT(parse_form("&&a=1&").value(), ElementsAre(Pair("a", "1")));
}

TEST(Form, HasOnlyOneValueOfAName) {
  Pairs const form{{"a", "1"}, {"b", ""}, {"A", "2"}};
  EXPECT_EQ(only_value(form, "a").value(), "1");
  EXPECT_EQ(only_value(form, "b").value(), "");
  EXPECT_EQ(only_value(form, "c").value(), std::nullopt);
  EXPECT_EQ(only_value({{"a", "1"}, {"a", "1"}}, "a").error().code, base::errc::malformed);
}

TEST(Form, RefusesMalformedText) {
  for (auto const* bad : {"a=%", "a=%4", "a=%xy", "%=1", "a=%00", "%00=a", "=1", "a=1&=2", "a=%ff", "a=%c0%80",
                          "a=%ed%a0%80", "a=%f4%90%80%80", "a=%e2%82", "a=\xff"}) {
    auto const result = parse_form(bad);
    ASSERT_TRUE(result.has_error()) << bad;
    EXPECT_EQ(result.error().code, errc::malformed) << bad;
  }
  EXPECT_TRUE(parse_form(std::string_view{"a=\0", 3}).has_error());
}

TEST(Form, NamesTheFieldAtFault) {
  EXPECT_EQ(parse_form("street=%").error().field, "street");
  EXPECT_EQ(parse_form("street=12345", {.value_bytes = 4}).error().field, "street");
}

TEST(Form, HoldsItsLimits) {
  FormLimits const limits{.pairs = 2, .name_bytes = 3, .value_bytes = 4};
  EXPECT_TRUE(parse_form("abc=1234&b=2", limits).has_value());
  EXPECT_TRUE(parse_form("abc=%31%32%33%34&&", limits).has_value()) << "limits count decoded bytes";
  for (auto const* large : {"a=1&b=2&c=3", "abcd=1", "a=12345"}) {
    auto const result = parse_form(large, limits);
    ASSERT_TRUE(result.has_error()) << large;
    EXPECT_EQ(result.error().code, errc::too_large) << large;
  }
}

TEST(Query, IsReadLikeAForm) {
  EXPECT_THAT(parse_query("q=a%20b&page=2").value(), ElementsAre(Pair("q", "a b"), Pair("page", "2")));
  EXPECT_TRUE(parse_query("q=%").has_error());
}

TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a b/ü&=+%"), "a%20b%2F%C3%BC%26%3D%2B%25");
}

TEST(PercentEncode, ComesBackThroughFormsAndPaths) {
  std::uint64_t const seed = std::mt19937_64::default_seed;
  std::mt19937_64 random{seed};
  constexpr std::string_view alphabet = "aZ0 +%&=;/?#\\\"'~-\t\n";
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (auto length = random() % 20; length > 0; --length) text.push_back(alphabet[random() % alphabet.size()]);
    EXPECT_THAT(parse_form("n=" + percent_encode(text)).value(), ElementsAre(Pair("n", text))) << "seed " << seed;
  }
}

TEST(Method, HasItsName) {
  EXPECT_EQ(name_of(Method::get), "GET");
  EXPECT_EQ(name_of(Method::delete_), "DELETE");
  EXPECT_EQ(name_of(Method::other), "OTHER");
}

}  // namespace
}  // namespace abode::http
