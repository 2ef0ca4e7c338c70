// AES-256-GCM, one message at a time.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace abode::openssl::internal {

constexpr std::size_t nonce_size_bytes = 12;
constexpr std::size_t tag_size_bytes = 16;

/// nonce || ciphertext || tag, under a fresh random nonce.
base::Bytes encrypt(base::Hash const& key, base::ByteView associated, base::ByteView plaintext);

/// Empty if the message is not intact.
std::optional<base::Bytes> decrypt(base::Hash const& key, base::ByteView associated, base::ByteView message);

}  // namespace abode::openssl::internal
