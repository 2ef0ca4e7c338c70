// Ed25519 signing for tests. The product signs through its Signer port; a pure room only verifies.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "base/bytes.hpp"

namespace abode::test {

/// A key made of a seed of equal bytes, so that each test run signs the same.
class Ed25519 {
 public:
  explicit Ed25519(std::uint8_t seed) {
    std::array<std::uint8_t, 32> secret;
    secret.fill(seed);
    key_.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()), EVP_PKEY_free);
    std::size_t size = public_key_.size();
    if (!key_ || EVP_PKEY_get_raw_public_key(key_.get(), public_key_.data(), &size) != 1)
      throw std::runtime_error("no Ed25519 in the cryptographic library");
  }

  base::ByteView public_key() const { return public_key_; }

  base::Bytes sign(base::ByteView message) const {
    std::shared_ptr<EVP_MD_CTX> const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    base::Bytes signature(64);
    std::size_t size = signature.size();
    if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
      throw std::runtime_error("Ed25519 signing failed");
    return signature;
  }

 private:
  std::shared_ptr<EVP_PKEY> key_;
  std::array<std::uint8_t, 32> public_key_{};
};

}  // namespace abode::test
