// The pages of `abode verifier`, as somebody at a counter meets them.
#include <gmock/gmock.h>

#include "functional/running_verifier.hpp"
#include "html/browser_policy.hpp"

namespace abode::functional {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

class Counter : public Verifying {
 protected:
  void sign_in() {
    Answer const answer = submit("/sign-in", "key=" + running.access_key);
    ASSERT_EQ(answer.status, 303U) << answer.body;
    std::string const cookie = answer.header("Set-Cookie");
    EXPECT_THAT(cookie, HasSubstr("__Host-abode-verifier="));
    for (char const* part : {"HttpOnly", "SameSite=Lax", "Secure", "Path=/"}) EXPECT_THAT(cookie, HasSubstr(part));
    cookie_ = cookie.substr(0, cookie.find(';'));
  }
  Answer open(std::string const& path) { return stranger.send(http::Method::get, path, {{"Cookie", cookie_}}); }
  Answer submit(std::string const& path, std::string const& body) {
    return post_form(stranger, path, body, {{"Cookie", cookie_}, {"Origin", running.public_url}});
  }
  /// A question by the page; its id.
  std::string ask_by_page(std::string const& body) {
    Answer const answer = submit("/requests", body);
    EXPECT_EQ(answer.status, 303U) << answer.body;
    return answer.header("Location").substr(std::string{"/requests/"}.size());
  }
  std::string show_by_page(std::string const& id, json::object const& changes = {}) {
    Question const question{id, {}, {}, fetch(id)};
    Answer const sent = show(question, region_alone, changes);
    EXPECT_EQ(sent.status, 200U) << sent.body;
    return sent.body;
  }

  std::string cookie_ = "none=1";
};

TEST_F(Counter, ShowsTheCodeAndThenWhatCameOfIt) {
  EXPECT_THAT(open("/").body, HasSubstr("Access key"));
  sign_in();
  EXPECT_THAT(open("/").body, HasSubstr("What do you need to know?"));
  std::string const id = ask_by_page("query=region");
  Answer const waiting = open("/requests/" + id);
  EXPECT_THAT(waiting.body, HasSubstr("The request as a QR code"));
  EXPECT_THAT(waiting.body, HasSubstr("http-equiv=\"refresh\""));
  EXPECT_THAT(waiting.body, HasSubstr("Country, Region"));
  show_by_page(id);
  Answer const shown = open("/requests/" + id);
  EXPECT_THAT(shown.body, HasSubstr("verdict good"));
  EXPECT_THAT(shown.body, HasSubstr("Berlin"));
  EXPECT_THAT(shown.body, HasSubstr("https://register.example"));
  EXPECT_THAT(shown.body, Not(HasSubstr("http-equiv=\"refresh\"")));
  EXPECT_EQ(submit("/requests/" + id + "/forget", "").status, 303U);
  EXPECT_EQ(open("/requests/" + id).status, 404U);
}

TEST_F(Counter, SaysWhatNotToRelyOnAndShowsNoneOfIt) {
  sign_in();
  std::string const id = ask_by_page("query=region");
  show_by_page(id, {{"aud", "https://bank.example"}});
  Answer const shown = open("/requests/" + id);
  EXPECT_THAT(shown.body, HasSubstr("verdict again"));
  EXPECT_THAT(shown.body, HasSubstr("Not shown by its holder"));
  EXPECT_THAT(shown.body, Not(HasSubstr("Berlin")));
}

TEST_F(Counter, BringsAHolderBackWhoseWalletIsOnTheSameDevice) {
  sign_in();
  std::string const id = ask_by_page("query=region&where=here");
  EXPECT_THAT(open("/requests/" + id).body, HasSubstr("href=\"openid4vp://"));
  std::string const body = show_by_page(id);
  std::string const start = running.public_url;
  std::string const target = codec::parse_json(body)->at("redirect_uri").as_string().c_str();
  ASSERT_THAT(target, HasSubstr(start + "/return?response_code="));
  EXPECT_THAT(open("/requests/" + id).body, Not(HasSubstr("Berlin"))) << "not before the device has come back";
  EXPECT_EQ(open("/return?response_code=x").status, 404U);
  Answer const back = open(target.substr(start.size()));
  EXPECT_EQ(back.status, 303U) << back.body;
  EXPECT_EQ(back.header("Location"), "/requests/" + id) << "the code does not stay in the address";
  EXPECT_THAT(open("/requests/" + id).body, HasSubstr("Berlin"));
}

TEST_F(Counter, ShowsNothingForALinkThatWasStolen) {
  sign_in();
  std::string const id = ask_by_page("query=region");
  show_by_page(id);
  std::string const own = cookie_;
  cookie_ = "none=1";
  EXPECT_EQ(open("/requests/" + id).status, 401U);
  sign_in();  // somebody else who works here
  EXPECT_EQ(open("/requests/" + id).status, 404U);
  cookie_ = own;
  EXPECT_EQ(open("/requests/" + id).status, 200U);
  EXPECT_EQ(submit("/sign-out", "").status, 303U);
  EXPECT_EQ(open("/requests/" + id).status, 401U);
}

TEST_F(Counter, TakesNothingFromOtherSites) {
  sign_in();
  for (char const* origin : {"https://evil.example", "null", "http://check.school.example"})
    for (char const* path : {"/sign-in", "/requests", "/sign-out", "/requests/x/forget"})
      EXPECT_EQ(post_form(stranger, path, "query=region", {{"Cookie", cookie_}, {"Origin", origin}}).status, 403U);
  EXPECT_EQ(post_form(stranger, "/requests", "query=region", {{"Cookie", cookie_}}).status, 403U);
  cookie_ = "none=1";
  EXPECT_EQ(submit("/requests", "query=region").status, 401U);
  EXPECT_EQ(submit("/sign-in", "key=" + running.access_key.substr(1)).status, 403U);
  EXPECT_EQ(submit("/sign-in", "").status, 403U);
}

TEST_F(Counter, HasNoScriptAndLetsNobodyFrameOrKeepIt) {
  sign_in();
  std::string const id = ask_by_page("query=address");
  for (std::string const& path : {std::string{"/"}, "/requests/" + id, std::string{"/nowhere"}}) {
    Answer const answer = open(path);
    EXPECT_THAT(answer.body, Not(HasSubstr("<script")));
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Content-Security-Policy"), html::plain_page_policy);
    EXPECT_EQ(answer.header("Permissions-Policy"), html::permissions_policy);
  }
  EXPECT_EQ(open("/style.css").status, 200U);
  EXPECT_EQ(open("/icon.svg").header("Content-Type"), "image/svg+xml");
}

}  // namespace
}  // namespace abode::functional
