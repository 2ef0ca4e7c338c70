// What officials see of roles, how somebody is identified in person, and what everybody sees of openings.
#include <gtest/gtest.h>

#include "service/opening_counts.hpp"
#include "service/sessions.hpp"
#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using namespace test;

class StaffPages : public ::testing::Test {
 protected:
  StaffPages() {
    clerk.sign_in("test_staff", "clerk-civic");
    kim.sign_in("test_staff", "supervisor-school");
    lee.sign_in("test_staff", "supervisor-civic");
    auditor.sign_in("test_staff", "auditor-civic");
  }
  static http::Pairs proposal(std::string official, std::string role) {
    return {{"official", std::move(official)}, {"role", std::move(role)}, {"request_key", "p"}};
  }
  static http::Pairs identification(std::string card, std::string again, std::string key = "k") {
    return {{"card", std::move(card)},
            {"card_again", std::move(again)},
            {"reference", "C-7"},
            {"request_key", std::move(key)}};
  }

  Site site;
  Browser clerk{site};
  Browser kim{site};
  Browser lee{site};
  Browser auditor{site};
  Browser stranger{site};
};

TEST_F(StaffPages, LeadWhereTheRolesLetSomebodyGo) {
  auto const links = [](Browser& who) {
    auto const page = who.get("/staff");
    expect_well_made(page, "/staff", {});
    std::string found;
    for (char const* path : {"/staff/identify", "/staff/roles", "/staff/passkeys"})
      if (contains(page.body, "href=\"" + std::string{path} + "\"")) found += std::string{path} + " ";
    return found;
  };
  EXPECT_EQ(links(clerk), "/staff/identify /staff/passkeys ");
  EXPECT_EQ(links(kim), "/staff/roles /staff/passkeys ");
  EXPECT_EQ(links(auditor), "/staff/roles /staff/passkeys ");
  EXPECT_TRUE(contains(clerk.get("/staff").body, "Open one record"));
  EXPECT_TRUE(contains(auditor.get("/staff").body, "Opens no record, and has no other role."));
  EXPECT_EQ(kim.get("/staff/identify").status, 403u);
  EXPECT_EQ(clerk.get("/staff/roles").status, 403u);
  auto const opened = kim.post(
      "/staff", {{"code", "00000-00000"}, {"purpose", "counter-help"}, {"reference", "7"}, {"fields", "family_name"}});
  EXPECT_EQ(opened.status, 403u);
  EXPECT_TRUE(contains(opened.body, "This takes the role of clerk or reviewer."));
}

TEST_F(StaffPages, ARoleIsProposedByOneAndApprovedByAnother) {
  expect_well_made(kim.get("/staff/roles"), "/staff/roles", {});
  EXPECT_EQ(http::header(kim.post("/staff/roles", proposal("clerk-civic", "reviewer")), "Location"), "/staff/roles");
  auto const own = kim.get("/staff/roles").body;
  EXPECT_TRUE(contains(own, "Somebody else has to approve it."));
  EXPECT_FALSE(contains(own, "/staff/roles/clerk-civic/reviewer/approve"));
  auto const others = lee.get("/staff/roles");
  expect_well_made(others, "/staff/roles with a proposal", {});
  EXPECT_TRUE(contains(others.body, "Reviewer for Robin Registrar (clerk-civic, Civic Office of Utopia)"));
  EXPECT_TRUE(contains(others.body, "Proposed by Kim Supervisor (supervisor-school, "));
  EXPECT_TRUE(contains(others.body, "/staff/roles/clerk-civic/reviewer/approve"));
  auto const looked = auditor.get("/staff/roles");
  expect_well_made(looked, "/staff/roles of an auditor", {});
  EXPECT_TRUE(contains(looked.body, "Proposed by Kim Supervisor"));
  EXPECT_FALSE(contains(looked.body, "<button type=\"submit\"")) << "an auditor only looks";

  auto const refused = kim.post("/staff/roles/clerk-civic/reviewer/approve", {});
  EXPECT_EQ(refused.status, 403u);
  EXPECT_TRUE(contains(refused.body, "You proposed this role"));
  EXPECT_EQ(lee.post("/staff/roles/clerk-civic/reviewer/approve", {}).status, 303u);
  EXPECT_TRUE(contains(lee.get("/staff/roles").body, "/staff/roles/clerk-civic/reviewer/revoke"));
  EXPECT_EQ(kim.post("/staff/roles/clerk-civic/reviewer/revoke", {}).status, 303u);
  EXPECT_FALSE(contains(lee.get("/staff/roles").body, "/staff/roles/clerk-civic/reviewer/"));
}

TEST_F(StaffPages, AProposalIsTakenBack) {
  kim.post("/staff/roles", proposal("clerk-civic", "reviewer"));
  EXPECT_EQ(kim.post("/staff/roles/clerk-civic/reviewer/withdraw", {}).status, 303u);
  EXPECT_TRUE(contains(kim.get("/staff/roles").body, "No role waits for its approval."));
}

TEST_F(StaffPages, AFormThatIsNotFilledInComesBack) {
  for (auto const& [official, role, field] :
       {std::tuple{"", "clerk", "official"}, {"clerk-civic", "", "role"}, {"clerk-civic", "police", "role"}}) {
    auto const back = kim.post("/staff/roles", proposal(official, role));
    EXPECT_EQ(back.status, 422u);
    EXPECT_TRUE(contains(back.body, "href=\"#" + std::string{field} + "\"")) << field;
  }
  auto const again = kim.post("/staff/roles", proposal("clerk-civic", "auditor"));
  EXPECT_EQ(again.status, 409u);
  EXPECT_TRUE(contains(again.body, "value=\"auditor\" checked=\"\"")) << "what was chosen comes back";
}

TEST_F(StaffPages, AnOldSessionIsToldToSignInFirst) {
  EXPECT_FALSE(contains(kim.get("/staff/roles").body, "Sign in once more first"));
  site.clock.pass(service::fresh_sign_in);
  EXPECT_TRUE(contains(kim.get("/staff/roles").body, "Sign in once more first"));
  EXPECT_TRUE(contains(clerk.get("/staff/identify").body, "Sign in once more first"));
  EXPECT_FALSE(contains(auditor.get("/staff/roles").body, "Sign in once more first")) << "who only looks need not";
  auto const stale = clerk.post("/staff/identify", identification("SPECIMEN1", "SPECIMEN1"));
  EXPECT_EQ(stale.status, 403u);
  EXPECT_TRUE(contains(stale.body, "value=\"SPECIMEN1\"")) << "what was typed stays";
}

TEST_F(StaffPages, SomebodyInPersonGetsACodeThatIsShownOnce) {
  expect_well_made(clerk.get("/staff/identify"), "/staff/identify", {});
  auto const made = clerk.post("/staff/identify", identification("SPECIMEN1", "specimen-1"));
  expect_well_made(made, "a new code", {});
  EXPECT_EQ(made.status, 200u);
  EXPECT_TRUE(contains(made.body, "22 November 2026, 12:00 UTC"));
  auto const again = clerk.post("/staff/identify", identification("SPECIMEN1", "specimen-1"));
  EXPECT_EQ(again.status, 409u);
  EXPECT_TRUE(contains(again.body, "shown once"));
  std::string const fresh = between(again.body, "name=\"request_key\" value=\"", "\"");
  EXPECT_EQ(clerk.post("/staff/identify", identification("SPECIMEN1", "specimen-1", fresh)).status, 200u)
      << "the form that comes back makes a code";
  Browser anna{site};
  anna.sign_in("test_person", "anna-eriksson");
  auto const history = anna.get("/history").body;
  EXPECT_TRUE(contains(history, "identified somebody in person as you"));
  EXPECT_TRUE(contains(history, "C-7"));
  EXPECT_TRUE(contains(anna.get("/inbox").body, "identified somebody in person as you"));
  EXPECT_TRUE(contains(anna.get("/account").body, "/account/activation-code/discard"));
}

// G11
TEST_F(StaffPages, AnUnknownCardLooksAsAKnownOne) {
  auto known = clerk.post("/staff/identify", identification("SPECIMEN1", "SPECIMEN1", "a"));
  auto unknown = clerk.post("/staff/identify", identification("SPECIMEN9", "SPECIMEN9", "b"));
  auto const blank = [](http::Response& response) {
    std::string const code = between(response.body, "<p class=\"big-code\">", "</p>");
    EXPECT_EQ(code.size(), 14u) << code;
    response.body.replace(response.body.find(code), code.size(), "CODE");
    return response.body;
  };
  EXPECT_EQ(blank(known), blank(unknown));
  EXPECT_EQ(known.headers, unknown.headers);
  EXPECT_EQ(known.status, unknown.status);
}

TEST_F(StaffPages, ANumberThatIsTypedWrongComesBack) {
  for (auto const& [card, again, field] : {std::tuple{"", "", "card"}, {"SPECIMEN1", "SPECIMEN2", "card_again"}}) {
    auto const back = clerk.post("/staff/identify", identification(card, again));
    EXPECT_EQ(back.status, 422u);
    expect_well_made(back, "an identification with an error", {});
    EXPECT_TRUE(contains(back.body, "id=\"" + std::string{field} + "-error\"")) << field;
  }
}

TEST_F(StaffPages, EverybodySeesHowOftenOfficesLook) {
  auto const empty = stranger.get("/openings");
  expect_well_made(empty, "/openings", {});
  EXPECT_TRUE(contains(empty.body, "No office opened more than four records for any one purpose."));
  must(write(*site.store, [&](ports::Transaction& t) -> base::result<int> {
    for (int i = 0; i < 12; ++i) service::count_opening(site.context, t, "school-office", "school-enrolment", true);
    return 0;
  }));
  EXPECT_FALSE(contains(stranger.get("/openings").body, "about 10"));
  site.clock.pass(std::chrono::days{7});
  auto const told = stranger.get("/openings");
  expect_well_made(told, "/openings with counts", {});
  EXPECT_TRUE(contains(told.body, "<td>School Office of Utopia</td><td>Enrolling a child at a school</td>"));
  EXPECT_TRUE(contains(told.body, "about 10"));
}

}  // namespace
}  // namespace abode::pages
