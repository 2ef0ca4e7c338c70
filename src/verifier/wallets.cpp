// What wallets fetch and send (OpenID4VP 1.0, sections 5.10 and 8.2).
#include "verifier/internal/routes.hpp"

namespace abode::verifier::internal {
namespace {

namespace json = codec::json;
using base::errc;

constexpr std::size_t max_wallet_nonce_bytes = 512;
/// One value may take nearly all of a body: the encrypted answer.
constexpr http::FormLimits form_limits{.value_bytes = 64 * 1024};

/// In the words of OAuth (RFC 6749, section 5.2).
http::Response refusal(base::Error const& error) {
  return json_response(status_of(error.code), {{"error", "invalid_request"}, {"error_description", error.detail}});
}

base::result<http::Pairs> read_form(http::Request const& request) {
  if (!http::header(request, "Content-Type").starts_with("application/x-www-form-urlencoded"))
    return base::fail(errc::unsupported, "Send a form (application/x-www-form-urlencoded).");
  return http::parse_form(request.body, form_limits);
}

http::Response hand_out(Call const& call, std::optional<std::string> wallet_nonce) {
  auto request = call.site.desk.request(call.id, std::move(wallet_nonce));
  if (!request) return refusal(request.error());
  return http::response(200, "application/" + std::string{openid4vp::request_type}, std::move(*request));
}

}  // namespace

http::Response get_request(Call const& call) {
  return hand_out(call, {});
}

/// What a wallet says of itself (`wallet_metadata`) is not read: the request is the same for all.
http::Response post_request(Call const& call) {
  http::Pairs form;
  if (!call.request.body.empty()) {
    auto read = read_form(call.request);
    if (!read) return refusal(read.error());
    form = std::move(*read);
  }
  std::optional<std::string> nonce;
  for (auto const& [name, value] : form) {
    if (name != "wallet_nonce") continue;
    if (nonce || value.size() > max_wallet_nonce_bytes)
      return refusal(base::fail(errc::malformed, "Send one \"wallet_nonce\", of at most 512 bytes."));
    nonce = value;
  }
  return hand_out(call, std::move(nonce));
}

http::Response post_answer(Call const& call) {
  auto const form = read_form(call.request);
  if (!form) return refusal(form.error());
  auto const taken = call.site.desk.answer(call.id, *form);
  if (!taken) return refusal(taken.error());
  json::object body;
  if (*taken) body["redirect_uri"] = **taken;
  return json_response(200, body);
}

}  // namespace abode::verifier::internal
