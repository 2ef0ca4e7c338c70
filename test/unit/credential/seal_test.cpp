// Seals on paper: what they say, how much they hold, each way in which they are refused, and their verdicts.
#include "credential/seal.hpp"

#include <gmock/gmock.h>

#include <random>

#include "codec/canonical_json.hpp"
#include "codec/text.hpp"
#include "unit/credential/proof_world.hpp"

namespace abode::credential {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using test::at;
using ::testing::HasSubstr;
using ::testing::Not;

class Seals : public ::testing::Test, protected test::ProofWorld {
 protected:
  void expect(Verdict verdict, std::string const& text, std::string_view because = "",
              std::vector<StatusToken> const& tokens = {}) {
    auto const found = ProofWorld::verify(text, tokens, std::nullopt);
    EXPECT_EQ(name_of(found.verdict), name_of(verdict)) << found.why << " " << text;
    EXPECT_THAT(found.why, HasSubstr(std::string{because}));
    EXPECT_EQ(found.why.empty(), verdict == Verdict::valid);
    EXPECT_EQ(found.seal.has_value(), verdict != Verdict::malformed);
    EXPECT_FALSE(found.proof.has_value());
  }
  using Change = std::function<void(json::object& seal)>;
  /// Changed, and signed again by the issuer.
  std::string resigned(ResidenceSeal const& made, Change const& change) {
    json::object whole = codec::parse_json(seal(made)).value().as_object();
    change(whole);
    std::string const data = codec::to_canonical_json(whole["data"]).value();
    if (whole["sig"].is_object() && whole["sig"].as_object().contains("sigvl"))
      whole["sig"].as_object()["sigvl"] = codec::to_base64url(leaf_key.sign(base::as_bytes(data)));
    return json::serialize(whole);
  }
  static Change in_message(std::string name, json::value value) {
    return [=](json::object& whole) { whole["data"].as_object()["msg"].as_object()[name] = value; };
  }
  static Change in_header(std::string name, json::value value) {
    return [=](json::object& whole) { whole["data"].as_object()["hdr"].as_object()[name] = value; };
  }
  static Change in_signature(std::string name, json::value value) {
    return [=](json::object& whole) { whole["sig"].as_object()[name] = value; };
  }
};

TEST_F(Seals, SayWhatThePageShows) {
  auto const found = verify(seal(page()), {}, std::nullopt);
  ASSERT_EQ(found.verdict, Verdict::valid) << found.why;
  ShownSeal const& shown = *found.seal;
  EXPECT_EQ(shown.issuer, issuer);
  EXPECT_EQ(shown.number, page().number);
  EXPECT_EQ(shown.issued_on, page().issued_on);
  EXPECT_EQ(shown.good_through, page().good_through);
  EXPECT_EQ(shown.person, page().person);
  EXPECT_EQ(shown.address, page().address);
  EXPECT_EQ(shown.residence, page().residence);
  EXPECT_EQ(shown.status, std::nullopt);
  EXPECT_EQ(found.said(), &shown);
  EXPECT_EQ(shown.issued_at, at("2026-11-27T00:00:00Z"));
  EXPECT_EQ(shown.expires_at, at("2026-12-11T00:00:00Z"));
}

// The form of ICAO Doc 9303-13, in the bytes of RFC 8785.
TEST_F(Seals, HaveTheFormOfTheSpecification) {
  std::string const text = seal(page());
  EXPECT_EQ(codec::to_canonical_json(codec::parse_json(text).value()).value(), text);
  EXPECT_THAT(text, ::testing::StartsWith(
                        R"({"data":{"hdr":{"is":"https://register.example","t":"abode.residence","v":1},"msg":{)"
                        R"("co":"DE","fn":"ERIKSSON","fo":"Sonnenallee 17b\n12047 Berlin","fr":"2026-11-27",)"
                        R"("gn":"ANNA MARIA","ki":"main","md":"live","nr":"7K2PDXQ04M8ZVW1H","si":"2021-09-01",)"
                        R"("to":"2026-12-10"}},"sig":{"alg":"ES256","cer":")"));
}

TEST_F(Seals, CarryEveryClaimThatAProofHas) {
  auto made = page();
  made.person = proof().person;
  made.address = proof().address;
  made.residence = proof().residence;
  std::set<std::string_view> names;
  for (SealName const& name : seal_person_names) names.insert(name.claim);
  for (SealName const& name : seal_address_names) names.insert(name.claim);
  for (SealName const& name : seal_residence_names) names.insert(name.claim);
  EXPECT_EQ(names.size(), person_claims.size() + address_claims.size() + residence_claims.size());
  for (auto const& claims : {made.person, made.address, made.residence})
    for (auto const& [name, text] : claims) EXPECT_TRUE(names.contains(name)) << name;
  auto const found = verify(seal(made), {}, std::nullopt);
  ASSERT_EQ(found.verdict, Verdict::valid) << found.why;
  EXPECT_EQ(found.seal->person, made.person);
  EXPECT_EQ(found.seal->address, made.address);
  EXPECT_EQ(found.seal->residence, made.residence);
}

TEST_F(Seals, MayComeInAnotherOrderAndWithBlanks) {
  std::string const text = seal(page());
  json::object const whole = codec::parse_json(text).value().as_object();
  std::string const turned = "{ \"sig\": " + json::serialize(whole.at("sig")) +
                             ",\n\t\"data\": {\"msg\":" + json::serialize(whole.at("data").at("msg")) +
                             ",\"hdr\":" + json::serialize(whole.at("data").at("hdr")) + "} }";
  EXPECT_NE(turned, text);
  expect(Verdict::valid, turned);
}

TEST_F(Seals, G9HaveNoPlaceForANationalityOrADocument) {
  for (char const* name : {"nationality", "na", "dn", "family_name"})
    expect(Verdict::malformed, resigned(page(), in_message(name, "XX")), name);
}

TEST_F(Seals, AreMalformed) {
  for (char const* text : {"{", "{}", R"({"data":{}})", R"({"data":{},"sig":{}})", R"({"data":[],"sig":{}})",
                           R"({"data":{"hdr":{},"msg":{}},"sig":{}})"})
    expect(Verdict::malformed, text);
  for (char const* name : {"t", "v", "is"})
    expect(Verdict::malformed,
           resigned(page(), [&](json::object& whole) { whole["data"].as_object()["hdr"].as_object().erase(name); }));
  for (char const* name : {"nr", "md", "fr", "to"})
    expect(Verdict::malformed,
           resigned(page(), [&](json::object& whole) { whole["data"].as_object()["msg"].as_object().erase(name); }));
  for (char const* name : {"alg", "cer", "sigvl"})
    expect(Verdict::malformed, resigned(page(), [&](json::object& whole) { whole["sig"].as_object().erase(name); }));
  for (auto const& change :
       {in_header("x", 1), in_signature("x", 1), in_message("x", "1"), Change{[](json::object& r) { r["x"] = 1; }},
        Change{[](json::object& r) { r["data"].as_object()["x"] = 1; }}})
    expect(Verdict::malformed, resigned(page(), change), "that a seal has not");
  expect(Verdict::malformed, resigned(page(), in_header("t", "icao.vacc")), "\"t\"");
  for (json::value const& version : {json::value(2), json::value("1"), json::value(0), json::value(-1)})
    expect(Verdict::malformed, resigned(page(), in_header("v", version)), "version");
  expect(Verdict::malformed, resigned(page(), in_header("is", 7)));
  expect(Verdict::malformed, resigned(page(), in_message("md", "perhaps")), "mode");
  for (char const* number :
       {"", "7K2PDXQ04M8ZVW1", "7K2PDXQ04M8ZVW1HH", "7k2pdxq04m8zvw1h", "7K2P-DXQ0-4M8Z-V", "IK2PDXQ04M8ZVW1H"})
    expect(Verdict::malformed, resigned(page(), in_message("nr", number)), "number");
  for (char const* name : {"fr", "to"})
    for (char const* date : {"", "2026-02-30", "2026-11-27T00:00:00Z", "27.11.2026"})
      expect(Verdict::malformed, resigned(page(), in_message(name, date)), "no date");
  for (char const* name : {"fn", "co", "si"})
    for (json::value const& value : {json::value(7), json::value(nullptr), json::value(json::object{})})
      expect(Verdict::malformed, resigned(page(), in_message(name, value)), "no text");
}

TEST_F(Seals, WithAMemberTwiceAreMalformed) {
  std::string text = seal(page());
  text.insert(text.find("\"fn\""), "\"fn\":\"SVENSSON\",");
  expect(Verdict::malformed, text);
}

TEST_F(Seals, WithAnotherSignatureOrCertificateThanTheyMayHaveAreMalformed) {
  for (char const* alg : {"none", "ES384", "RS256", "HS256", "es256"})
    expect(Verdict::malformed, resigned(page(), in_signature("alg", alg)), "\"alg\"");
  auto const replaced = [&](char const* name, std::string const& value) {
    json::object whole = codec::parse_json(seal(page())).value().as_object();
    whole["sig"].as_object()[name] = value;
    return json::serialize(whole);
  };
  std::string const cer = codec::to_base64url(leaf.der());
  expect(Verdict::malformed, replaced("cer", codec::to_base64url(root.der())), "by itself");
  for (std::string const& other : {std::string{}, std::string{"AAAA"}, cer + "=", cer + "AAAA", cer.substr(4)})
    expect(Verdict::malformed, replaced("cer", other), "no certificate");
  std::string signature{codec::parse_json(seal(page())).value().at_pointer("/sig/sigvl").as_string()};
  for (std::string const& other :
       {std::string{}, signature + "==", signature.substr(1), signature + "AA", codec::to_base64(base::Bytes(64, 251))})
    expect(Verdict::malformed, replaced("sigvl", other), "64 bytes");
  // The last character carries bits that are not of the bytes: another that looks alike is another text.
  signature.back() = signature.back() == 'A' ? 'B' : static_cast<char>(signature.back() + 1);
  expect(Verdict::malformed, replaced("sigvl", signature));
}

TEST_F(Seals, ThatWereChangedHaveABadSignature) {
  std::string const text = seal(page());
  auto const with = [&](std::string_view before, std::string_view after) {
    std::string changed = text;
    changed.replace(changed.find(before), before.size(), after);
    return changed;
  };
  expect(Verdict::bad_signature, with("ERIKSSON", "SVENSSON"));
  expect(Verdict::bad_signature, with("2026-12-10", "2026-12-09"));
  expect(Verdict::bad_signature, with("\"fn\"", "\"st\""));
  test::P256Key const thief;
  expect(Verdict::bad_signature, make_seal(page(), leaf, thief.signer()).value());
}

TEST_F(Seals, OfTestModeAreNamedAsSuch) {
  auto const made = make_seal(page(), test_leaf, leaf_key.signer()).value();
  EXPECT_THAT(made, HasSubstr(R"("md":"test")"));
  expect(Verdict::test_mode, made);
  expect(Verdict::test_mode, resigned(page(), in_message("md", "test")));
  leaf = test_leaf;
  expect(Verdict::test_mode, resigned(page(), in_message("md", "live")), "no legal effect");
}

TEST_F(Seals, OfIssuersThatAreNotPinnedAreUntrusted) {
  auto other = page();
  other.issuer = "https://register.example.org";
  expect(Verdict::untrusted_issuer, seal(other), "not in the trust file");
  test::P256Key const false_root;
  leaf = test::make_certificate({"Leaf", leaf_key, false_root, "Root", from, until});
  expect(Verdict::untrusted_issuer, seal(page()));
  leaf = test::make_certificate({"Leaf", leaf_key, root_key, "Root", from, until, true});
  expect(Verdict::untrusted_issuer, seal(page()), "of a signer");
  leaf = status_leaf;
  expect(Verdict::untrusted_issuer, make_seal(page(), status_leaf, status_key.signer()).value());
}

// A seal names its day alone: what a key signed that was certified within that day is good, what it dates before is
// not.
TEST_F(Seals, MayBeOfTheDayOnWhichTheirKeyWasCertified) {
  leaf = test::make_certificate({"Leaf", leaf_key, root_key, "Root", at("2026-11-27T12:00:00Z"), until});
  expect(Verdict::valid, seal(page()));
  leaf = test::make_certificate({"Leaf", leaf_key, root_key, "Root", at("2026-11-28T00:00:00Z"), until});
  expect(Verdict::untrusted_issuer, seal(page()), "not good yet");
  leaf = test::make_certificate({"Leaf", leaf_key, root_key, "Root", from, at("2026-11-27T12:00:00Z")});
  expect(Verdict::valid, seal(page()));
  leaf = test::make_certificate({"Leaf", leaf_key, root_key, "Root", from, at("2026-11-26T23:59:59Z")});
  expect(Verdict::untrusted_issuer, seal(page()), "expired");
}

TEST_F(Seals, AreNobodysToProveTheirs) {
  EXPECT_EQ(verify(seal(page()), {}, challenge).verdict, Verdict::holder_not_bound);
}

TEST_F(Seals, AreGoodFromTheirFirstDayThroughTheirLast) {
  std::string const text = seal(page());
  now = at("2026-11-26T23:58:59Z");
  expect(Verdict::not_yet_valid, text);
  now = at("2026-11-26T23:59:00Z");
  expect(Verdict::valid, text);  // clocks differ
  now = at("2026-12-10T23:59:59Z");
  expect(Verdict::valid, text);
  now = at("2026-12-11T00:00:00Z");
  expect(Verdict::expired, text);
}

TEST_F(Seals, LiveNoLongerThanTheFloorsLetThem) {
  auto const through = [](char const* day) { return in_message("to", day); };
  expect(Verdict::malformed, resigned(page(), through("2026-12-11")), "life");
  expect(Verdict::malformed, resigned(page(), through("2026-11-26")), "life");
  expect(Verdict::valid, resigned(page(), through("2026-11-27")));
  expect(Verdict::valid, resigned(lasting_page(), through("2027-11-27")), "", lists(0));
  expect(Verdict::malformed, resigned(lasting_page(), through("2027-11-28")), "life");
  auto made = page();
  made.good_through = base::day_of(now + days{14});
  EXPECT_DEATH(seal(made), "within the floors");
}

TEST_F(Seals, ThatLastHaveAStatus) {
  std::string const text = seal(lasting_page());
  EXPECT_THAT(text, HasSubstr(R"("sl":{"i":5,"u":"/status/7"})")) << "below the issuer's address";
  expect(Verdict::status_unknown, text, "at hand");
  expect(Verdict::valid, text, "", lists(0));
  expect(Verdict::revoked, text, "", lists(1));
  expect(Verdict::suspended, text, "", lists(2));
  EXPECT_EQ(verify(text, lists(0), std::nullopt).status_age, std::chrono::seconds{1h});
  auto made = lasting_page();
  made.status->uri = "https://lists.example/1";
  EXPECT_EQ(verify(seal(made), {}, std::nullopt).seal->status, made.status);
  for (json::value const& status :
       {json::value(7), json::value(json::object{}), json::value(json::object{{"i", -1}, {"u", "/1"}}),
        json::value(json::object{{"i", 1}}), json::value(json::object{{"u", "/1"}}),
        json::value(json::object{{"i", 1.5}, {"u", "/1"}}), json::value(json::object{{"i", 1}, {"u", "/1"}, {"x", 1}}),
        json::value(json::object{{"i", 1}, {"u", 1}})})
    expect(Verdict::malformed, [&] {
      json::object whole = codec::parse_json(seal(lasting_page())).value().as_object();
      whole["data"].as_object()["msg"].as_object()["sl"] = status;
      return json::serialize(whole);
    }());
}

// G8: of several faults the first is named.
TEST_F(Seals, HaveOneVerdictTheFirstThatApplies) {
  test::P256Key const thief;
  auto made = lasting_page();
  made.issuer = "https://nobody.example";
  made.status->uri = list_uri;
  auto const verdict = [&](std::string const& text, std::optional<Challenge> const& asked, base::Time when) {
    return Verifier{trust, lists(1)}.verify(text, asked, when).verdict;
  };
  base::Time const later = now + days{400};
  std::string const forged = make_seal(made, test_leaf, thief.signer()).value();
  EXPECT_EQ(verdict(forged + "x", challenge, later), Verdict::malformed);
  EXPECT_EQ(verdict(forged, challenge, later), Verdict::bad_signature);
  EXPECT_EQ(verdict(make_seal(made, test_leaf, leaf_key.signer()).value(), challenge, later), Verdict::test_mode);
  EXPECT_EQ(verdict(seal(made), challenge, later), Verdict::untrusted_issuer);
  made.issuer = issuer;
  EXPECT_EQ(verdict(seal(made), challenge, later), Verdict::holder_not_bound);
  EXPECT_EQ(verdict(seal(made), std::nullopt, now - days{2}), Verdict::not_yet_valid);
  EXPECT_EQ(verdict(seal(made), std::nullopt, later), Verdict::expired);
  EXPECT_EQ(verdict(seal(made), std::nullopt, now), Verdict::revoked);
}

TEST_F(Seals, ThatWouldBeTooLargeAreNotSigned) {
  auto made = page();
  made.address["formatted"] = std::string(400, 'x');
  made.person["family_name"] = std::string(200, 'y');
  bool asked = false;
  Signer const watched = [&](base::ByteView message) {
    asked = true;
    return leaf_key.sign(message);
  };
  auto const refused = make_seal(made, leaf, watched);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::errc::too_large);
  EXPECT_EQ(refused.error().field, "address.formatted");
  EXPECT_THAT(refused.error().detail, HasSubstr("Leave out \"formatted\""));
  EXPECT_FALSE(asked);
  made.address.erase("formatted");
  EXPECT_TRUE(make_seal(made, leaf, watched)) << "so the advice was good";
  EXPECT_TRUE(asked);
  made = page();
  made.person = made.address = made.residence = {};
  made.issuer = "https://" + std::string(600, 'r') + ".example";
  EXPECT_THAT(make_seal(made, leaf, watched).error().detail, HasSubstr("The register's own address"));
}

TEST_F(Seals, HoldAsMuchAsTheLimitToTheByte) {
  auto made = page();
  made.address["formatted"] = "";
  std::size_t const room = max_seal_bytes - seal(made).size();
  made.address["formatted"] = std::string(room, 'x');
  std::string const full = seal(made);
  EXPECT_EQ(full.size(), max_seal_bytes);
  expect(Verdict::valid, full);
  expect(Verdict::malformed, "{ " + full.substr(1), "longer");
  made.address["formatted"] += 'x';
  auto const refused = check_fits(made, leaf);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("1 bytes too much"));
}

TEST_F(Seals, OfWhichACharacterIsAlteredAreNeverValid) {
  std::string const good = seal(lasting_page());
  Verifier verifier{trust, lists(0)};
  ASSERT_EQ(verifier.verify(good, std::nullopt, now).verdict, Verdict::valid);
  constexpr std::uint64_t seed = 20261127;
  std::mt19937_64 dice{seed};
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=\"{}:,\\";
  for (int round = 0; round < 2000; ++round) {
    std::string text = good;
    std::size_t const place = dice() % text.size();
    char const letter = letters[dice() % letters.size()];
    if (text[place] == letter) continue;
    text[place] = letter;
    ASSERT_NE(verifier.verify(text, std::nullopt, now).verdict, Verdict::valid)
        << "seed " << seed << ": place " << place << " is " << letter;
    text = good;
    text.erase(place, 1);
    ASSERT_NE(verifier.verify(text, std::nullopt, now).verdict, Verdict::valid)
        << "seed " << seed << ": place " << place << " is gone";
  }
}

TEST_F(Seals, OfAnyTextsReadBackAsTheyWere) {
  constexpr std::string_view letters[] = {"a", "\"", "\\", "\n", "\x01", "\u00e4", "\u10d0", "\ue000", "\U0001F600"};
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::mt19937_64 dice{seed};
    auto made = seed % 2 == 0 ? page() : lasting_page(dice() % 100);
    made.person = made.address = made.residence = {};
    auto const fill = [&](Texts& texts, auto const& names) {
      for (std::string_view const name : names) {
        if (dice() % 2 == 0) continue;
        std::string text;
        for (std::size_t n = dice() % 8; n > 0; --n) text += letters[dice() % std::size(letters)];
        texts.emplace(name, text);
      }
    };
    fill(made.person, person_claims);
    fill(made.address, address_claims);
    fill(made.residence, residence_claims);
    auto const found = Verifier{trust, lists(0)}.verify(seal(made), std::nullopt, now);
    ASSERT_EQ(found.verdict, Verdict::valid) << "seed " << seed << ": " << found.why;
    ASSERT_EQ(found.seal->person, made.person) << "seed " << seed;
    ASSERT_EQ(found.seal->address, made.address) << "seed " << seed;
    ASSERT_EQ(found.seal->residence, made.residence) << "seed " << seed;
    ASSERT_EQ(found.seal->status, made.status) << "seed " << seed;
  }
}

}  // namespace
}  // namespace abode::credential
