// The part of the account page about news by mail.
#include <gtest/gtest.h>

#include "codec/text.hpp"
#include "service/mailing.hpp"
#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using test::contains;
using test::must;

class ContactPage : public ::testing::Test {
 protected:
  ContactPage() { anna.sign_in("test_person", "anna-eriksson"); }

  std::string section() { return test::between(anna.get("/account").body, "id=\"contact\"", "</section>"); }
  /// The code of the mail that is due.
  std::string mailed_code() {
    auto const due =
        must(test::read(*site.store, [&](ports::Snapshot& s) -> base::result<std::vector<service::DueMail>> {
          return service::due_mails(site.context, s, 10);
        }));
    for (auto const& mail : due)
      if (auto const& contact = mail.contact.reveal(base::Disclosure::to_mail); contact && contact->code)
        return codec::in_groups_of_four(*contact->code);
    ADD_FAILURE() << "no code was mailed";
    return "0000-0000";
  }

  test::Site site{service::MailPolicy{std::chrono::seconds{60}}};
  test::Browser anna{site};
};

TEST_F(ContactPage, AnAddressIsNamedConfirmedAndRemoved) {
  EXPECT_TRUE(contains(section(), "Use this address"));
  auto const named = anna.post("/account/contact", {{"address", "anna@example.org"}, {"language", "tg"}});
  EXPECT_EQ(http::header(named, "Location"), "/account#contact");
  EXPECT_TRUE(contains(section(), "A code was mailed to <b>anna@example.org</b>"));
  EXPECT_FALSE(contains(section(), "Mails go to"));
  EXPECT_EQ(anna.post("/account/contact/confirm", {{"code", mailed_code()}}).status, 303u);
  EXPECT_TRUE(contains(section(), "Mails go to <b>anna@example.org</b>"));
  EXPECT_FALSE(contains(section(), "A code was mailed"));
  EXPECT_TRUE(contains(anna.get("/inbox").body, "A new e-mail address was confirmed"));
  EXPECT_EQ(anna.post("/account/contact/remove", {}).status, 303u);
  EXPECT_FALSE(contains(section(), "anna@example.org"));
  EXPECT_TRUE(contains(anna.get("/history").body, "Your e-mail address was removed"));
}

TEST_F(ContactPage, WhatWasTypedComesBackWithWhatIsWrong) {
  auto const refused = anna.post("/account/contact", {{"address", "anna at example"}, {"language", "uz-Cyrl"}});
  EXPECT_EQ(refused.status, 422u);
  EXPECT_TRUE(contains(refused.body, "anna at example"));
  EXPECT_TRUE(contains(refused.body, "href=\"#address\""));
  EXPECT_TRUE(contains(refused.body, "<option value=\"uz-Cyrl\" selected"));
  anna.post("/account/contact", {{"address", "anna@example.org"}, {"language", "en"}});
  auto const wrong = anna.post("/account/contact/confirm", {{"code", "0000-0000"}});
  EXPECT_EQ(wrong.status, 422u);
  EXPECT_TRUE(contains(wrong.body, "This is not the code that was mailed"));
  EXPECT_TRUE(contains(wrong.body, "Back to your e-mail address"));
  EXPECT_EQ(anna.post("/account/contact/confirm", {{"code", "7"}}).status, 422u);
  EXPECT_EQ(anna.post("/account/contact/remove", {}).status, 303u);
  EXPECT_EQ(anna.post("/account/contact/remove", {}).status, 409u);
}

TEST_F(ContactPage, RemindersAreABoxThatIsTickedUntilTheHolderUnticksIt) {
  auto const is_ticked = [&] {
    std::string const shown = section();
    std::size_t const box = shown.find("name=\"reminders\"");
    EXPECT_NE(box, std::string::npos);
    return contains(shown.substr(box, shown.find('>', box) - box), "checked");
  };
  EXPECT_TRUE(is_ticked());
  anna.post("/account/contact", {{"address", "anna@example.org"}, {"language", "en"}, {"reminders", "yes"}});
  EXPECT_EQ(anna.post("/account/contact/confirm", {{"code", mailed_code()}}).status, 303u);
  EXPECT_TRUE(contains(section(), ", in English, reminders as well."));
  EXPECT_TRUE(is_ticked());
  EXPECT_EQ(anna.post("/account/contact", {{"address", "anna@example.org"}, {"language", "en"}}).status, 303u);
  EXPECT_TRUE(contains(section(), ", in English, without reminders."));
  EXPECT_FALSE(is_ticked());
  auto const refused = anna.post("/account/contact", {{"address", "@"}, {"language", "en"}, {"reminders", "yes"}});
  EXPECT_TRUE(contains(refused.body, "value=\"yes\" checked")) << "what was ticked comes back";
}

TEST(ContactPageWithoutMail, SaysThatNoMailIsSent) {
  test::Site site;
  test::Browser anna{site};
  anna.sign_in("test_person", "anna-eriksson");
  EXPECT_TRUE(contains(anna.get("/account").body, "This register sends no mail at present."));
  EXPECT_EQ(anna.post("/account/contact", {{"address", "anna@example.org"}, {"language", "en"}}).status, 409u);
}

}  // namespace
}  // namespace abode::pages
