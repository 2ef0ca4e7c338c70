#include "identity/contact.hpp"

#include <gtest/gtest.h>

namespace abode::identity {
namespace {

TEST(EmailAddress, IsTakenAsPeopleTypeIt) {
  EXPECT_EQ(parse_email_address("anna@example.org").value(), "anna@example.org");
  EXPECT_EQ(parse_email_address("  Anna.M+news_1@Mail.EXAMPLE.org\t").value(), "Anna.M+news_1@mail.example.org")
      << "only the host name's case means nothing";
  EXPECT_EQ(parse_email_address("o'neil@xn--mnchen-3ya.example").value(), "o'neil@xn--mnchen-3ya.example");
  std::string const longest_local(64, 'a');
  EXPECT_TRUE(parse_email_address(longest_local + "@example.org"));
}

TEST(EmailAddress, IsRefusedWithoutSayingWhatWasTyped) {
  std::string const label(63, 'b');
  for (std::string const& typed : {std::string{},
                                   std::string{"SECRET"},
                                   std::string{"@example.org"},
                                   std::string{"SECRET@"},
                                   std::string{"SECRET@example"},
                                   std::string{"SECRET@example..org"},
                                   std::string{".SECRET@example.org"},
                                   std::string{"SECRET.@example.org"},
                                   std::string{"SE..CRET@example.org"},
                                   std::string{"SECRET@-a.org"},
                                   std::string{"SECRET@a-.org"},
                                   std::string{"SECRET@ex_ample.org"},
                                   std::string{"SE CRET@example.org"},
                                   std::string{"\"SECRET\"@example.org"},
                                   std::string{"SECRET@[127.0.0.1]"},
                                   std::string{"a@SECRET@example.org"},
                                   std::string{"<SECRET@example.org>"},
                                   std::string{"SECRET@example.org,b@example.org"},
                                   std::string{"SECRET@m\xc3\xbcnchen.example"},
                                   std::string{"\xd0\xb0SECRET@example.org"},
                                   std::string(65, 'a') + "@SECRET.org",
                                   "SECRET@" + label + "b.org",
                                   "SECRET@" + label + "." + label + "." + label + "." + label + ".org"}) {
    auto const parsed = parse_email_address(typed);
    ASSERT_FALSE(parsed) << typed;
    EXPECT_EQ(parsed.error().code, base::errc::invalid);
    EXPECT_EQ(parsed.error().field, "address");
    EXPECT_TRUE(parsed.error().detail.ends_with('.'));
    EXPECT_EQ(parsed.error().detail.find("SECRET"), std::string::npos);
  }
}

// Attack: header injection.
TEST(EmailAddress, HoldsNoLineBreakAnywhere) {
  std::string const good = "anna@example.org";
  for (char const* const part : {"\r", "\n", "\r\n", "\r\nBcc: b@example.org", "\0x", "\x7f", "%0d%0a\r"})
    for (std::size_t at = 0; at <= good.size(); ++at) {
      std::string typed = good;
      typed.insert(at, part);
      EXPECT_FALSE(typed != good && parse_email_address(typed)) << at;
    }
}

TEST(Languages, AreThirteen) {
  EXPECT_EQ(languages.size(), 13u);
  for (std::string_view tag : languages) EXPECT_TRUE(is_language(tag));
  for (std::string_view tag : {"", "EN", "uz", "fr", "en-GB"}) EXPECT_FALSE(is_language(tag));
}

}  // namespace
}  // namespace abode::identity
