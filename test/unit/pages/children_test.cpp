// A guardian's pages: every form works for a child, comes back with what is wrong, and shows the guardian's own acts
// only.
#include <gtest/gtest.h>

#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using test::between;
using test::contains;

class ChildPages : public ::testing::Test {
 protected:
  void SetUp() override {
    anna.sign_in("test_person", "anna-eriksson");
    peter.sign_in("test_person", "peter-stevenson");
  }

  /// The page of the one child that they file for.
  static std::string child_of(test::Browser& guardian) {
    return "/children/" + between(guardian.get("/children").body, "href=\"/children/", "\"");
  }
  static http::Pairs place(std::string const& kind, std::string const& street, std::string const& key) {
    return {{"kind", kind},
            {"address.country", "DE"},
            {"address.lines", street + "\r\n10115 Berlin"},
            {"since", "2026-11-20"},
            {"request_key", key}};
  }
  /// Sends a form, which must be taken, and gives the receipt that it leads to.
  static std::string receipt_of(test::Browser& guardian, std::string const& path, http::Pairs const& fields) {
    auto const sent = guardian.post(path, fields);
    EXPECT_EQ(sent.status, 303u) << path << sent.body;
    auto const receipt = guardian.get(std::string{http::header(sent, "Location")});
    EXPECT_EQ(receipt.status, 200u) << path;
    return receipt.body;
  }
  /// The first registration on the child's page that has not ended.
  static std::string active_registration(test::Browser& guardian) {
    std::string const page = guardian.get(child_of(guardian)).body;
    std::size_t const move = page.find("/move\"");
    constexpr std::string_view before = "/registrations/";
    std::size_t const at = page.rfind(before, move) + before.size();
    return page.substr(at, move - at);
  }

  test::Site site;
  test::Browser anna{site};
  test::Browser peter{site};
};

TEST_F(ChildPages, EveryActWorksThroughItsForm) {
  std::string const child = child_of(anna);
  EXPECT_TRUE(
      contains(anna.get(child + "/register").body, "You do this for EMMA: &quot;you&quot; on this page is the child."));
  auto const receipt = receipt_of(anna, child + "/register", place("secondary", "Ahornweg 1", "one"));
  EXPECT_TRUE(contains(receipt, "<dt>For</dt><dd>EMMA</dd>"));
  EXPECT_TRUE(contains(receipt, "<dt>Time to file</dt>"));
  EXPECT_TRUE(contains(receipt, "<dt>Profile</dt><dd>Utopia, a model without legal effect</dd>"));

  std::string at = child + "/registrations/" + active_registration(anna);
  EXPECT_TRUE(contains(anna.get(at + "/correct").body, "Ahornweg 1"));
  receipt_of(anna, at + "/correct", place("secondary", "Ahornweg 1a", "two"));
  receipt_of(anna, at + "/renew", {{"until", "2027-11-20"}, {"request_key", "three"}});
  receipt_of(anna, at + "/confirm", {{"request_key", "four"}});
  EXPECT_TRUE(contains(anna.get(child).body, "href=\"" + at + "/letter\""));
  EXPECT_TRUE(contains(anna.get(at + "/letter").body, "You do this for EMMA"));
  receipt_of(anna, at + "/letter", {{"delivery", "post"}, {"request_key", "letter"}});
  receipt_of(anna, at + "/letter/withdraw", {{"request_key", "back"}});
  auto const noted = receipt_of(anna, at + "/landlord-refusal", {{"request_key", "landlord"}});
  EXPECT_TRUE(contains(noted, "You noted that the landlord refuses"));
  receipt_of(anna, at + "/make-main", {{"request_key", "five"}});
  EXPECT_TRUE(contains(anna.get(child).body, "Main residence"));
  receipt_of(anna, at + "/move", place("main", "Birkenweg 2", "six"));
  at = child + "/registrations/" + active_registration(anna);
  EXPECT_TRUE(contains(anna.get(child).body, "Birkenweg 2"));
  receipt_of(anna, at + "/end", {{"on", "2026-11-21"}, {"request_key", "seven"}});
  EXPECT_FALSE(contains(anna.get(child).body, "/move\""));
  receipt_of(anna, at + "/undo", {{"request_key", "eight"}});
  EXPECT_TRUE(contains(anna.get(child).body, "/move\"")) << "the end is taken back";
  EXPECT_EQ(test::count(anna.get(child + "/history").body, "<time"), 11u) << "an act each, and nothing else";
}

TEST_F(ChildPages, AWrongFormComesBackAndChangesNothing) {
  std::string const child = child_of(anna);
  auto wrong = place("main", "Ahornweg 1", "one");
  wrong[1].second = "Germany";
  auto const back = anna.post(child + "/register", wrong);
  EXPECT_EQ(back.status, 422u);
  EXPECT_TRUE(contains(back.body, "<a href=\"#address.country\">"));
  EXPECT_TRUE(contains(back.body, "Ahornweg 1"));
  EXPECT_TRUE(contains(back.body, "action=\"" + child + "/register\""));
  EXPECT_TRUE(contains(anna.get(child).body, "You have filed nothing for them yet."));
}

TEST_F(ChildPages, AreTheGuardiansAlone) {
  std::string const annas = child_of(anna);
  receipt_of(anna, annas + "/register", place("main", "Ahornweg 1", "one"));
  std::string const id = active_registration(anna);
  for (std::string const& path :
       {annas, annas + "/register", annas + "/history", annas + "/registrations/" + id + "/end"})
    EXPECT_EQ(peter.get(path).status, 404u) << path;
  EXPECT_EQ(peter.post(annas + "/register", place("main", "Buchenweg 3", "two")).status, 404u);
  std::string const peters = child_of(peter);
  EXPECT_EQ(peter.get(peters + "/registrations/" + id + "/move").status, 404u) << "filed by another guardian";
  EXPECT_EQ(peter.post(peters + "/registrations/" + id + "/end", {{"on", "2026-11-21"}, {"request_key", "x"}}).status,
            404u);
  EXPECT_FALSE(contains(peter.get(peters).body, "Ahornweg"));
  test::Browser stranger{site};
  EXPECT_EQ(stranger.get(annas).status, 401u);
}

}  // namespace
}  // namespace abode::pages
