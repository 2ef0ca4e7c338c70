#include "api/routing.hpp"

#include <gtest/gtest.h>

#include "support/memory_store.hpp"
#include "support/using_store.hpp"

namespace abode::api {
namespace {

using base::Disclosure;
using base::errc;
using enum http::Method;
using enum Authority;

Reply nothing(Register const&, Call const&) {
  return http::Response{};
}
http::Response no_error(Register const&, http::Request const&, base::Error const&) {
  return {};
}

constexpr Route first_routes[] = {
    {get, "/", anyone, nothing},
    {get, "/things", anyone, nothing},
    {post, "/things", anyone, nothing},
    {get, "/things/special", anyone, nothing},
    {get, "/things/{id}", anyone, nothing},
    {post, "/things/{id}/parts/{part}", anyone, nothing},
    {get, "/files/{*}", anyone, nothing},
};
constexpr Route second_routes[] = {
    {delete_, "/things", anyone, nothing},
    {get, "/other", anyone, nothing},
};
Surface const surfaces[] = {{first_routes, no_error}, {second_routes, no_error}};

Match find(http::Method method, std::string const& path) {
  return find_route(surfaces, http::Request{method, path, {}, {}, {}});
}

TEST(FindRoute, ByPathAndMethod) {
  EXPECT_EQ(find(get, "/").route, &first_routes[0]);
  EXPECT_EQ(find(get, "/things").route, &first_routes[1]);
  EXPECT_EQ(find(post, "/things").route, &first_routes[2]);
  EXPECT_EQ(find(delete_, "/things").route, &second_routes[0]);
  EXPECT_EQ(find(delete_, "/things").surface, &surfaces[1]);
  EXPECT_EQ(find(get, "/other").route, &second_routes[1]);
}

TEST(FindRoute, NamedSegmentsBecomeParameters) {
  Match const one = find(get, "/things/17");
  EXPECT_EQ(one.route, &first_routes[4]);
  EXPECT_EQ(one.params, std::vector<std::string>{"17"});
  Match const two = find(post, "/things/a%20b/parts/%C3%A9");
  EXPECT_EQ(two.route, &first_routes[5]);
  EXPECT_EQ(two.params, (std::vector<std::string>{"a b", "é"})) << "decoded";
}

TEST(FindRoute, AnEarlierRouteGoesFirst) {
  Match const special = find(get, "/things/special");
  EXPECT_EQ(special.route, &first_routes[3]);
  EXPECT_TRUE(special.params.empty());
}

TEST(FindRoute, AStarTakesTheRest) {
  EXPECT_EQ(find(get, "/files/0/x001/067").params, std::vector<std::string>{"0/x001/067"});
  EXPECT_EQ(find(get, "/files/0").params, std::vector<std::string>{"0"});
  EXPECT_EQ(find(get, "/files").route, nullptr) << "but not nothing";
}

TEST(FindRoute, NothingElseMatches) {
  for (char const* path :
       {"/thing", "/things/", "//things", "/things//parts/1", "/Things", "/things/1/parts", "/things/1/parts/2/3",
        "/things/../things", "/things/%2e%2e", "/things/a%2Fb", "/things/%ff", "/things/%00", "things", ""}) {
    Match const match = find(get, path);
    EXPECT_EQ(match.route, nullptr) << path << " found " << (match.route ? match.route->path : "");
  }
}

TEST(FindRoute, HeadFindsTheRouteOfGet) {
  EXPECT_EQ(find(head, "/things").route, &first_routes[1]);
  EXPECT_EQ(find(head, "/things/17").params, std::vector<std::string>{"17"});
  EXPECT_EQ(find(head, "/things/17/parts/1").route, nullptr);
}

TEST(FindRoute, SaysWhichMethodsAnAddressHasEachOnce) {
  EXPECT_EQ(find(put, "/things").allowed, "GET, HEAD, POST, DELETE");
  EXPECT_EQ(find(put, "/things").route, nullptr);
  EXPECT_EQ(find(post, "/things/special").allowed, "GET, HEAD") << "two routes match";
  EXPECT_EQ(find(get, "/things/17/parts/1").allowed, "POST");
  EXPECT_EQ(find(other, "/other").allowed, "GET, HEAD");
  EXPECT_EQ(find(put, "/nothing").allowed, "");
}

// Sessions

http::Request request_with(http::Pairs headers) {
  return {get, "/", {}, std::move(headers), {}};
}
std::string token_of(http::Request const& request, Authority authority) {
  return session_token(request, authority, false).reveal(Disclosure::to_digest);
}

TEST(SessionToken, ComesFromTheCookieOfItsKind) {
  auto const browser = request_with({{"Cookie", "abode_session=for-a-person; abode_staff=for-an-official"}});
  EXPECT_EQ(token_of(browser, holder), "for-a-person");
  EXPECT_EQ(token_of(browser, official), "for-an-official");
  EXPECT_FALSE(has_bearer_token(browser));
}

// Session fixation: a neighbouring host of the domain can plant a cookie, but none with this prefix.
TEST(SessionToken, OverHttpsComesFromACookieThatNoOtherHostCanPlant) {
  auto const planted = request_with({{"Cookie", "abode_session=planted"}});
  EXPECT_EQ(session_token(planted, holder, true).reveal(Disclosure::to_digest), "");
  auto const own = request_with({{"Cookie", "abode_session=planted; __Host-abode_session=own"}});
  EXPECT_EQ(session_token(own, holder, true).reveal(Disclosure::to_digest), "own");
  EXPECT_EQ(session_token(request_with({{"Cookie", "__Host-abode_staff=clerk"}}), official, true)
                .reveal(Disclosure::to_digest),
            "clerk");
}

TEST(SessionToken, AProgramsBearerTokenGoesFirst) {
  auto const program = request_with({{"Cookie", "abode_session=c"}, {"Authorization", "Bearer b"}});
  EXPECT_EQ(token_of(program, holder), "b");
  EXPECT_EQ(token_of(program, official), "b");
  EXPECT_TRUE(has_bearer_token(program));
}

TEST(SessionToken, IsEmptyWhereThereIsNone) {
  EXPECT_EQ(token_of(request_with({}), holder), "");
  EXPECT_EQ(token_of(request_with({{"Authorization", "Basic b"}}), holder), "");
  EXPECT_EQ(token_of(request_with({{"Cookie", "abode_staff=x"}}), holder), "");
}

// Idempotency keys

TEST(CallersRequestKey, IsTheCallersOwn) {
  auto const store = test::make_memory_store();
  ASSERT_TRUE(test::write(*store, [](ports::Transaction& t) -> base::result<void> {
    t.put_official({ports::OfficialId{"clerk"}, "Sam", "school-office", ports::RecordId{9}, 0, {}, {}});
    return {};
  }));
  Caller const anna{test::holder_session(*store, ports::RecordId{1})};
  Caller const peter{test::holder_session(*store, ports::RecordId{2})};
  Caller const clerk{test::official_session(*store, ports::OfficialId{"clerk"})};
  auto const of = [](Caller const& caller, std::string_view key, std::string_view body) {
    return caller.request_key(key, body).value().value();
  };
  EXPECT_EQ(of(anna, "k", "b").tag, of(anna, "k", "b").tag);
  EXPECT_NE(of(anna, "k", "b").tag, of(peter, "k", "b").tag);
  EXPECT_NE(of(anna, "k", "b").tag, of(clerk, "k", "b").tag);
  EXPECT_NE(of(anna, "k", "b").body_hash, of(anna, "k", "c").body_hash);

  EXPECT_FALSE(anna.request_key("", "b").value()) << "no key, no repetition";
  EXPECT_TRUE(anna.request_key(std::string(128, 'k'), "b").value());
  auto const too_long = anna.request_key(std::string(129, 'k'), "b");
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, errc::invalid);
  EXPECT_EQ(too_long.error().field, "Idempotency-Key");
}

}  // namespace
}  // namespace abode::api
