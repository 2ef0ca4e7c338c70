#include "wallets/oauth.hpp"

#include <algorithm>
#include <array>

#include "api/problem.hpp"
#include "codec/json.hpp"
#include "service/wallet_desk.hpp"

namespace abode::wallets {
namespace {

namespace json = codec::json;
using base::errc;

constexpr std::array words{oauth::invalid_request,
                           oauth::invalid_grant,
                           oauth::invalid_scope,
                           oauth::invalid_authorization_details,
                           oauth::unsupported_response_type,
                           oauth::unsupported_grant_type,
                           oauth::invalid_token,
                           oauth::invalid_dpop_proof,
                           oauth::use_dpop_nonce,
                           oauth::invalid_credential_request,
                           oauth::unknown_credential_configuration,
                           oauth::unknown_credential_identifier,
                           oauth::invalid_proof,
                           oauth::invalid_nonce,
                           oauth::invalid_encryption_parameters,
                           oauth::credential_request_denied,
                           oauth::invalid_notification_request,
                           oauth::invalid_notification_id};

bool is_word(std::string_view field) {
  return std::ranges::any_of(words, [field](char const* word) { return field == word; });
}

/// What the use cases refuse is the holder's affair: the wallet hears that it gets nothing, and their sentence.
std::string word_for(base::Error const& error, unsigned status) {
  if (is_word(error.field)) return error.field;
  if (status >= 500) return oauth::server_error;
  return error.code == errc::unauthenticated ? oauth::invalid_token : oauth::credential_request_denied;
}

}  // namespace

base::Error refused(char const* word, std::string detail) {
  return base::fail(errc::invalid, std::move(detail), word);
}

base::Error unauthorized(char const* word, std::string detail) {
  return base::fail(errc::unauthenticated, std::move(detail), word);
}

http::Response render_error(api::Register const& registry, http::Request const&, base::Error const& error) {
  unsigned status = api::status_of(error.code);
  if (status >= 400 && status < 500 && status != 401 && status != 404 && status != 405) status = 400;
  std::string const word = word_for(error, status);
  std::string const told = status >= 500 ? "The register has trouble. Try again later." : error.detail;
  auto response = http::response(status, "application/json",
                                 json::serialize(json::object{{"error", word}, {"error_description", told}}));
  response.headers.emplace_back("Cache-Control", "no-store");
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "DPoP algs=\"ES256\", error=\"" + word + "\"");
  if (word == oauth::use_dpop_nonce)
    response.headers.emplace_back("DPoP-Nonce", registry.desk.make_nonce(service::WalletDesk::NonceOf::dpop));
  return response;
}

}  // namespace abode::wallets
