// Hashes, keyed hashes and signature checks. OpenSSL stays inside the .cpp files.
#pragma once

#include <initializer_list>
#include <memory>

#include "base/bytes.hpp"

namespace abode::digest {

/// SHA-256 (FIPS 180-4) of the parts one after the other.
base::Hash sha256(std::initializer_list<base::ByteView> parts);
inline base::Hash sha256(base::ByteView data) {
  return sha256({data});
}

/// SHA-256 of data that comes in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256 const&) = delete;
  Sha256& operator=(Sha256 const&) = delete;

  void add(base::ByteView data);
  /// Of all that was added; nothing can be added after it.
  base::Hash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// HMAC-SHA-256 (RFC 2104) under `key` of the parts one after the other.
base::Hash hmac_sha256(base::ByteView key, std::initializer_list<base::ByteView> parts);

/// Ed25519 (RFC 8032): true if `signature` (64 bytes) is by `public_key` (32 bytes) over `message`.
/// Wrong lengths are just false.
bool verify_ed25519(base::ByteView public_key, base::ByteView message, base::ByteView signature);

/// ECDSA on P-256 with SHA-256 as JSON Web Signatures have it (ES256, RFC 7518 section 3.4): true if `signature` (r and
/// s, 64 bytes) is by `public_key` (x and y, 64 bytes) over `message`. Wrong lengths, and points off the curve, are
/// just false.
bool verify_es256(base::ByteView public_key, base::ByteView message, base::ByteView signature);

}  // namespace abode::digest
