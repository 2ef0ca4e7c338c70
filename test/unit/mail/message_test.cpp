#include "mail/message.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "codec/text.hpp"

namespace abode::mail {
namespace {

constexpr std::string_view from = "register@abode.example";
base::Time const now = base::parse_time("2026-11-27T02:03:04Z").value();

ports::Mail mail() {
  return {base::Personal<std::string>{"anna@example.org"}, "uz-Cyrl", "Янгилик", "Салом.\n\nХайр.", "0123abcd"};
}

std::string written(ports::Mail const& what) {
  auto const message = write_message(what, from, now);
  EXPECT_TRUE(message) << message.error().detail;
  return message ? *message : std::string{};
}

TEST(Message, IsAsciiInShortLinesWithCrLf) {
  ports::Mail long_one = mail();
  long_one.subject.clear();
  for (int i = 0; i < 40; ++i) long_one.subject += "зҳ ";
  std::string const message = written(long_one);
  std::size_t start = 0;
  for (std::size_t at = 0; at < message.size(); ++at) {
    ASSERT_LT(static_cast<unsigned char>(message[at]), 0x80);
    if (message[at] == '\n') {
      ASSERT_EQ(message.at(at - 1), '\r');
      EXPECT_LE(at - start, 79u);
      start = at + 1;
    }
  }
  EXPECT_TRUE(message.ends_with("\r\n"));
}

TEST(Message, HasTheFieldsOfAnAutomaticMailAndNoOthers) {
  std::string const message = written(mail());
  std::string const headers = message.substr(0, message.find("\r\n\r\n") + 2);
  EXPECT_EQ(headers,
            "From: <register@abode.example>\r\nTo: <anna@example.org>\r\nSubject: =?utf-8?B?" +
                codec::to_base64(base::as_bytes("Янгилик")) +
                "?=\r\nDate: Fri, 27 Nov 2026 02:03:04 +0000\r\nMessage-ID: <0123abcd@abode.example>\r\n"
                "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                "Content-Transfer-Encoding: base64\r\nContent-Language: uz-Cyrl\r\n");
  std::string body = message.substr(message.find("\r\n\r\n") + 4);
  std::erase_if(body, [](char c) { return c == '\r' || c == '\n'; });
  EXPECT_EQ(base::as_text(codec::from_base64(body).value()), "Салом.\r\n\r\nХайр.\r\n");
}

TEST(Message, IsTheSameForEverybodyButForToDateAndMessageId) {
  ports::Mail other = mail();
  other.to = base::Personal<std::string>{"boris@example.net"};
  other.message_id = "ffff";
  std::istringstream one{written(mail())};
  std::istringstream two{write_message(other, from, now + std::chrono::hours{5}).value()};
  std::string a;
  std::string b;
  while (std::getline(one, a)) {
    ASSERT_TRUE(std::getline(two, b));
    if (a != b) {
      EXPECT_TRUE(a.starts_with("To: ") || a.starts_with("Date: ") || a.starts_with("Message-ID: ")) << a;
    }
  }
  EXPECT_FALSE(std::getline(two, b));
}

TEST(Message, CutsASubjectBetweenCharacters) {
  ports::Mail cut = mail();
  cut.subject.clear();
  for (int i = 0; i < 33; ++i) cut.subject += "აb";
  std::string const message = written(cut);
  std::string whole;
  for (std::size_t at = message.find("=?utf-8?B?"); at != std::string::npos; at = message.find("=?utf-8?B?", at)) {
    at += 10;
    std::string const word{base::as_text(codec::from_base64(message.substr(at, message.find("?=", at) - at)).value())};
    EXPECT_LE(message.find("?=", at) + 2 - (at - 10), 75u);
    EXPECT_NE(static_cast<unsigned char>(word.front()) & 0xc0, 0x80) << "a word begins with a whole character";
    whole += word;
  }
  EXPECT_EQ(whole, cut.subject);
}

// Attack: header injection, in every field.
TEST(Message, TakesNoLineBreakOrControlCharacterInAnyField) {
  for (std::string const& bad : {std::string{"\r\nBcc: x@example.org"}, std::string{"\n"}, std::string{"\r"},
                                 std::string(1, '\0'), std::string{"\x1b"}, std::string{"\x7f"}}) {
    auto const refused = [&](auto change) {
      ports::Mail changed = mail();
      change(changed);
      auto const message = write_message(changed, from, now);
      return !message && message.error().code == base::errc::invalid;
    };
    for (bool const in_front : {true, false}) {
      auto const with = [&](std::string const& text) { return in_front ? bad + text : text + bad; };
      EXPECT_TRUE(refused([&](ports::Mail& m) { m.to = base::Personal{with("anna@example.org")}; }));
      EXPECT_TRUE(refused([&](ports::Mail& m) { m.subject = with("News"); }));
      EXPECT_TRUE(refused([&](ports::Mail& m) { m.language = with("en"); }));
      EXPECT_TRUE(refused([&](ports::Mail& m) { m.message_id = with("0123"); }));
      EXPECT_FALSE(write_message(mail(), with("register@abode.example"), now));
    }
  }
}

TEST(Message, GoesToOneAddressOnly) {
  for (char const* const to : {"", "anna", "@example.org", "anna@", "a@b@example.org", "anna@example.org,b@example.org",
                               "Anna <anna@example.org>", "anna@example.org b@example.org", "anna@ex\xc3\xa4mple.org",
                               "\"anna\"@example.org", "anna@[127.0.0.1]", "anna@example.org;"}) {
    ports::Mail bad = mail();
    bad.to = base::Personal<std::string>{to};
    EXPECT_FALSE(write_message(bad, from, now)) << to;
  }
}

}  // namespace
}  // namespace abode::mail
