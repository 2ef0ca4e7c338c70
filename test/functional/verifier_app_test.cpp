// The app of `abode verifier`: what is served to browsers, and the desk as its page meets it.
#include <gmock/gmock.h>

#include <thread>

#include "functional/running_verifier.hpp"
#include "html/browser_policy.hpp"

namespace abode::functional {
namespace {

using namespace std::chrono_literals;
using namespace test;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

class Desk : public Verifying {
 protected:
  Desk() {
    running.stop();
    fs::path const built = running.home() / "built";
    fs::create_directories(built / "assets");
    for (char const* name : {"index.html", "scan.html", "desk.html", "worker.js", "scan_worker.js", "desk_worker.js",
                             "icon.svg", "assets/scan-1f.js"})
      write_text(built / name, std::string{"built "} + name);
    write_text(built / "assets" / "scan-1f.js.br", "squeezed");
    running.start({"--web", built.string()});
    stranger = running.anyone();
    program = running.program();
  }
  Answer open(std::string const& path) { return stranger.get(path); }
  Answer send_json(http::Method method, std::string const& path, json::object const& body, http::Pairs headers) {
    headers.emplace_back("Content-Type", "application/json");
    return stranger.send(method, path, std::move(headers), json::serialize(body));
  }
  http::Pairs own() const { return {{"Cookie", cookie_}, {"Origin", running.public_url}}; }
  Answer get(std::string const& path) { return stranger.send(http::Method::get, path, own()); }
  void sign_in() {
    Answer const answer =
        send_json(http::Method::post, "/desk/session", {{"key", running.access_key}}, {{"Origin", running.public_url}});
    ASSERT_EQ(answer.status, 204U) << answer.body;
    std::string const cookie = answer.header("Set-Cookie");
    EXPECT_THAT(cookie, HasSubstr("__Host-abode-verifier="));
    for (char const* part : {"HttpOnly", "SameSite=Lax", "Secure", "Path=/"}) EXPECT_THAT(cookie, HasSubstr(part));
    cookie_ = cookie.substr(0, cookie.find(';'));
  }
  std::string ask_at_desk(char const* query = "region") {
    Answer const asked = send_json(http::Method::post, "/desk/requests", {{"query", query}}, own());
    EXPECT_EQ(asked.status, 201U) << asked.body;
    return asked.text("/id");
  }

  std::string cookie_ = "none=1";
};

TEST_F(Desk, ServesThePagesOfAVerifierAndNoAppForResidents) {
  Answer const scan = open("/app/scan.html");
  EXPECT_EQ(scan.body, "built scan.html");
  EXPECT_EQ(scan.header("Permissions-Policy"), html::scan_permissions_policy);
  EXPECT_THAT(scan.header("Content-Security-Policy"), HasSubstr("script-src 'self' 'wasm-unsafe-eval'"));
  EXPECT_EQ(scan.header("X-Content-Type-Options"), "nosniff");
  Answer const desk = open("/app/desk.html");
  EXPECT_EQ(desk.body, "built desk.html");
  EXPECT_EQ(desk.header("Permissions-Policy"), html::permissions_policy);
  EXPECT_THAT(desk.header("Content-Security-Policy"), HasSubstr("script-src 'self'; connect-src 'self'"));
  for (char const* path : {"/app/", "/app/index.html", "/app/worker.js", "/app/register", "/app/staff", "/app",
                           "/app/assets/gone.js", "/app/../keys/access.key", "/app/%2e%2e/verifier.toml"})
    EXPECT_EQ(open(path).status, 404U) << path;
  EXPECT_EQ(stranger.send(http::Method::post, "/app/scan.html").status, 405U);
}

TEST_F(Desk, CompressesAndLetsBrowsersKeepWhatNeverChanges) {
  Answer const script =
      stranger.send(http::Method::get, "/app/assets/scan-1f.js", {{"Accept-Encoding", "gzip, deflate, br"}});
  EXPECT_EQ(script.header("Content-Encoding"), "br");
  EXPECT_EQ(script.body, "squeezed");
  EXPECT_EQ(script.header("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(Desk, HandsOutWhatItTrustsToEverybody) {
  Answer const trust = open("/trust.json");
  EXPECT_EQ(trust.body, read_text(running.directory() + "/trust.json"));
  EXPECT_EQ(trust.header("Abode-Site"), "verifier");
  EXPECT_EQ(open("/status.json").body, R"({"lists":[]})");
  credential::StatusList list{2, 100};
  std::string const token = running.world.status_token(list, running.now - 1h);
  write_text(fs::path{running.directory()} / "status" / "7.jwt", token + "\n");
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (open("/status.json").body == R"({"lists":[]})" && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(50ms);
  Answer const lists = open("/status.json");
  ASSERT_EQ(lists.at("/lists").as_array().size(), 1U);
  Answer const served = open(lists.text("/lists/0"));
  EXPECT_EQ(served.body, token);
  EXPECT_EQ(served.header("Content-Type"), "application/statuslist+jwt");
  EXPECT_EQ(open("/status/7.jwt").status, 404U) << "not by the name of the file";
  EXPECT_EQ(open("/status/..%2ftrust.json").status, 404U);
}

TEST_F(Desk, KeepsWhatWasInUseIfATrustFileIsBroken) {
  std::string const before = open("/trust.json").body;
  write_text(fs::path{running.directory()} / "trust.json", "{\"issuers\": 7}");
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (running.errors().empty() && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(50ms);
  EXPECT_THAT(running.errors(), HasSubstr("stays in use"));
  EXPECT_EQ(open("/trust.json").body, before);
}

TEST_F(Desk, AsksAndShowsWhatCameOfIt) {
  EXPECT_EQ(get("/desk/session").body, R"({"name":"Hope Street School","signed_in":false})");
  sign_in();
  EXPECT_TRUE(get("/desk/session").at("/signed_in").as_bool());
  std::string const id = ask_at_desk();
  Answer const waiting = get("/desk/requests/" + id);
  EXPECT_THAT(waiting.text("/link"), HasSubstr("openid4vp://?client_id=x509_hash%3A"));
  EXPECT_GT(waiting.at("/seconds_left").as_int64(), 290);
  EXPECT_LE(waiting.at("/seconds_left").as_int64(), 300);
  EXPECT_THAT(waiting.body, Not(HasSubstr("result")));
  show({id, {}, {}, fetch(id)}, {"region", "country", "family_name"});
  Answer const shown = get("/desk/requests/" + id);
  EXPECT_EQ(shown.text("/result/outcome"), "shown") << shown.body;
  EXPECT_EQ(shown.text("/result/claims/address/region"), "Berlin");
  EXPECT_THAT(shown.body, Not(HasSubstr("ERIKSSON")));
  EXPECT_EQ(send_json(http::Method::delete_, "/desk/requests/" + id, {}, own()).status, 204U);
  EXPECT_EQ(get("/desk/requests/" + id).status, 404U) << "forgotten";
}

TEST_F(Desk, TellsWhyAWalletShowsNothing) {
  sign_in();
  std::string const id = ask_at_desk();
  std::string const state{fetch(id).at("state").as_string()};
  post_form(stranger, "/wallet/answers/" + id, "error=access_denied&state=" + state);
  Answer const declined = get("/desk/requests/" + id);
  EXPECT_EQ(declined.text("/result/outcome"), "declined");
  EXPECT_EQ(declined.text("/result/decline"), "access-denied");
}

TEST_F(Desk, LetsInNobodyElse) {
  sign_in();
  std::string const id = ask_at_desk();
  show({id, {}, {}, fetch(id)}, region_alone);
  auto const refused = [&](http::Method method, std::string const& path, json::object const& body, http::Pairs headers,
                           unsigned status) {
    Answer const answer = send_json(method, path, body, std::move(headers));
    EXPECT_EQ(answer.status, status) << path << " " << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json") << path;
    EXPECT_EQ(answer.header("Set-Cookie"), "") << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("Berlin")));
  };
  json::object const key{{"key", running.access_key}};
  json::object const query{{"query", "region"}};
  http::Pairs const here{{"Origin", running.public_url}};
  for (char const* origin : {"https://evil.example", "null", "http://check.school.example"}) {
    http::Pairs const elsewhere{{"Origin", origin}, {"Cookie", cookie_}};
    refused(http::Method::post, "/desk/session", key, elsewhere, 403);
    refused(http::Method::delete_, "/desk/session", {}, elsewhere, 403);
    refused(http::Method::post, "/desk/requests", query, elsewhere, 403);
    refused(http::Method::delete_, "/desk/requests/" + id, {}, elsewhere, 403);
  }
  refused(http::Method::post, "/desk/session", key, {{"Cookie", cookie_}}, 403);
  refused(http::Method::post, "/desk/session", {{"key", running.access_key.substr(1)}}, here, 403);
  refused(http::Method::post, "/desk/session", {{"key", running.access_key}, {"more", "x"}}, here, 400);
  refused(http::Method::post, "/desk/requests", query, here, 401);
  refused(http::Method::get, "/desk/requests/" + id, {}, here, 401);
  refused(http::Method::post, "/desk/requests", query,
          {{"Authorization", "Bearer " + running.access_key}, {"Origin", running.public_url}}, 401);
  refused(http::Method::post, "/desk/requests", {{"query", "everything"}}, own(), 400);
  refused(http::Method::post, "/desk/requests", {{"query", "region"}, {"return_to", "https://a.example"}}, own(), 400);
  std::string const mine = cookie_;
  sign_in();  // somebody else who works here
  refused(http::Method::get, "/desk/requests/" + id, {}, own(), 404);
  cookie_ = mine;
  EXPECT_EQ(send_json(http::Method::delete_, "/desk/session", {}, own()).status, 204U);
  refused(http::Method::get, "/desk/requests/" + id, {}, own(), 401);
}

TEST_F(Desk, IsLinkedFromThePlainPages) {
  EXPECT_THAT(open("/").body, HasSubstr("href=\"/app/desk.html\""));
  EXPECT_THAT(open("/").body, HasSubstr("href=\"/app/scan.html\""));
  EXPECT_THAT(open("/").body, Not(HasSubstr("<script")));
}

TEST_F(Verifying, HasNoAppUnlessToldTo) {
  for (char const* path :
       {"/app/scan.html", "/app/desk.html", "/trust.json", "/status.json", "/status/x", "/desk/session"})
    EXPECT_EQ(stranger.get(path).status, 404U) << path;
  EXPECT_THAT(stranger.get("/").body, Not(HasSubstr("/app/")));
}

TEST_F(Verifying, RefusesAFolderThatHoldsNoApp) {
  running.stop();
  Outcome const refused =
      run_abode({"verifier", running.directory(), "--listen", "localhost:0", "--web", running.directory()});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.errors, HasSubstr("web app"));
}

}  // namespace
}  // namespace abode::functional
