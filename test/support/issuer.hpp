// Keys and certificates of an issuer that lives in a test: P-256 keys, a root, leaves under it, and ways to get them
// wrong.
#pragma once

#include <memory>
#include <string>

#include "certificates/certificates.hpp"
#include "credential/jws.hpp"

namespace abode::test {

class P256Key {
 public:
  P256Key() : P256Key("P-256") {}  ///< a fresh one
  ~P256Key();
  P256Key(P256Key const&) = delete;
  P256Key& operator=(P256Key const&) = delete;

  base::Bytes public_key() const;                  ///< x and y
  base::Bytes sign(base::ByteView message) const;  ///< r and s
  credential::Signer signer() const {
    return [this](base::ByteView message) { return sign(message); };
  }

 private:
  friend struct CertificateWish;
  friend certificates::Certificate make_certificate(struct CertificateWish const& wish);
  friend certificates::Certificate make_certificate_on(char const* curve);
  explicit P256Key(char const* curve);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct CertificateWish {
  std::string subject;
  P256Key const& key;
  P256Key const& signed_by;
  std::string issuer;
  base::Time from;
  base::Time until;
  bool is_authority = false;
  std::string usage = "digitalSignature";  ///< of one that is no authority
  bool is_for_tests = false;
};
certificates::Certificate make_certificate(CertificateWish const& wish);

/// One that signs itself, of a key on another curve.
certificates::Certificate make_certificate_on(char const* curve);

}  // namespace abode::test
