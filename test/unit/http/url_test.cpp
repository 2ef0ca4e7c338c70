#include "http/url.hpp"

#include <gtest/gtest.h>

namespace abode::http {
namespace {

TEST(Url, IsTakenApart) {
  auto const url = parse_url("HTTPS://Wallet.Example:8443/back?x=1").value();
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.host, "wallet.example");
  EXPECT_EQ(url.port, "8443");
  EXPECT_FALSE(url.has_user_info);
  EXPECT_FALSE(url.has_fragment);
  auto const own = parse_url("org.example.wallet:/back").value();
  EXPECT_EQ(own.scheme, "org.example.wallet");
  EXPECT_EQ(own.host, "");
  EXPECT_TRUE(parse_url("https://bank.example@evil.example/").value().has_user_info);
  EXPECT_TRUE(parse_url("https://wallet.example/#x").value().has_fragment);
  EXPECT_EQ(parse_url("http://[::1]:80/").value().host, "[::1]");
}

TEST(Url, IsNothingElse) {
  for (char const* text :
       {"", "/back", "//wallet.example/", "wallet.example", "https://a b/", "https://a/\"", "https://a/<script>",
        "https://b\xc3\xbc.example/", "https://a/\r\nX: y", "https://a/%", "1x:/", "https://a:port/", "https://a\\b/"})
    EXPECT_EQ(parse_url(text).error().code, base::errc::malformed) << text;
}

}  // namespace
}  // namespace abode::http
