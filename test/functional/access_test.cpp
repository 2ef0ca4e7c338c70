// Who may do what: sessions, browsers and other sites, methods, and the headers that every answer carries.
#include <gmock/gmock.h>

#include "api/routes.hpp"
#include "html/browser_policy.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;

/// The route's path with something in place of its {names}.
std::string target_of(api::Route const& route) {
  std::string target{route.path};
  for (auto const& [name, value] :
       {std::pair{"{id}", "0123456789ABCDEF"},
        {"{entry}", "1"},
        {"{official}", "clerk-school"},
        {"{role}", "clerk"},
        {"{*}", "0/000"},
        {"{child}", "0123456789ABCDEF"},
        {"{commitment}", "0000000000000000000000000000000000000000000000000000000000000000"}})
    if (std::size_t const at = target.find(name); at != std::string::npos)
      target.replace(at, std::string_view{name}.size(), value);
  return target;
}

/// A body with which the route gets as far as asking for a session.
std::string body_of(api::Route const& route) {
  json::object body;
  if (route.path.ends_with("/registrations")) body = {{"kind", "secondary"}, {"address", sample_address()}};
  if (route.path.ends_with("/move") || route.path.ends_with("/correct")) body = {{"address", sample_address()}};
  if (route.path.ends_with("/opening-codes")) body = {{"fields", {"family_name"}}};
  if (route.path.ends_with("/proofs")) body = {{"life", "fresh"}, {"fields", {"region"}}};
  if (route.path.ends_with("/proofs/offers")) body = {{"life", "fresh"}};
  if (route.path.ends_with("/renew")) body = {{"until", nullptr}};
  if (route.path.ends_with("/invitations")) body = {{"registration", "0123456789ABCDEF"}};
  if (route.path.ends_with("/invitations/open")) body = {{"code", "0000000000000000"}};
  if (route.path.ends_with("/rectification-requests"))
    body = {{"field", "given_names"}, {"wanted", "Anna"}, {"reason", "hyphen"}};
  if (route.path.ends_with("/letter")) body = {{"delivery", "post"}};
  if (route.path.ends_with("/confirm-by-code")) body = {{"code", "00000000"}};
  if (route.path.ends_with("/move-along")) body = {{"registration", "0123456789ABCDEF"}};
  if (route.path.ends_with("/contact"))
    body = {{"address", "anna@example.org"}, {"language", "de"}, {"reminders", true}};
  if (route.path.ends_with("/contact/confirm")) body = {{"code", "00000000"}};
  if (route.path.ends_with("/inbox/read")) body = {{"up_to", 0}};
  if (route.path.ends_with("/passkeys/options")) body = {{"name", "My phone"}};
  if (route.path.ends_with("/passkeys"))
    body = {{"name", "My phone"},
            {"credential", {{"response", {{"clientDataJSON", "AAAA"}, {"attestationObject", "AAAA"}}}}}};
  if (route.path.ends_with("/openings"))
    body = {{"code", "0000000000"}, {"purpose", "counter-help"}, {"reference", "1"}, {"fields", {"family_name"}}};
  if (route.path.ends_with("/identifications"))
    body = {{"card", "SPECIMEN1"}, {"card_again", "SPECIMEN1"}, {"reference", "1"}};
  return json::serialize(body);
}

Answer call(ApiClient& client, api::Route const& route, http::Pairs headers = {}) {
  if (route.method != http::Method::post) return client.send(route.method, target_of(route), std::move(headers));
  return client.post_text(target_of(route), body_of(route), std::move(headers));
}

bool is_for_officials(api::Route const& route) {
  return route.authority == api::Authority::official || route.authority == api::Authority::staff;
}

TEST(Access, WithoutASessionOnlyTheOpenRoutesAnswer) {
  RunningRegister const running;
  auto nobody = running.anyone();
  for (api::Route const& route : api::api_surface().routes) {
    SCOPED_TRACE(route.path);
    Answer const answer = call(nobody, route);
    if (route.authority == api::Authority::anyone) {
      EXPECT_NE(answer.status, 401u);
      continue;
    }
    EXPECT_TRUE(is_problem(answer, 401, "unauthenticated"));
    EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
  }
}

TEST(Access, APersonIsNoOfficialAndAnOfficialIsNoPerson) {
  RunningRegister const running;
  auto person = running.person();
  auto official = running.official();
  for (api::Route const& route : api::api_surface().routes) {
    SCOPED_TRACE(route.path);
    if (route.authority == api::Authority::anyone) continue;
    ApiClient& other = is_for_officials(route) ? person : official;
    EXPECT_TRUE(is_problem(call(other, route), 401, "unauthenticated"));
  }
  EXPECT_EQ(person.get("/api/v1/me").status, 200u);
}

TEST(Access, TokensThatWereNeverGivenOrAreOverOpenNothing) {
  RunningRegister const running;
  auto person = running.person();
  std::string const good = person.token();
  std::string changed = good;
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  for (std::string const& token : {std::string{"x"}, std::string(43, 'A'), changed, good + "A", good.substr(1),
                                   std::string{"%00"}, std::string(5000, 'x')}) {
    auto client = running.with_token(token);
    EXPECT_TRUE(is_problem(client.get("/api/v1/me"), 401, "unauthenticated")) << token.substr(0, 50);
  }
  auto nobody = running.anyone();
  for (char const* scheme : {"bearer ", "Basic ", "Bearer  ", "Token ", ""})
    EXPECT_TRUE(is_problem(nobody.send(http::Method::get, "/api/v1/me", {{"Authorization", scheme + good}}), 401,
                           "unauthenticated"))
        << scheme;
  EXPECT_EQ(person.remove("/api/v1/sessions").status, 204u);
  EXPECT_TRUE(is_problem(person.get("/api/v1/me"), 401, "unauthenticated"));
  EXPECT_TRUE(is_problem(person.remove("/api/v1/sessions"), 401, "unauthenticated"));
}

TEST(Access, SigningOutEndsThatSessionOnly) {
  RunningRegister const running;
  auto phone = running.person();
  auto library = running.person();
  EXPECT_NE(phone.token(), library.token());
  EXPECT_EQ(library.remove("/api/v1/sessions").status, 204u);
  EXPECT_EQ(phone.get("/api/v1/me").status, 200u);
}

TEST(Access, UnknownSpecimensCannotSignIn) {
  RunningRegister const running;
  auto nobody = running.anyone();
  for (char const* id : {"", "nobody", "ANNA-ERIKSSON", "clerk-school", "1"})
    EXPECT_TRUE(is_problem(nobody.post("/api/v1/sessions", {{"test_person", id}}), 404, "not-found", "test_person"))
        << id;
  for (char const* id : {"", "nobody", "anna-eriksson"})
    EXPECT_TRUE(is_problem(nobody.post("/api/v1/staff/sessions", {{"test_staff", id}}), 404, "not-found", "test_staff"))
        << id;
}

TEST(Access, AnothersRegistrationIsAnsweredExactlyLikeNone) {
  RunningRegister const running;
  auto anna = running.person();
  auto peter = running.person("peter-stevenson");
  std::string const id =
      anna.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}}).text("/registration/id");
  std::string const absent = "0123456789ABCDEF";
  auto const same = [&](std::string const& act, json::object const& body) {
    Answer const foreign = peter.post("/api/v1/registrations/" + id + act, body);
    Answer const none = peter.post("/api/v1/registrations/" + absent + act, body);
    EXPECT_TRUE(is_problem(foreign, 404, "not-found"));
    EXPECT_EQ(foreign.body, none.body) << act;
  };
  EXPECT_EQ(peter.get("/api/v1/registrations/" + id).body, peter.get("/api/v1/registrations/" + absent).body);
  same("/correct", {{"address", sample_address(2)}});
  same("/move", {{"address", sample_address(2)}});
  same("/end", {});
  same("/undo", {});
  EXPECT_EQ(peter.get("/api/v1/me").at("/registrations"), json::value(json::array{}));
  EXPECT_TRUE(anna.get("/api/v1/registrations/" + id).at("/registration/ended").is_null());
}

TEST(Access, AnothersCodeCannotBeTakenBack) {
  RunningRegister const running;
  auto anna = running.person();
  auto peter = running.person("peter-stevenson");
  std::uint64_t const entry =
      anna.post("/api/v1/opening-codes", {{"fields", {"family_name"}}}).number("/opening_code/entry");
  EXPECT_TRUE(is_problem(peter.post("/api/v1/opening-codes/" + std::to_string(entry) + "/revoke", json::object{}), 404,
                         "not-found"));
  EXPECT_EQ(anna.get("/api/v1/opening-codes").text("/opening_codes/0/state"), "open");
  EXPECT_EQ(peter.get("/api/v1/opening-codes").at("/opening_codes"), json::value(json::array{}));
}

/// A browser that is signed in: its requests carry the cookie, and say which site they came from.
class Browser {
 public:
  explicit Browser(RunningRegister const& running) : client_(running.anyone()) {
    Answer const answer =
        client_.post_text("/api/v1/sessions", R"({"test_person":"anna-eriksson"})", {{"Origin", running.origin()}});
    EXPECT_EQ(answer.status, 201u) << answer.body;
    std::string const cookie = answer.header("Set-Cookie");
    EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
    EXPECT_THAT(cookie, HasSubstr("SameSite=Strict"));
    cookie_ = cookie.substr(0, cookie.find(';'));
  }
  Answer get(std::string_view target) { return client_.send(http::Method::get, target, {{"Cookie", cookie_}}); }
  /// `origin` empty: the header is left out.
  Answer post_from(std::string const& origin) {
    http::Pairs headers{{"Cookie", cookie_}};
    if (!origin.empty()) headers.emplace_back("Origin", origin);
    return client_.post_text("/api/v1/registrations",
                             json::serialize(json::object{{"kind", "secondary"}, {"address", sample_address()}}),
                             headers);
  }
  std::size_t registered() { return get("/api/v1/registrations").at("/registrations").as_array().size(); }

 private:
  ApiClient client_;
  std::string cookie_;
};

TEST(Access, ABrowserActsOnlyFromTheRegistersOwnPages) {
  RunningRegister const running;
  Browser browser{running};
  EXPECT_EQ(browser.get("/api/v1/me").text("/person/family_name"), "ERIKSSON");
  std::string const port = std::to_string(running.port());
  for (std::string const& foreign :
       {std::string{"https://evil.example"}, std::string{"null"}, std::string{}, std::string{"http://localhost"},
        "https://localhost:" + port, "http://localhost:" + port + ".evil.example", "http://evil.localhost:" + port,
        "http://LOCALHOST:" + port, running.origin() + "/", std::string{"http://localhost:1"}})
    EXPECT_TRUE(is_problem(browser.post_from(foreign), 403, "forbidden")) << foreign;
  EXPECT_EQ(browser.registered(), 0u);
  EXPECT_EQ(browser.post_from(running.origin()).status, 201u);
  EXPECT_EQ(browser.registered(), 1u);
}

TEST(Access, AnotherSiteCannotSignSomebodyInOrOut) {
  RunningRegister const running;
  auto nobody = running.anyone();
  for (char const* path : {"/api/v1/sessions", "/api/v1/staff/sessions"})
    EXPECT_TRUE(
        is_problem(nobody.post_text(path, R"({"test_person":"anna-eriksson"})", {{"Origin", "https://evil.example"}}),
                   403, "forbidden"));
  auto person = running.person();
  http::Pairs const planted{{"Cookie", "abode_session=" + person.token()}, {"Origin", "https://evil.example"}};
  EXPECT_TRUE(is_problem(nobody.send(http::Method::delete_, "/api/v1/sessions", planted), 403, "forbidden"));
  EXPECT_EQ(person.get("/api/v1/me").status, 200u);
}

TEST(Access, ACookieGoesForItsOwnKindOfSessionOnly) {
  RunningRegister const running;
  auto nobody = running.anyone();
  std::string const holder = running.person().token();
  std::string const official = running.official().token();
  auto const me = [&](std::string const& cookie) {
    return nobody.send(http::Method::get, "/api/v1/me", {{"Cookie", cookie}}).status;
  };
  EXPECT_EQ(me("abode_session=" + holder), 200u);
  EXPECT_EQ(me("abode_staff=" + holder), 401u);
  EXPECT_EQ(me("abode_session=" + official), 401u);
  EXPECT_EQ(me("abode_session=" + holder + "; abode_session=other"), 401u);
}

TEST(Access, AnAddressSaysWhichMethodsItHas) {
  RunningRegister const running;
  auto person = running.person();
  struct Case {
    http::Method method;
    char const* target;
    char const* allow;
  };
  Case const cases[] = {
      {http::Method::put, "/api/v1/me", "GET, HEAD"},
      {http::Method::delete_, "/api/v1/registrations", "GET, HEAD, POST"},
      {http::Method::patch, "/api/v1/sessions", "POST, DELETE, GET, HEAD"},
      {http::Method::get, "/api/v1/registrations/0123456789ABCDEF/move", "POST"},
      {http::Method::get, "/api/v1/staff/openings", "POST"},
      {http::Method::post, "/checkpoint", "GET, HEAD"},
      {http::Method::post, "/api/v1/history/export", "GET, HEAD"},
      {http::Method::other, "/readyz", "GET, HEAD"},
  };
  for (Case const& c : cases) {
    Answer const answer = person.send(c.method, c.target);
    EXPECT_TRUE(is_problem(answer, 405, "wrong-method")) << c.target;
    EXPECT_EQ(answer.header("Allow"), c.allow);
  }
}

TEST(Access, UnknownAddressesAreNotFound) {
  RunningRegister const running;
  auto person = running.person();
  for (char const* path : {"/api", "/api/v1", "/api/v1/", "/api/v2/me", "/api/v1/Me", "/api/v1/me/", "/api/v1/people",
                           "/api/v1/search", "/api/v1/me%2f", "/api/v1/staff/records", "/api/v1/registrations/",
                           "/api/v1/opening-codes/1", "/api/../abode.db", "/checkpoint/1"})
    EXPECT_TRUE(is_problem(person.get(path), 404, "not-found")) << path;
  for (char const* path :
       {"//api/v1/me", "/.git/config", "/abode.db", "/keys/log.key", "/nowhere", "/favicon.ico", "/robots.txt"})
    EXPECT_EQ(person.get(path).status, 404u) << path;
}

TEST(Access, HeadIsAnsweredLikeGetWithoutABody) {
  RunningRegister const running;
  auto person = running.person();
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (person.get("/readyz").status != 200)  // the first checkpoint comes a moment after the start
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  for (char const* path : {"/api/v1/me", "/checkpoint", "/healthz", "/openapi.json"}) {
    Answer const get = person.get(path);
    Answer const head = person.send(http::Method::head, path);
    EXPECT_EQ(head.status, get.status);
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.header("Content-Type"), get.header("Content-Type"));
    EXPECT_EQ(head.header("Content-Length"), get.header("Content-Length"));
  }
}

void expect_house_headers(Answer const& answer, std::string const& where) {
  SCOPED_TRACE(where);
  EXPECT_EQ(answer.header("Abode-Mode"), "test");
  EXPECT_EQ(answer.header("Permissions-Policy"), html::permissions_policy);
  EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
  EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_NE(answer.header("Referrer-Policy"), "");
  EXPECT_NE(answer.header("Cache-Control"), "");
}

TEST(Access, EveryAnswerSaysItsModeAndForbidsThePageEverySensor) {
  RunningRegister const running;
  auto nobody = running.anyone();
  auto person = running.person();
  auto official = running.official();
  for (api::Route const& route : api::api_surface().routes) {
    expect_house_headers(call(nobody, route), "without a session " + std::string{route.path});
    if (route.method == http::Method::delete_) continue;
    ApiClient& client = is_for_officials(route) ? official : person;
    expect_house_headers(call(client, route), "with a session " + std::string{route.path});
  }
  expect_house_headers(person.get("/nowhere"), "404");
  expect_house_headers(person.send(http::Method::put, "/api/v1/me"), "405");
  expect_house_headers(person.post_text("/api/v1/registrations", "{"), "400");
  expect_house_headers(person.post_text("/api/v1/registrations", std::string(70'000, ' ')), "413");
  expect_house_headers(person.get("/%zz"), "a request that the transport refuses");
}

TEST(Access, PersonalAnswersAreNotKeptByCaches) {
  RunningRegister const running;
  auto person = running.person();
  for (char const* path :
       {"/api/v1/me", "/api/v1/history", "/api/v1/inbox", "/api/v1/opening-codes", "/api/v1/history/export"})
    EXPECT_EQ(person.get(path).header("Cache-Control"), "no-store") << path;
}

}  // namespace
}  // namespace abode::functional
