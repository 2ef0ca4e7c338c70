#include "digest/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>
#include <memory>

#include "base/assert.hpp"
#include "base/freed_by.hpp"

namespace abode::digest {
namespace {

using MdContext = base::Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Key = base::Owned<EVP_PKEY, EVP_PKEY_free>;

// Fetching an algorithm costs more than hashing 64 bytes with it: fetch once.
EVP_MD const* sha256_algorithm() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

EVP_MD_CTX* thread_context() {
  static thread_local MdContext const context{EVP_MD_CTX_new()};
  return context.get();
}

constexpr std::size_t block_size_bytes = 64;

/// None if x and y are not a point of the curve.
Key p256_key(base::ByteView x_and_y) {
  std::array<std::uint8_t, 65> point{4};  // uncompressed (SEC 1, section 2.3.3)
  std::copy(x_and_y.begin(), x_and_y.end(), point.begin() + 1);
  std::array<char, 6> group{"P-256"};
  OSSL_PARAM const parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()), OSSL_PARAM_END};
  base::Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> const context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parameters)) != 1)
    return nullptr;
  return Key{key};
}

}  // namespace

base::Hash sha256(std::initializer_list<base::ByteView> parts) {
  base::Hash out;
  EVP_MD_CTX* const context = thread_context();
  bool ok = EVP_DigestInit_ex2(context, sha256_algorithm(), nullptr) == 1;
  for (base::ByteView part : parts) ok = ok && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
  ok = ok && EVP_DigestFinal_ex(context, out.data(), nullptr) == 1;
  base::ensure(ok, "SHA-256 failed in the cryptographic library");
  return out;
}

struct Sha256::State {
  MdContext context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  base::ensure(EVP_DigestInit_ex2(state_->context.get(), sha256_algorithm(), nullptr) == 1, "SHA-256 does not begin");
}
Sha256::~Sha256() = default;

void Sha256::add(base::ByteView data) {
  base::ensure(EVP_DigestUpdate(state_->context.get(), data.data(), data.size()) == 1, "SHA-256 takes no data");
}

base::Hash Sha256::finish() {
  base::Hash out;
  base::ensure(EVP_DigestFinal_ex(state_->context.get(), out.data(), nullptr) == 1, "SHA-256 does not end");
  return out;
}

// RFC 2104 over the fetched SHA-256: the library's own HMAC object costs several times as much for short inputs.
base::Hash hmac_sha256(base::ByteView key, std::initializer_list<base::ByteView> parts) {
  std::array<std::uint8_t, block_size_bytes> inner_pad{};
  std::array<std::uint8_t, block_size_bytes> outer_pad{};
  base::Hash const hashed_key = key.size() > block_size_bytes ? sha256(key) : base::Hash{};
  base::ByteView const effective = key.size() > block_size_bytes ? base::ByteView{hashed_key} : key;
  std::copy(effective.begin(), effective.end(), inner_pad.begin());
  outer_pad = inner_pad;
  for (auto& byte : inner_pad) byte ^= 0x36;
  for (auto& byte : outer_pad) byte ^= 0x5c;

  base::Hash inner;
  EVP_MD_CTX* const context = thread_context();
  bool ok = EVP_DigestInit_ex2(context, sha256_algorithm(), nullptr) == 1 &&
            EVP_DigestUpdate(context, inner_pad.data(), inner_pad.size()) == 1;
  for (base::ByteView part : parts) ok = ok && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
  ok = ok && EVP_DigestFinal_ex(context, inner.data(), nullptr) == 1;
  base::ensure(ok, "HMAC-SHA-256 failed in the cryptographic library");
  return sha256({outer_pad, inner});
}

bool verify_ed25519(base::ByteView public_key, base::ByteView message, base::ByteView signature) {
  if (public_key.size() != 32 || signature.size() != 64) return false;
  Key const key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size())};
  if (!key) return false;
  MdContext const context{EVP_MD_CTX_new()};
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

bool verify_es256(base::ByteView public_key, base::ByteView message, base::ByteView signature) {
  if (public_key.size() != 64 || signature.size() != 64) return false;
  Key const key = p256_key(public_key);
  base::Owned<ECDSA_SIG, ECDSA_SIG_free> const parts{ECDSA_SIG_new()};
  if (!key || !parts) return false;
  // The parts own both numbers from here on.
  if (ECDSA_SIG_set0(parts.get(), BN_bin2bn(signature.data(), 32, nullptr),
                     BN_bin2bn(signature.data() + 32, 32, nullptr)) != 1)
    return false;
  std::array<std::uint8_t, 72> der{};  // the most that two numbers of 32 bytes take
  unsigned char* end = der.data();
  int const size = i2d_ECDSA_SIG(parts.get(), &end);
  MdContext const context{EVP_MD_CTX_new()};
  return size > 0 && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(size), message.data(), message.size()) ==
             1;
}

}  // namespace abode::digest
