#include "webauthn/webauthn.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "codec/cbor.hpp"
#include "support/authenticator.hpp"

namespace abode::webauthn {
namespace {

using test::Authenticator;
using test::Ceremony;

RelyingParty const party{"localhost", {"http://localhost:8080", "https://register.example.org"}};
base::Bytes const challenge(32, 7);
base::Bytes const another_challenge(32, 8);

class EveryAlgorithm : public testing::TestWithParam<Algorithm> {};

INSTANTIATE_TEST_SUITE_P(Passkeys, EveryAlgorithm, testing::ValuesIn(algorithms),
                         [](auto const& one) { return "alg" + std::to_string(-static_cast<int>(one.param)); });

TEST_P(EveryAlgorithm, IsRegisteredAndThenSigns) {
  for (char const* format : {"none", "packed"}) {
    Authenticator device{GetParam()};
    auto const made = check_registration(party, challenge, device.create(challenge, {.format = format}));
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->id, device.credential_id());
    EXPECT_EQ(made->key.algorithm, GetParam());
    EXPECT_EQ(made->sign_count, 0u);
    auto const used = check_assertion(party, challenge, made->key, device.get(challenge));
    ASSERT_TRUE(used) << used.error().detail;
    EXPECT_EQ(*used, 0u);
  }
}

TEST_P(EveryAlgorithm, KeepsItsKeyInBytes) {
  Authenticator device{GetParam()};
  auto const made = check_registration(party, challenge, device.create(challenge));
  auto const kept = decode_public_key(encode(made->key));
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, made->key);
  base::Bytes cut = encode(made->key);
  cut.pop_back();
  EXPECT_EQ(decode_public_key(cut).error().code, base::errc::corrupted);
}

TEST(PublicKeys, OfNoKnownFormAreCorrupted) {
  EXPECT_EQ(decode_public_key({}).error().code, base::errc::corrupted);
  EXPECT_EQ(decode_public_key(base::Bytes(66, 1)).error().code, base::errc::corrupted);
}

TEST(SignCounts, ComeOutOfBothAnswers) {
  Authenticator device;
  device.sign_count = 0x01020304;
  auto const made = check_registration(party, challenge, device.create(challenge));
  EXPECT_EQ(made->sign_count, 0x01020304u);
  EXPECT_EQ(*check_assertion(party, challenge, made->key, device.get(challenge)), 0x01020305u);
}

struct Lie {
  char const* name;
  Ceremony ceremony;
};

void PrintTo(Lie const& lie, std::ostream* out) {
  *out << lie.name;
}

Lie const lies[] = {
    {"another relying party", {.rp_id = "example.org"}},
    {"another origin", {.origin = "http://localhost:8081"}},
    {"an origin that begins like ours", {.origin = "http://localhost:80801"}},
    {"no origin", {.origin = ""}},
    {"another type", {.type = "webauthn.sign"}},
    {"a frame of another site", {.more_members = R"(,"crossOrigin":true)"}},
    {"crossOrigin that is no boolean", {.more_members = R"(,"crossOrigin":"false")"}},
    {"a page of another site on top", {.more_members = R"(,"topOrigin":"http://evil.example")"}},
    {"nobody there", {.present = false}},
    {"nobody verified", {.verified = false}},
    {"backed up but not eligible", {.backed_up = true}},
};

class EveryLie : public testing::TestWithParam<Lie> {};
INSTANTIATE_TEST_SUITE_P(Passkeys, EveryLie, testing::ValuesIn(lies));

TEST_P(EveryLie, IsNoticedInARegistration) {
  Authenticator device;
  auto const made = check_registration(party, challenge, device.create(challenge, GetParam().ceremony));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, base::errc::invalid);
  EXPECT_EQ(made.error().field, "credential");
}

TEST_P(EveryLie, IsNoticedInAnAssertion) {
  Authenticator device;
  auto const made = check_registration(party, challenge, device.create(challenge));
  auto const used = check_assertion(party, challenge, made->key, device.get(challenge, GetParam().ceremony));
  ASSERT_FALSE(used);
  EXPECT_EQ(used.error().code, base::errc::unauthenticated);
}

TEST(Passkeys, OfEveryOriginOfOursAndWithUnknownMembersAreTaken) {
  Authenticator device;
  Ceremony const ceremony{.origin = "https://register.example.org",
                          .more_members = R"(,"crossOrigin":false,"other_keys_can_be_added_here":"x")",
                          .backup_eligible = true,
                          .backed_up = true};
  auto const made = check_registration(party, challenge, device.create(challenge, ceremony));
  ASSERT_TRUE(made);
  EXPECT_TRUE(check_assertion(party, challenge, made->key, device.get(challenge, ceremony)));
}

TEST(Passkeys, AnswerTheChallengeThatWasAskedAndNoOther) {
  Authenticator device;
  EXPECT_FALSE(check_registration(party, another_challenge, device.create(challenge)));
  auto const made = check_registration(party, challenge, device.create(challenge));
  EXPECT_FALSE(check_assertion(party, another_challenge, made->key, device.get(challenge)));
  auto const answer = device.get(challenge);
  EXPECT_EQ(*challenge_in(answer.client_data), challenge);
}

TEST(Passkeys, AnAnswerOfOneCeremonyIsNoneOfTheOther) {
  Authenticator device;
  auto const made = check_registration(party, challenge, device.create(challenge));
  EXPECT_FALSE(check_registration(party, challenge, device.create(challenge, {.type = "webauthn.get"})));
  EXPECT_FALSE(check_assertion(party, challenge, made->key, device.get(challenge, {.type = "webauthn.create"})));
}

TEST(Assertions, AreSignedByThatVeryKeyOverTheseVeryBytes) {
  Authenticator device;
  Authenticator another;
  auto const key = check_registration(party, challenge, device.create(challenge))->key;
  auto const good = device.get(challenge);
  ASSERT_TRUE(check_assertion(party, challenge, key, good));
  EXPECT_FALSE(check_assertion(party, challenge, key, another.get(challenge))) << "another key";
  Assertion changed = good;
  changed.signature[10] ^= 1;
  EXPECT_FALSE(check_assertion(party, challenge, key, changed)) << "another signature";
  changed = good;
  changed.signature.clear();
  EXPECT_FALSE(check_assertion(party, challenge, key, changed)) << "no signature";
  changed = good;
  changed.authenticator_data.back() ^= 1;
  EXPECT_FALSE(check_assertion(party, challenge, key, changed)) << "another count";
  changed = good;
  changed.authenticator_data.push_back(0);
  EXPECT_FALSE(check_assertion(party, challenge, key, changed)) << "more data";
  changed = good;
  changed.authenticator_data.resize(36);
  EXPECT_FALSE(check_assertion(party, challenge, key, changed)) << "less data";
  changed = good;
  changed.client_data.push_back(' ');
  EXPECT_FALSE(check_assertion(party, challenge, key, changed)) << "other client data";
}

TEST(Assertions, UnderAnAlgorithmThatTheKeyIsNotOfAreRefused) {
  Authenticator device;
  auto key = check_registration(party, challenge, device.create(challenge))->key;
  key.algorithm = Algorithm::eddsa;
  EXPECT_FALSE(check_assertion(party, challenge, key, device.get(challenge)));
  key = {Algorithm::es256, base::Bytes(64, 1)};
  EXPECT_FALSE(check_assertion(party, challenge, key, device.get(challenge))) << "no point of the curve";
}

TEST(Registrations, WithAStatementThatWasNotAskedForAreRefused) {
  Authenticator device;
  EXPECT_FALSE(check_registration(party, challenge, device.create(challenge, {.format = "fido-u2f"})));
  EXPECT_FALSE(check_registration(party, challenge, device.create(challenge, {.format = ""})));
  auto packed = device.create(challenge, {.format = "packed"});
  ASSERT_TRUE(check_registration(party, challenge, packed));
  // The statement is signed over the client data: other client data does not go with it.
  packed.client_data.push_back(' ');
  EXPECT_FALSE(check_registration(party, challenge, packed));
}

TEST(Registrations, ThatAreCutOrHaveMoreBehindAreRefused) {
  Authenticator device;
  auto const good = device.create(challenge);
  for (std::size_t size = 0; size < good.attestation_object.size(); ++size) {
    Registration cut = good;
    cut.attestation_object.resize(size);
    EXPECT_FALSE(check_registration(party, challenge, cut)) << size;
  }
  for (std::size_t size = 0; size < good.client_data.size(); ++size) {
    Registration cut = good;
    cut.client_data.resize(size);
    EXPECT_FALSE(check_registration(party, challenge, cut)) << size;
  }
  Registration longer = good;
  longer.attestation_object.push_back(0);
  EXPECT_FALSE(check_registration(party, challenge, longer));
  longer = good;
  longer.client_data.resize(max_answer_bytes + 1, ' ');
  EXPECT_EQ(check_registration(party, challenge, longer).error().code, base::errc::malformed);
}

TEST(AuthenticatorData, ThatSaysItHoldsMoreThanItDoesIsRefused) {
  Authenticator device;
  auto const good = device.create(challenge);
  auto const key = check_registration(party, challenge, good)->key;
  // The map of the key begins behind the credential's id; 0xbb: its size follows in eight bytes.
  Registration huge = good;
  auto const map = std::ranges::search(huge.attestation_object, device.credential_id()).end();
  ASSERT_EQ(*map, 0xa5);
  base::Bytes const size{0xbb, 0, 0, 0, 7, 0, 0, 0, 0};
  huge.attestation_object.erase(map);
  huge.attestation_object.insert(map, size.begin(), size.end());
  EXPECT_FALSE(check_registration(party, challenge, huge));
  auto extended = device.get(challenge);
  extended.authenticator_data[32] |= 0x80;
  base::append(extended.authenticator_data, size);
  EXPECT_FALSE(check_assertion(party, challenge, key, extended));
}

TEST(ClientData, ThatCannotBeReadIsMalformed) {
  for (char const* text : {"", "[]", "{}", "null", R"({"challenge":""})", R"({"challenge":"***"})",
                           R"({"challenge":5})", R"({"challenge":"AAAA","challenge":"AAAA"})"})
    EXPECT_EQ(challenge_in(base::as_bytes(text)).error().code, base::errc::malformed) << text;
}

TEST(RelyingPartyIds, AreHostNamesAndNeverAddresses) {
  EXPECT_EQ(relying_party_id("http://localhost:8080"), "localhost");
  EXPECT_EQ(relying_party_id("https://Register.Example.org"), "register.example.org");
  EXPECT_EQ(relying_party_id("https://register.example.org/path"), "register.example.org");
  for (char const* address : {"http://127.0.0.1:8080", "http://[::1]:8080", "https://10.0.0.1", "nothing", "http://"})
    EXPECT_EQ(relying_party_id(address), "") << address;
}

}  // namespace
}  // namespace abode::webauthn
