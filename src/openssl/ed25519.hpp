// A key that signs (Ed25519, RFC 8032).
#pragma once

#include <memory>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace abode::openssl {

/// Thread-safe.
class Ed25519Key {
 public:
  explicit Ed25519Key(base::Secret<base::Hash> const& seed);
  ~Ed25519Key();
  Ed25519Key(Ed25519Key&&) noexcept;
  Ed25519Key& operator=(Ed25519Key&&) noexcept;

  base::Bytes public_key() const;                  ///< 32 bytes
  base::Bytes sign(base::ByteView message) const;  ///< 64 bytes

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace abode::openssl
