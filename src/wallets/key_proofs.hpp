// Proofs of possession of the keys that credentials are to be bound to (OpenID4VCI 1.0, section 8.2.1.1 and appendix
// F.1: proof type "jwt").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.hpp"
#include "service/wallet_desk.hpp"

namespace abode::wallets {

inline constexpr std::string_view key_proof_type = "openid4vci-proof+jwt";

/// A credential request, checked but for what only the store knows.
struct CredentialRequest {
  rules::ProofLife life;          ///< of the configuration that it names
  std::vector<base::Bytes> keys;  ///< x and y, in their order, each another
};

/// Names of our two credential configurations.
std::string_view configuration_of(rules::ProofLife life);

/// The wallet's name for itself, if it gave one when it asked for its token.
using Client = std::optional<std::string>;

/// The body of a credential request. Uses up the nonces in it. Errors of oauth, as refused(), each the one that the
/// specification has for it (section 8.3.1).
base::result<CredentialRequest> read_credential_request(service::WalletDesk& desk, base::Time now,
                                                        std::string_view issuer, Client const& client,
                                                        std::string_view body);

}  // namespace abode::wallets
