// Whose proofs a verifier takes: a file that they pinned, read without asking anybody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "certificates/certificates.hpp"

namespace abode::credential {

/// One issuer, by the certificates that those of its keys lead up to. Lists of statuses have one of their own.
struct TrustedIssuer {
  std::string issuer;  ///< as proofs name it
  certificates::Certificate anchor;
  certificates::Certificate status_anchor;
};

struct Trust {
  std::vector<TrustedIssuer> issuers;

  /// Null if it is not there.
  TrustedIssuer const* find(std::string_view issuer) const;
};

/// {"issuers": [{"issuer": "https://...", "anchor": "base64 of DER", "status_anchor": "..."}]}. errc::malformed or
/// invalid, naming the member.
base::result<Trust> read_trust(std::string_view json);
std::string write_trust(Trust const& trust);

}  // namespace abode::credential
