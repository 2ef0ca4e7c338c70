// P-256 keys with certificates (X.509, RFC 5280): the roots of a register's proofs, and the keys below them that sign.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "ports/proof_keys.hpp"

namespace abode::openssl {

/// A key with its certificates, in memory or elsewhere.
class IssuerKey : public ports::CertifiedKey {
 public:
  /// As PEM (RFC 7468): the key in PKCS #8, if it is in memory; its certificates, the root last.
  virtual base::Secret<std::string> to_pem() const = 0;
};

/// Signs with a key that is kept elsewhere, such as in a device: as ports::CertifiedKey::sign.
using Sign = std::function<base::result<base::Bytes>(base::ByteView message)>;
/// What signs for the public half (x and y) of a key that is kept elsewhere.
using FindKey = std::function<base::result<Sign>(base::ByteView public_key)>;

/// Until when a certificate is good, counted from its beginning.
constexpr std::chrono::days root_life{20 * 365};
constexpr std::chrono::days signer_life{400};

/// A fresh root. `for_tests` marks it, and all below it, by certificates::test_policy.
std::unique_ptr<IssuerKey> make_root_key(std::string_view name, base::Time from, bool for_tests);

/// A fresh key that signs, certified by `root`. It begins with the hour, because the times of proofs are cut to it.
std::unique_ptr<IssuerKey> make_signing_key(IssuerKey const& root, std::string_view name, base::Time now);

/// The same for a key that is kept elsewhere: its PEM has certificates alone.
std::unique_ptr<IssuerKey> certify_key(IssuerKey const& root, std::string_view name, base::Time now,
                                       base::ByteView public_key, Sign sign);

/// As to_pem writes it; `find` is asked where there is no key in it. errc::malformed: another kind of key, certificates
/// that are not of this key, or that do not lead up to the last of them. Errors of `find`.
base::result<std::unique_ptr<IssuerKey>> read_issuer_key(base::Secret<std::string> const& pem,
                                                         FindKey const& find = {});

}  // namespace abode::openssl
