// From the question to what is kept of the answer: with right wallets, wrong ones, and ones that come twice or late.
#include "openid4vp/exchange.hpp"

#include <gmock/gmock.h>

#include "support/fakes.hpp"
#include "support/wallet.hpp"

namespace abode::openid4vp {
namespace {

using namespace std::chrono_literals;
using base::errc;
using credential::Verdict;
using ::testing::HasSubstr;
using ::testing::Not;

std::set<std::string> const region_alone{"region", "country"};

class Exchanges : public ::testing::Test, protected test::ProofWorld {
 protected:
  Asker asker() { return {client_id_of(leaf), "A school", {leaf}, leaf_key.signer()}; }
  Exchange ask(std::string_view query = "region") { return Exchange{*find_query(query), now, random}; }
  json::object request_of(Exchange const& exchange, std::optional<std::string> wallet_nonce = {}) {
    auto const text = exchange.request(asker(), "https://school.example/wallet/answers/1", wallet_nonce, now);
    return test::read_request(text.value());
  }
  Verify verifier() {
    return [this](std::string_view text, credential::Challenge const& asked) {
      return credential::Verifier{trust, {}}.verify(text, asked, now);
    };
  }
  base::result<void> send(Exchange& exchange, std::string const& text, json::object const& request) {
    return exchange.answer(test::encrypt_answer(text, test::key_of(request)), asker().client_id, verifier(), now);
  }
  /// Shows a proof: what came of it.
  Finding show(std::set<std::string> const& claims, json::object const& changes = {},
               std::string_view query = "region") {
    Exchange exchange = ask(query);
    auto const request = request_of(exchange);
    auto const sent =
        send(exchange, test::answer_with(test::present(*this, request, claims, changes), request), request);
    EXPECT_TRUE(sent.has_value()) << sent.error().detail;
    EXPECT_NE(exchange.finding(), nullptr);
    return *exchange.finding();
  }
  void expect_refused(Finding const& finding, Verdict verdict, char const* because) {
    EXPECT_EQ(finding.outcome, Outcome::refused);
    EXPECT_EQ(finding.verdict, verdict);
    EXPECT_THAT(finding.why, HasSubstr(because));
    EXPECT_TRUE(finding.claims.empty()) << "nothing is kept of what is not valid";
    EXPECT_TRUE(finding.issuer.empty());
  }
  void expect_no_answer(std::string const& text, errc code, char const* because) {
    Exchange exchange = ask();
    auto const request = request_of(exchange);
    auto const sent = send(exchange, text, request);
    ASSERT_FALSE(sent.has_value()) << text;
    EXPECT_EQ(sent.error().code, code);
    EXPECT_THAT(sent.error().detail, HasSubstr(because));
    EXPECT_EQ(exchange.finding(), nullptr) << "the right wallet may still answer";
  }

  test::SeededRandom random{11};
};

TEST_F(Exchanges, AskByASignedRequestForTheClaimsOfTheQueryAndNoOther) {
  Exchange const exchange = ask();
  auto const request = request_of(exchange, "wallet-nonce-1");
  EXPECT_EQ(request.at("client_id"), json::value(client_id_of(leaf)));
  EXPECT_TRUE(asker().client_id.starts_with("x509_hash:"));
  EXPECT_EQ(request.at("aud"), json::value("https://self-issued.me/v2"));
  EXPECT_EQ(request.at("response_type"), json::value("vp_token"));
  EXPECT_EQ(request.at("response_mode"), json::value("direct_post.jwt"));
  EXPECT_EQ(request.at("response_uri"), json::value("https://school.example/wallet/answers/1"));
  EXPECT_EQ(request.at("wallet_nonce"), json::value("wallet-nonce-1"));
  EXPECT_FALSE(request.contains("redirect_uri"));
  EXPECT_EQ(json::serialize(request.at("dcql_query")),
            R"({"credentials":[{"id":"proof","format":"dc+sd-jwt","meta":{"vct_values":["urn:abode:residence:1"]},)"
            R"("claims":[{"path":["address","country"]},{"path":["address","region"]}]}]})");
  json::object const& metadata = request.at("client_metadata").as_object();
  EXPECT_EQ(json::serialize(metadata.at("encrypted_response_enc_values_supported")), R"(["A128GCM","A256GCM"])");
  EXPECT_EQ(json::serialize(metadata.at("vp_formats_supported")),
            R"({"dc+sd-jwt":{"sd-jwt_alg_values":["ES256"],"kb-jwt_alg_values":["ES256"]}})");
  EXPECT_FALSE(request_of(exchange).contains("wallet_nonce"));
}

TEST_F(Exchanges, ShareNoSecretWithOneAnother) {
  auto const first = request_of(ask());
  auto const second = request_of(ask());
  for (char const* name : {"nonce", "state"}) {
    EXPECT_NE(first.at(name), second.at(name));
    EXPECT_EQ(first.at(name).as_string().size(), 22U) << "128 bits in base64url";
  }
  EXPECT_NE(test::key_of(first), test::key_of(second));
  EXPECT_NE(ask().response_code(), ask().response_code());
}

TEST_F(Exchanges, KeepWhatWasAskedForOfAValidProof) {
  auto const finding = show(region_alone);
  EXPECT_EQ(finding.outcome, Outcome::shown) << finding.why;
  EXPECT_EQ(finding.issuer, issuer);
  ASSERT_EQ(finding.claims.size(), 2U);
  EXPECT_EQ(finding.claims[0].text, "DE");
  EXPECT_EQ(finding.claims[1].text, "Berlin");
  EXPECT_FALSE(finding.showed_more);
  EXPECT_EQ(show({"family_name", "given_name", "formatted", "country", "birthdate"}, {}, "name-birthdate-and-address")
                .claims.size(),
            5U);
}

TEST_F(Exchanges, ForgetWhatWasNotAskedFor) {
  auto const finding = show({"region", "country", "family_name", "formatted", "since"});
  EXPECT_EQ(finding.outcome, Outcome::shown);
  EXPECT_TRUE(finding.showed_more);
  ASSERT_EQ(finding.claims.size(), 2U);
  for (Said const& said : finding.claims) EXPECT_THAT(said.text, Not(HasSubstr("ERIKSSON")));
}

TEST_F(Exchanges, AreIncompleteIfLessIsShown) {
  auto const finding = show({"region"});
  EXPECT_EQ(finding.outcome, Outcome::incomplete);
  EXPECT_TRUE(finding.claims.empty());
  EXPECT_EQ(show(region_alone, {}, "address").outcome, Outcome::incomplete);
}

TEST_F(Exchanges, RefuseWhatItsHolderSignedForAnother) {
  expect_refused(show(region_alone, {{"aud", "https://bank.example"}}), Verdict::holder_not_bound, "another verifier");
  std::string const without_prefix = asker().client_id.substr(asker().client_id.find(':') + 1);
  expect_refused(show(region_alone, {{"aud", without_prefix}}), Verdict::holder_not_bound, "another verifier");
  expect_refused(show(region_alone, {{"nonce", "n-1"}}), Verdict::holder_not_bound, "another challenge");
  expect_refused(show(region_alone, {{"sd_hash", "AAAA"}}), Verdict::holder_not_bound, "other claims");
}

TEST_F(Exchanges, RefuseASignatureOfLongAgoOrOfTheFuture) {
  auto const at = [&](std::chrono::seconds later) {
    return json::object{{"iat", (now + later).time_since_epoch().count()}};
  };
  expect_refused(show(region_alone, at(-11min)), Verdict::holder_not_bound, "too long ago");
  expect_refused(show(region_alone, at(11min)), Verdict::holder_not_bound, "not come");
  EXPECT_EQ(show(region_alone, at(-9min)).outcome, Outcome::shown);
}

TEST_F(Exchanges, RefuseWrongSignatures) {
  Exchange exchange = ask();
  auto const request = request_of(exchange);
  std::string shown = test::present(*this, request, region_alone);
  shown[shown.size() - 5] = shown[shown.size() - 5] == 'A' ? 'B' : 'A';  // the holder's
  ASSERT_TRUE(send(exchange, test::answer_with(shown, request), request).has_value());
  expect_refused(*exchange.finding(), Verdict::holder_not_bound, "another key");

  Exchange second = ask();
  auto const again = request_of(second);
  shown = test::present(*this, again, region_alone);
  std::size_t const end_of_jws = shown.find('~');  // the issuer's
  shown[end_of_jws - 5] = shown[end_of_jws - 5] == 'A' ? 'B' : 'A';
  ASSERT_TRUE(send(second, test::answer_with(shown, again), again).has_value());
  expect_refused(*second.finding(), Verdict::bad_signature, "changed");
}

TEST_F(Exchanges, RefuseAProofWithoutItsHoldersSignature) {
  Exchange exchange = ask();
  auto const request = request_of(exchange);
  ASSERT_TRUE(send(exchange, test::answer_with(show_only(issue(bound()), region_alone), request), request).has_value());
  expect_refused(*exchange.finding(), Verdict::holder_not_bound, "has not signed");
  Exchange second = ask();
  auto const again = request_of(second);
  ASSERT_TRUE(send(second, test::answer_with("hello", again), again).has_value());
  expect_refused(*second.finding(), Verdict::malformed, "");
}

TEST_F(Exchanges, TakeOneAnswer) {
  Exchange exchange = ask();
  auto const request = request_of(exchange);
  std::string const text = test::answer_with(test::present(*this, request, region_alone), request);
  ASSERT_TRUE(send(exchange, text, request).has_value());
  EXPECT_EQ(send(exchange, text, request).error().code, errc::conflict) << "replayed";
  EXPECT_EQ(exchange.request(asker(), "https://x.example", {}, now).error().code, errc::conflict);
  EXPECT_EQ(exchange.decline("access_denied", request.at("state").as_string(), now).error().code, errc::conflict);
  EXPECT_EQ(exchange.finding()->outcome, Outcome::shown);
}

TEST_F(Exchanges, OfAnotherRequestAreNoAnswer) {
  Exchange first = ask();
  Exchange second = ask();
  auto const one = request_of(first);
  auto const other = request_of(second);
  std::string const text = test::answer_with(test::present(*this, one, region_alone), one);
  EXPECT_EQ(send(second, text, one).error().code, errc::malformed) << "to the other's key";
  EXPECT_EQ(send(second, text, other).error().code, errc::forbidden) << "with the other's state";
  std::string const mixed = test::answer_with(test::present(*this, one, region_alone), other);
  ASSERT_TRUE(send(second, mixed, other).has_value());
  expect_refused(*second.finding(), Verdict::holder_not_bound, "another challenge");
}

TEST_F(Exchanges, AreOver) {
  Exchange exchange = ask();
  auto const request = request_of(exchange);
  std::string const text = test::answer_with(test::present(*this, request, region_alone), request);
  now += question_life;
  EXPECT_EQ(send(exchange, text, request).error().code, errc::too_late);
  EXPECT_EQ(exchange.request(asker(), "https://x.example", {}, now).error().code, errc::too_late);
  EXPECT_TRUE(exchange.is_over(now));
  now -= 1s;
  ASSERT_TRUE(send(exchange, text, request).has_value());
  EXPECT_FALSE(exchange.is_over(now + finding_life - 1s));
  EXPECT_TRUE(exchange.is_over(now + finding_life));
}

TEST_F(Exchanges, TakeNoAnswerOfAnotherForm) {
  expect_no_answer(" ", errc::malformed, "no JSON object");
  expect_no_answer("[]", errc::malformed, "no JSON object");
  expect_no_answer("{}", errc::forbidden, "state");
  expect_no_answer(R"({"state":"x","vp_token":{"proof":["a"]}})", errc::forbidden, "state");
  Exchange exchange = ask();
  auto const request = request_of(exchange);
  for (char const* token : {"\"a~b\"", "[]", "{}", R"({"other":["a"]})", R"({"proof":"a"})", R"({"proof":[]})",
                            R"({"proof":["a","b"]})", R"({"proof":[7]})", R"({"proof":["a"],"other":["b"]})"}) {
    std::string const state{request.at("state").as_string()};
    std::string const text = R"({"state":")" + state + R"(","vp_token":)" + token + "}";
    EXPECT_EQ(send(exchange, text, request).error().code, errc::malformed) << token;
    EXPECT_EQ(
        send(exchange, R"({"state":")" + state + R"(","error":"x","vp_token":)" + token + "}", request).error().code,
        errc::malformed);
    EXPECT_EQ(send(exchange, R"({"state":")" + state + R"("})", request).error().code, errc::malformed);
  }
  EXPECT_EQ(exchange.finding(), nullptr);
}

TEST_F(Exchanges, SayInWordsThatAWalletDeclined) {
  Exchange exchange = ask();
  auto const request = request_of(exchange);
  std::string const state{request.at("state").as_string()};
  EXPECT_EQ(exchange.decline("access_denied", "x", now).error().code, errc::forbidden);
  ASSERT_TRUE(exchange.decline("access_denied", state, now).has_value());
  EXPECT_EQ(exchange.finding()->outcome, Outcome::declined);
  EXPECT_THAT(exchange.finding()->why, HasSubstr("said no"));
  EXPECT_FALSE(exchange.finding()->verdict.has_value());

  Exchange second = ask();
  auto const again = request_of(second);
  json::object const error{{"error", "vp_formats_not_supported"},
                           {"error_description", "I am ERIKSSON's wallet"},
                           {"state", again.at("state")}};
  ASSERT_TRUE(send(second, json::serialize(error), again).has_value());
  EXPECT_THAT(second.finding()->why, HasSubstr("does not take this request"));
  EXPECT_THAT(second.finding()->why, Not(HasSubstr("ERIKSSON")));
  EXPECT_EQ(decline_of("wallet_unavailable"), Decline::unavailable);
}

TEST(Queries, NameClaimsThatTheTypeHas) {
  for (Query const& query : all_queries()) {
    EXPECT_EQ(find_query(query.id), &query);
    for (Claim const& claim : query.claims) {
      auto const in = [&](auto const& names) { return std::ranges::find(names, claim.name) != names.end(); };
      EXPECT_TRUE(claim.group.empty()        ? in(credential::person_claims)
                  : claim.group == "address" ? in(credential::address_claims)
                                             : in(credential::residence_claims))
          << claim.name;
    }
  }
  EXPECT_EQ(find_query("everything"), nullptr);
}

}  // namespace
}  // namespace abode::openid4vp
