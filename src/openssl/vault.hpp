// Sealing, signing and randomness by OpenSSL, over keys that live in files of their own.
#pragma once

#include <memory>
#include <optional>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "ports/sealer.hpp"
#include "ports/signer.hpp"

namespace abode::openssl {

/// The register's secrets, 32 bytes each.
struct Keys {
  base::Secret<base::Hash> encryption;                      ///< key-encryption key: wraps the per-person data keys
  std::optional<base::Secret<base::Hash>> next_encryption;  ///< while it is being rotated: the one that follows
  base::Secret<base::Hash> index;                           ///< keyed hashes of documents and codes
  base::Secret<base::Hash> log;                             ///< Ed25519 seed of the log's checkpoints
};

/// Fresh keys.
Keys make_keys(base::Random& random);

/// A fresh key-encryption key to follow that of `keys`.
base::Secret<base::Hash> make_next_encryption(base::Random& random, Keys const& keys);

/// Names the index key and the log key without telling them: equal for equal keys. Stored in the data directory, so
/// that a wrong key file is noticed before it is used. The key-encryption key is named in each key that it wraps
/// (Vault::knows).
base::Bytes key_check(Keys const& keys);

/// The operating system's generator through OpenSSL's.
std::unique_ptr<base::Random> make_random();

/// The Sealer, whose key-encryption key can be rotated while it works. Thread-safe.
///
/// AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces. Layout of a sealed blob: nonce (12) || ciphertext || tag
/// (16); associated data: "abode/seal/v1\0", kind, record and version, big-endian. A wrapped key is the id of the
/// key-encryption key (the first 4 bytes of its HMAC-SHA-256 over "abode/key-id/v1"), then the same layout; associated
/// data: "abode/wrap/v1\0" and record.
class Vault : public ports::Sealer {
 public:
  /// True if the key-encryption key that `wrapped` names is one it holds.
  virtual bool knows(ports::WrappedKey const& wrapped) = 0;
  /// From now on wraps under `next`, and unwraps under it and the one before. Nothing changes if it does already.
  virtual void begin_rotation(base::Secret<base::Hash> const& next) = 0;
  /// Forgets the key before the newest.
  virtual void end_rotation() = 0;
};

/// A rotation is begun already if `keys` has a next key.
std::unique_ptr<Vault> make_sealer(Keys const& keys);

/// Ed25519 (RFC 8032).
std::unique_ptr<ports::Signer> make_signer(Keys const& keys);

}  // namespace abode::openssl
