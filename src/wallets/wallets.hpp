// Proofs into wallets: OpenID for Verifiable Credential Issuance 1.0, with a pre-authorized code that its holder laid
// out or a code for a request of the wallet's that they agreed to (service/wallet_desk.hpp; pages/wallet_consent.cpp
// asks them), tokens bound to the wallet's key (DPoP), and up to ten proofs at once.
#pragma once

#include "api/routing.hpp"

namespace abode::wallets {

api::Surface wallet_surface();

}  // namespace abode::wallets
