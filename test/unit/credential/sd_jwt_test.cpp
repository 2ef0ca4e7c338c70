// SD-JWT: the published values, and everything that a verifier has to refuse (RFC 9901).
#include "credential/sd_jwt.hpp"

#include <gmock/gmock.h>

#include "codec/text.hpp"

namespace abode::credential {
namespace {

using base::errc;
using ::testing::HasSubstr;

std::string encoded(std::string_view text) {
  return codec::to_base64url(base::as_bytes(text));
}
json::object parsed(std::string_view text) {
  return codec::parse_json(text).value().as_object();
}
json::object with_digests(std::vector<std::string> const& disclosures) {
  json::array digests;
  for (std::string const& disclosure : disclosures) digests.emplace_back(digest_of(disclosure));
  return {{"_sd", digests}, {"iss", "x"}};
}

void expect_refused(json::object const& payload, std::vector<std::string> const& disclosures, char const* because) {
  auto const outcome = disclose(payload, disclosures);
  ASSERT_FALSE(outcome) << because;
  EXPECT_EQ(outcome.error().code, errc::malformed);
  EXPECT_THAT(outcome.error().detail, HasSubstr(because));
}

// RFC 9901, sections 4.2.1 to 4.2.3
TEST(Disclosures, HaveThePublishedDigests) {
  std::string const member = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
  EXPECT_EQ(digest_of(member), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
  auto const claims = disclose(parsed(R"({"_sd": ["X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"]})"), {member}).value();
  EXPECT_EQ(claims.all, parsed("{\"family_name\": \"M\xC3\xB6"
                               "bius\"}"));
  EXPECT_TRUE(claims.disclosed.contains("family_name"));
  std::string const element = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0";
  EXPECT_EQ(digest_of(element), "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs");
  EXPECT_EQ(disclose(parsed(R"({"countries":
                                ["DE", {"...": "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"}, "UK"]})"),
                     {element})
                .value()
                .all,
            parsed(R"({"countries": ["DE", "FR", "UK"]})"));
}

TEST(Disclosures, OfOneLevelMayHoldAnother) {
  std::string const inner = encoded(R"(["s1","region","Berlin"])");
  std::string const outer = encoded(R"(["s2","address",{"country":"DE","_sd":[")" + digest_of(inner) + R"("]}])");
  json::object const payload = with_digests({outer});
  EXPECT_EQ(disclose(payload, {inner, outer}).value().all,
            parsed(R"({"iss": "x", "address": {"country": "DE", "region": "Berlin"}})"));
  EXPECT_EQ(disclose(payload, {outer}).value().all, parsed(R"({"iss": "x", "address": {"country": "DE"}})"));
  EXPECT_EQ(disclose(payload, {}).value().all, parsed(R"({"iss": "x"})"));
  expect_refused(payload, {inner}, "of no digest");
}

TEST(Disclosures, ElementsThatAreNotShownAreLeftOut) {
  std::string const shown = encoded(R"(["s","a"])");
  std::string const hidden = encoded(R"(["t","b"])");
  json::object const payload{
      {"list", {json::object{{"...", digest_of(hidden)}}, "c", json::object{{"...", digest_of(shown)}}}}};
  EXPECT_EQ(disclose(payload, {shown}).value().all, parsed(R"({"list": ["c", "a"]})"));
}

TEST(Disclosures, DecoysAreNothing) {
  json::object payload = with_digests({});
  payload["_sd"] = {digest_of("decoy")};
  payload["_sd_alg"] = "sha-256";
  EXPECT_EQ(disclose(payload, {}).value().all, parsed(R"({"iss": "x"})"));
}

TEST(Disclosures, AreRefusedForWhatTheSpecificationSays) {
  std::string const good = encoded(R"(["s","family_name","Moebius"])");
  json::object const payload = with_digests({good});
  EXPECT_TRUE(disclose(payload, {good}));
  expect_refused(payload, {good, good}, "comes twice");
  expect_refused(payload, {encoded(R"(["s","family_name","Other"])")}, "of no digest");
  expect_refused(with_digests({good, good}), {good}, "stands there twice");
  json::object twice = payload;
  twice["address"] = {{"_sd", {digest_of(good)}}};
  expect_refused(twice, {good}, "stands there twice");
  json::object other_kind = payload;
  other_kind["_sd_alg"] = "sha-512";
  expect_refused(other_kind, {good}, "sha-256");
  json::object there = payload;
  there["family_name"] = "Somebody";
  expect_refused(there, {good}, "is there twice");
  for (std::string const name : {"_sd", "..."}) {
    std::string const named = encoded("[\"s\",\"" + name + "\",\"x\"]");
    expect_refused(with_digests({named}), {named}, "is named");
  }
  expect_refused(parsed(R"({"...": "x"})"), {}, "is named");
  expect_refused(parsed(R"({"_sd": "x"})"), {}, "no list");
  expect_refused(parsed(R"({"_sd": null})"), {}, "no list");
  expect_refused(parsed(R"({"_sd": [7]})"), {}, "no text");
  expect_refused(parsed(R"({"list": [{"...": "x", "y": 1}]})"), {}, "other members");
}

TEST(Disclosures, AreOfTheFormOfTheirPlace) {
  for (char const* const text :
       {R"(["s","x"])", R"(["s"])", R"(["s",7,"x"])", R"([7,"n","x"])", R"(["s","n","x","y"])"}) {
    std::string const wrong = encoded(text);
    expect_refused(with_digests({wrong}), {wrong}, "salt, name and value");
  }
  for (char const* const text : {R"(["s","n","x"])", R"([7,"x"])", R"(["s"])"}) {
    std::string const wrong = encoded(text);
    expect_refused({{"list", {json::object{{"...", digest_of(wrong)}}}}}, {wrong}, "salt and value");
  }
  expect_refused({}, {"*"}, "base64url");
  expect_refused({}, {encoded("{}")}, "JSON array");
  expect_refused({}, {encoded("[")}, "JSON array");
}

TEST(SdJwt, IsTakenApartAtItsTildes) {
  auto const parts = split_sd_jwt("a.b.c~d1~d2~k.b.j").value();
  EXPECT_EQ(parts.jws, "a.b.c");
  EXPECT_EQ(parts.disclosures, (std::vector<std::string>{"d1", "d2"}));
  EXPECT_EQ(parts.key_binding, "k.b.j");
  EXPECT_EQ(parts.presented, "a.b.c~d1~d2~");
  EXPECT_EQ(split_sd_jwt("a.b.c~").value().key_binding, std::nullopt);
  EXPECT_FALSE(split_sd_jwt("a.b.c"));
  EXPECT_FALSE(split_sd_jwt("a.b.c~~"));
  std::string many = "a~";
  for (std::size_t i = 0; i < max_disclosures; ++i) many += "d~";
  EXPECT_TRUE(split_sd_jwt(many));
  EXPECT_FALSE(split_sd_jwt(many + "d~"));
}

TEST(Disclosures, InTheMakingAreFoundAgain) {
  base::Bytes const salt(salt_size_bytes, 9);
  auto const made = make_disclosure(salt, "since", "2021-09-01");
  EXPECT_EQ(disclose({{"_sd", sorted_digests({made})}}, {made.text}).value().all, parsed(R"({"since": "2021-09-01"})"));
}

}  // namespace
}  // namespace abode::credential
