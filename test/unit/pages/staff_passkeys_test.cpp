// What an official sees of their passkeys. Making and using one takes a browser: test/web/passkeys_in_browser.mjs.
#include <gtest/gtest.h>

#include "service/invitations.hpp"
#include "unit/pages/browser.hpp"
#include "unit/service/staff_passkeys.hpp"

namespace abode::pages {
namespace {

using namespace test;

class StaffPasskeyPages : public ::testing::Test {
 protected:
  std::string invitation() {
    auto const made = must(write(*site.store, [&](ports::Transaction& t) {
      return service::invite(site.context, t, {ports::OfficialId{"clerk-7"}, "Kim Clerk", "civic-office"});
    }));
    return made.reveal(base::Disclosure::to_official);
  }

  Site site;
  Browser clerk{site};
  Authenticator key;
  Authenticator spare;
};

TEST_F(StaffPasskeyPages, AnInvitationLeadsToTheFormThatAddsOneAndToNoRecord) {
  auto const accepted = clerk.post("/sign-in", {{"invitation", invitation()}});
  EXPECT_EQ(accepted.status, 303u);
  EXPECT_EQ(http::header(accepted, "Location"), "/staff/passkeys");
  auto const page = clerk.get("/staff/passkeys");
  EXPECT_EQ(page.status, 200u);
  EXPECT_TRUE(contains(page.body, "data-api=\"/api/v1/staff\""));
  EXPECT_TRUE(contains(page.body, "Your invitation let you in once."));
  EXPECT_EQ(clerk.get("/staff").status, 403u);
  EXPECT_EQ(clerk.post("/staff", {{"code", "0000000000"}}).status, 403u);
  EXPECT_EQ(clerk.post("/staff/passkeys/0123456789abcdef/remove", {}).status, 403u);
}

TEST_F(StaffPasskeyPages, ListThemByTheirNamesAndEscapeThese) {
  clerk.sign_in("test_staff", "clerk-school");
  EXPECT_TRUE(contains(clerk.get("/staff").body, "href=\"/staff/passkeys\""));
  must(add_staff_passkey(site, site.clerk().staff(), key, "Key <b>at</b> the counter"));
  auto const page = clerk.get("/staff/passkeys");
  EXPECT_TRUE(contains(page.body, "Key &lt;b&gt;at&lt;/b&gt; the counter"));
  EXPECT_TRUE(contains(page.body, "Not used yet"));
}

TEST_F(StaffPasskeyPages, RemoveOneButNotTheLast) {
  clerk.sign_in("test_staff", "clerk-school");
  auto const first = must(add_staff_passkey(site, site.clerk().staff(), key, "First"));
  must(add_staff_passkey(site, site.clerk().staff(), spare, "Second"));
  EXPECT_EQ(clerk.post("/staff/passkeys/" + first.id + "/remove", {}).status, 303u);
  EXPECT_FALSE(contains(clerk.get("/staff/passkeys").body, "First"));
  EXPECT_EQ(clerk.post("/staff/passkeys/" + first.id + "/remove", {}).status, 404u);
  auto const all =
      must(read(*site.store, [&](ports::Snapshot& s) { return service::list_staff_passkeys(s, site.clerk()); }));
  auto const kept = clerk.post("/staff/passkeys/" + all.at(0).id + "/remove", {});
  EXPECT_EQ(kept.status, 409u);
  EXPECT_TRUE(contains(kept.body, "Nothing else would let you in."));
}

}  // namespace
}  // namespace abode::pages
