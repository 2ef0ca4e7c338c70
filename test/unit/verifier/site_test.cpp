// A verifier without sockets, by a clock that the test holds: what is over, what is full, who is let in.
#include "verifier/site.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "digest/digest.hpp"
#include "support/fakes.hpp"
#include "support/wallet.hpp"

namespace abode::verifier {
namespace {

using namespace std::chrono_literals;
using base::errc;
using ::testing::HasSubstr;
using ::testing::Not;

class Sites : public ::testing::Test, protected test::ProofWorld, protected Checker {
 protected:
  credential::Verification check(std::string_view presentation, credential::Challenge const& asked,
                                 base::Time at) override {
    return credential::Verifier{trust, {}}.verify(presentation, asked, at);
  }
  http::Response get(std::string const& path, http::Pairs headers = {}) {
    return answer(site, {http::Method::get, path, {}, std::move(headers), {}});
  }
  http::Response post(std::string const& path, std::string body, http::Pairs headers = {}) {
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return answer(site, {http::Method::post, path, {}, std::move(headers), std::move(body)});
  }
  http::Response show(std::string const& id) {
    auto const request = test::read_request(desk.request(id, {}).value());
    return post("/wallet/answers/" + id,
                "response=" + test::encrypt_answer(
                                  test::answer_with(test::present(*this, request, {"region", "country"}), request),
                                  test::key_of(request)));
  }
  Asked ask(std::optional<std::string> return_to = {}) {
    return desk.ask(*openid4vp::find_query("region"), owner, std::move(return_to)).value();
  }

  test::ManualClock clock{now};
  test::SeededRandom random{3};
  base::Hash const owner = digest::sha256(base::as_bytes("secret"));
  Desk desk{{openid4vp::client_id_of(leaf), "A school", {leaf}, leaf_key.signer()},
            "https://check.example",
            *this,
            clock,
            random};
  Staff staff{digest::sha256(base::as_bytes("key")), clock, random};
  Site site{desk, staff, clock, random, true};
};

TEST_F(Sites, ForgetQuestionsAndFindingsAfterMinutes) {
  Asked const asked = ask();
  clock.pass(5min - 1s);
  EXPECT_EQ(get("/wallet/requests/" + asked.id).status, 200U);
  clock.pass(1s);
  EXPECT_EQ(get("/wallet/requests/" + asked.id).status, 404U);
  Asked const second = ask();
  now = clock.now();
  EXPECT_EQ(show(second.id).status, 200U);
  clock.pass(5min - 1s);
  EXPECT_TRUE(desk.look(second.id, owner)->finding.has_value());
  clock.pass(1s);
  EXPECT_EQ(desk.look(second.id, owner).error().code, errc::not_found);
}

TEST_F(Sites, AreReachedByTheLinkOfAQuestion) {
  auto const asked = ask();
  EXPECT_EQ(asked.link, "openid4vp://?client_id=" + http::percent_encode(desk.client_id()) +
                            "&request_uri=" + http::percent_encode(desk.public_url() + "/wallet/requests/" + asked.id) +
                            "&request_uri_method=post");
  EXPECT_TRUE(asked.link.starts_with("openid4vp://?client_id=x509_hash%3A"));
  EXPECT_EQ(asked.link.find(':', asked.link.find('?')), std::string::npos) << "all in it is encoded";
}

TEST_F(Sites, TakeNoAnswerToWhatIsOver) {
  Asked const asked = ask();
  auto const request = test::read_request(desk.request(asked.id, {}).value());
  std::string const jwe = test::encrypt_answer(
      test::answer_with(test::present(*this, request, {"region", "country"}), request), test::key_of(request));
  clock.pass(5min);
  EXPECT_EQ(post("/wallet/answers/" + asked.id, "response=" + jwe).status, 404U);
}

TEST_F(Sites, HoldSoManyQuestionsAndNoMore) {
  for (std::size_t i = 0; i < Desk::max_exchanges; ++i) ask();
  EXPECT_EQ(desk.ask(*openid4vp::find_query("region"), owner, {}).error().code, errc::busy);
  clock.pass(5min);
  ask();
}

TEST_F(Sites, GiveAFindingForTheCodeOfItsOwnAnswerAlone) {
  Asked const first = ask("https://shop.example/");
  Asked const second = ask("https://shop.example/");
  auto const code_of = [&](http::Response const& sent) {
    auto const target = codec::parse_json(sent.body)->at("redirect_uri").as_string();
    return std::string{target}.substr(std::string{"https://shop.example/?response_code="}.size());
  };
  std::string const one = code_of(show(first.id));
  EXPECT_EQ(desk.redeem(second.id, owner, one).error().code, errc::not_found);
  show(second.id);
  EXPECT_EQ(desk.redeem(second.id, owner, one).error().code, errc::not_found);
  EXPECT_EQ(desk.redeem(digest::sha256(base::as_bytes("other")), one).error().code, errc::not_found);
  EXPECT_FALSE(desk.look(first.id, owner)->finding.has_value());
  EXPECT_EQ(desk.redeem(owner, one).value(), first.id);
  EXPECT_TRUE(desk.look(first.id, owner)->finding.has_value());
  EXPECT_FALSE(desk.look(second.id, owner)->finding.has_value());
}

TEST_F(Sites, EndTheSessionsOfTheirStaff) {
  EXPECT_EQ(staff.sign_in("kez").error().code, errc::forbidden);
  EXPECT_EQ(staff.sign_in("").error().code, errc::forbidden);
  std::string const token = staff.sign_in("key").value();
  EXPECT_TRUE(staff.who(token).has_value());
  EXPECT_FALSE(staff.who("").has_value());
  EXPECT_FALSE(staff.who(token + "x").has_value());
  clock.pass(Staff::session_life);
  EXPECT_FALSE(staff.who(token).has_value());
  std::string const again = staff.sign_in("key").value();
  staff.sign_out(again);
  EXPECT_FALSE(staff.who(again).has_value());
}

TEST_F(Sites, LetInNobodyWhoBringsNothing) {
  std::string const id = ask().id;
  for (std::string const& path : {"/requests/" + id, std::string{"/return"}}) EXPECT_EQ(get(path).status, 401U) << path;
  EXPECT_EQ(get("/api/requests/" + id).status, 404U) << "whether it is there is told to its owner alone";
  http::Pairs const origin{{"Origin", "https://check.example"}};
  for (std::string const& path : {std::string{"/requests"}, std::string{"/sign-out"}, "/requests/" + id + "/forget"})
    EXPECT_EQ(post(path, {}, origin).status, 401U) << path;
  for (std::string const& path : {std::string{"/sign-in"}, std::string{"/requests"}}) {
    EXPECT_EQ(post(path, "key=key").status, 403U) << "from no page of ours";
    EXPECT_EQ(post(path, "key=key", {{"Origin", "https://evil.example"}}).status, 403U);
  }
  EXPECT_EQ(post("/sign-in", "key=key", origin).status, 303U);
  EXPECT_EQ(post("/api/requests", R"({"query":"region"})").status, 401U);
  EXPECT_EQ(get("/nowhere").status, 404U);
  EXPECT_EQ(get("/requests/a/b").status, 404U);
  EXPECT_EQ(get("/wallet/requests/" + std::string(65, 'a')).status, 404U);
  auto const wrong = get("/wallet/answers/" + id);
  EXPECT_EQ(wrong.status, 405U);
  EXPECT_EQ(http::header(wrong, "Allow"), "POST");
}

TEST_F(Sites, EscapeWhatAProofSays) {
  auto made = bound();
  made.address["region"] = "<b onclick=\"x\">&";
  std::string const token = staff.sign_in("key").value();
  auto const asked = desk.ask(*openid4vp::find_query("region"), *staff.who(token), {}).value();
  auto const request = test::read_request(desk.request(asked.id, {}).value());
  challenge = {desk.client_id(), std::string{request.at("nonce").as_string()}};
  std::string const shown = signed_by_holder(show_only(issue(made), {"region", "country"}));
  post("/wallet/answers/" + asked.id,
       "response=" + test::encrypt_answer(test::answer_with(shown, request), test::key_of(request)));
  auto const page = get("/requests/" + asked.id, {{"Cookie", "__Host-abode-verifier=" + token}});
  EXPECT_THAT(page.body, HasSubstr("&lt;b onclick=&quot;x&quot;&gt;&amp;"));
  EXPECT_THAT(page.body, Not(HasSubstr("<b onclick")));
}

class Built : public ports::WebFiles {
 public:
  ports::WebFile const* find(std::string_view name) const override { return name == "scan.html" ? &scan_ : nullptr; }

 private:
  ports::WebFile scan_{"text/html; charset=utf-8", "<scan>", "", "", "W/\"1\""};
};

class Pinned : public SourceKeeper {
 public:
  std::shared_ptr<Sources const> sources() override {
    return std::make_shared<Sources const>(Sources{"{}", {{"aa", "token"}}});
  }
};

/// A browser heeds all of them: a second policy would take the camera away again.
TEST_F(Sites, SetEachHeaderOnce) {
  Built const built;
  Pinned pinned;
  BrowserApp const app{{built, webapp::ServedBy::verifier}, pinned};
  site.app = &app;
  for (char const* path : {"/", "/app/scan.html", "/app/gone", "/trust.json", "/status.json", "/status/aa",
                           "/status/ab", "/desk/session", "/desk/requests/x", "/api/queries"}) {
    auto const response = get(path);
    for (std::string_view const name : {"Cache-Control", "Content-Security-Policy", "Permissions-Policy",
                                        "X-Content-Type-Options", "Referrer-Policy"})
      EXPECT_EQ(std::ranges::count(response.headers, name, &http::Pairs::value_type::first), 1) << path << " " << name;
  }
  EXPECT_EQ(get("/app/scan.html").body, "<scan>");
  EXPECT_EQ(get("/status/aa").body, "token");
  EXPECT_EQ(get("/status/ab").status, 404U);
}

}  // namespace
}  // namespace abode::verifier
