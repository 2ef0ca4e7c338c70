// The web app's files as answers: encodings, caching, pages and what they may do (G1).
#include "webapp/webapp.hpp"

#include <gtest/gtest.h>

#include <map>

#include "html/browser_policy.hpp"
#include "support/world.hpp"

namespace abode::webapp {
namespace {

using Headers = http::Pairs;

class Files : public ports::WebFiles {
 public:
  ports::WebFile const* find(std::string_view name) const override {
    auto const found = files.find(name);
    return found == files.end() ? nullptr : &found->second;
  }
  std::map<std::string, ports::WebFile, std::less<>> files{
      {"index.html", {"text/html; charset=utf-8", "<title>", "zipped", "squeezed", "W/\"1\""}},
      {"icon.svg", {"image/svg+xml", "<svg>", "zipped svg", "", "W/\"2\""}},
      {"assets/a-1f.js", {"text/javascript; charset=utf-8", "a()", "zipped a", "squeezed a", "W/\"3\""}}};
};

class WebApp : public ::testing::Test {
 protected:
  api::Reply reply(std::string const& path, Headers headers = {}, http::Method method = http::Method::get) {
    api::Register const registry{world.context,    world.log,          false,      {},
                                 world.proof_keys, world.status_files, world.desk, served ? &files : nullptr};
    http::Request const request{method, path, "", std::move(headers), ""};
    std::vector const surfaces{web_surface()};
    api::Match const match = api::find_route(surfaces, request);
    if (match.route == nullptr) return base::fail(base::errc::wrong_method, match.allowed);
    EXPECT_EQ(match.route->authority, api::Authority::anyone);
    return match.route->handler(registry, {request, match.params});
  }
  http::Response get(std::string const& path, Headers headers = {}) {
    auto const answered = reply(path, std::move(headers));
    if (auto const* const response = std::get_if<http::Response>(&answered)) return *response;
    ADD_FAILURE() << path << " has no answer";
    return {};
  }
  base::Error refusal(std::string const& path) {
    auto const answered = reply(path);
    if (auto const* const error = std::get_if<base::Error>(&answered)) return *error;
    ADD_FAILURE() << path << " is answered";
    return {};
  }

  test::World world;
  Files files;
  bool served = true;
};

TEST_F(WebApp, AnswersEveryPageWithTheOneDocument) {
  for (char const* path : {"/app/", "/app/index.html", "/app/register", "/app/registrations/7/move"}) {
    SCOPED_TRACE(path);
    auto const response = get(path);
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.body, "<title>");
    EXPECT_EQ(http::header(response, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(http::header(response, "Cache-Control"), "no-cache");
    EXPECT_EQ(http::header(response, "Content-Security-Policy"),
              "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' blob:; "
              "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    EXPECT_EQ(http::header(response, "Permissions-Policy"), html::permissions_policy);
  }
  auto const without_slash = get("/app");
  EXPECT_EQ(without_slash.status, 308U);
  EXPECT_EQ(http::header(without_slash, "Location"), "/app/");
}

TEST_F(WebApp, KeepsForEverWhatIsNamedByItsContent) {
  auto const script = get("/app/assets/a-1f.js");
  EXPECT_EQ(script.body, "a()");
  EXPECT_EQ(http::header(script, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(http::header(get("/app/icon.svg"), "Cache-Control"), "no-cache");
}

TEST_F(WebApp, SendsTheSmallestFormThatTheBrowserTakes) {
  struct Case {
    char const* path;
    char const* accepts;
    char const* coding;
    char const* body;
  };
  for (Case const& c : std::vector<Case>{{"/app/", "", "", "<title>"},
                                         {"/app/", "gzip, deflate, br, zstd", "br", "squeezed"},
                                         {"/app/", "gzip, deflate", "gzip", "zipped"},
                                         {"/app/", "BR", "br", "squeezed"},
                                         {"/app/", "gzip;q=1.0, br;q=0", "gzip", "zipped"},
                                         {"/app/", "gzip;q=0.000 , br ; q=0.0", "", "<title>"},
                                         {"/app/", "br;q=0.001", "br", "squeezed"},
                                         {"/app/", "brotli, gzipped", "", "<title>"},
                                         {"/app/", "identity", "", "<title>"},
                                         {"/app/icon.svg", "gzip, br", "gzip", "zipped svg"}}) {
    SCOPED_TRACE(c.accepts);
    auto const response = get(c.path, {{"Accept-Encoding", c.accepts}});
    EXPECT_EQ(http::header(response, "Content-Encoding"), c.coding);
    EXPECT_EQ(response.body, c.body);
    EXPECT_EQ(http::header(response, "Vary"), "Accept-Encoding");
  }
}

TEST_F(WebApp, SendsNothingAgainToWhoHasIt) {
  auto const known = get("/app/", {{"If-None-Match", "W/\"1\""}});
  EXPECT_EQ(known.status, 304U);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(http::header(known, "ETag"), "W/\"1\"");
  EXPECT_NE(http::header(known, "Content-Security-Policy"), "");
  EXPECT_EQ(get("/app/", {{"If-None-Match", "W/\"2\""}}).status, 200U);
}

TEST_F(WebApp, RefusesWhatIsNotThere) {
  EXPECT_EQ(refusal("/app/assets/a-20.js").code, base::errc::not_found);
  EXPECT_EQ(refusal("/app/assets/").code, base::errc::not_found);
  auto const posted = reply("/app/", {}, http::Method::post);
  EXPECT_EQ(std::get<base::Error>(posted).detail, "GET, HEAD");
  served = false;
  EXPECT_EQ(refusal("/app/").code, base::errc::not_found);
}

}  // namespace
}  // namespace abode::webapp
