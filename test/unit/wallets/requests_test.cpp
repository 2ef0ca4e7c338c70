// What wallets push and send for a token: taken as the specifications say, refused with their words.
#include "wallets/requests.hpp"

#include <gtest/gtest.h>

#include "wallets/oauth.hpp"

namespace abode::wallets {
namespace {

http::Request form(http::Pairs const& fields) {
  std::string body;
  for (auto const& [name, value] : fields)
    body += (body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
  return {http::Method::post, "/", {}, {{"Content-Type", "application/x-www-form-urlencoded"}}, body};
}

http::Pairs with(http::Pairs fields, std::string const& name, std::optional<std::string> const& value) {
  std::erase_if(fields, [&](auto const& one) { return one.first == name; });
  if (value) fields.emplace_back(name, *value);
  return fields;
}

std::string const challenge(43, 'c');
std::string const verifier(43, 'v');

http::Pairs const good_request{{"response_type", "code"},
                               {"client_id", "A wallet"},
                               {"redirect_uri", "https://wallet.example/back"},
                               {"state", "s"},
                               {"scope", "openid residence"},
                               {"code_challenge", challenge},
                               {"code_challenge_method", "S256"},
                               {"unknown", "ignored"}};

TEST(PushedRequest, IsRead) {
  auto const read = read_pushed_request(form(good_request)).value();
  EXPECT_EQ(read, (service::WalletRequest{"A wallet", "https://wallet.example/back", "s", challenge,
                                          rules::ProofLife::fresh, std::nullopt}));
  auto lasting = with(with(good_request, "scope", "residence-lasting"), "state", {});
  lasting.emplace_back("dpop_jkt", challenge);
  auto const other = read_pushed_request(form(lasting)).value();
  EXPECT_EQ(other.life, rules::ProofLife::lasting);
  EXPECT_FALSE(other.state);
  EXPECT_EQ(other.thumbprint, challenge);
}

TEST(PushedRequest, IsRefusedWithAWord) {
  struct Case {
    char const* field;
    std::optional<std::string> value;
    char const* word;
  };
  Case const cases[] = {{"response_type", "token", oauth::unsupported_response_type},
                        {"response_type", {}, oauth::invalid_request},
                        {"client_id", {}, oauth::invalid_request},
                        {"client_id", std::string(201, 'c'), oauth::invalid_request},
                        {"redirect_uri", {}, oauth::invalid_request},
                        {"redirect_uri", "javascript:alert(1)", oauth::invalid_request},
                        {"state", std::string(1001, 's'), oauth::invalid_request},
                        {"scope", {}, oauth::invalid_scope},
                        {"scope", "openid", oauth::invalid_scope},
                        {"scope", "residence residence-lasting", oauth::invalid_scope},
                        {"code_challenge", {}, oauth::invalid_request},
                        {"code_challenge", "short", oauth::invalid_request},
                        {"code_challenge", std::string(43, '='), oauth::invalid_request},
                        {"code_challenge_method", {}, oauth::invalid_request},
                        {"code_challenge_method", "plain", oauth::invalid_request},
                        {"request_uri", "urn:x", oauth::invalid_request},
                        {"request", "e30.e30.", oauth::invalid_request},
                        {"authorization_details", "[]", oauth::invalid_authorization_details},
                        {"dpop_jkt", "x", oauth::invalid_request}};
  for (Case const& one : cases) {
    auto const read = read_pushed_request(form(with(good_request, one.field, one.value)));
    ASSERT_FALSE(read) << one.field;
    EXPECT_EQ(read.error().field, one.word) << one.field << ": " << read.error().detail;
    EXPECT_FALSE(read.error().detail.empty());
  }
  auto twice = good_request;
  twice.emplace_back("scope", "residence");
  EXPECT_EQ(read_pushed_request(form(twice)).error().field, oauth::invalid_request);
  auto as_json = form(good_request);
  as_json.headers = {{"Content-Type", "application/json"}};
  EXPECT_EQ(read_pushed_request(as_json).error().field, oauth::invalid_request);
}

TEST(RedirectUri, LeadsToAWallet) {
  for (char const* uri : {"https://wallet.example/back", "https://wallet.example:8443/back?x=1", "eudi-wallet://back",
                          "org.example.wallet:/back", "http://localhost:4711/", "http://127.0.0.1:9/",
                          "http://[::1]:9/", "https://xn--bcher-kva.example/"})
    EXPECT_TRUE(check_redirect_uri(uri)) << uri;
}

TEST(RedirectUri, LeadsNowhereElse) {
  for (std::string const& uri :
       {std::string{"http://wallet.example/back"}, std::string{"javascript:alert(1)"},
        std::string{"JavaScript://x/%0aalert(1)"}, std::string{"data:text/html,x"}, std::string{"file:///etc/passwd"},
        std::string{"intent://x#Intent;end"}, std::string{"https://wallet.example/#x"},
        std::string{"https://bank.example@evil.example/"}, std::string{"https://a;script-src/"},
        std::string{"https://a'b/"}, std::string{"https://a%3b/"}, std::string{"https:///back"},
        std::string{"https:back"}, std::string{"/back"}, std::string{"https://a/\r\nSet-Cookie: x=y"},
        std::string{"http://localhost.evil.example/"}, "https://a/" + std::string(1000, 'x')}) {
    auto const checked = check_redirect_uri(uri);
    ASSERT_FALSE(checked) << uri;
    EXPECT_FALSE(checked.error().detail.empty());
  }
}

TEST(TokenRequest, IsReadByItsGrant) {
  auto const by_code =
      std::get<service::CodeRedemption>(read_token_request(form({{"grant_type", "authorization_code"},
                                                                 {"code", "c"},
                                                                 {"code_verifier", verifier},
                                                                 {"client_id", "A wallet"},
                                                                 {"redirect_uri", "https://wallet.example/back"}}))
                                            .value());
  EXPECT_EQ(by_code.code, "c");
  EXPECT_EQ(by_code.verifier, verifier);
  EXPECT_EQ(by_code.client, "A wallet");
  EXPECT_EQ(by_code.redirect_uri, "https://wallet.example/back");
  auto const by_offer = std::get<PreAuthorizedCode>(
      read_token_request(form({{"grant_type", std::string{pre_authorized_grant}}, {"pre-authorized_code", "p"}}))
          .value());
  EXPECT_EQ(by_offer.code, "p");
  EXPECT_FALSE(by_offer.transaction_code);
}

TEST(TokenRequest, IsRefusedWithoutWhatItsCodeWasGivenFor) {
  http::Pairs const good{{"grant_type", "authorization_code"},
                         {"code", "c"},
                         {"code_verifier", verifier},
                         {"client_id", "A wallet"},
                         {"redirect_uri", "https://wallet.example/back"}};
  for (char const* missing : {"grant_type", "code", "code_verifier", "client_id", "redirect_uri"})
    EXPECT_EQ(read_token_request(form(with(good, missing, {}))).error().field, oauth::invalid_request) << missing;
  for (std::string const& wrong : {std::string(42, 'v'), std::string(129, 'v'), std::string(43, '%')})
    EXPECT_EQ(read_token_request(form(with(good, "code_verifier", wrong))).error().field, oauth::invalid_request);
  EXPECT_EQ(read_token_request(form(with(good, "grant_type", "password"))).error().field,
            oauth::unsupported_grant_type);
}

}  // namespace
}  // namespace abode::wallets
