// Confirming an address by a letter, as a person does it without JavaScript.
#include "service/letters.hpp"

#include <gtest/gtest.h>

#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using test::between;
using test::contains;
using test::must;

class LetterPages : public ::testing::Test {
 protected:
  void SetUp() override {
    anna.sign_in("test_person", "anna-eriksson");
    http::Pairs const home{{"kind", "main"},
                           {"address.country", "DE"},
                           {"address.lines", "Invalidenstr. 1\r\n10115 Berlin"},
                           {"since", "2026-11-20"}};
    EXPECT_EQ(anna.post("/register", home).status, 303u);
    at = "/registrations/" + between(anna.get("/home").body, "/registrations/", "/move");
  }

  /// As the operator's command does: the code that was printed.
  std::string print() {
    std::vector<service::MadeLetter> made;
    auto const commit = site.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      made = must(service::make_letters(site.context, t, ports::RecordId{0}, 0, 10));
      return {};
    });
    auto const letter = must(service::letter_of(site.context, made.at(0), *commit));
    must(test::write(*site.store, [&](ports::Transaction& t) -> base::result<bool> {
      service::mark_printed(t, std::vector{letter});
      return true;
    }));
    return letter.content.value().reveal(base::Disclosure::to_print).code;
  }
  std::string page() { return anna.get(at + "/letter").body; }
  std::string sent_to(std::string const& act, http::Pairs const& fields) {
    auto const sent = anna.post(at + "/" + act, fields);
    EXPECT_EQ(sent.status, 303u) << sent.body;
    return std::string{http::header(sent, "Location")};
  }

  test::Site site;
  test::Browser anna{site};
  std::string at;
};

TEST_F(LetterPages, LeadFromTheRegistrationToAConfirmedAddress) {
  EXPECT_TRUE(contains(anna.get("/home").body, "href=\"" + at + "/letter\""));
  EXPECT_TRUE(contains(page(), "It changes nothing until you type it here. If it never comes, nothing happens."));
  std::string const receipt = sent_to("letter", {{"delivery", "post"}, {"request_key", "one"}});
  EXPECT_TRUE(contains(anna.get(receipt).body, "You asked for a letter to confirm an address"));
  EXPECT_TRUE(contains(page(), "It is not printed yet"));
  EXPECT_FALSE(contains(page(), "confirm-by-code"));

  std::string const code = print();
  EXPECT_TRUE(contains(page(), "good through <time datetime=\"2026-12-21\">21 December 2026</time>"));
  EXPECT_TRUE(contains(anna.get("/history").body, "Your letter was made for printing, with your name and address"));
  std::string const confirmed = sent_to("confirm-by-code", {{"code", code}, {"request_key", "two"}});
  EXPECT_TRUE(contains(anna.get(confirmed).body, "You confirmed an address by the code of its letter"));
  EXPECT_TRUE(contains(page(), "This address is confirmed by a code sent there."));
  EXPECT_TRUE(contains(anna.get("/home").body, "<dd>confirmed by a code sent there</dd>"));
  EXPECT_FALSE(contains(anna.get("/home").body, "href=\"" + at + "/letter\"")) << "there is nothing left to confirm";
}

TEST_F(LetterPages, AWrongCodeComesBackWithWhatIsLeft) {
  sent_to("letter", {{"delivery", "counter"}, {"request_key", "one"}});
  std::string code = print();
  code[0] = code[0] == '7' ? '8' : '7';
  for (int left = 4; left > 0; --left) {
    auto const back = anna.post(at + "/confirm-by-code", {{"code", code}});
    EXPECT_EQ(back.status, 422u);
    EXPECT_TRUE(contains(back.body, "<title>Error: "));
    EXPECT_TRUE(contains(back.body, "You can try " + std::to_string(left) + " more time"));
    EXPECT_TRUE(contains(back.body, "Wrong codes so far: " + std::to_string(5 - left)));
  }
  auto const last = anna.post(at + "/confirm-by-code", {{"code", code}});
  EXPECT_EQ(last.status, 422u);
  EXPECT_TRUE(contains(last.body, "for the fifth time"));
  EXPECT_TRUE(contains(page(), "Five wrong codes were typed"));
  EXPECT_TRUE(contains(page(), "Ask for a letter")) << "a new one";
  EXPECT_EQ(anna.post(at + "/confirm-by-code", {{"code", code}}).status, 409u);
}

TEST_F(LetterPages, WhatIsNotTakenComesBack) {
  auto const nothing = anna.post(at + "/letter", {});
  EXPECT_EQ(nothing.status, 422u);
  EXPECT_TRUE(contains(nothing.body, "Choose how the letter should come."));
  auto const early = anna.post(at + "/confirm-by-code", {{"code", "7K2P"}});
  EXPECT_EQ(early.status, 422u);
  EXPECT_EQ(anna.get("/registrations/NOSUCH/letter").status, 404u);
  sent_to("letter", {{"delivery", "post"}, {"request_key", "one"}});
  EXPECT_EQ(anna.post(at + "/letter", {{"delivery", "post"}, {"request_key", "two"}}).status, 409u);
  sent_to("letter/withdraw", {{"request_key", "three"}});
  EXPECT_TRUE(contains(page(), "Ask for a letter"));
}

TEST_F(LetterPages, AreNotOfferedWhereTheRulesKnowNoLetters) {
  std::erase_if(site.profile.evidence, [](auto const& rule) { return rule.id == rules::mailed_code; });
  EXPECT_FALSE(contains(anna.get("/home").body, at + "/letter\""));
  EXPECT_TRUE(contains(page(), "The rules here know no code by letter."));
  EXPECT_FALSE(contains(page(), "Ask for a letter"));
}

TEST_F(LetterPages, ALandlordsRefusalIsOneTapWithADatedReceipt) {
  EXPECT_TRUE(contains(anna.get("/home").body, "action=\"" + at + "/landlord-refusal\""));
  std::string const receipt = sent_to("landlord-refusal", {{"request_key", "one"}});
  std::string const shown = anna.get(receipt).body;
  EXPECT_TRUE(contains(shown, "You noted that the landlord refuses to confirm that you live there"));
  EXPECT_TRUE(contains(shown, "<time datetime=\"2026-11-21T12:00:00Z\">"));
  EXPECT_EQ(sent_to("landlord-refusal", {{"request_key", "one"}}), receipt) << "the same tap, sent twice";
  EXPECT_NE(sent_to("landlord-refusal", {{"request_key", "two"}}), receipt);
  EXPECT_TRUE(contains(anna.get("/me/export").body, "You noted that the landlord refuses"));
}

}  // namespace
}  // namespace abode::pages
