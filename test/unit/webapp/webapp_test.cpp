// The web app's files as answers: encodings, caching, pages and what they may do (G1).
#include "webapp/webapp.hpp"

#include <gtest/gtest.h>

#include <map>

#include "html/browser_policy.hpp"

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
      {"scan.html", {"text/html; charset=utf-8", "<scan>", "", "", "W/\"4\""}},
      {"worker.js", {"text/javascript; charset=utf-8", "keep()", "", "", "W/\"5\""}},
      {"scan_worker.js", {"text/javascript; charset=utf-8", "keep()", "", "", "W/\"6\""}},
      {"desk.html", {"text/html; charset=utf-8", "<desk>", "", "", "W/\"7\""}},
      {"desk_worker.js", {"text/javascript; charset=utf-8", "keep()", "", "", "W/\"8\""}},
      {"manifest.webmanifest", {"application/manifest+json", "{}", "", "", "W/\"9\""}},
      {"icon.svg", {"image/svg+xml", "<svg>", "zipped svg", "", "W/\"2\""}},
      {"assets/a-1f.js", {"text/javascript; charset=utf-8", "a()", "zipped a", "squeezed a", "W/\"3\""}}};
};

http::Response get_from(ServedBy served_by, std::string const& name, Headers headers = {}) {
  Files const files;
  return answer({files, served_by}, {http::Method::get, std::string{base_path} + name, "", std::move(headers), ""},
                name);
}
http::Response get(std::string const& name, Headers headers = {}) {
  return get_from(ServedBy::registry, name, std::move(headers));
}

TEST(WebApp, AnswersEveryPageWithTheOneDocument) {
  for (char const* path : {"", "index.html", "register", "registrations/7/move"}) {
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
}

TEST(WebApp, LetsThePageThatReadsCodesUseTheCameraAndNothingElse) {
  auto const response = get("scan.html");
  EXPECT_EQ(response.body, "<scan>");
  EXPECT_EQ(http::header(response, "Cache-Control"), "no-cache");
  EXPECT_EQ(http::header(response, "Content-Security-Policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; "
            "img-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; "
            "frame-ancestors 'none'");
  std::string allowed{html::permissions_policy};
  allowed.replace(allowed.find("camera=()"), 9, "camera=(self)");
  EXPECT_EQ(http::header(response, "Permissions-Policy"), allowed);
}

TEST(WebApp, LetsWorkersFetchFromHereAlone) {
  for (char const* name : {"worker.js", "scan_worker.js"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(http::header(get(name), "Content-Security-Policy"), "default-src 'none'; connect-src 'self'");
    EXPECT_EQ(http::header(get(name), "Permissions-Policy"), html::permissions_policy);
  }
}

TEST(WebApp, KeepsForEverWhatIsNamedByItsContent) {
  auto const script = get("assets/a-1f.js");
  EXPECT_EQ(script.body, "a()");
  EXPECT_EQ(http::header(script, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(http::header(get("icon.svg"), "Cache-Control"), "no-cache");
}

TEST(WebApp, SendsTheSmallestFormThatTheBrowserTakes) {
  struct Case {
    char const* name;
    char const* accepts;
    char const* coding;
    char const* body;
  };
  for (Case const& c : std::vector<Case>{{"", "", "", "<title>"},
                                         {"", "gzip, deflate, br, zstd", "br", "squeezed"},
                                         {"", "gzip, deflate", "gzip", "zipped"},
                                         {"", "gzip, br;q=0", "gzip", "zipped"},
                                         {"icon.svg", "gzip, br", "gzip", "zipped svg"}}) {
    SCOPED_TRACE(c.accepts);
    auto const response = get(c.name, {{"Accept-Encoding", c.accepts}});
    EXPECT_EQ(http::header(response, "Content-Encoding"), c.coding);
    EXPECT_EQ(response.body, c.body);
    EXPECT_EQ(http::header(response, "Vary"), "Accept-Encoding");
  }
}

TEST(WebApp, SendsNothingAgainToWhoHasIt) {
  auto const known = get("", {{"If-None-Match", "W/\"1\""}});
  EXPECT_EQ(known.status, 304U);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(http::header(known, "ETag"), "W/\"1\"");
  EXPECT_NE(http::header(known, "Content-Security-Policy"), "");
  EXPECT_EQ(get("", {{"If-None-Match", "W/\"2\""}}).status, 200U);
}

TEST(WebApp, RefusesFilesOfAnotherVersion) {
  for (char const* name : {"assets/a-20.js", "assets/"}) {
    auto const response = get(name);
    EXPECT_EQ(response.status, 404U);
    EXPECT_EQ(http::header(response, "Cache-Control"), "") << "what is not there may come";
  }
}

TEST(WebApp, HasNoDeskAtARegister) {
  EXPECT_EQ(get("desk.html").body, "<title>") << "a page of the app, which has none of this name";
  EXPECT_EQ(get("desk_worker.js").body, "<title>");
}

TEST(WebApp, HasNoAppForResidentsAtAVerifier) {
  for (char const* name : {"", "index.html", "worker.js", "manifest.webmanifest", "register", "registrations/7/move",
                           "staff", "assets/a-20.js", "scan.html/", "assets"})
    EXPECT_EQ(get_from(ServedBy::verifier, name).status, 404U) << name;
}

TEST(WebApp, HasTheSamePageThatChecksProofsAtAVerifier) {
  for (char const* name : {"scan.html", "scan_worker.js", "icon.svg", "assets/a-1f.js"}) {
    auto const here = get_from(ServedBy::verifier, name);
    EXPECT_EQ(here.status, 200U);
    EXPECT_EQ(here.body, get(name).body);
    EXPECT_EQ(here.headers, get(name).headers) << name;
  }
}

TEST(WebApp, LetsTheDeskUseNoCamera) {
  auto const desk = get_from(ServedBy::verifier, "desk.html");
  EXPECT_EQ(desk.body, "<desk>");
  EXPECT_EQ(http::header(desk, "Cache-Control"), "no-cache");
  EXPECT_EQ(http::header(desk, "Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
            "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
  EXPECT_EQ(http::header(desk, "Permissions-Policy"), html::permissions_policy);
  EXPECT_EQ(http::header(get_from(ServedBy::verifier, "desk_worker.js"), "Content-Security-Policy"),
            "default-src 'none'; connect-src 'self'");
}

}  // namespace
}  // namespace abode::webapp
