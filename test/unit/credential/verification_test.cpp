// Verdicts: each by itself, their order, and every way in which somebody would have a proof say what it does not.
#include "credential/verification.hpp"

#include <gmock/gmock.h>

#include "codec/text.hpp"
#include "unit/credential/proof_world.hpp"

namespace abode::credential {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using test::at;
using ::testing::HasSubstr;
using ::testing::Not;

class Proofs : public ::testing::Test, protected test::ProofWorld {
 protected:
  void expect(Verdict verdict, std::string const& text, std::vector<StatusToken> const& tokens = {},
              std::string_view because = "") {
    auto const found = verify(text, tokens);
    EXPECT_EQ(name_of(found.verdict), name_of(verdict)) << found.why;
    EXPECT_THAT(found.why, HasSubstr(std::string{because}));
    EXPECT_EQ(found.why.empty(), verdict == Verdict::valid);
    EXPECT_EQ(found.proof.has_value(), verdict != Verdict::malformed);
  }
  /// The signed payload changed, and signed again by the issuer.
  std::string resigned(ResidenceProof const& made, std::function<void(json::object&)> const& change) {
    auto const text = issue(made);
    auto const parts = split_sd_jwt(text).value();
    auto jws = parse_jws(parts.jws, credential_type).value();
    change(jws.payload);
    return make_jws(jws.header, credential_type, jws.payload, leaf_key.signer()) + text.substr(parts.jws.size());
  }
};

TEST_F(Proofs, SayWhatTheyShow) {
  auto const found = verify(issue(proof()));
  ASSERT_EQ(found.verdict, Verdict::valid) << found.why;
  EXPECT_EQ(found.proof->person, proof().person);
  EXPECT_EQ(found.proof->address, proof().address);
  EXPECT_EQ(found.proof->residence, proof().residence);
  EXPECT_EQ(found.proof->issuer, issuer);
  EXPECT_EQ(found.proof->issued_at, at("2026-11-27T12:00:00Z")) << "cut to the hour";
  EXPECT_EQ(found.proof->expires_at, at("2026-12-11T12:00:00Z"));
}

TEST_F(Proofs, OfARegionShowNoStreetAndNoName) {
  std::string const shown = show_only(issue(proof()), {"region", "country"});
  auto const found = verify(shown);
  ASSERT_EQ(found.verdict, Verdict::valid) << found.why;
  EXPECT_EQ(found.proof->address, (Texts{{"country", "DE"}, {"region", "Berlin"}}));
  EXPECT_TRUE(found.proof->person.empty());
  EXPECT_TRUE(found.proof->residence.empty());
  auto const parts = split_sd_jwt(shown).value();
  std::string readable = json::serialize(found.proof->jws.payload);
  for (std::string const& disclosure : parts.disclosures)
    readable += base::as_text(codec::from_base64url(disclosure).value());
  for (char const* hidden : {"Sonnenallee", "17b", "12047", "ERIKSSON", "ANNA", "1974", "2021-09-01"})
    EXPECT_THAT(readable, Not(HasSubstr(hidden)));
  EXPECT_EQ(parts.disclosures.size(), 2U);
}

TEST_F(Proofs, G9HaveNoPlaceForANationalityOrADocument) {
  for (char const* name : {"nationality", "nationalities", "document_number", "personal_administrative_number"})
    expect(Verdict::malformed, resigned(proof(), [&](json::object& payload) { payload[name] = "XX"; }), {}, name);
}

TEST_F(Proofs, OfOneBatchShareNothingThatTellsThemApartFromOthers) {
  auto const digests = [](std::string const& text) {
    std::set<std::string> all;
    for (std::string const& disclosure : split_sd_jwt(text).value().disclosures) all.insert(disclosure);
    return all;
  };
  auto const first = digests(issue(proof()));
  auto const second = digests(issue(proof()));
  EXPECT_EQ(first.size(), 13U);
  for (std::string const& one : first) EXPECT_FALSE(second.contains(one)) << "salts are drawn anew";
}

TEST_F(Proofs, AreMalformed) {
  std::string const good = issue(proof());
  expect(Verdict::valid, good);
  expect(Verdict::malformed, "");
  expect(Verdict::malformed, "hello");
  expect(Verdict::malformed, good.substr(0, good.find('~')));
  expect(Verdict::malformed, good + "WyJhIl0~");
  expect(Verdict::malformed, good + "x");
  for (char const* name : {"iss", "iat", "exp", "vct", "mode", "address", "residence"})
    expect(Verdict::malformed, resigned(proof(), [&](json::object& payload) { payload.erase(name); }), {}, "");
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["vct"] = "urn:other"; }), {}, "of this kind");
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["mode"] = "perhaps"; }), {}, "mode");
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["vct#integrity"] = 7; }));
  for (char const* name : {"date_of_issuance", "date_of_expiry"}) {
    expect(Verdict::malformed, resigned(proof(), [&](json::object& p) { p[name] = "2026-11-26"; }), {}, name);
    expect(Verdict::valid, resigned(proof(), [&](json::object& p) { p.erase(name); }));
  }
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["iat"] = 1.5; }));
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["exp"] = -1; }));
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["cnf"] = json::object{{"kid", "x"}}; }));
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["status"] = json::object{}; }));
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["family_name"] = 7; }));
  expect(Verdict::malformed, resigned(proof(), [](json::object& p) { p["address"].as_object()["floor"] = "3"; }), {},
         "floor");
}

TEST_F(Proofs, NeverDiscloseTheirFrameSelectively) {
  for (char const* name : {"iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "sub", "mode",
                           "date_of_issuance", "date_of_expiry"}) {
    auto const hidden = make_disclosure(base::Bytes(16, 99), name, "x");
    std::string const text = resigned(proof(),
                                      [&](json::object& payload) {
                                        payload.erase(name);
                                        payload["_sd"].as_array().emplace_back(hidden.digest);
                                      }) +
                             hidden.text + "~";
    expect(Verdict::malformed, text, {}, name);
  }
}

TEST_F(Proofs, LiveNoLongerThanTheFloorsLetThem) {
  auto const ending = [](base::Time time) {
    return [time](json::object& payload) {
      payload["exp"] = time.time_since_epoch().count();
      payload.erase("date_of_expiry");
    };
  };
  base::Time const issued_at = at("2026-11-27T12:00:00Z");
  expect(Verdict::valid, resigned(proof(), ending(issued_at + days{14})));
  expect(Verdict::malformed, resigned(proof(), ending(issued_at + days{14} + 1s)), {}, "life");
  expect(Verdict::valid, resigned(lasting(), ending(issued_at + days{366})), lists(0));
  expect(Verdict::malformed, resigned(lasting(), ending(issued_at + days{366} + 1s)), lists(0), "life");
  expect(Verdict::malformed, resigned(proof(), ending(issued_at)), {}, "life");
}

TEST_F(Proofs, AreNotIssuedBeyondTheFloorsOrWithShortSalts) {
  auto made = proof();
  made.expires_at = now + days{15};
  EXPECT_DEATH(issue(made), "floors");
  auto const short_salt = [] { return base::Bytes(salt_size_bytes - 1, 1); };
  EXPECT_DEATH(credential::issue(proof(), {leaf}, short_salt, leaf_key.signer()), "salt");
}

TEST_F(Proofs, OfAnotherKeyHaveABadSignature) {
  test::P256Key const thief;
  std::string const forged = credential::issue(proof(), {leaf}, salt(), thief.signer());
  expect(Verdict::bad_signature, forged);
  std::string changed = issue(proof());
  std::size_t const dot = changed.find('.');
  auto payload =
      codec::parse_json(
          base::as_text(codec::from_base64url(changed.substr(dot + 1, changed.find('.', dot + 1) - dot - 1)).value()))
          .value();
  payload.as_object()["exp"] = payload.at("exp").as_int64() + 3600;
  payload.as_object()["iat"] = payload.at("iat").as_int64() + 3600;
  changed.replace(dot + 1, changed.find('.', dot + 1) - dot - 1,
                  codec::to_base64url(base::as_bytes(json::serialize(payload))));
  expect(Verdict::bad_signature, changed);
}

TEST_F(Proofs, OfTestModeAreNamedAsSuchWhoeverPinsTheirIssuer) {
  auto const of_test = [&](Signer const& signer) { return credential::issue(proof(), {test_leaf}, salt(), signer); };
  std::string const text = of_test(leaf_key.signer());
  expect(Verdict::test_mode, text);
  trust.issuers.clear();
  expect(Verdict::test_mode, text);
  test::P256Key const thief;
  expect(Verdict::bad_signature, of_test(thief.signer()));
}

TEST_F(Proofs, OfTestModeCannotBeMadeLiveByWhatTheySay) {
  auto const parts = split_sd_jwt(credential::issue(proof(), {test_leaf}, salt(), leaf_key.signer())).value();
  auto jws = parse_jws(parts.jws, credential_type).value();
  EXPECT_EQ(jws.payload.at("mode"), "test");
  jws.payload["mode"] = "live";
  jws.payload["_sd"] = json::array{};
  expect(Verdict::test_mode, make_jws(jws.header, credential_type, jws.payload, leaf_key.signer()) + "~");
  jws.header["x5c"] = to_x5c({leaf});
  expect(Verdict::valid, make_jws(jws.header, credential_type, jws.payload, leaf_key.signer()) + "~");
  jws.payload["mode"] = "test";
  expect(Verdict::test_mode, make_jws(jws.header, credential_type, jws.payload, leaf_key.signer()) + "~");
  trust.issuers[0].anchor = test::make_certificate({.subject = "Root",
                                                    .key = root_key,
                                                    .signed_by = root_key,
                                                    .issuer = "Root",
                                                    .from = from,
                                                    .until = until,
                                                    .is_authority = true,
                                                    .is_for_tests = true});
  expect(Verdict::test_mode, issue(proof()), {}, "test mode");  // the pinned one is marked, the others are not
}

TEST_F(Proofs, OfIssuersThatAreNotPinnedAreUntrusted) {
  auto other = proof();
  other.issuer = "https://register.example.org";
  expect(Verdict::untrusted_issuer, issue(other), {}, "not in the trust file");
  test::P256Key const false_root;
  auto const under_false_root = test::make_certificate({"Leaf", leaf_key, false_root, "Root", from, until});
  expect(Verdict::untrusted_issuer, credential::issue(proof(), {under_false_root}, salt(), leaf_key.signer()));
  auto const authority = test::make_certificate({"Leaf", leaf_key, root_key, "Root", from, until, true});
  expect(Verdict::untrusted_issuer, credential::issue(proof(), {authority}, salt(), leaf_key.signer()), {},
         "of a signer");
  auto const for_else =
      test::make_certificate({"Leaf", leaf_key, root_key, "Root", from, until, false, "keyAgreement"});
  expect(Verdict::untrusted_issuer, credential::issue(proof(), {for_else}, salt(), leaf_key.signer()), {},
         "of a signer");
  expect(Verdict::malformed, credential::issue(proof(), {leaf, root}, salt(), leaf_key.signer()), {}, "by itself");
  auto const of_lists = credential::issue(proof(), {status_leaf}, salt(), status_key.signer());
  expect(Verdict::untrusted_issuer, of_lists, {}, "");
}

TEST_F(Proofs, OutliveTheCertificateThatSignedThem) {
  leaf = test::make_certificate({"Leaf", leaf_key, root_key, "Root", from, now + 1h});
  std::string const text = issue(proof());
  now += days{7};
  expect(Verdict::valid, text);
  expect(Verdict::untrusted_issuer, issue(proof()), {}, "expired");
}

TEST_F(Proofs, MayComeByACertificateInBetween) {
  test::P256Key const between_key;
  auto const between = test::make_certificate({"Between", between_key, root_key, "Root", from, until, true});
  auto const below = test::make_certificate({"Leaf", leaf_key, between_key, "Between", from, until});
  expect(Verdict::valid, credential::issue(proof(), {below, between}, salt(), leaf_key.signer()));
  expect(Verdict::untrusted_issuer, credential::issue(proof(), {below}, salt(), leaf_key.signer()));
  trust.issuers[0].anchor = between;
  expect(Verdict::valid, credential::issue(proof(), {below}, salt(), leaf_key.signer()));
  expect(Verdict::untrusted_issuer, credential::issue(proof(), {below, between}, salt(), leaf_key.signer()), {},
         "brings along");
}

// RFC 9901, section 7.3
TEST_F(Proofs, OfAHolderTakeTheHoldersSignature) {
  std::string const text = issue(bound());
  expect(Verdict::valid, signed_by_holder(text));
  expect(Verdict::holder_not_bound, text, {}, "has not signed");
  EXPECT_EQ(verify(signed_by_holder(text), {}, std::nullopt).verdict, Verdict::holder_not_bound) << "nothing was asked";
  EXPECT_EQ(verify(text, {}, challenge).verdict, Verdict::holder_not_bound);
  EXPECT_EQ(verify(issue(proof()), {}, challenge).verdict, Verdict::holder_not_bound) << "of nobody's key";
  struct Case {
    json::object changes;
    char const* because;
  };
  for (Case const& c : {Case{{{"aud", "https://bank.example"}}, "another verifier"},
                        {{{"aud", nullptr}}, "another verifier"},
                        {{{"aud", json::array{challenge.audience}}}, "another verifier"},
                        {{{"nonce", "other"}}, "another challenge"},
                        {{{"nonce", nullptr}}, "another challenge"},
                        {{{"sd_hash", digest_of("other")}}, "other claims"},
                        {{{"sd_hash", nullptr}}, "other claims"},
                        {{{"iat", nullptr}}, "not come"},
                        {{{"iat", (now + 2min).time_since_epoch().count()}}, "not come"},
                        {{{"iat", (now - 11min).time_since_epoch().count()}}, "too long ago"}})
    expect(Verdict::holder_not_bound, signed_by_holder(text, c.changes), {}, c.because);
  expect(Verdict::valid, signed_by_holder(text, {{"iat", (now + 30s).time_since_epoch().count()}}));
  std::string const of_all = signed_by_holder(text);
  std::string const less = show_only(text, {"region"});
  expect(Verdict::holder_not_bound, less + of_all.substr(text.size()), {}, "other claims");
  expect(Verdict::valid, signed_by_holder(less));
}

TEST_F(Proofs, OfAHolderAreNotShownByAnother) {
  std::string const text = issue(bound());
  test::P256Key const thief;
  json::object const payload{{"iat", now.time_since_epoch().count()},
                             {"aud", challenge.audience},
                             {"nonce", challenge.nonce},
                             {"sd_hash", digest_of(text)}};
  expect(Verdict::holder_not_bound, text + make_jws({}, "kb+jwt", payload, thief.signer()), {}, "another key");
  expect(Verdict::malformed, text + make_jws({}, "jwt", payload, holder_key.signer()));
  expect(Verdict::holder_not_bound, issue(proof()) + make_jws({}, "kb+jwt", payload, thief.signer()), {},
         "names no holder");
}

TEST_F(Proofs, AreGoodFromTheirTimeToTheirTime) {
  std::string const text = issue(proof());
  now = at("2026-11-27T11:58:00Z");
  expect(Verdict::not_yet_valid, text);
  now = at("2026-11-27T11:59:30Z");
  expect(Verdict::valid, text);  // clocks differ
  now = at("2026-12-11T11:59:59Z");
  expect(Verdict::valid, text);
  now = at("2026-12-11T12:00:00Z");
  expect(Verdict::expired, text);
  now = at("2026-11-27T12:34:56Z");
  expect(Verdict::not_yet_valid,
         resigned(proof(), [&](json::object& payload) { payload["nbf"] = (now + 1h).time_since_epoch().count(); }));
}

TEST_F(Proofs, ThatLastHaveAStatus) {
  std::string const text = issue(lasting());
  expect(Verdict::status_unknown, text, {}, "at hand");
  expect(Verdict::valid, text, lists(0));
  expect(Verdict::revoked, text, lists(1));
  expect(Verdict::suspended, text, lists(2));
  expect(Verdict::status_unknown, text, lists(3), "not known here");
  expect(Verdict::valid, text, lists(1, 6));  // another's
  EXPECT_EQ(verify(text, lists(0)).status_age, std::chrono::seconds{1h});
  EXPECT_EQ(verify(text).status_age, std::nullopt);
  EXPECT_EQ(verify(issue(proof())).status_age, std::nullopt);
  expect(Verdict::status_unknown, issue(lasting(100)), lists(0), "no place");
}

TEST_F(Proofs, TakeTheNewestListThatIsTheIssuersAndInForce) {
  std::string const text = issue(lasting());
  auto tokens = lists(1);
  StatusList const good{2, 100};
  tokens.push_back(parse_status_token(status_token(good, now - 2h)).value());
  expect(Verdict::revoked, text, tokens);
  tokens.push_back(parse_status_token(status_token(good, now - 30min)).value());
  expect(Verdict::valid, text, tokens);
  auto const alone = [&](std::string const& token) { return std::vector{parse_status_token(token).value()}; };
  expect(Verdict::valid, text, alone(status_token(good, now - 24h + 1s)));
  expect(Verdict::status_unknown, text, alone(status_token(good, now - 24h)), "was good until");
  EXPECT_EQ(verify(text, alone(status_token(good, now - 30h))).status_age, std::chrono::seconds{30h});
  expect(Verdict::status_unknown, text, alone(status_token(good, now + 2min)), "at hand");
  trust.issuers.push_back({"https://other.example", root, root});
  expect(Verdict::status_unknown, text,
         alone(make_status_token(list_uri, now, now + 24h, 12h, good, {leaf}, leaf_key.signer())));
  test::P256Key const thief;
  expect(Verdict::status_unknown, text,
         alone(make_status_token(list_uri, now, now + 24h, 12h, good, {status_leaf}, thief.signer())));
  expect(Verdict::status_unknown, text,
         alone(make_status_token(list_uri, now, now + 24h, 12h, good, {leaf}, leaf_key.signer())));
  expect(Verdict::status_unknown, text,
         alone(make_status_token(list_uri + "8", now, now + 24h, 12h, good, {status_leaf}, status_key.signer())));
}

// G8: of several faults the first is named.
TEST_F(Proofs, HaveOneVerdictTheFirstThatApplies) {
  test::P256Key const thief;
  auto made = lasting();
  made.holder_key = holder_key.public_key();
  made.issuer = "https://nobody.example";
  now += days{400};
  auto const later = now;
  now -= days{400};
  std::string const forged = credential::issue(made, {test_leaf}, salt(), thief.signer());
  std::string const of_test = credential::issue(made, {test_leaf}, salt(), leaf_key.signer());
  std::string const of_nobody = issue(made);
  made.issuer = issuer;
  std::string const of_issuer = issue(made);
  auto const tokens = lists(1);
  now = later;
  expect(Verdict::malformed, forged + "x", tokens);
  expect(Verdict::bad_signature, forged, tokens);
  expect(Verdict::test_mode, of_test, tokens);
  expect(Verdict::untrusted_issuer, of_nobody, tokens);
  expect(Verdict::holder_not_bound, of_issuer, tokens);
  expect(Verdict::expired, signed_by_holder(of_issuer), tokens);
  now -= days{400};
  expect(Verdict::revoked, signed_by_holder(of_issuer), tokens);
}

TEST(Verdicts, HaveTheirNames) {
  char const* const names[] = {"malformed",        "bad-signature",  "test-mode", "untrusted-issuer",
                               "holder-not-bound", "not-yet-valid",  "expired",   "revoked",
                               "suspended",        "status-unknown", "valid"};
  for (std::size_t i = 0; i < std::size(names); ++i) EXPECT_EQ(name_of(static_cast<Verdict>(i)), names[i]);
}

}  // namespace
}  // namespace abode::credential
