// The start page's forms: signing in with a card, and with an invitation.
#include <gtest/gtest.h>

#include "service/cards.hpp"
#include "service/enrolment.hpp"
#include "service/invitations.hpp"
#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using test::contains;
using test::must;

class CardPages : public ::testing::Test {
 protected:
  CardPages() {
    EXPECT_TRUE(test::write(*site.store, [&](ports::Transaction& t) {
      return service::enrol_newcomer(site.context, t,
                                     {{{"Specimen", "Alpha"}, {}, {identity::DocumentKind::other, "1"}}, "C1001", {}});
    }));
    code = must(test::write(*site.store, [&](ports::Transaction& t) {
             return service::make_activation_code(site.context, t, service::CardNumber{"C1001"});
           })).code.reveal(base::Disclosure::to_print);
  }

  test::Site site;
  test::Browser stranger{site};
  std::string code;
};

TEST_F(CardPages, ACardAndItsCodeLeadHome) {
  auto const response = stranger.post("/sign-in", {{"card", "c 1001"}, {"code", code}});
  EXPECT_EQ(response.status, 303u);
  EXPECT_EQ(http::header(response, "Location"), "/home");
  EXPECT_TRUE(contains(stranger.get("/home").body, "Specimen"));
}

// G11
TEST_F(CardPages, WhatDoesNotLetInComesBackWithTheSameBytes) {
  auto const wrong = stranger.post("/sign-in", {{"card", "C1001"}, {"code", "000000000000"}, {"request_key", "k"}});
  EXPECT_EQ(wrong.status, 401u);
  EXPECT_TRUE(contains(wrong.body, "do not let you in"));
  EXPECT_TRUE(contains(wrong.body, "value=\"C1001\"")) << "what was typed comes back";
  auto unknown = stranger.post("/sign-in", {{"card", "C9999"}, {"code", "000000000000"}, {"request_key", "k"}});
  std::size_t const at = unknown.body.find("C9999");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(unknown.body.replace(at, 5, "C1001"), wrong.body);
  EXPECT_EQ(unknown.headers, wrong.headers);
}

TEST_F(CardPages, AFormThatIsNotFilledInSaysWhere) {
  auto const response = stranger.post("/sign-in", {{"card", "C1001"}, {"code", "7K2P"}});
  EXPECT_EQ(response.status, 422u);
  EXPECT_TRUE(contains(response.body, "href=\"#code\""));
}

TEST_F(CardPages, AnInvitationLeadsAnOfficialToTheirFirstPasskey) {
  auto const invitation = must(test::write(*site.store, [&](ports::Transaction& t) {
    return service::invite(site.context, t, {ports::OfficialId{"clerk-7"}, "Kim Clerk", "civic-office"});
  }));
  std::string const text = invitation.reveal(base::Disclosure::to_official);
  auto const response = stranger.post("/sign-in", {{"invitation", text + "\n"}});
  EXPECT_EQ(http::header(response, "Location"), "/staff/passkeys");
  EXPECT_TRUE(contains(stranger.get("/staff/passkeys").body, "Your invitation let you in once."));
  auto const again = stranger.post("/sign-in", {{"invitation", text}});
  EXPECT_EQ(again.status, 401u);
  EXPECT_TRUE(contains(again.body, "This invitation does not let you in."));
}

class AccountPage : public ::testing::Test {
 protected:
  void SetUp() override { anna.sign_in("test_person", "anna-eriksson"); }

  test::Site site;
  test::Browser anna{site};
};

// Session fixation: whoever planted the first session in this browser has nothing once its owner signs in.
TEST_F(AccountPage, SigningInAnewEndsTheSessionThatTheBrowserCameWith) {
  test::Browser const planted = anna;
  EXPECT_EQ(test::Browser{planted}.get("/home").status, 200u);
  anna.sign_in("test_person", "anna-eriksson");
  EXPECT_EQ(anna.get("/home").status, 200u);
  EXPECT_EQ(test::Browser{planted}.get("/home").status, 401u);
}

TEST_F(AccountPage, ASignInThatFailsLeavesTheSession) {
  EXPECT_EQ(anna.post("/sign-in", {{"card", "C1001"}, {"code", "000000000000"}}).status, 401u);
  EXPECT_EQ(anna.get("/home").status, 200u);
}

// A stolen session
TEST_F(AccountPage, AHolderSeesAndEndsTheSessionOfWhoeverElseIsIn) {
  test::Browser thief{site};
  thief.sign_in("test_person", "anna-eriksson");
  EXPECT_EQ(thief.get("/home").status, 200u);
  std::string const page = anna.get("/account").body;
  std::string const id = test::between(page, "/account/sessions/", "/end\"");
  ASSERT_EQ(id.size(), 16u) << page;
  EXPECT_EQ(anna.post("/account/sessions/" + id + "/end", {}).status, 303u);
  EXPECT_EQ(thief.get("/home").status, 401u);
  EXPECT_EQ(anna.get("/home").status, 200u);
  EXPECT_EQ(anna.post("/account/sessions/" + id + "/end", {}).status, 404u);
}

TEST_F(AccountPage, OneButtonEndsAllOthers) {
  test::Browser one{site};
  test::Browser two{site};
  one.sign_in("test_person", "anna-eriksson");
  two.sign_in("test_person", "anna-eriksson");
  EXPECT_TRUE(contains(anna.get("/account").body, "End all the others"));
  EXPECT_EQ(anna.post("/account/sessions/end-others", {}).status, 303u);
  EXPECT_EQ(one.get("/home").status, 401u);
  EXPECT_EQ(two.get("/home").status, 401u);
  EXPECT_FALSE(contains(anna.get("/account").body, "End all the others"));
}

TEST_F(AccountPage, ASheetIsShownOnceAndItsCodesLetIn) {
  auto const made = anna.post("/account/printed-codes", {{"request_key", "first"}});
  EXPECT_EQ(made.status, 200u);
  EXPECT_EQ(test::count(made.body, "<span class=\"code\">"), 10u);
  EXPECT_EQ(http::header(made, "Cache-Control"), "no-store");
  std::string const code = test::between(made.body, "<span class=\"code\">", "</span>");
  auto const again = anna.post("/account/printed-codes", {{"request_key", "first"}});
  EXPECT_EQ(again.status, 409u);
  EXPECT_FALSE(contains(again.body, code));
  EXPECT_TRUE(contains(anna.get("/account").body, "<b>10 codes</b> left"));

  test::Browser phone{site};
  auto const in = phone.post("/sign-in", {{"card", "specimen1"}, {"code", code}});
  EXPECT_EQ(http::header(in, "Location"), "/home");
  EXPECT_TRUE(contains(phone.get("/account").body, "<b>9 codes</b> left"));
  EXPECT_TRUE(contains(phone.get("/history").body, "code 1 of your printed sheet"));
  EXPECT_TRUE(contains(phone.get("/inbox").body, "A sheet of printed codes was made for you"));
  EXPECT_FALSE(contains(phone.get("/home").body, "A sheet of printed codes")) << "nobody has looked";
}

TEST_F(AccountPage, ASheetOfAThiefIsTakenBack) {
  anna.post("/account/printed-codes", {});
  anna.post("/account/printed-codes", {});
  EXPECT_TRUE(contains(anna.get("/account").body, "Take the new sheet back"));
  EXPECT_EQ(anna.post("/account/printed-codes/discard", {}).status, 303u);
  EXPECT_FALSE(contains(anna.get("/account").body, "Take the new sheet back"));
  EXPECT_EQ(anna.post("/account/printed-codes/discard", {}).status, 409u);
}

TEST_F(AccountPage, ALetterThatNobodyAskedForIsTakenBack) {
  anna.post("/account/printed-codes", {});
  std::string const code = must(test::write(*site.store, [&](ports::Transaction& t) {
                             return service::make_activation_code(site.context, t, service::CardNumber{"SPECIMEN1"});
                           })).code.reveal(base::Disclosure::to_print);
  EXPECT_TRUE(contains(anna.get("/account").body, "The office made a new activation code for your card."));
  EXPECT_EQ(anna.post("/account/activation-code/discard", {}).status, 303u);
  EXPECT_FALSE(contains(anna.get("/account").body, "The office made"));
  EXPECT_EQ(anna.post("/account/activation-code/discard", {}).status, 409u);
  site.clock.pass(std::chrono::hours{24});
  EXPECT_EQ(anna.post("/sign-in", {{"card", "SPECIMEN1"}, {"code", code}}).status, 401u);
}

TEST_F(AccountPage, TellsOfWrongCodesThatWereTried) {
  EXPECT_FALSE(contains(anna.get("/account").body, "Wrong codes"));
  test::Browser guesser{site};
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(guesser.post("/sign-in", {{"card", "SPECIMEN1"}, {"code", "000000000000"}}).status, 401u);
  EXPECT_TRUE(contains(anna.get("/account").body, "since your last letter: <b>2</b>"));
}

TEST_F(AccountPage, AnOldSessionIsSentToSignInOnceMore) {
  site.clock.pass(std::chrono::minutes{16});
  auto const refused = anna.post("/account/printed-codes", {});
  EXPECT_EQ(refused.status, 403u);
  EXPECT_TRUE(contains(refused.body, "Sign in once more"));
}

TEST_F(AccountPage, TheFreezeCodeFreezesFromAnyBrowser) {
  std::string const sheet = anna.post("/account/printed-codes", {}).body;
  std::string const code = test::between(sheet, "<p class=\"big-code\">", "</p>");
  test::Browser phone{site};
  EXPECT_EQ(phone.get("/freeze").status, 200u);
  EXPECT_EQ(phone.post("/freeze", {{"card", "SPECIMEN1"}, {"code", "7K2P"}}).status, 422u);
  auto const wrong = phone.post("/freeze", {{"card", "SPECIMEN1"}, {"code", "000000000000"}});
  EXPECT_EQ(wrong.status, 401u);
  EXPECT_TRUE(contains(wrong.body, "freeze nothing"));
  auto const frozen = phone.post("/freeze", {{"card", "SPECIMEN1"}, {"code", code}});
  EXPECT_EQ(frozen.status, 200u);
  EXPECT_TRUE(contains(frozen.body, "nobody can change how you sign in"));
  EXPECT_EQ(phone.get("/home").status, 401u) << "it opens nothing";
  std::string const page = anna.get("/account").body;
  EXPECT_TRUE(contains(page, "Frozen: nobody can change how you sign in until"));
  EXPECT_FALSE(contains(page, "Make a"));
  EXPECT_EQ(anna.post("/account/printed-codes", {}).status, 409u);
}

// A page that is only looked at keeps its session as a form that is sent does.
TEST_F(AccountPage, ReadingKeepsASessionAlive) {
  site.clock.pass(std::chrono::minutes{40});
  EXPECT_EQ(anna.get("/home").status, 200u);
  site.wait_for_writes();
  site.clock.pass(std::chrono::minutes{40});
  EXPECT_EQ(anna.get("/home").status, 200u);
  site.wait_for_writes();
  site.clock.pass(std::chrono::minutes{61});
  EXPECT_EQ(anna.get("/home").status, 401u);
}

}  // namespace
}  // namespace abode::pages
