#include "codec/text.hpp"

#include <gtest/gtest.h>

#include <random>

namespace abode::codec {
namespace {

using base::as_bytes;

TEST(Base64, MatchesTheVectorsOfRfc4648Section10) {
  std::pair<char const*, char const*> const vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (auto const& [plain, coded] : vectors) {
    EXPECT_EQ(to_base64(as_bytes(plain)), coded);
    EXPECT_EQ(base::as_text(from_base64(coded).value()), plain);
  }
}

TEST(Base64, RefusesWhatIsNotCanonical) {
  for (char const* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm 9v", "Zm9v\n", "Zm9-", "=Zm9"})
    EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Base64Url, HasNoPaddingAndItsOwnTwoLetters) {
  base::Bytes const bytes{0xfb, 0xff, 0xfe};
  EXPECT_EQ(to_base64url(bytes), "-__-");
  EXPECT_EQ(from_base64url("-__-").value(), bytes);
  for (char const* bad : {"+//+", "Zg==", "Z", "Zh"}) EXPECT_FALSE(from_base64url(bad)) << bad;
}

TEST(Hex, RoundTripsAndRefusesOddLengthAndOtherLetters) {
  EXPECT_EQ(to_hex(base::Bytes{0x00, 0xab, 0xff}), "00abff");
  EXPECT_EQ(from_hex("00aBfF").value(), (base::Bytes{0x00, 0xab, 0xff}));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(Encodings, RoundTripAnyBytes) {
  unsigned const seed = std::mt19937::default_seed;
  SCOPED_TRACE(seed);
  std::mt19937 random{seed};
  for (std::size_t size = 0; size < 200; ++size) {
    base::Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)).value(), bytes);
    EXPECT_EQ(from_hex(to_hex(bytes)).value(), bytes);
  }
}

TEST(Codes, AreReadInGroupsOfFour) {
  EXPECT_EQ(in_groups_of_four(""), "");
  EXPECT_EQ(in_groups_of_four("7K2P"), "7K2P");
  EXPECT_EQ(in_groups_of_four("7K2PDXQ0M"), "7K2P-DXQ0-M");
}

TEST(Crockford, EncodesFiveBitsACharacter) {
  EXPECT_EQ(to_crockford(base::Bytes{}), "");
  EXPECT_EQ(to_crockford(base::Bytes{0xff}), "ZW");
  EXPECT_EQ(to_crockford(base::Bytes{0x00, 0x44, 0x32, 0x14, 0xc7}), "01234567");
}

TEST(Crockford, UnderstandsWhatPeopleType) {
  EXPECT_EQ(normal_crockford("abc-oO iIlL 9z").value(), "ABC0011119Z");
  EXPECT_FALSE(normal_crockford("ABCU"));
  EXPECT_FALSE(normal_crockford("ABC\xc3\xa9"));
}

}  // namespace
}  // namespace abode::codec
