// A person's rights on pages: the notice, the printable copy, corrections asked for, erasure and its taking back.
#include <gtest/gtest.h>

#include "service/data_inventory.hpp"
#include "unit/pages/browser.hpp"
#include "unit/service/full_record.hpp"

namespace abode::pages {
namespace {

using test::between;
using test::contains;
using test::count;

class RightsPages : public ::testing::Test {
 protected:
  void SetUp() override { anna.sign_in("test_person", "anna-eriksson"); }

  test::Site site;
  test::Browser anna{site};
};

TEST_F(RightsPages, ThePrivacyNoticeNamesEveryStoredThingWithItsTime) {
  test::Browser stranger{site};
  auto const notice = stranger.get("/privacy");
  EXPECT_EQ(notice.status, 200u);
  EXPECT_EQ(count(notice.body, "<dt>When it goes</dt>"), service::data_inventory().size());
  EXPECT_TRUE(contains(notice.body, "72 hours after the newest of them"));
  EXPECT_TRUE(contains(notice.body, "Stored at <span class=\"code\">keys.db record_key.wrapped</span>"));
  EXPECT_EQ(count(notice.body, "<h2>Your history</h2>"), 1u) << "each group once";
}

TEST_F(RightsPages, TheCopyCanBeReadByAPerson) {
  test::fill_record(site);
  auto const page = anna.get("/me/export").body;
  for (char const* told :
       {"ERIKSSON", "ANNA MARIA", "12 August 1974", "L898902C3", "Invalidenstr. 1a", "Sonnenallee 2", "Anna-Maria",
        "S-17", "You registered that you moved", "School Office of Utopia opened your record", "Undo the move",
        "not read yet", "good until", "; ends ", "C000172A", "anna@example.org", "Wrong codes since the last letter"})
    EXPECT_TRUE(contains(page, told)) << told;
}

TEST_F(RightsPages, ACorrectionIsAskedForAndWithdrawn) {
  auto const sent =
      anna.post("/rights/rectification",
                {{"field", "given_names"}, {"wanted", "Anna-Maria <b>"}, {"reason", "hyphen"}, {"request_key", "one"}});
  ASSERT_EQ(sent.status, 303u) << sent.body;
  EXPECT_EQ(http::header(sent, "Location"), "/receipts/1");
  EXPECT_TRUE(contains(anna.get("/receipts/1").body, "You asked for a correction"));
  auto const page = anna.get("/rights").body;
  EXPECT_TRUE(contains(page, "Given names: Anna-Maria &lt;b&gt;"));
  EXPECT_TRUE(contains(page, "Nobody can decide on it yet"));
  EXPECT_EQ(anna.post("/rights/rectification/1/withdraw", {{"request_key", "two"}}).status, 303u);
  EXPECT_FALSE(contains(anna.get("/rights").body, "Nobody can decide on it yet"));
}

TEST_F(RightsPages, AFaultyRequestComesBackAsItWasTyped) {
  auto const back =
      anna.post("/rights/rectification",
                {{"field", "birth_date"}, {"wanted", "12 August"}, {"reason", "a slip"}, {"request_key", "one"}});
  EXPECT_EQ(back.status, 422u);
  EXPECT_TRUE(contains(back.body, "value=\"12 August\""));
  EXPECT_TRUE(contains(back.body, "value=\"a slip\""));
  EXPECT_TRUE(contains(back.body, "Give the date of birth as year, month and day"));
  EXPECT_TRUE(contains(back.body, "<title>Error: "));
}

TEST_F(RightsPages, ErasureIsAskedForAndTakenBack) {
  EXPECT_TRUE(contains(anna.get("/rights").body, "Erase my record"));
  EXPECT_EQ(http::header(anna.post("/rights/erasure", {{"request_key", "one"}}), "Location"), "/rights#erase");
  auto const asked = anna.get("/rights").body;
  EXPECT_TRUE(contains(asked, "24 November 2026, 12:00 UTC"));
  EXPECT_TRUE(contains(asked, "Take the erasure back"));
  EXPECT_EQ(anna.post("/rights/erasure/undo", {{"request_key", "two"}}).status, 303u);
  EXPECT_TRUE(contains(anna.get("/rights").body, "Erase my record"));
}

TEST_F(RightsPages, ErasureSaysWhatStandsInItsWay) {
  test::fill_record(site);
  auto const refused = anna.post("/rights/erasure", {{"request_key", "one"}});
  EXPECT_EQ(refused.status, 409u);
  EXPECT_TRUE(contains(refused.body, "You have notices that you have not read"));
  EXPECT_TRUE(contains(refused.body, "Erase my record")) << "the page comes back";
}

}  // namespace
}  // namespace abode::pages
