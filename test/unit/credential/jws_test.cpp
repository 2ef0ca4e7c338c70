// Signatures in JSON: what is refused before any signature is looked at.
#include "credential/jws.hpp"

#include <gmock/gmock.h>

#include "codec/text.hpp"
#include "support/issuer.hpp"

namespace abode::credential {
namespace {

using ::testing::HasSubstr;

std::string part(std::string_view text) {
  return codec::to_base64url(base::as_bytes(text));
}
std::string with_header(std::string_view header) {
  return part(header) + "." + part(R"({"a":1})") + "." + codec::to_base64url(base::Bytes(64, 1));
}

TEST(Jws, IsReadAndCheckedByItsKey) {
  test::P256Key const key;
  test::P256Key const other;
  std::string text = make_jws({{"kid", "k"}}, "x+jwt", {{"a", 1}}, key.signer());
  auto const read = parse_jws(text, "x+jwt").value();
  EXPECT_EQ(read.payload, (json::object{{"a", 1}}));
  EXPECT_TRUE(is_signed_by(read, key.public_key()));
  EXPECT_FALSE(is_signed_by(read, other.public_key()));
  EXPECT_FALSE(is_signed_by(read, base::Bytes(64, 0))) << "no point of the curve";
  EXPECT_FALSE(is_signed_by(read, base::Bytes(63, 1)));
  std::string const signature = text.substr(text.rfind('.') + 1);
  auto const changed =
      parse_jws(part(R"({"alg":"ES256","typ":"x+jwt"})") + "." + part(R"({"a":2})") + "." + signature, "x+jwt").value();
  EXPECT_FALSE(is_signed_by(changed, key.public_key()));
}

TEST(Jws, IsRefusedForWhatItsHeaderSays) {
  EXPECT_TRUE(parse_jws(with_header(R"({"alg":"ES256","typ":"t"})"), "t"));
  struct Case {
    char const* header;
    char const* because;
  };
  for (Case const& c :
       {Case{R"({"alg":"none","typ":"t"})", "another algorithm"},
        {R"({"alg":"HS256","typ":"t"})", "another algorithm"},
        {R"({"alg":"ES384","typ":"t"})", "another algorithm"},
        {R"({"alg":"es256","typ":"t"})", "another algorithm"},
        {R"({"typ":"t"})", "another algorithm"},
        {R"({"alg":"ES256"})", "type"},
        {R"({"alg":"ES256","typ":"T"})", "type"},
        {R"({"alg":"ES256","typ":"t","crit":["b64"],"b64":false})", "extension"},
        {R"({"alg":"ES256","typ":"t","jwk":{"kty":"EC","crv":"P-256","x":"","y":"","d":"AAAA"}})", "private key"},
        {R"({"alg":"ES256","typ":"t","jwk":{"kty":"oct","k":"AAAA"}})", "private key"},
        {R"({"alg":"ES256","alg":"none","typ":"t"})", "header is no JSON object"},
        {R"([])", "header is no JSON object"},
        {R"({"alg":"ES256","typ":"t"} )", nullptr}}) {
    auto const outcome = parse_jws(with_header(c.header), "t");
    EXPECT_EQ(outcome.has_value(), c.because == nullptr) << c.header;
    EXPECT_THAT(outcome ? "" : outcome.error().detail, HasSubstr(c.because != nullptr ? c.because : "")) << c.header;
  }
}

TEST(Jws, IsRefusedForItsForm) {
  std::string const header = part(R"({"alg":"ES256","typ":"t"})");
  std::string const body = part("{}");
  std::string const signature = codec::to_base64url(base::Bytes(64, 1));
  EXPECT_TRUE(parse_jws(header + "." + body + "." + signature, "t"));
  for (std::string const& wrong :
       {std::string{}, std::string{"."}, std::string{".."}, header, header + "." + body,
        header + "." + body + "." + signature + "." + signature, header + "." + body + ".",
        header + "." + body + "." + codec::to_base64url(base::Bytes(63, 1)),
        header + "." + body + "." + codec::to_base64url(base::Bytes(65, 1)), header + "=." + body + "." + signature,
        header + "." + part("{\"a\":1,\"a\":2}") + "." + signature, header + "." + part("7") + "." + signature,
        " " + header + "." + body + "." + signature})
    EXPECT_FALSE(parse_jws(wrong, "t")) << wrong;
}

TEST(Jwk, IsAPublicPointOfTheCurve) {
  test::P256Key const key;
  json::object jwk = to_jwk(key.public_key());
  EXPECT_EQ(read_jwk(jwk).value(), key.public_key());
  for (char const* name : {"kty", "crv", "x", "y"}) {
    json::object wrong = jwk;
    wrong.erase(name);
    EXPECT_FALSE(read_jwk(wrong)) << name;
    wrong[name] = "P-384";
    EXPECT_FALSE(read_jwk(wrong)) << name;
  }
  for (char const* name : {"d", "p", "q", "dp", "dq", "qi", "k"}) {
    json::object wrong = jwk;
    wrong[name] = "AAAA";
    EXPECT_FALSE(read_jwk(wrong)) << name;
  }
  EXPECT_FALSE(read_jwk("text"));
}

}  // namespace
}  // namespace abode::credential
