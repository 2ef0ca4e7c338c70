// Opening what wallets encrypt: the published examples, what we open of our test wallet's, and every way to get it
// wrong.
#include "openid4vp/response_key.hpp"

#include <gmock/gmock.h>

#include "codec/text.hpp"
#include "support/fakes.hpp"
#include "support/wallet.hpp"

namespace abode::openid4vp {
namespace {

using base::errc;
using ::testing::HasSubstr;

base::Secret<base::Hash> number(std::string_view base64url) {
  base::Hash hash{};
  auto const bytes = codec::from_base64url(base64url).value();
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return base::Secret<base::Hash>{hash};
}

class Answers : public ::testing::Test {
 protected:
  std::string encrypted(json::object const& changes = {}) {
    return test::encrypt_answer("{\"a\":1}", key.to_jwk(), changes);
  }
  void expect_malformed(std::string const& jwe, char const* because) {
    auto const opened = key.open(jwe);
    ASSERT_FALSE(opened.has_value()) << because;
    EXPECT_EQ(opened.error().code, errc::malformed);
    EXPECT_THAT(opened.error().detail, HasSubstr(because));
  }
  void expect_shut(std::string const& jwe) {
    auto const opened = key.open(jwe);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, errc::forbidden);
  }

  test::SeededRandom random{7};
  ResponseKey key = ResponseKey::draw(random);
};

// RFC 7518, appendix C: what the two agree on there, with these words of Alice and Bob.
TEST_F(Answers, HaveTheKeyOfThePublishedExample) {
  base::Bytes const agreed{158, 86, 217, 29,  129, 113, 53,  211, 114, 131, 66,  131, 191, 132, 38,  156,
                           251, 49, 110, 163, 218, 128, 106, 72,  246, 218, 167, 121, 140, 254, 144, 196};
  auto const derived = derive_key(agreed, Encryption::a128gcm, base::as_bytes("Alice"), base::as_bytes("Bob"));
  EXPECT_EQ(codec::to_base64url(derived), "VqqN6vgjbSBcIijNcacQGg");
}

// OpenID4VP 1.0, section 8.3.
TEST_F(Answers, OpenAsThePublishedExampleDoes) {
  auto const published = ResponseKey::from(number("Et-3ce0omz8_TuZ96Df9lp0GAaaDoUnDe6X-CRO7Aww")).value();
  EXPECT_EQ(codec::to_base64url(base::ByteView{published.public_key()}.first(32)),
            "YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk");
  auto const opened = published.open(
      "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTEyOEdDTSIsImtpZCI6ImFjIiwiZXBrIjp7Imt0eSI6IkVDIiwieCI6Im5ubVZwbTNWM2piaGNhZlFh"
      "UkJrU1ZOSGx3Wkh3dC05ck9wSnVmeVlJdWsiLCJ5IjoicjRmakRxd0p5czlxVU9QLV9iM21SNVNaRy0tQ3dPMm1pYzVWU05UWU45ZyIsImNydiI6"
      "IlAtMjU2In19..uAYcHRUSSn2X0WPX.yVzlGSYG4qbg0bq18JcUiDRw56yVnbKR8E7S7YlEtzT00RqE3Pw5oTpUG3hdLN4taHZ9gC1kwak8JOnJg"
      "Q.1wR024_3-qtAlx1oFIUpQQ",
      "ac");
  ASSERT_TRUE(opened.has_value()) << opened.error().detail;
  EXPECT_EQ(base::as_text(*opened), "{\n \"vp_token\": {\"example_credential_id\": [\"eyJhb...YMetA\"]}\n}");
}

TEST_F(Answers, OpenWhatAWalletEncrypts) {
  for (char const* enc : {"A128GCM", "A256GCM"}) {
    auto const opened = key.open(encrypted({{"enc", enc}, {"apu", "QWxpY2U"}, {"apv", "Qm9i"}, {"cty", "json"}}));
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    EXPECT_EQ(base::as_text(*opened), "{\"a\":1}");
  }
  EXPECT_TRUE(key.open(encrypted()).has_value());
}

TEST_F(Answers, AreMalformedInAnotherForm) {
  for (char const* alg : {"ECDH-ES+A128KW", "RSA-OAEP", "dir", "none", "A128KW"})
    expect_malformed(encrypted({{"alg", alg}}), "ECDH-ES");
  expect_malformed(encrypted({{"alg", nullptr}}), "ECDH-ES");
  for (char const* enc : {"A192GCM", "A128CBC-HS256", "none"}) expect_malformed(encrypted({{"enc", enc}}), "A128GCM");
  expect_malformed(encrypted({{"enc", nullptr}}), "A128GCM");
  expect_malformed(encrypted({{"zip", "DEF"}}), "compressed");
  expect_malformed(encrypted({{"crit", json::array{"exp"}}}), "extension");
  expect_malformed(encrypted({{"kid", "other"}}), "another key");
  expect_malformed(encrypted({{"kid", nullptr}}), "another key");
  expect_malformed(encrypted({{"epk", nullptr}}), "epk");
  expect_malformed(encrypted({{"apu", "not base64url!"}}), "apu");
  expect_malformed(encrypted({{"apv", 7}}), "apv");
  expect_malformed(encrypted({{"apv", std::string(2000, 'A')}}), "apv");
}

TEST_F(Answers, AreMalformedWithASendersKeyThatIsNoPointOfTheCurve) {
  test::P256Key const other;
  auto epk = credential::to_jwk(other.public_key());
  auto changed = epk;
  changed["crv"] = "P-384";
  expect_malformed(encrypted({{"epk", changed}}), "P-256");
  changed = epk;
  changed["d"] = epk["x"];
  expect_malformed(encrypted({{"epk", changed}}), "private");
  changed = epk;
  changed["y"] = epk["x"];
  expect_malformed(encrypted({{"epk", changed}}), "no point");
  changed["x"] = codec::to_base64url(base::Bytes(32, 0));
  changed["y"] = codec::to_base64url(base::Bytes(32, 0));
  expect_malformed(encrypted({{"epk", changed}}), "no point");
}

TEST_F(Answers, AreMalformedWithOtherParts) {
  std::string const good = encrypted();
  expect_malformed("", "five parts");
  expect_malformed(good + ".", "five parts");
  expect_malformed(good.substr(0, good.rfind('.')), "five parts");
  std::string with_key = good;
  with_key.insert(good.find("..") + 1, "AAAA");
  expect_malformed(with_key, "encrypted key");
  expect_malformed(good + "AAAA", "another length");
  expect_malformed("x" + good, "header");
}

TEST_F(Answers, OfAnotherKeyOrChangedStayShut) {
  auto const other = ResponseKey::draw(random);
  json::object foreign = other.to_jwk();
  foreign["kid"] = key.id();
  expect_shut(test::encrypt_answer("{}", foreign));
  std::string const good = encrypted();
  for (std::size_t const at : {good.rfind('.') + 1, good.rfind('.', good.rfind('.') - 1) + 1, good.find("..") + 2}) {
    std::string changed = good;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    expect_shut(changed);
  }
}

TEST_F(Answers, AreToAKeyOfPrivateNumbersOfTheCurveOnly) {
  EXPECT_FALSE(ResponseKey::from(base::Secret{base::Hash{}}).has_value());
  base::Hash all_ones;
  all_ones.fill(0xff);
  EXPECT_FALSE(ResponseKey::from(base::Secret{all_ones}).has_value());
  EXPECT_EQ(key.to_jwk().at("use"), json::value("enc"));
  EXPECT_EQ(key.to_jwk().at("alg"), json::value("ECDH-ES"));
  EXPECT_FALSE(key.to_jwk().contains("d"));
}

}  // namespace
}  // namespace abode::openid4vp
