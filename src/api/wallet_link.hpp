// How a holder's offer gets into their wallet.
#pragma once

#include <string>
#include <string_view>

namespace abode::api {

/// Below the register's address; the offer's id follows.
inline constexpr std::string_view wallet_offer_path = "/wallet/offers/";

/// The link that opens a wallet, as people scan or follow it (OpenID4VCI 1.0, section 4.1.3).
std::string wallet_link(std::string const& issuer, std::string const& offer_id);

}  // namespace abode::api
