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
  auto const response = stranger.post("/sign-in", {{"card", "c 1001"}, {"activation_code", code}});
  EXPECT_EQ(response.status, 303u);
  EXPECT_EQ(http::header(response, "Location"), "/home");
  EXPECT_TRUE(contains(stranger.get("/home").body, "Specimen"));
}

// G11
TEST_F(CardPages, WhatDoesNotLetInComesBackWithTheSameBytes) {
  auto const wrong =
      stranger.post("/sign-in", {{"card", "C1001"}, {"activation_code", "000000000000"}, {"request_key", "k"}});
  EXPECT_EQ(wrong.status, 401u);
  EXPECT_TRUE(contains(wrong.body, "do not let you in"));
  EXPECT_TRUE(contains(wrong.body, "value=\"C1001\"")) << "what was typed comes back";
  auto unknown =
      stranger.post("/sign-in", {{"card", "C9999"}, {"activation_code", "000000000000"}, {"request_key", "k"}});
  std::size_t const at = unknown.body.find("C9999");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(unknown.body.replace(at, 5, "C1001"), wrong.body);
  EXPECT_EQ(unknown.headers, wrong.headers);
}

TEST_F(CardPages, AFormThatIsNotFilledInSaysWhere) {
  auto const response = stranger.post("/sign-in", {{"card", "C1001"}, {"activation_code", "7K2P"}});
  EXPECT_EQ(response.status, 422u);
  EXPECT_TRUE(contains(response.body, "href=\"#activation_code\""));
}

TEST_F(CardPages, AnInvitationLeadsAnOfficialToTheirDesk) {
  auto const invitation = must(test::write(*site.store, [&](ports::Transaction& t) {
    return service::invite(site.context, t, {ports::OfficialId{"clerk-7"}, "Kim Clerk", "civic-office"});
  }));
  std::string const text = invitation.reveal(base::Disclosure::to_official);
  auto const response = stranger.post("/sign-in", {{"invitation", text + "\n"}});
  EXPECT_EQ(http::header(response, "Location"), "/staff");
  EXPECT_TRUE(contains(stranger.get("/staff").body, "Kim Clerk"));
  auto const again = stranger.post("/sign-in", {{"invitation", text}});
  EXPECT_EQ(again.status, 401u);
  EXPECT_TRUE(contains(again.body, "This invitation does not let you in."));
}

}  // namespace
}  // namespace abode::pages
