// P-256 keys with certificates (X.509, RFC 5280): the roots of a register's proofs, and the keys below them that sign.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "ports/proof_keys.hpp"

namespace abode::openssl {

/// A key in memory, with its certificates.
class IssuerKey : public ports::CertifiedKey {
 public:
  /// Both parts as PEM (RFC 7468): the key in PKCS #8, its certificates, the root last.
  virtual base::Secret<std::string> to_pem() const = 0;
};

/// Until when a certificate is good, counted from its beginning.
constexpr std::chrono::days root_life{20 * 365};
constexpr std::chrono::days signer_life{400};

/// A fresh root. `for_tests` marks it, and all below it, by certificates::test_policy.
std::unique_ptr<IssuerKey> make_root_key(std::string_view name, base::Time from, bool for_tests);

/// A fresh key that signs, certified by `root`. It begins with the hour, because the times of proofs are cut to it.
std::unique_ptr<IssuerKey> make_signing_key(IssuerKey const& root, std::string_view name, base::Time now);

/// As to_pem writes it. errc::malformed: another kind of key, certificates that are not of this key, or that do not
/// lead up to the last of them.
base::result<std::unique_ptr<IssuerKey>> read_issuer_key(base::Secret<std::string> const& pem);

}  // namespace abode::openssl
