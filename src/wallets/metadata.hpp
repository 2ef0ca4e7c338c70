// What a wallet reads before it begins: which credentials there are and where the endpoints are (OpenID4VCI 1.0,
// section 12.2; RFC 8414).
#pragma once

#include <string>
#include <string_view>

#include "api/routing.hpp"
#include "codec/json.hpp"

namespace abode::wallets {

namespace json = codec::json;

// Paths below the register's address.
inline constexpr std::string_view token_path = "/wallet/token";
inline constexpr std::string_view pushed_request_path = "/wallet/par";
inline constexpr std::string_view nonce_path = "/wallet/nonce";
inline constexpr std::string_view credential_path = "/wallet/credential";
inline constexpr std::string_view notification_path = "/wallet/notification";

json::object issuer_metadata(std::string const& issuer);
/// The same, signed by the key of proofs (section 12.2.3). errc::unavailable if the key does not answer.
base::result<std::string> signed_issuer_metadata(api::Register const& registry);
json::object server_metadata(std::string const& issuer);

/// An offer with a pre-authorized code (section 4.1).
json::object credential_offer(std::string const& issuer, service::ShownOffer const& offer);

}  // namespace abode::wallets
