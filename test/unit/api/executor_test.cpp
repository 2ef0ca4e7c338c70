// One request through the whole API, without a network: sessions, origins, failures, and what every answer carries.
#include "api/executor.hpp"

#include <gtest/gtest.h>

#include <future>

#include "api/problem.hpp"
#include "api/routes.hpp"
#include "codec/json.hpp"
#include "service/sessions.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::api {
namespace {

namespace json = codec::json;
using enum http::Method;
using test::must;

constexpr char const* own_origin = "https://register.example";

class ApiTest : public ::testing::Test {
 protected:
  http::Response send(http::Method method, std::string target, http::Pairs headers = {}, std::string body = {}) {
    if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
    auto const answer = std::make_shared<std::promise<std::optional<http::Response>>>();
    auto answered = answer->get_future();
    Executor& executor = secure ? over_https : over_http;
    executor.handle(
        {method, std::move(target), {}, std::move(headers), std::move(body)},
        http::Responder{[answer](std::optional<http::Response> response) { answer->set_value(std::move(response)); }});
    return answered.get().value();
  }

  std::string holder_token() {
    auto const session = test::write(*world.store, [&](ports::Transaction& t) {
      return service::sign_in_specimen(world.context, t, "anna-eriksson");
    });
    return must(session).token.reveal(base::Disclosure::to_holder);
  }
  std::string official_token() {
    auto const session = test::write(*world.store, [&](ports::Transaction& t) {
      return service::sign_in_specimen_official(world.context, t, "clerk-school");
    });
    return must(session).token.reveal(base::Disclosure::to_holder);
  }

  std::optional<test::Fault> trouble;
  test::World world{
      1, std::make_unique<test::FaultyStore>(test::make_memory_store(), [this](std::uint64_t) { return trouble; })};
  webauthn::RelyingParty const party{"register.example", {own_origin, "http://localhost:8080"}};
  Executor over_http{Register{world.context, world.log, false, party, world.proof_keys, world.status_files, world.desk},
                     *world.store,
                     {api_surface()},
                     config()};
  Executor over_https{Register{world.context, world.log, true, party, world.proof_keys, world.status_files, world.desk},
                      *world.store,
                      {api_surface()},
                      config()};
  bool secure = false;

 private:
  static ExecutorConfig config() {
    return {[](std::function<void()> work) { work(); }};
  }
};

std::string type_of(http::Response const& response) {
  return std::string{must(codec::parse_json(response.body)).at("type").as_string()};
}

char const* const filing = R"({"kind":"main","address":{"country":"DE","lines":["Invalidenstr. 1"]}})";

// Authority

TEST_F(ApiTest, ARouteAnswersToItsOwnAuthorityOnly) {
  http::Pairs const holder{{"Authorization", "Bearer " + holder_token()}};
  http::Pairs const official{{"Authorization", "Bearer " + official_token()}};
  char const* const opening =
      R"({"code":"0000000000","purpose":"counter-help","reference":"1","fields":["family_name"]})";
  EXPECT_EQ(send(get, "/api/v1/me", holder).status, 200u);
  EXPECT_EQ(send(get, "/api/v1/me", official).status, 401u);
  EXPECT_EQ(send(get, "/api/v1/me").status, 401u);
  EXPECT_EQ(send(post, "/api/v1/staff/openings", official, opening).status, 404u);
  EXPECT_EQ(send(post, "/api/v1/staff/openings", holder, opening).status, 401u);
  EXPECT_EQ(send(post, "/api/v1/staff/openings", {}, opening).status, 401u);
}

TEST_F(ApiTest, ASessionEndsWithItsTimeAndWithSigningOut) {
  http::Pairs const one{{"Authorization", "Bearer " + holder_token()}};
  http::Pairs const two{{"Authorization", "Bearer " + holder_token()}};
  EXPECT_EQ(send(delete_, "/api/v1/sessions", one).status, 204u);
  EXPECT_EQ(send(get, "/api/v1/me", one).status, 401u);
  EXPECT_EQ(send(get, "/api/v1/me", two).status, 200u);
  world.clock.pass(world.context.profile().session_life);
  EXPECT_EQ(send(get, "/api/v1/me", two).status, 401u);
}

// Other sites

TEST_F(ApiTest, ABrowserActsForItsOwnPagesOnly) {
  std::string const cookie = "abode_session=" + holder_token();
  std::string const bearer = "Bearer " + holder_token();
  struct Case {
    char const* what;
    http::Pairs headers;
    bool allowed;
  };
  Case const cases[] = {
      {"own page", {{"Cookie", cookie}, {"Origin", own_origin}}, true},
      {"own page at its other name", {{"Cookie", cookie}, {"Origin", "http://localhost:8080"}}, true},
      {"other site", {{"Cookie", cookie}, {"Origin", "https://evil.example"}}, false},
      {"own host by another scheme", {{"Cookie", cookie}, {"Origin", "http://register.example"}}, false},
      {"own host at another port", {{"Cookie", cookie}, {"Origin", "https://register.example:444"}}, false},
      {"longer host", {{"Cookie", cookie}, {"Origin", "https://register.example.evil.example"}}, false},
      {"opaque origin", {{"Cookie", cookie}, {"Origin", "null"}}, false},
      {"cookie without origin", {{"Cookie", cookie}}, false},
      {"other cookie without origin", {{"Authorization", "Basic x"}, {"Cookie", cookie}}, false},
      {"program", {{"Authorization", bearer}}, true},
      {"program behind a page", {{"Authorization", bearer}, {"Origin", "https://evil.example"}}, true},
  };
  for (Case const& c : cases) {
    SCOPED_TRACE(c.what);
    auto const response = send(post, "/api/v1/registrations", c.headers,
                               R"({"kind":"secondary","address":{"country":"DE","lines":["x"]}})");
    EXPECT_EQ(response.status, c.allowed ? 201u : 403u) << response.body;
    EXPECT_EQ(send(get, "/api/v1/me", c.headers).status, 200u)
        << "reading is no act, and its answer stays with the browser";
  }
}

TEST_F(ApiTest, AnotherSiteCannotSignSomebodyIn) {
  char const* const body = R"({"test_person":"anna-eriksson"})";
  EXPECT_EQ(send(post, "/api/v1/sessions", {{"Origin", "https://evil.example"}}, body).status, 403u);
  EXPECT_EQ(send(post, "/api/v1/sessions", {{"Origin", own_origin}}, body).status, 201u);
  EXPECT_EQ(send(post, "/api/v1/sessions", {}, body).status, 201u) << "a program has neither origin nor cookie";
}

TEST_F(ApiTest, TheSessionCookieIsForThisSitesRequestsOnly) {
  auto const response = send(post, "/api/v1/sessions", {}, R"({"test_person":"anna-eriksson"})");
  std::string const cookie{http::header(response, "Set-Cookie")};
  EXPECT_TRUE(cookie.starts_with("abode_session=")) << cookie;
  for (char const* attribute : {"; Path=/", "; HttpOnly", "; SameSite=Strict"})
    EXPECT_NE(cookie.find(attribute), std::string::npos) << attribute;
  EXPECT_EQ(cookie.find("Secure"), std::string::npos) << "test mode on localhost has no https";
  secure = true;
  auto const by_https = send(post, "/api/v1/sessions", {}, R"({"test_person":"anna-eriksson"})");
  std::string const host_only{http::header(by_https, "Set-Cookie")};
  EXPECT_TRUE(host_only.starts_with("__Host-abode_session=")) << host_only;
  for (char const* attribute : {"; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"})
    EXPECT_NE(host_only.find(attribute), std::string::npos) << attribute;
  EXPECT_EQ(host_only.find("Domain"), std::string::npos);
}

// Failures

TEST_F(ApiTest, AnUnknownAddressAndAWrongMethodAreToldApart) {
  auto const unknown = send(get, "/api/v1/nothing");
  EXPECT_EQ(unknown.status, 404u);
  EXPECT_EQ(type_of(unknown), "urn:abode:problem:not-found");
  auto const wrong = send(put, "/api/v1/me");
  EXPECT_EQ(wrong.status, 405u);
  EXPECT_EQ(http::header(wrong, "Allow"), "GET, HEAD");
}

TEST_F(ApiTest, TroubleWithTheStoreIsToldWithoutItsInnards) {
  http::Pairs const headers{{"Authorization", "Bearer " + holder_token()}};
  trouble = test::Fault::busy;
  auto const busy = send(post, "/api/v1/registrations", headers, filing);
  EXPECT_EQ(busy.status, 503u);
  EXPECT_EQ(http::header(busy, "Retry-After"), "2");
  trouble = test::Fault::rolled_back;
  EXPECT_EQ(send(post, "/api/v1/registrations", headers, filing).status, 507u);
  trouble.reset();
  EXPECT_EQ(send(post, "/api/v1/registrations", headers, filing).status, 201u) << "and nothing was changed by either";
}

// G12
TEST_F(ApiTest, ARequestWhoseAnswerWasLostIsAnsweredByItsRepetition) {
  http::Pairs const headers{{"Authorization", "Bearer " + holder_token()}, {"Idempotency-Key", "k"}};
  trouble = test::Fault::persisted;
  EXPECT_EQ(send(post, "/api/v1/registrations", headers, filing).status, 503u);
  trouble.reset();
  auto const again = send(post, "/api/v1/registrations", headers, filing);
  EXPECT_EQ(again.status, 201u);
  EXPECT_EQ(must(codec::parse_json(again.body)).at("receipt").at("entry"), 1);
  auto const once_more = send(post, "/api/v1/registrations", headers, filing);
  EXPECT_EQ(once_more.body, again.body);
  auto const other =
      send(post, "/api/v1/registrations", headers, R"({"kind":"temporary","address":{"country":"DE","lines":["x"]}})");
  EXPECT_EQ(other.status, 409u);
  EXPECT_EQ(type_of(other), "urn:abode:problem:key-reused");
}

// G4
TEST_F(ApiTest, AnOpeningThatIsNotDurableShowsNothing) {
  auto const anna = world.anna();
  must(world.act(anna, world.file(rules::Kind::main, "Invalidenstr. 77")));
  http::Pairs const headers{{"Authorization", "Bearer " + official_token()}};
  for (test::Fault fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted}) {
    auto const made = must(world.make_code(anna, {rules::Field::family_name, rules::Field::main_address}));
    std::string const body = json::serialize(json::object{{"code", made.code.code->reveal(base::Disclosure::to_holder)},
                                                          {"purpose", "counter-help"},
                                                          {"reference", "1"},
                                                          {"fields", {"family_name", "main_address"}}});
    trouble = fault;
    auto const response = send(post, "/api/v1/staff/openings", headers, body);
    trouble.reset();
    EXPECT_GE(response.status, 500u);
    EXPECT_EQ(response.body.find("ERIKSSON"), std::string::npos);
    EXPECT_EQ(response.body.find("Invalidenstr"), std::string::npos);
  }
}

// G11: to the last byte of header and body.
TEST_F(ApiTest, AMissAndARefusalAreTheSameBytes) {
  auto const anna = world.anna();
  auto const made = must(world.make_code(anna, {rules::Field::family_name}));
  must(world.revoke_code(anna, made.code.entry));
  http::Pairs const headers{{"Authorization", "Bearer " + official_token()}};
  auto const ask = [&](std::string const& code) {
    return send(post, "/api/v1/staff/openings", headers,
                json::serialize(json::object{
                    {"code", code}, {"purpose", "counter-help"}, {"reference", "1"}, {"fields", {"family_name"}}}));
  };
  auto const miss = ask("0000000000");
  auto const refused = ask(made.code.code->reveal(base::Disclosure::to_holder));
  EXPECT_EQ(miss.status, 404u);
  EXPECT_EQ(miss.status, refused.status);
  EXPECT_EQ(miss.headers, refused.headers);
  EXPECT_EQ(miss.body, refused.body);
}

// Every answer

TEST_F(ApiTest, EveryAnswerSaysItsModeAndAsksForNothingOfTheDevice) {
  http::Response const answers[] = {send(get, "/healthz"), send(get, "/api/v1/me"), send(get, "/nothing"),
                                    send(post, "/api/v1/sessions", {{"Origin", "https://evil.example"}}, "{}")};
  for (auto const& response : answers) {
    EXPECT_EQ(http::header(response, "Abode-Mode"), "test");
    EXPECT_EQ(http::header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(http::header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_NE(http::header(response, "Permissions-Policy").find("geolocation=()"), std::string_view::npos);
    EXPECT_NE(http::header(response, "Content-Security-Policy").find("default-src 'none'"), std::string_view::npos);
  }
}

TEST_F(ApiTest, TheLogIsForEveryoneToKeep) {
  EXPECT_EQ(send(get, "/checkpoint").status, 503u) << "it will be there in a moment";
  EXPECT_EQ(send(get, "/readyz").status, 503u) << "without a checkpoint there is nothing to prove by";
  ASSERT_GT(world.sequence(), 0u);
  EXPECT_EQ(send(get, "/readyz").status, 200u);
  auto const checkpoint = send(get, "/checkpoint");
  EXPECT_EQ(checkpoint.status, 200u);
  EXPECT_EQ(http::header(checkpoint, "Cache-Control"), "no-cache");
  auto const note = must(log::parse_note(checkpoint.body));
  EXPECT_TRUE(log::verify_checkpoint(
      note, must(log::VerifierKey::parse(send(get, "/log.vkey").body.substr(0, world.log.key.format().size())))));
  for (auto const& [path, content] : world.tiles.files) {
    if (path == "checkpoint") continue;
    auto const tile = send(get, "/" + path);
    EXPECT_EQ(tile.status, 200u) << path;
    EXPECT_EQ(tile.body, base::as_text(content));
    EXPECT_NE(http::header(tile, "Cache-Control").find("immutable"), std::string_view::npos);
  }
  for (char const* bad : {"/tile/../keys", "/tile/%2e%2e/keys", "/tile/0/..%2f..%2fkeys", "/tile/checkpoint",
                          "/tile/00/000", "/tile/0/000.p/0"})
    EXPECT_EQ(send(get, bad).status, 404u) << bad;
}

}  // namespace
}  // namespace abode::api
