// How a holder's offer gets into their wallet, and how their answer gets back to a wallet that asked.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace abode::api {

/// Below the register's address; the offer's id follows.
inline constexpr std::string_view wallet_offer_path = "/wallet/offers/";

/// The page where a holder answers a wallet that asked by itself (OAuth's authorization endpoint).
inline constexpr std::string_view wallet_authorize_path = "/wallet/authorize";
// What it is asked with (RFC 9126, section 4).
inline constexpr char const* wallet_client_field = "client_id";
inline constexpr char const* wallet_request_field = "request_uri";
/// That page and what it is asked with, both as the wallet sent them to the browser.
std::string wallet_authorize_link(std::string_view client, std::string_view request_uri);

/// In front of what WalletDesk::push() makes (RFC 9126, section 2.2).
inline constexpr std::string_view wallet_request_prefix = "urn:ietf:params:oauth:request_uri:";

/// Where the browser goes with an answer: these are added to the query (RFC 6749, section 4.1.2).
std::string wallet_answer_link(std::string const& redirect_uri, http::Pairs const& answer);

/// The link that opens a wallet, as people scan or follow it (OpenID4VCI 1.0, section 4.1.3).
std::string wallet_link(std::string const& issuer, std::string const& offer_id);

}  // namespace abode::api
