#include "digest/digest.hpp"

#include <gtest/gtest.h>

#include <iomanip>
#include <sstream>

namespace abode::digest {
namespace {

std::string hex(base::ByteView bytes) {
  std::ostringstream out;
  for (unsigned byte : bytes) out << std::hex << std::setw(2) << std::setfill('0') << byte;
  return out.str();
}

base::Bytes unhex(std::string_view text) {
  base::Bytes out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out.push_back(static_cast<std::uint8_t>(std::stoul(std::string{text.substr(i, 2)}, nullptr, 16)));
  return out;
}

TEST(Sha256, MatchesFips180Examples) {
  EXPECT_EQ(hex(sha256(base::ByteView{})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256(base::as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 7515, appendix A.3
TEST(Es256, VerifiesTheVectorAndNothingElse) {
  base::Bytes const key = unhex(
      "7fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445"
      "c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad");
  base::Bytes signature = unhex(
      "0ed1215379636c483c2f7f155807d402a3b228033af97c7e17819ac3169ea665"
      "c50a07d38c3c70e5d8f12daf084a5480a66590c5f293509a8f3f7f8a83a354d5");
  auto const message = base::as_bytes(
      "eyJhbGciOiJFUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ");
  EXPECT_TRUE(verify_es256(key, message, signature));
  EXPECT_FALSE(verify_es256(key, message.first(message.size() - 1), signature));
  EXPECT_FALSE(verify_es256(base::ByteView{key}.first(63), message, signature));
  EXPECT_FALSE(verify_es256(key, message, base::ByteView{signature}.first(63)));
  EXPECT_FALSE(verify_es256(base::Bytes(64, 1), message, signature)) << "no point of the curve";
  EXPECT_FALSE(verify_es256(key, message, base::Bytes(64, 0)));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    signature[i] ^= 1;
    EXPECT_FALSE(verify_es256(key, message, signature)) << "byte " << i;
    signature[i] ^= 1;
  }
}

TEST(Sha256, HashesPartsAsOneText) {
  EXPECT_EQ(sha256({base::as_bytes("a"), base::as_bytes(""), base::as_bytes("bc")}), sha256(base::as_bytes("abc")));
}

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block)
TEST(HmacSha256, MatchesRfc4231) {
  EXPECT_EQ(hex(hmac_sha256(base::Bytes(20, 0x0b), {base::as_bytes("Hi There")})),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(
      hex(hmac_sha256(base::as_bytes("Jefe"), {base::as_bytes("what do ya want "), base::as_bytes("for nothing?")})),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(base::Bytes(131, 0xaa),
                            {base::as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// RFC 8032 section 7.1, test 2
TEST(Ed25519, VerifiesTheVectorAndNothingElse) {
  auto const key = unhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  auto signature = unhex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
      "b00d291612bb0c00");
  base::Bytes const message{0x72};
  EXPECT_TRUE(verify_ed25519(key, message, signature));
  EXPECT_FALSE(verify_ed25519(key, base::Bytes{0x73}, signature));
  EXPECT_FALSE(verify_ed25519(key, message, base::ByteView{signature}.first(63)));
  EXPECT_FALSE(verify_ed25519(base::ByteView{key}.first(31), message, signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    signature[i] ^= 1;
    EXPECT_FALSE(verify_ed25519(key, message, signature)) << "byte " << i;
    signature[i] ^= 1;
  }
}

TEST(Sha256, OfPiecesIsThatOfTheWhole) {
  base::Bytes data(100'000);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i * i >> 3);
  for (std::size_t piece : {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{4096}, data.size()}) {
    Sha256 hash;
    for (base::ByteView rest = data; !rest.empty(); rest = rest.subspan(std::min(piece, rest.size())))
      hash.add(rest.first(std::min(piece, rest.size())));
    EXPECT_EQ(hash.finish(), sha256(data)) << piece;
  }
  EXPECT_EQ(Sha256{}.finish(), sha256(base::ByteView{}));
}

}  // namespace
}  // namespace abode::digest
