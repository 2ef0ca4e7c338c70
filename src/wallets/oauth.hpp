// The words that wallets understand when something is wrong (OAuth 2.0, RFC 6749 sections 4.1.2.1 and 5.2, RFC 9126,
// 9396 and 9449; OpenID4VCI 1.0 sections 6.3, 8.3.1 and 11.3): an Error whose field is one of them.
#pragma once

#include "api/routing.hpp"

namespace abode::wallets {

namespace oauth {
inline constexpr char const* invalid_request = "invalid_request";
inline constexpr char const* invalid_grant = "invalid_grant";
inline constexpr char const* invalid_scope = "invalid_scope";
inline constexpr char const* invalid_authorization_details = "invalid_authorization_details";
inline constexpr char const* unsupported_response_type = "unsupported_response_type";
inline constexpr char const* unsupported_grant_type = "unsupported_grant_type";
inline constexpr char const* invalid_token = "invalid_token";
inline constexpr char const* invalid_dpop_proof = "invalid_dpop_proof";
inline constexpr char const* use_dpop_nonce = "use_dpop_nonce";
inline constexpr char const* invalid_credential_request = "invalid_credential_request";
inline constexpr char const* unknown_credential_configuration = "unknown_credential_configuration";
inline constexpr char const* unknown_credential_identifier = "unknown_credential_identifier";
inline constexpr char const* invalid_proof = "invalid_proof";
inline constexpr char const* invalid_nonce = "invalid_nonce";
inline constexpr char const* invalid_encryption_parameters = "invalid_encryption_parameters";
inline constexpr char const* credential_request_denied = "credential_request_denied";
inline constexpr char const* invalid_notification_request = "invalid_notification_request";
inline constexpr char const* invalid_notification_id = "invalid_notification_id";
inline constexpr char const* server_error = "server_error";
}  // namespace oauth

/// A request that a wallet has to make differently: 400.
base::Error refused(char const* word, std::string detail);
/// One that lacks the right: 401, with a challenge.
base::Error unauthorized(char const* word, std::string detail);

/// Surface::render_error of the routes for wallets: JSON with `error` and `error_description`, and the challenge and
/// the nonce that DPoP asks for (RFC 9449, sections 7.1, 8 and 9).
http::Response render_error(api::Register const& registry, http::Request const& request, base::Error const& error);

}  // namespace abode::wallets
