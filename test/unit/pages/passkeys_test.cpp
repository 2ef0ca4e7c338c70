// What a person sees of their passkeys, and the buttons that change them. Making and using one takes a browser:
// test/browser.
#include <gtest/gtest.h>

#include "unit/pages/browser.hpp"
#include "unit/service/passkeys.hpp"

namespace abode::pages {
namespace {

using test::contains;
using test::must;

class PasskeyPages : public ::testing::Test {
 protected:
  PasskeyPages() { anna.sign_in("test_person", "anna-eriksson"); }

  std::string path(service::AddedPasskey const& added, std::string const& act) {
    return "/account/passkeys/" + std::to_string(added.receipt.entry) + "/" + act;
  }

  test::Site site;
  test::Browser anna{site};
  test::Authenticator phone;
  test::Authenticator laptop;
};

TEST_F(PasskeyPages, ListThemByTheirNamesAndEscapeThese) {
  must(add_passkey(site, site.anna(), phone, "Annas <b>Handy</b>"));
  auto const page = anna.get("/account");
  EXPECT_TRUE(contains(page.body, "<h3>Annas &lt;b&gt;Handy&lt;/b&gt;</h3>"));
  EXPECT_TRUE(contains(page.body, "Not used yet"));
  must(sign_in_with(site, phone));
  EXPECT_TRUE(contains(anna.get("/account").body, "Last used in November 2026"));
  EXPECT_TRUE(contains(anna.get("/history").body, "A passkey of yours was used to sign in"));
}

TEST_F(PasskeyPages, TellOfWhatWaitsAndTakeItBack) {
  must(add_passkey(site, site.anna(), phone));
  auto const planted = must(add_passkey(site, site.anna(), laptop, "Planted"));
  EXPECT_TRUE(contains(anna.get("/account").body, "If it was not you who added it, remove it now."));
  EXPECT_EQ(http::header(anna.post(path(planted, "remove"), {}), "Location"), "/account");
  EXPECT_FALSE(contains(anna.get("/account").body, "Planted"));
}

TEST_F(PasskeyPages, RemoveAndKeep) {
  auto const first = must(add_passkey(site, site.anna(), phone));
  auto const last_way = anna.post(path(first, "remove"), {});
  EXPECT_EQ(last_way.status, 409u);
  EXPECT_TRUE(contains(last_way.body, "Nothing else would let you in."));
  must(add_passkey(site, prove(site, must(sign_in_with(site, phone))), laptop));
  EXPECT_EQ(anna.post(path(first, "remove"), {}).status, 303u);
  EXPECT_TRUE(contains(anna.get("/account").body, "If it was not you who asked for that, keep it."));
  EXPECT_EQ(anna.post(path(first, "keep"), {}).status, 303u);
  EXPECT_FALSE(contains(anna.get("/account").body, "keep it."));
  EXPECT_EQ(anna.post("/account/passkeys/77/remove", {}).status, 404u);
  EXPECT_EQ(anna.post("/account/passkeys/first/remove", {}).status, 422u);
}

// What somebody has typed stays, and how to sign in beside it is on the page.
TEST_F(PasskeyPages, AFormThatTakesAFreshSignInSaysSoInASessionThatIsNone) {
  EXPECT_FALSE(contains(anna.get("/register").body, "Sign in once more first"));
  site.clock.pass(service::fresh_sign_in);
  for (char const* path : {"/register", "/account", "/rights"}) {
    auto const page = anna.get(path);
    EXPECT_TRUE(contains(page.body, "Sign in once more first")) << path;
    EXPECT_TRUE(contains(page.body, "<script src=\"/passkey.js\"")) << path;
  }
  auto const refused = anna.post("/register", {{"kind", "main"},
                                               {"address.country", "DE"},
                                               {"address.lines", "Invalidenstr. 1"},
                                               {"since", base::format_date(base::day_of(site.clock.now()))}});
  EXPECT_EQ(refused.status, 403u);
  EXPECT_TRUE(contains(refused.body, "Invalidenstr. 1"));
  EXPECT_TRUE(contains(refused.body, "Sign in once more first"));
}

}  // namespace
}  // namespace abode::pages
