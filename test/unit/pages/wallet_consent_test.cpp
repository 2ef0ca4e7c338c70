// The page where a holder answers a wallet that began by itself.
#include <gtest/gtest.h>

#include "api/wallet_link.hpp"
#include "service/sessions.hpp"
#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using test::contains;
using test::expect_well_made;

class WalletConsent : public ::testing::Test {
 protected:
  WalletConsent() { test::must(site.act(site.anna(), site.file())); }

  std::string push(std::string const& redirect_uri = "https://wallet.example/back?x=1") {
    return std::string{api::wallet_request_prefix} +
           site.desk.push({"<b>A wallet</b>", redirect_uri, "a b", std::string(43, 'c'), rules::ProofLife::fresh, {}});
  }
  void sign_in() { anna.sign_in("test_person", "anna-eriksson"); }
  http::Response look(std::string const& request_uri) {
    return anna.get(api::wallet_authorize_link("<b>A wallet</b>", request_uri));
  }
  http::Response answer(std::string const& request_uri, std::string const& decision) {
    return anna.post("/wallet/authorize",
                     {{"client_id", "<b>A wallet</b>"}, {"request_uri", request_uri}, {"decision", decision}});
  }
  static std::string location(http::Response const& response) {
    return std::string{http::header(response, "Location")};
  }

  test::Site site;
  test::Browser anna{site};
};

TEST_F(WalletConsent, SaysWhoAsksForWhatAndWhereTheAnswerGoes) {
  sign_in();
  auto const page = look(push());
  EXPECT_EQ(page.status, 200u) << page.body;
  expect_well_made(page, "consent");
  EXPECT_TRUE(contains(page.body, "&lt;b&gt;A wallet&lt;/b&gt;"));
  EXPECT_TRUE(contains(page.body, "<dd>wallet.example</dd>"));
  EXPECT_TRUE(contains(page.body, "Invalidenstr. 1"));
  EXPECT_TRUE(contains(http::header(page, "Content-Security-Policy"), "form-action 'self' https://wallet.example;"));
  auto const own = look(push("org.example.wallet:/back"));
  EXPECT_TRUE(contains(own.body, "a program on this device (org.example.wallet)"));
  EXPECT_TRUE(contains(http::header(own, "Content-Security-Policy"), "form-action 'self' org.example.wallet:;"));
}

TEST_F(WalletConsent, SendsACodeOnlyIfItsHolderSaysYes) {
  sign_in();
  auto const request = push();
  auto const neither = answer(request, "");
  EXPECT_EQ(neither.status, 422u);
  expect_well_made(neither, "consent with an error");
  auto const yes = answer(request, "yes");
  EXPECT_EQ(yes.status, 303u) << yes.body;
  EXPECT_TRUE(location(yes).starts_with("https://wallet.example/back?x=1&code="));
  EXPECT_TRUE(location(yes).ends_with("&state=a%20b&iss=https%3A%2F%2Fregister.example"));
  auto const no = answer(push("org.example.wallet:/back"), "no");
  EXPECT_EQ(location(no),
            "org.example.wallet:/back?error=access_denied&state=a%20b&iss=https%3A%2F%2Fregister.example");
  EXPECT_EQ(answer(request, "no").status, 409u) << "it was answered";
}

TEST_F(WalletConsent, AsksFirstWhoItIs) {
  auto const request = push();
  auto const sent_on = look(request);
  EXPECT_EQ(sent_on.status, 303u);
  EXPECT_TRUE(location(sent_on).starts_with("/?client_id=%3Cb%3EA%20wallet%3C%2Fb%3E&request_uri=urn%3Aietf"));
  auto const start = anna.get(location(sent_on));
  expect_well_made(start, "start with a wallet's request", {"/passkey.js"});
  EXPECT_TRUE(contains(start.body, "A wallet asks for a proof of where you live"));
  auto const in = anna.post(
      "/sign-in", {{"test_person", "anna-eriksson"}, {"client_id", "<b>A wallet</b>"}, {"request_uri", request}});
  EXPECT_EQ(location(in), api::wallet_authorize_link("<b>A wallet</b>", request));
  EXPECT_EQ(anna.get(location(in)).status, 200u);
  EXPECT_EQ(answer(request, "yes").status, 303u);
}

TEST_F(WalletConsent, LeadsNowhereFromASignInThatNoWalletAskedFor) {
  auto const in = anna.post("/sign-in", {{"test_person", "anna-eriksson"}, {"client_id", "https://evil.example"}});
  EXPECT_EQ(location(in), "/home");
  test::Browser other{site};
  auto const odd = other.post("/sign-in", {{"test_person", "anna-eriksson"}, {"request_uri", "https://evil.example"}});
  EXPECT_EQ(location(odd), "/wallet/authorize?client_id=&request_uri=https%3A%2F%2Fevil.example");
  EXPECT_EQ(other.get(location(odd)).status, 422u);
}

TEST_F(WalletConsent, SaysWhatIsWrongWithALink) {
  sign_in();
  EXPECT_EQ(anna.get("/wallet/authorize").status, 422u);
  EXPECT_EQ(anna.get("/wallet/authorize?client_id=x&request_uri=" + http::percent_encode(push())).status, 422u);
  auto const late = push();
  site.clock.pass(service::wallet_request_life);
  auto const page = look(late);
  EXPECT_EQ(page.status, 404u);
  EXPECT_TRUE(contains(page.body, "Begin again in the wallet."));
}

TEST_F(WalletConsent, TakesAFreshSignIn) {
  sign_in();
  site.clock.pass(service::fresh_sign_in + std::chrono::seconds{1});
  auto const request = push();
  auto const page = look(request);
  EXPECT_EQ(page.status, 200u);
  expect_well_made(page, "consent in a stale session", {"/passkey.js", "/leave.js"});
  EXPECT_TRUE(contains(page.body, "Sign in once more first"));
  EXPECT_EQ(answer(request, "yes").status, 403u);
}

TEST_F(WalletConsent, OffersNoYesToWhoHasNothingToProve) {
  test::Browser peter{site};
  peter.sign_in("test_person", "peter-stevenson");
  auto const page = peter.get(api::wallet_authorize_link("<b>A wallet</b>", push()));
  EXPECT_TRUE(contains(page.body, "There is nothing to prove yet"));
  EXPECT_FALSE(contains(page.body, "Give it the proof"));
}

}  // namespace
}  // namespace abode::pages
