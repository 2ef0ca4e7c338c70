// What wallets send to the token endpoint (RFC 6749, OpenID4VCI 1.0, section 6) and push beforehand (RFC 9126): forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/message.hpp"
#include "service/wallet_desk.hpp"

namespace abode::wallets {

inline constexpr std::string_view pre_authorized_grant = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
inline constexpr std::string_view code_grant = "authorization_code";

struct PreAuthorizedCode {
  std::string code;
  std::optional<std::string> transaction_code;
};
using TokenRequest = std::variant<PreAuthorizedCode, service::CodeRedemption>;

/// Errors of oauth, as refused().
base::result<TokenRequest> read_token_request(http::Request const& request);

/// A wallet that asks by itself: code flow, S256, a scope of ours, and an address that people may be sent back to.
/// `thumbprint` is taken from `dpop_jkt` alone. Errors of oauth, as refused().
base::result<service::WalletRequest> read_pushed_request(http::Request const& request);

/// Where a browser may be sent with a code: https, a program on the same device (RFC 8252: its own scheme, or http on
/// localhost), in plain characters, without fragment or user info. Whether the address belongs to the wallet that names
/// it cannot be known: the holder is shown it. errc::invalid with a sentence.
base::result<void> check_redirect_uri(std::string_view uri);

}  // namespace abode::wallets
