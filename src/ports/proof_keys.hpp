// The ProofKeys port: what signs proofs of residence, and the lists of their statuses.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "certificates/certificates.hpp"

namespace abode::ports {

/// A P-256 key with the certificates that lead from it up to the root that verifiers pin. Thread-safe.
class CertifiedKey {
 public:
  virtual ~CertifiedKey() = default;

  /// First the key's own; without the anchor.
  virtual std::vector<certificates::Certificate> const& chain() const = 0;
  /// The root above them.
  virtual certificates::Certificate const& anchor() const = 0;
  /// In which all of these are good.
  virtual certificates::Life life() const = 0;
  /// ECDSA with SHA-256 over `message`: r and s, 64 bytes. errc::unavailable if the key is in a device that does not
  /// answer.
  virtual base::result<base::Bytes> sign(base::ByteView message) const = 0;
};

/// Takes a message, gives a signature over it.
using Sign = std::function<base::Bytes(base::ByteView message)>;

/// What `make` makes with signatures by this key. errc::unavailable, whatever it made, if one failed.
base::result<std::string> make_signed(CertifiedKey const& key,
                                      std::function<base::result<std::string>(Sign const&)> const& make);

/// The keys in use. Thread-safe: they may be renewed at any moment; who holds the one before goes on with it.
class ProofKeys {
 public:
  virtual ~ProofKeys() = default;

  virtual std::shared_ptr<CertifiedKey const> for_proofs() = 0;
  virtual std::shared_ptr<CertifiedKey const> for_status_lists() = 0;
};

}  // namespace abode::ports
