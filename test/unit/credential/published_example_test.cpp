// The example that RFC 9901 carries through (section 5), with its keys (appendix A.5): what others signed is read and
// checked as it stands there.
#include <gtest/gtest.h>

#include "credential/sd_jwt.hpp"

namespace abode::credential {
namespace {

char const* const signed_by_issuer =
    "eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImV4YW1wbGUrc2Qtand0In0.eyJfc2QiOiBbIkNyUWU3UzVrcUJBSHQtbk1ZWGdjNmJk"
    "dDJTSDVhVFkxc1VfTS1QZ2tqUEkiLCAiSnpZakg0c3ZsaUgwUjNQeUVNZmVadTZKdDY5dTVxZWhabzdGN0VQWWxTRSIsICJQb3JG"
    "YnBLdVZ1Nnh5bUphZ3ZrRnNGWEFiUm9jMkpHbEFVQTJCQTRvN2NJIiwgIlRHZjRvTGJnd2Q1SlFhSHlLVlFaVTlVZEdFMHc1cnRE"
    "c3JaemZVYW9tTG8iLCAiWFFfM2tQS3QxWHlYN0tBTmtxVlI2eVoyVmE1TnJQSXZQWWJ5TXZSS0JNTSIsICJYekZyendzY002R242"
    "Q0pEYzZ2Vks4QmtNbmZHOHZPU0tmcFBJWmRBZmRFIiwgImdiT3NJNEVkcTJ4Mkt3LXc1d1BFemFrb2I5aFYxY1JEMEFUTjNvUUw5"
    "Sk0iLCAianN1OXlWdWx3UVFsaEZsTV8zSmx6TWFTRnpnbGhRRzBEcGZheVF3TFVLNCJdLCAiaXNzIjogImh0dHBzOi8vaXNzdWVy"
    "LmV4YW1wbGUuY29tIiwgImlhdCI6IDE2ODMwMDAwMDAsICJleHAiOiAxODgzMDAwMDAwLCAic3ViIjogInVzZXJfNDIiLCAibmF0"
    "aW9uYWxpdGllcyI6IFt7Ii4uLiI6ICJwRm5kamtaX1ZDem15VGE2VWpsWm8zZGgta284YUlLUWM5RGxHemhhVllvIn0sIHsiLi4u"
    "IjogIjdDZjZKa1B1ZHJ5M2xjYndIZ2VaOGtoQXYxVTFPU2xlclAwVmtCSnJXWjAifV0sICJfc2RfYWxnIjogInNoYS0yNTYiLCAi"
    "Y25mIjogeyJqd2siOiB7Imt0eSI6ICJFQyIsICJjcnYiOiAiUC0yNTYiLCAieCI6ICJUQ0FFUjE5WnZ1M09IRjRqNFc0dmZTVm9I"
    "SVAxSUxpbERsczd2Q2VHZW1jIiwgInkiOiAiWnhqaVdXYlpNUUdIVldLVlE0aGJTSWlyc1ZmdWVjQ0U2dDRqVDlGMkhaUSJ9fX0."
    "wRDKjY5b1m019tLnfoCZ0we8WUNl4TBbIJls9JyoSYRt7Ib_hIOhyIg1SOe5mbwEBbBsTrXmleMyOtwBm8HxiQ";
char const* const given_name = "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd";
char const* const family_name = "WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd";
char const* const email = "WyI2SWo3dE0tYTVpVlBHYm9TNXRtdlZBIiwgImVtYWlsIiwgImpvaG5kb2VAZXhhbXBsZS5jb20iXQ";
char const* const phone_number = "WyJlSThaV205UW5LUHBOUGVOZW5IZGhRIiwgInBob25lX251bWJlciIsICIrMS0yMDItNTU1LTAxMDEiXQ";
char const* const phone_number_verified =
    "WyJRZ19PNjR6cUF4ZTQxMmExMDhpcm9BIiwgInBob25lX251bWJlcl92ZXJpZmllZCIsIHRydWVd";
char const* const address =
    "WyJBSngtMDk1VlBycFR0TjRRTU9xUk9BIiwgImFkZHJlc3MiLCB7InN0cmVldF9hZGRyZXNzIjogIjEyMyBNYWluIFN0IiwgImxv"
    "Y2FsaXR5IjogIkFueXRvd24iLCAicmVnaW9uIjogIkFueXN0YXRlIiwgImNvdW50cnkiOiAiVVMifV0";
char const* const birthdate = "WyJQYzMzSk0yTGNoY1VfbEhnZ3ZfdWZRIiwgImJpcnRoZGF0ZSIsICIxOTQwLTAxLTAxIl0";
char const* const updated_at = "WyJHMDJOU3JRZmpGWFE3SW8wOXN5YWpBIiwgInVwZGF0ZWRfYXQiLCAxNTcwMDAwMDAwXQ";
char const* const first_element = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIlVTIl0";
char const* const second_element = "WyJuUHVvUW5rUkZxM0JJZUFtN0FuWEZBIiwgIkRFIl0";
char const* const signed_by_holder =
    "eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImtiK2p3dCJ9.eyJub25jZSI6ICIxMjM0NTY3ODkwIiwgImF1ZCI6ICJodHRwczovL3Z"
    "lcmlmaWVyLmV4YW1wbGUub3JnIiwgImlhdCI6IDE3NDA4MTc3NzQsICJzZF9oYXNoIjogIlFoZU1nZVNndHJlaHNzM3Q3MGIwTGg"
    "za1NpQ1BiSUNBVm8tSk1oNUQ1dEEifQ.DA5mNZ6m0TabwVoIJywAsW9dFrWyaFQ3WE4Zc_QtC7HVY34R7KTQy_RYGXgZ6F1PmyYY"
    "vA4DODeGrwmVDBE4OQ";

base::Bytes const issuer_key = read_jwk({{"kty", "EC"},
                                         {"crv", "P-256"},
                                         {"x", "b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ"},
                                         {"y", "Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8"}})
                                   .value();

std::string shown(std::initializer_list<std::string_view> parts) {
  std::string text = signed_by_issuer;
  text += '~';
  for (std::string_view const part : parts) (text += part) += '~';
  return text;
}

json::object claims_of(SdJwtText const& parts) {
  auto const jws = parse_jws(parts.jws, "example+sd-jwt").value();
  EXPECT_TRUE(is_signed_by(jws, issuer_key));
  return disclose(jws.payload, parts.disclosures).value().all;
}

json::object expected(char const* text) {
  json::object claims = codec::parse_json(text).value().as_object();
  claims["iss"] = "https://issuer.example.com";
  claims["iat"] = 1683000000;
  claims["exp"] = 1883000000;
  claims["sub"] = "user_42";
  claims["cnf"] = {{"jwk",
                    {{"kty", "EC"},
                     {"crv", "P-256"},
                     {"x", "TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc"},
                     {"y", "ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ"}}}};
  return claims;
}

TEST(PublishedExample, IsReadAsItWasIssued) {
  auto const parts = split_sd_jwt(shown({given_name, family_name, email, phone_number, phone_number_verified, address,
                                         birthdate, updated_at, first_element, second_element}))
                         .value();
  EXPECT_EQ(parts.key_binding, std::nullopt);
  EXPECT_EQ(claims_of(parts), expected(R"({
    "given_name": "John", "family_name": "Doe", "email": "johndoe@example.com", "phone_number": "+1-202-555-0101",
    "phone_number_verified": true, "birthdate": "1940-01-01", "updated_at": 1570000000, "nationalities": ["US", "DE"],
    "address": {"street_address": "123 Main St", "locality": "Anytown", "region": "Anystate", "country": "US"}})"));
  EXPECT_EQ(claims_of(split_sd_jwt(shown({})).value()), expected(R"({"nationalities": []})"));
}

TEST(PublishedExample, IsReadAsItWasPresented) {
  std::string const presented = shown({family_name, address, given_name, first_element});
  auto const parts = split_sd_jwt(presented + signed_by_holder).value();
  auto const claims = claims_of(parts);
  EXPECT_EQ(claims, expected(R"({
    "given_name": "John", "family_name": "Doe", "nationalities": ["US"],
    "address": {"street_address": "123 Main St", "locality": "Anytown", "region": "Anystate", "country": "US"}})"));
  auto const binding = parse_jws(*parts.key_binding, "kb+jwt").value();
  EXPECT_TRUE(is_signed_by(binding, read_jwk(claims.at("cnf").at("jwk")).value()));
  EXPECT_FALSE(is_signed_by(binding, issuer_key));
  EXPECT_EQ(binding.payload, (json::object{{"nonce", "1234567890"},
                                           {"aud", "https://verifier.example.org"},
                                           {"iat", 1740817774},
                                           {"sd_hash", digest_of(presented)}}));
}

// Section 6.3
TEST(PublishedExample, OfOneDisclosureInAnotherIsReadInEitherOrder) {
  std::string const region = "WyI2SWo3dE0tYTVpVlBHYm9TNXRtdlZBIiwgInJlZ2lvbiIsICJTYWNoc2VuLUFuaGFsdCJd";
  std::string const whole =
      "WyJRZ19PNjR6cUF4ZTQxMmExMDhpcm9BIiwgImFkZHJlc3MiLCB7Il9zZCI6IFsiNnZoOWJxLXpTNEdLTV83R3BnZ1ZiWXp6dTZv"
      "T0dYcm1OVkdQSFA3NVVkMCIsICI5Z2pWdVh0ZEZST0NnUnJ0TmNHVVhtRjY1cmRlemlfNkVyX2o3NmttWXlNIiwgIktVUkRQaDRa"
      "QzE5LTN0aXotRGYzOVY4ZWlkeTFvVjNhM0gxRGEyTjBnODgiLCAiV045cjlkQ0JKOEhUQ3NTMmpLQVN4VGpFeVc1bTV4NjVfWl8y"
      "cm8yamZYTSJdfV0";
  json::object const payload{{"_sd", {"HvrKX6fPV0v9K_yCVFBiLFHsMaxcD_114Em6VT8x1lg"}}, {"_sd_alg", "sha-256"}};
  json::object const claims{{"address", {{"region", "Sachsen-Anhalt"}}}};
  EXPECT_EQ(disclose(payload, {whole, region}).value().all, claims);
  EXPECT_EQ(disclose(payload, {region, whole}).value().all, claims);
  EXPECT_FALSE(disclose(payload, {region}));
}

}  // namespace
}  // namespace abode::credential
