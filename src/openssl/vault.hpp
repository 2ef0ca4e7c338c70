// Sealing, signing and randomness by OpenSSL, over keys that live in files of their own.
#pragma once

#include <memory>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "ports/sealer.hpp"
#include "ports/signer.hpp"

namespace abode::openssl {

/// The register's secrets, 32 bytes each.
struct Keys {
  base::Secret<base::Hash> encryption;  ///< key-encryption key: wraps the per-person data keys
  base::Secret<base::Hash> index;       ///< keyed hashes of documents and codes
  base::Secret<base::Hash> log;         ///< Ed25519 seed of the log's checkpoints
};

/// Fresh keys.
Keys make_keys(base::Random& random);

/// Names the keys without telling them: equal for equal keys. Stored in the data directory, so that a wrong key file is
/// noticed before anything is sealed under it.
base::Bytes key_check(Keys const& keys);

/// The operating system's generator through OpenSSL's.
std::unique_ptr<base::Random> make_random();

/// AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces. Layout of a sealed blob: nonce (12) || ciphertext || tag
/// (16); associated data: "abode/seal/v1\0", kind, record and version, big-endian.
std::unique_ptr<ports::Sealer> make_sealer(Keys const& keys);

/// Ed25519 (RFC 8032).
std::unique_ptr<ports::Signer> make_signer(Keys const& keys);

}  // namespace abode::openssl
