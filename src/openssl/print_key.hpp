// What is printed and mailed leaves the register only in an envelope that the print shop can open.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"

struct x509_st;

namespace abode::openssl {

/// The public half of the print shop's key, in a certificate.
class PrintKey {
 public:
  /// Reads an X.509 certificate in PEM. errc::malformed; errc::unsupported for a key that cannot receive (Ed25519) or
  /// is weak (RSA below 2048 bits).
  static base::result<PrintKey> parse(base::ByteView pem);

  /// `content` as CMS AuthEnvelopedData (RFC 5083, AES-256-GCM by RFC 5084) in PEM: RSA keys by OAEP with SHA-256 (RFC
  /// 3560), EC keys by ephemeral ECDH with SHA-256 (RFC 5753). It opens with: openssl cms -decrypt -inform PEM.
  std::string encrypt(base::Secret<std::string> const& content) const;

 private:
  explicit PrintKey(std::shared_ptr<x509_st> certificate) : certificate_(std::move(certificate)) {}
  std::shared_ptr<x509_st> certificate_;
};

}  // namespace abode::openssl
