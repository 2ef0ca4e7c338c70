#include "openssl/internal/gcm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "codec/text.hpp"

namespace abode::openssl::internal {
namespace {

using base::Bytes;
using base::Hash;

Bytes hex(std::string_view text) {
  return codec::from_hex(text).value();
}

Hash key_of(std::string_view text) {
  Hash key{};
  Bytes const bytes = hex(text);
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

Hash const a_key = key_of("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
Bytes const no_data;

Bytes joined(std::initializer_list<std::string_view> parts) {
  Bytes out;
  for (std::string_view part : parts) base::append(out, hex(part));
  return out;
}

// McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13 to 16: 256-bit keys, 96-bit
// nonces.
TEST(Gcm, OpensWhatTheSpecificationSealed) {
  Hash const zero_key{};
  auto const case13 =
      decrypt(zero_key, no_data, joined({"000000000000000000000000", "530f8afbc74536b9a963b4f1c4cb738b"}));
  ASSERT_TRUE(case13);
  EXPECT_TRUE(case13->empty());

  auto const case14 = decrypt(
      zero_key, no_data,
      joined({"000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"}));
  ASSERT_TRUE(case14);
  EXPECT_EQ(*case14, Bytes(16, 0));

  auto const case16 = decrypt(a_key, hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                              joined({"cafebabefacedbaddecaf888",
                                      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
                                      "76fc6ece0f4e1768cddf8853bb2d551b"}));
  ASSERT_TRUE(case16);
  EXPECT_EQ(*case16, hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                         "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
}

TEST(Gcm, RoundTripsEveryLength) {
  Bytes const associated = hex("0102");
  for (std::size_t size : {0u, 1u, 15u, 16u, 17u, 31u, 32u, 33u, 896u, 70'000u}) {
    Bytes const plaintext(size, 0x5a);
    Bytes const sealed = encrypt(a_key, associated, plaintext);
    EXPECT_EQ(sealed.size(), size + nonce_size_bytes + tag_size_bytes);
    EXPECT_EQ(decrypt(a_key, associated, sealed), plaintext);
  }
}

TEST(Gcm, RefusesEveryFlippedBit) {
  Bytes const associated = hex("aa55");
  Bytes sealed = encrypt(a_key, associated, hex("00112233445566778899"));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto const mask = static_cast<std::uint8_t>(1u << bit % 8);
    sealed[bit / 8] ^= mask;
    ASSERT_FALSE(decrypt(a_key, associated, sealed)) << "bit " << bit << " of nonce, ciphertext and tag";
    sealed[bit / 8] ^= mask;
  }
  EXPECT_TRUE(decrypt(a_key, associated, sealed)) << "untouched again, it opens";
}

TEST(Gcm, RefusesEveryOtherLength) {
  Bytes const sealed = encrypt(a_key, no_data, hex("00112233445566778899"));
  for (std::size_t size = 0; size < sealed.size(); ++size)
    ASSERT_FALSE(decrypt(a_key, no_data, base::ByteView{sealed}.first(size))) << size;
  Bytes longer = sealed;
  longer.push_back(0);
  EXPECT_FALSE(decrypt(a_key, no_data, longer));
}

TEST(Gcm, RefusesOtherKeysAndOtherAssociatedData) {
  Bytes const sealed = encrypt(a_key, hex("aa55"), hex("0011"));
  for (std::size_t bit = 0; bit < 256; ++bit) {
    Hash other = a_key;
    other[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    ASSERT_FALSE(decrypt(other, hex("aa55"), sealed)) << "key bit " << bit;
  }
  for (char const* other : {"", "aa", "aa54", "55aa", "aa5500"})
    EXPECT_FALSE(decrypt(a_key, hex(other), sealed)) << other;
}

TEST(Gcm, NoncesNeverRepeat) {
  std::set<Bytes> seen;
  for (int i = 0; i < 10'000; ++i) {
    Bytes sealed = encrypt(a_key, no_data, hex("00"));
    sealed.resize(nonce_size_bytes);
    ASSERT_TRUE(seen.insert(std::move(sealed)).second) << "after " << i << " seals";
  }
}

}  // namespace
}  // namespace abode::openssl::internal
