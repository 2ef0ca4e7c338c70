#include "api/problem.hpp"

#include <gtest/gtest.h>

#include <set>

#include "codec/json.hpp"

namespace abode::api {
namespace {

namespace json = codec::json;
using base::errc;
using service::Mode;

struct Kind {
  errc code;
  char const* name;
  unsigned status;
};

constexpr Kind kinds[] = {
    {errc::malformed, "malformed", 400},
    {errc::invalid, "invalid", 422},
    {errc::too_large, "too-large", 413},
    {errc::unauthenticated, "unauthenticated", 401},
    {errc::forbidden, "forbidden", 403},
    {errc::not_found, "not-found", 404},
    {errc::conflict, "conflict", 409},
    {errc::key_reused, "key-reused", 409},
    {errc::stale_sign_in, "stale-sign-in", 403},
    {errc::too_late, "too-late", 409},
    {errc::opening_refused, "opening-refused", 404},
    {errc::not_yet_provable, "not-yet-provable", 409},
    {errc::busy, "busy", 503},
    {errc::out_of_space, "out-of-space", 507},
    {errc::unavailable, "unavailable", 503},
    {errc::corrupted, "corrupted", 500},
    {errc::wrong_method, "wrong-method", 405},
    {errc::unsupported, "unsupported", 415},
};

json::object body_of(http::Response const& response) {
  return codec::parse_json(response.body).value().as_object();
}

TEST(Problem, EveryKindHasItsTypeTitleAndStatus) {
  std::set<std::string> titles;
  for (Kind const& kind : kinds) {
    SCOPED_TRACE(kind.name);
    auto const response = problem(Mode::test, {kind.code, "Do this next.", {}});
    EXPECT_EQ(response.status, kind.status);
    EXPECT_EQ(http::header(response, "Content-Type"), "application/problem+json");
    auto const body = body_of(response);
    EXPECT_EQ(body.at("type").as_string(), std::string{"urn:abode:problem:"} + kind.name);
    EXPECT_EQ(body.at("status"), kind.status);
    EXPECT_EQ(body.at("mode"), "test");
    EXPECT_FALSE(body.at("detail").as_string().empty());
    EXPECT_FALSE(body.contains("field"));
    EXPECT_TRUE(titles.insert(std::string{body.at("title").as_string()}).second);
  }
}

TEST(Problem, NamesTheFieldAtFault) {
  auto const body = body_of(problem(Mode::live, {errc::invalid, "Give a house.", "address.lines"}));
  EXPECT_EQ(body.at("field"), "address.lines");
  EXPECT_EQ(body.at("detail"), "Give a house.");
  EXPECT_EQ(body.at("mode"), "live");
}

TEST(Problem, NeverShowsAnInternalText) {
  for (errc code : {errc::busy, errc::out_of_space, errc::unavailable, errc::corrupted}) {
    auto const response =
        problem(Mode::test, {code, "Cannot read /var/lib/abode/register.db: I/O error, page 17.", {}});
    EXPECT_EQ(response.body.find("/var/lib"), std::string::npos);
    EXPECT_EQ(response.body.find("I/O"), std::string::npos);
  }
}

TEST(Problem, SaysWhenAndHowToComeBack) {
  EXPECT_EQ(http::header(problem(Mode::test, {errc::unauthenticated, "x", {}}), "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(http::header(problem(Mode::test, {errc::busy, "x", {}}), "Retry-After"), "2");
  EXPECT_EQ(http::header(problem(Mode::test, {errc::unavailable, "x", {}}), "Retry-After"), "2");
  EXPECT_EQ(http::header(problem(Mode::test, {errc::invalid, "x", {}}), "Retry-After"), "");
}

TEST(Problem, TheTransportSpeaksInTheSameForm) {
  auto const response = transport_problem(Mode::test, 431, "The header is too long.");
  EXPECT_EQ(response.status, 431u);
  EXPECT_EQ(http::header(response, "Content-Type"), "application/problem+json");
  auto const body = body_of(response);
  EXPECT_EQ(body.at("type"), "urn:abode:problem:transport");
  EXPECT_EQ(body.at("detail"), "The header is too long.");
}

}  // namespace
}  // namespace abode::api
