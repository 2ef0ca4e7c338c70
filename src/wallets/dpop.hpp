// Proofs that a wallet holds the key which its token is bound to (DPoP, RFC 9449).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "service/wallet_desk.hpp"

namespace abode::wallets {

/// How far a wallet's clock may be ahead, and how old what it signed may be.
constexpr std::chrono::seconds clock_skew{60};
constexpr std::chrono::minutes signed_life{5};

/// The SHA-256 thumbprint of a P-256 key (RFC 7638), base64url.
std::string thumbprint_of(base::ByteView public_key);

/// A proof that was found right.
struct DpopProof {
  std::string thumbprint;  ///< of its key
  std::string name;        ///< of this one message, for WalletDesk::is_first
};

/// Checks the proof that a request carries (section 4.3). Whether it comes for the first time is for the caller to ask,
/// once the request is worth remembering: strangers cannot fill the memory. `url` is the address of
/// the route as wallets know it, without query. With a token, the proof is bound to it as well (`ath`). Errors of
/// oauth: use_dpop_nonce if it has no nonce of ours or an old one, else invalid_dpop_proof; as refused(), or with a
/// token as unauthorized().
base::result<DpopProof> check_dpop(service::WalletDesk& desk, base::Time now, http::Request const& request,
                                   std::string_view url, std::optional<std::string> const& token = {});

/// errc::invalid, or with a token unauthenticated, if it was used before.
base::result<void> use_once(service::WalletDesk& desk, DpopProof const& proof, bool with_token);

}  // namespace abode::wallets
