// OpenID4VCI as a wallet meets it, good and bad: the named cases of the conformance plans, and what an attacker tries.
#include <gmock/gmock.h>

#include <thread>

#include "codec/text.hpp"
#include "credential/residence.hpp"
#include "digest/digest.hpp"
#include "support/issuer.hpp"
#include "support/running_register.hpp"
#include "system/clock.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;

constexpr char const* register_url = "http://localhost:8080";  // public_url: where wallets think that they are

std::int64_t now() {
  return system::machine_time().time_since_epoch().count();
}

std::string hash_of(std::string_view text) {
  return codec::to_base64url(digest::sha256(base::as_bytes(text)));
}

class Wallet : public ::testing::Test {
 protected:
  Wallet() {
    person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address(1)}});
    refresh_nonces();
  }

  void refresh_nonces() {
    Answer const fresh = anyone.send(http::Method::post, "/wallet/nonce");
    nonce = fresh.text("/c_nonce");
    dpop_nonce = fresh.header("DPoP-Nonce");
  }

  struct Offer {
    std::string path;
    std::string code;
    std::string transaction_code;
  };
  Offer lay_out(std::string const& life = "fresh") {
    Answer const made = person.post("/api/v1/proofs/offers", {{"life", life}});
    EXPECT_EQ(made.status, 201u) << made.body;
    std::string const link = made.text("/link");
    std::string const path = "/wallet/offers/" + link.substr(link.rfind("%2F") + 3);
    Answer const offer = anyone.get(path);
    EXPECT_EQ(offer.status, 200u);
    return {path, offer.text("/grants/urn:ietf:params:oauth:grant-type:pre-authorized_code/pre-authorized_code"),
            made.text("/transaction_code")};
  }

  std::string dpop(std::string const& path, json::object changes = {}, std::optional<std::string> const& token = {}) {
    json::object claims{{"htm", "POST"},
                        {"htu", register_url + path},
                        {"iat", now()},
                        {"jti", "j" + std::to_string(++messages)},
                        {"nonce", dpop_nonce}};
    if (token) claims["ath"] = hash_of(*token);
    for (auto const& [name, value] : changes) claims[name] = value;
    return credential::make_jws({{"jwk", credential::to_jwk(device.public_key())}}, "dpop+jwt", claims,
                                device.signer());
  }

  static std::string form_of(Offer const& offer, std::string const& transaction_code) {
    return "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=" +
           offer.code + "&tx_code=" + transaction_code + "&user_pin=1&resource=x";
  }
  Answer token_with(std::string const& form, http::Pairs headers) {
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return anyone.send(http::Method::post, "/wallet/token", std::move(headers), form);
  }
  Answer ask_token(Offer const& offer) {
    return token_with(form_of(offer, offer.transaction_code), {{"DPoP", dpop("/wallet/token")}});
  }
  std::string take_token(std::string const& life = "fresh") { return ask_token(lay_out(life)).text("/access_token"); }

  std::string key_proof(P256Key const& of, json::object changes = {}) {
    json::object claims{{"aud", register_url}, {"iat", now()}, {"nonce", nonce}};
    for (auto const& [name, value] : changes)
      if (value.is_null())
        claims.erase(name);
      else
        claims[name] = value;
    return credential::make_jws({{"jwk", credential::to_jwk(of.public_key())}}, "openid4vci-proof+jwt", claims,
                                of.signer());
  }
  json::object request_for(json::array jwts) const {
    return {{"credential_configuration_id", "residence"}, {"proofs", {{"jwt", std::move(jwts)}}}};
  }
  Answer post_with_token(std::string const& path, std::string const& token, json::object const& body) {
    return anyone.send(
        http::Method::post, path,
        {{"Authorization", "DPoP " + token}, {"DPoP", dpop(path, {}, token)}, {"Content-Type", "application/json"}},
        json::serialize(body));
  }
  Answer ask(std::string const& token, json::object const& body) {
    return post_with_token("/wallet/credential", token, body);
  }
  static void expect_error(Answer const& answer, unsigned status, std::string_view word) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.text("/error"), word) << answer.body;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  }
  std::size_t proofs_made() { return person.get("/api/v1/proofs").at("/proofs").as_array().size(); }

  RunningRegister running;
  ApiClient person = running.person();
  ApiClient anyone = running.anyone();
  P256Key device;
  P256Key key;
  std::string nonce;
  std::string dpop_nonce;
  unsigned messages = 0;
};

TEST_F(Wallet, TakesABatchWhoseMembersShareNothingBatchIssuance) {
  std::string const token = take_token("lasting");
  std::vector<std::unique_ptr<P256Key>> keys;
  json::array jwts;
  for (int i = 0; i < 5; ++i) {
    keys.push_back(std::make_unique<P256Key>());
    jwts.emplace_back(key_proof(*keys.back()));
  }
  json::object request = request_for(jwts);
  request["credential_configuration_id"] = "residence-lasting";
  Answer const given = ask(token, request);
  ASSERT_EQ(given.status, 200u) << given.body;
  std::set<std::string> parts;
  std::set<std::uint64_t> places;
  std::size_t count = 0;
  certificates::Memory memory;
  for (std::size_t i = 0; i < 5; ++i) {
    std::string const text = given.text("/credentials/" + std::to_string(i) + "/credential");
    auto const proof = credential::parse_proof(text, memory).value();
    EXPECT_EQ(proof.holder_key, keys[i]->public_key());
    EXPECT_EQ(proof.issued_at.time_since_epoch().count() % 3600, 0);
    places.insert(proof.status.value().index);
    parts.insert(proof.text.jws);
    for (auto const& disclosure : proof.text.disclosures) parts.insert(disclosure);
    count += 1 + proof.text.disclosures.size();
  }
  EXPECT_EQ(parts.size(), count);
  EXPECT_EQ(places.size(), 5u);
  EXPECT_EQ(proofs_made(), 1u) << "one entry for what was made together";
  EXPECT_EQ(person.get("/api/v1/proofs").text("/proofs/0/form"), "wallet");
  json::object const told{{"notification_id", given.text("/notification_id")}, {"event", "credential_accepted"}};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(post_with_token("/wallet/notification", token, told).status, 204u);
  json::object unknown = told;
  unknown["notification_id"] = "x";
  expect_error(post_with_token("/wallet/notification", token, unknown), 400, "invalid_notification_id");
  json::object odd = told;
  odd["event"] = "credential_shown";
  expect_error(post_with_token("/wallet/notification", token, odd), 400, "invalid_notification_request");
}

TEST_F(Wallet, IsToldWhereEverythingIs) {
  Answer const metadata = anyone.get("/.well-known/openid-credential-issuer");
  EXPECT_EQ(metadata.text("/credential_issuer"), register_url);
  EXPECT_EQ(metadata.text("/credential_endpoint"), std::string{register_url} + "/wallet/credential");
  EXPECT_EQ(metadata.number("/batch_credential_issuance/batch_size"), 10u);
  for (char const* name : {"residence", "residence-lasting"})
    EXPECT_EQ(metadata.text("/credential_configurations_supported/" + std::string{name} + "/vct"),
              "urn:abode:residence:1");
  EXPECT_EQ(anyone.get("/.well-known/oauth-authorization-server").text("/issuer"), register_url);
  Answer const as_jwt =
      anyone.send(http::Method::get, "/.well-known/openid-credential-issuer", {{"Accept", "application/jwt"}});
  EXPECT_EQ(as_jwt.header("Content-Type"), "application/jwt");
  auto const jws = credential::parse_jws(as_jwt.body, "openidvci-issuer-metadata+jwt").value();
  certificates::Memory memory;
  auto const chain = credential::read_x5c(jws.header, memory).value();
  EXPECT_TRUE(credential::is_signed_by(jws, chain.front().p256_key().value()));
  EXPECT_EQ(jws.payload.at("credential_endpoint"), metadata.at("/credential_endpoint"));
}

TEST_F(Wallet, IsGivenNothingForProofsThatAreNot) {
  std::string const token = take_token();
  P256Key other;
  json::object with_private = credential::to_jwk(key.public_key());
  with_private["d"] = "AAAA";
  std::string const good = key_proof(key);
  std::string const bad_signature = good.substr(0, good.size() - 4) + (good.ends_with("AAAA") ? "BBBB" : "AAAA");
  json::object const claims{{"aud", register_url}, {"iat", now()}, {"nonce", nonce}};
  auto const signed_with = [&](json::object header, char const* typ) {
    return credential::make_jws(std::move(header), typ, claims, key.signer());
  };
  std::string const none = codec::to_base64url(base::as_bytes(R"({"alg":"none","typ":"openid4vci-proof+jwt"})")) + "." +
                           codec::to_base64url(base::as_bytes(json::serialize(claims))) + ".";
  std::pair<json::value, char const*> const cases[] = {
      {json::array{json::value(bad_signature)}, "invalid_proof"},                            // InvalidJwtProofSignature
      {json::array{json::value(key_proof(key, {{"nonce", "x"}}))}, "invalid_nonce"},         // InvalidNonce
      {json::array{json::value(key_proof(key, {{"nonce", dpop_nonce}}))}, "invalid_nonce"},  // of another purpose
      {json::array{json::value(key_proof(key, {{"nonce", nullptr}}))}, "invalid_proof"},
      {json::array{json::value(key_proof(key, {{"aud", "https://other.example"}}))}, "invalid_proof"},
      {json::array{json::value(key_proof(key, {{"iat", now() - 3600}}))}, "invalid_proof"},
      {json::array{json::value(key_proof(key, {{"iat", now() + 3600}}))}, "invalid_proof"},
      {json::array{json::value(key_proof(key, {{"iss", "wallet"}}))}, "invalid_proof"},
      {json::array{json::value(none)}, "invalid_proof"},
      {json::array{json::value(signed_with({{"jwk", with_private}}, "openid4vci-proof+jwt"))}, "invalid_proof"},
      {json::array{json::value(signed_with({}, "openid4vci-proof+jwt"))}, "invalid_proof"},
      {json::array{json::value(
           signed_with({{"jwk", credential::to_jwk(key.public_key())}, {"kid", "1"}}, "openid4vci-proof+jwt"))},
       "invalid_proof"},
      {json::array{json::value(signed_with({{"jwk", credential::to_jwk(other.public_key())}}, "openid4vci-proof+jwt"))},
       "invalid_proof"},
      {json::array{json::value(signed_with({{"jwk", credential::to_jwk(key.public_key())}}, "JWT"))}, "invalid_proof"},
      {json::array{}, "invalid_proof"},
      {json::array(11, json::value(good)), "invalid_proof"},
      {json::array{json::value(good), json::value(good)}, "invalid_proof"},
      {json::array{json::value(7)}, "invalid_proof"}};
  for (auto const& [jwts, word] : cases) {
    SCOPED_TRACE(json::serialize(jwts));
    expect_error(ask(token, request_for(jwts.as_array())), 400, word);
  }
  EXPECT_EQ(proofs_made(), 0u);
  EXPECT_EQ(ask(token, request_for({json::value(good)})).status, 200u) << "and then the right one is taken";
  expect_error(ask(token, request_for({json::value(good)})), 400, "invalid_nonce");  // replayed
}

TEST_F(Wallet, IsGivenNothingForRequestsThatAreNot) {
  std::string const token = take_token();
  json::array const jwts{json::value(key_proof(key))};
  std::pair<json::object, char const*> const cases[] = {
      {{{"credential_configuration_id", "residence"}}, "invalid_proof"},  // MissingProof
      {{{"credential_configuration_id", "other"}, {"proofs", {{"jwt", jwts}}}}, "unknown_credential_configuration"},
      {{{"credential_identifier", "x"}, {"proofs", {{"jwt", jwts}}}}, "unknown_credential_identifier"},
      {{{"credential_identifier", "x"}, {"credential_configuration_id", "residence"}}, "invalid_credential_request"},
      {{{"proofs", {{"jwt", jwts}}}}, "invalid_credential_request"},
      {{{"credential_configuration_id", "residence-lasting"}, {"proofs", {{"jwt", jwts}}}},
       "credential_request_denied"},
      {{{"credential_configuration_id", "residence"}, {"proof", {{"proof_type", "jwt"}, {"jwt", jwts[0]}}}},
       "invalid_credential_request"},  // drafts up to 15
      {{{"credential_configuration_id", "residence"}, {"proofs", {{"jwt", jwts}, {"di_vp", jwts}}}}, "invalid_proof"},
      {{{"credential_configuration_id", "residence"},
        {"proofs", {{"jwt", jwts}}},
        {"credential_response_encryption", json::object{}}},
       "invalid_encryption_parameters"}};
  for (auto const& [body, word] : cases) {
    refresh_nonces();
    SCOPED_TRACE(json::serialize(body));
    expect_error(ask(token, body), 400, word);
  }
  EXPECT_EQ(proofs_made(), 0u);
}

TEST_F(Wallet, IsAskedForANonceAndHeardOnceDpop) {
  Offer const offer = lay_out();
  std::string const form = form_of(offer, offer.transaction_code);
  Answer const first = token_with(form, {{"DPoP", dpop("/wallet/token", {{"nonce", "x"}})}});
  expect_error(first, 400, "use_dpop_nonce");
  EXPECT_NE(first.header("DPoP-Nonce"), "");
  std::string const used = dpop("/wallet/token");
  std::pair<http::Pairs, char const*> const cases[] = {
      {{}, "invalid_dpop_proof"},
      {{{"DPoP", used}, {"DPoP", used}}, "invalid_dpop_proof"},
      {{{"DPoP", dpop("/wallet/nonce")}}, "invalid_dpop_proof"},
      {{{"DPoP", dpop("/wallet/token", {{"htu", running.origin() + "/wallet/token"}})}}, "invalid_dpop_proof"},
      {{{"DPoP", dpop("/wallet/token", {{"htm", "GET"}})}}, "invalid_dpop_proof"},
      {{{"DPoP", dpop("/wallet/token", {{"iat", now() - 3600}})}}, "invalid_dpop_proof"},
      {{{"DPoP", dpop("/wallet/token", {{"jti", ""}})}}, "invalid_dpop_proof"},
      {{{"DPoP", used.substr(0, used.size() - 6) + "AAAAAA"}}, "invalid_dpop_proof"}};
  for (auto const& [headers, word] : cases) expect_error(token_with(form, headers), 400, word);
  std::string const token = token_with(form, {{"DPoP", used}}).text("/access_token");
  EXPECT_FALSE(token.empty());
  expect_error(token_with(form_of(lay_out(), "1"), {{"DPoP", used}}), 400, "invalid_dpop_proof");  // replayed

  json::object const body = request_for({json::value(key_proof(key))});
  std::string const text = json::serialize(body);
  auto const credential = [&](http::Pairs headers, std::string const& query = {}) {
    headers.emplace_back("Content-Type", "application/json");
    return anyone.send(http::Method::post, "/wallet/credential" + query, std::move(headers), text);
  };
  std::string const path = "/wallet/credential";
  Answer const unsigned_one = credential({{"Authorization", "DPoP " + token}});
  expect_error(unsigned_one, 401, "invalid_dpop_proof");
  EXPECT_THAT(unsigned_one.header("WWW-Authenticate"), HasSubstr("DPoP"));
  Answer const stale = credential({{"Authorization", "DPoP " + token}, {"DPoP", dpop(path, {{"nonce", "x"}}, token)}});
  expect_error(stale, 401, "use_dpop_nonce");
  EXPECT_NE(stale.header("DPoP-Nonce"), "");
  expect_error(credential({{"Authorization", "Bearer " + token}, {"DPoP", dpop(path, {}, token)}}), 401,
               "invalid_token");
  expect_error(credential({{"DPoP", dpop(path, {}, token)}}, "?access_token=" + token), 401,
               "invalid_token");  // AccessTokenInQuery
  expect_error(credential({{"Authorization", "DPoP " + token}, {"DPoP", dpop(path, {}, "another")}}), 401,
               "invalid_dpop_proof");
  P256Key const thief;
  std::string const by_thief = credential::make_jws({{"jwk", credential::to_jwk(thief.public_key())}}, "dpop+jwt",
                                                    {{"htm", "POST"},
                                                     {"htu", register_url + path},
                                                     {"iat", now()},
                                                     {"jti", "t"},
                                                     {"nonce", dpop_nonce},
                                                     {"ath", hash_of(token)}},
                                                    thief.signer());
  expect_error(credential({{"Authorization", "DPoP " + token}, {"DPoP", by_thief}}), 401, "invalid_token");
  EXPECT_EQ(ask(token, body).status, 200u);
}

// RFC 7636, appendix B.
constexpr char const* code_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr char const* code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

std::string form_text(http::Pairs const& fields) {
  std::string body;
  for (auto const& [name, value] : fields)
    body += (body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
  return body;
}

/// A wallet that begins by itself: pushes what it wants, and its holder answers in the browser.
class AskingWallet : public Wallet {
 protected:
  Answer push(http::Pairs const& changes = {}, http::Pairs headers = {}) {
    std::map<std::string, std::string> fields{{"response_type", "code"},        {"client_id", "A wallet"},
                                              {"redirect_uri", back},           {"state", "s-1"},
                                              {"scope", "residence"},           {"code_challenge", code_challenge},
                                              {"code_challenge_method", "S256"}};
    for (auto const& [name, value] : changes) fields[name] = value;
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return anyone.send(http::Method::post, "/wallet/par", std::move(headers),
                       form_text({fields.begin(), fields.end()}));
  }
  std::string link(std::string const& request_uri, std::string const& client = "A wallet") {
    return "/wallet/authorize?client_id=" + http::percent_encode(client) +
           "&request_uri=" + http::percent_encode(request_uri);
  }
  Answer answer(std::string const& request_uri, std::string const& decision) {
    return person.send(http::Method::post, "/wallet/authorize", {{"Content-Type", "application/x-www-form-urlencoded"}},
                       form_text({{"client_id", "A wallet"}, {"request_uri", request_uri}, {"decision", decision}}));
  }
  std::string take_code(std::string const& request_uri) {
    std::string const location = answer(request_uri, "yes").header("Location");
    std::size_t const from = location.find("code=") + 5;
    return location.substr(from, location.find('&', from) - from);
  }
  Answer redeem(std::string const& code, http::Pairs const& changes = {}) {
    std::map<std::string, std::string> fields{{"grant_type", "authorization_code"},
                                              {"code", code},
                                              {"code_verifier", code_verifier},
                                              {"client_id", "A wallet"},
                                              {"redirect_uri", back}};
    for (auto const& [name, value] : changes) fields[name] = value;
    return token_with(form_text({fields.begin(), fields.end()}), {{"DPoP", dpop("/wallet/token")}});
  }

  std::string const back = "https://wallet.example/back";
};

TEST_F(AskingWallet, GetsWhatItsHolderAgreesTo) {
  Answer const pushed = push();
  EXPECT_EQ(pushed.status, 201u) << pushed.body;
  EXPECT_EQ(pushed.number("/expires_in"), 300u);
  EXPECT_EQ(pushed.header("Cache-Control"), "no-store");
  Answer const page = person.get(link(pushed.text("/request_uri")));
  EXPECT_EQ(page.status, 200u);
  EXPECT_THAT(page.body, HasSubstr("A wallet asks for a proof of where you live"));
  Answer const agreed = answer(pushed.text("/request_uri"), "yes");
  EXPECT_EQ(agreed.status, 303u) << agreed.body;
  EXPECT_THAT(agreed.header("Location"), HasSubstr("&state=s-1&iss=http%3A%2F%2Flocalhost%3A8080"));
  Answer const given = redeem(take_code(pushed.text("/request_uri")));
  ASSERT_EQ(given.status, 200u) << given.body;
  EXPECT_EQ(given.text("/token_type"), "DPoP");
  EXPECT_EQ(given.text("/scope"), "residence");
  std::string const token = given.text("/access_token");
  expect_error(ask(token, request_for({json::value(key_proof(key, {{"iss", "Another"}}))})), 400, "invalid_proof");
  Answer const made = ask(token, request_for({json::value(key_proof(key, {{"iss", "A wallet"}}))}));
  ASSERT_EQ(made.status, 200u) << made.body;
  certificates::Memory memory;
  EXPECT_TRUE(credential::parse_proof(made.text("/credentials/0/credential"), memory));
  EXPECT_EQ(proofs_made(), 1u);
}

TEST_F(AskingWallet, IsSentBackWithoutACodeByANo) {
  Answer const refused = answer(push().text("/request_uri"), "no");
  EXPECT_EQ(refused.header("Location"), back + "?error=access_denied&state=s-1&iss=http%3A%2F%2Flocalhost%3A8080");
  EXPECT_EQ(proofs_made(), 0u);
}

TEST_F(AskingWallet, LosesTheTokenOfACodeThatComesTwice) {
  std::string const code = take_code(push().text("/request_uri"));
  std::string const token = redeem(code).text("/access_token");
  expect_error(redeem(code), 400, "invalid_grant");
  expect_error(ask(token, request_for({json::value(key_proof(key))})), 401, "invalid_token");
  EXPECT_EQ(proofs_made(), 0u);
}

TEST_F(AskingWallet, GetsNoTokenForACodeThatIsNotItsOwn) {
  std::pair<char const*, std::string> const cases[] = {
      {"code_verifier", std::string(43, 'v')}, {"client_id", "Another"}, {"redirect_uri", "https://evil.example/back"}};
  for (auto const& [name, value] : cases) {
    std::string const code = take_code(push().text("/request_uri"));
    expect_error(redeem(code, {{name, value}}), 400, "invalid_grant");
    expect_error(redeem(code), 400, "invalid_grant");  // dead
  }
  expect_error(redeem("none"), 400, "invalid_grant");
  expect_error(redeem("none", {{"code_verifier", "short"}}), 400, "invalid_request");
  P256Key const thief;
  std::string const code = take_code(push({{"dpop_jkt", std::string(43, 'A')}}).text("/request_uri"));
  expect_error(redeem(code), 400, "invalid_grant");  // bound to a key that is not this wallet's
  EXPECT_EQ(proofs_made(), 0u);
}

TEST_F(AskingWallet, BindsItsRequestToItsKey) {
  std::string const proof = dpop("/wallet/par");
  EXPECT_EQ(push({}, {{"DPoP", proof}}).status, 201u);
  expect_error(push({{"dpop_jkt", std::string(43, 'A')}}, {{"DPoP", proof}}), 400, "invalid_dpop_proof");
  expect_error(push({}, {{"DPoP", dpop("/wallet/par", {{"nonce", "x"}})}}), 400, "use_dpop_nonce");
  expect_error(push({}, {{"DPoP", dpop("/wallet/token")}}), 400, "invalid_dpop_proof");
  std::string const code = take_code(push({}, {{"DPoP", dpop("/wallet/par")}}).text("/request_uri"));
  EXPECT_EQ(redeem(code).status, 200u);
}

TEST_F(AskingWallet, IsRefusedHostileRequests) {
  std::pair<http::Pairs, char const*> const cases[] = {
      {{{"redirect_uri", "http://evil.example/"}}, "invalid_request"},
      {{{"redirect_uri", "javascript:alert(1)"}}, "invalid_request"},
      {{{"redirect_uri", "https://wallet.example/\r\nSet-Cookie: a=b"}}, "invalid_request"},
      {{{"redirect_uri", "https://wallet.example;script-src/"}}, "invalid_request"},
      {{{"response_type", "token"}}, "unsupported_response_type"},
      {{{"scope", "all"}}, "invalid_scope"},
      {{{"code_challenge_method", "plain"}}, "invalid_request"},
      {{{"authorization_details", "[]"}}, "invalid_authorization_details"},
      {{{"request_uri", "https://evil.example/"}}, "invalid_request"}};
  for (auto const& [changes, word] : cases) expect_error(push(changes), 400, word);
}

TEST_F(AskingWallet, IsAnsweredByItsHolderAlone) {
  std::string const request_uri = push().text("/request_uri");
  Answer const stranger = anyone.get(link(request_uri));
  EXPECT_EQ(stranger.status, 303u);
  EXPECT_EQ(stranger.header("Location").substr(0, 13), "/?client_id=A");
  auto const post = [&](ApiClient& client, http::Pairs headers) {
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return client.send(http::Method::post, "/wallet/authorize", std::move(headers),
                       form_text({{"client_id", "A wallet"}, {"request_uri", request_uri}, {"decision", "yes"}}));
  };
  EXPECT_EQ(post(anyone, {}).status, 401u);
  http::Pairs const by_another_site{{"Cookie", "abode_session=" + person.token()}, {"Origin", "https://evil.example"}};
  EXPECT_EQ(post(anyone, by_another_site).status, 403u);
  EXPECT_EQ(person.get(link(request_uri, "Another")).status, 422u);
  EXPECT_EQ(person.get(link("urn:ietf:params:oauth:request_uri:x")).status, 404u);
  EXPECT_EQ(
      person.get("/wallet/authorize?client_id=A&response_type=code&redirect_uri=https%3A%2F%2Fevil.example").status,
      422u)
      << "requests are pushed";
  running.kill();
  running.start();
  person = running.person();
  EXPECT_EQ(person.get(link(request_uri)).status, 404u) << "a restart voids it";
}

TEST_F(Wallet, OfAStrangerFillsNoMemoryWithItsMessages) {
  Offer const offer = lay_out();
  std::string const used = dpop("/wallet/token");
  Offer const none{"", "no-such-code", ""};
  for (int i = 0; i < 2; ++i) expect_error(token_with(form_of(none, "1"), {{"DPoP", used}}), 400, "invalid_grant");
  EXPECT_EQ(token_with(form_of(offer, offer.transaction_code), {{"DPoP", used}}).status, 200u)
      << "what came to nothing was not remembered";
}

TEST_F(Wallet, IsToldWhatIsWrongWithItsTokenRequest) {
  Offer const offer = lay_out();
  auto const send = [&](std::string const& form) { return token_with(form, {{"DPoP", dpop("/wallet/token")}}); };
  std::string const grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code";
  expect_error(send("grant_type=password"), 400, "unsupported_grant_type");
  expect_error(send("x=1"), 400, "invalid_request");
  expect_error(send(grant), 400, "invalid_request");
  expect_error(send(grant + "&pre-authorized_code=" + offer.code), 400, "invalid_request");  // without tx_code
  expect_error(send(grant + "&pre-authorized_code=a&pre-authorized_code=b"), 400, "invalid_request");
  expect_error(send(grant + "&pre-authorized_code=none&tx_code=1"), 400, "invalid_grant");
  EXPECT_EQ(ask_token(offer).status, 200u);
  expect_error(ask_token(offer), 400, "invalid_grant");  // once
}

TEST_F(Wallet, LosesItsRightWithTheSessionAndWithARestart) {
  json::array const jwts{json::value(key_proof(key))};
  std::string const token = take_token();
  Offer const waiting = lay_out();
  ASSERT_EQ(person.remove("/api/v1/sessions").status, 204u);
  expect_error(ask(token, request_for(jwts)), 401, "invalid_token");
  person = running.person();
  std::string const second = take_token();
  running.kill();
  running.start();
  anyone = running.anyone();
  person = running.person();
  refresh_nonces();
  expect_error(ask(second, request_for({json::value(key_proof(key))})), 401, "invalid_token");
  expect_error(ask_token(waiting), 400, "invalid_grant");
  EXPECT_EQ(proofs_made(), 0u);
}

TEST_F(Wallet, IsOfferedNothingThatWouldBeRefusedLater) {
  EXPECT_TRUE(
      is_problem(person.post("/api/v1/proofs/offers", {{"life", "fresh"}, {"days", 15}}), 422, "invalid", "days"));
  EXPECT_TRUE(is_problem(person.post("/api/v1/proofs/offers", {{"life", "fresh"}, {"registration", "NONE"}}), 404,
                         "not-found"));
  EXPECT_TRUE(is_problem(running.person("peter-stevenson").post("/api/v1/proofs/offers", {{"life", "fresh"}}), 409,
                         "conflict"));
  for (int i = 0; i < 5; ++i) lay_out();
  EXPECT_TRUE(is_problem(person.post("/api/v1/proofs/offers", {{"life", "fresh"}}), 409, "conflict"));
}

}  // namespace
}  // namespace abode::functional
