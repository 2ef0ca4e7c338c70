#include "wallets/wallets.hpp"

#include "api/wallet_link.hpp"
#include "api/work.hpp"
#include "service/proofs.hpp"
#include "wallets/dpop.hpp"
#include "wallets/key_proofs.hpp"
#include "wallets/metadata.hpp"
#include "wallets/oauth.hpp"
#include "wallets/requests.hpp"

namespace abode::wallets {
namespace {

using api::Call;
using api::Register;
using api::Reply;
using api::Route;
using base::errc;
using base::result;
using service::WalletDesk;

constexpr std::string_view dpop_scheme = "DPoP ";

http::Response json_response(json::object const& body, bool cacheable = false, unsigned status = 200) {
  auto response = http::response(status, "application/json", json::serialize(body));
  response.headers.emplace_back("Cache-Control", cacheable ? "public, max-age=3600" : "no-store");
  return response;
}

std::string url_of(Register const& registry, std::string_view path) {
  return registry.context.issuer + std::string{path};
}

/// The token of a request for something protected: by the scheme DPoP, in the header alone.
result<std::string> read_token(http::Request const& request) {
  if (request.query.find("access_token") != request.query.npos)
    return unauthorized(oauth::invalid_token,
                        "An access token does not belong into an address. Send it in the header.");
  std::string_view const header = http::header(request, "Authorization");
  if (!header.starts_with(dpop_scheme))
    return unauthorized(oauth::invalid_token, "Send the access token as: Authorization: DPoP TOKEN.");
  return std::string{header.substr(dpop_scheme.size())};
}

/// A wallet that holds a token and the key that it is bound to.
struct Bearer {
  std::string token;
  service::WalletRight right;
};

result<Bearer> check_bearer(Register const& registry, http::Request const& request, std::string_view path) {
  auto token = read_token(request);
  if (!token) return token.error();
  auto const proof = check_dpop(registry.desk, registry.context.clock.now(), request, url_of(registry, path), *token);
  if (!proof) return proof.error();
  auto right = registry.desk.right_of(*token, proof->thumbprint);
  if (!right) return unauthorized(oauth::invalid_token, right.error().detail);
  if (auto const first = use_once(registry.desk, *proof, true); !first) return first.error();
  return Bearer{std::move(*token), std::move(*right)};
}

Reply get_issuer_metadata(Register const& registry, Call const& call) {
  if (http::header(call.request, "Accept").find("application/jwt") == std::string_view::npos)
    return json_response(issuer_metadata(registry.context.issuer), true);
  return api::ReadWork{[&registry](ports::Snapshot&, api::Caller const&) -> result<http::Response> {
    auto text = signed_issuer_metadata(registry);
    if (!text) return text.error();
    auto response = http::response(200, "application/jwt", std::move(*text));
    response.headers.emplace_back("Cache-Control", "public, max-age=3600");
    return response;
  }};
}

Reply get_server_metadata(Register const& registry, Call const&) {
  return json_response(server_metadata(registry.context.issuer), true);
}

Reply get_offer(Register const& registry, Call const& call) {
  auto const offer = registry.desk.look(call.params.at(0));
  if (!offer) return offer.error();
  return json_response(credential_offer(registry.context.issuer, *offer));
}

Reply post_nonce(Register const& registry, Call const&) {
  auto response = json_response({{"c_nonce", registry.desk.make_nonce(WalletDesk::NonceOf::key_proof)}});
  response.headers.emplace_back("DPoP-Nonce", registry.desk.make_nonce(WalletDesk::NonceOf::dpop));
  return response;
}

/// The key that a wallet binds its request to beforehand, by a DPoP proof or by name (RFC 9449, section 10).
result<std::optional<std::string>> key_of_request(Register const& registry, http::Request const& request,
                                                  std::optional<std::string> const& named) {
  if (http::header(request, "DPoP").empty()) return named;
  auto const proof =
      check_dpop(registry.desk, registry.context.clock.now(), request, url_of(registry, pushed_request_path));
  if (!proof) return proof.error();
  if (named && *named != proof->thumbprint)
    return refused(oauth::invalid_dpop_proof, "dpop_jkt names another key than the DPoP proof.");
  return std::optional{proof->thumbprint};
}

/// On a worker, because it may check a signature.
Reply post_pushed_request(Register const& registry, Call const& call) {
  auto const wanted = read_pushed_request(call.request);
  if (!wanted) return wanted.error();
  return api::ReadWork{[&registry, wanted = *wanted, request = call.request](
                           ports::Snapshot&, api::Caller const&) -> result<http::Response> {
    auto const key = key_of_request(registry, request, wanted.thumbprint);
    if (!key) return key.error();
    service::WalletRequest bound = wanted;
    bound.thumbprint = *key;
    json::object const answer{{"request_uri", std::string{api::wallet_request_prefix} + registry.desk.push(bound)},
                              {"expires_in", std::chrono::seconds{service::wallet_request_life}.count()}};
    return json_response(answer, false, 201);
  }};
}

std::string const& code_in(TokenRequest const& wanted) {
  auto const* const by_offer = std::get_if<PreAuthorizedCode>(&wanted);
  return by_offer != nullptr ? by_offer->code : std::get<service::CodeRedemption>(wanted).code;
}

result<service::WalletToken> redeem(WalletDesk& desk, TokenRequest const& wanted, std::string_view thumbprint) {
  auto const* const by_offer = std::get_if<PreAuthorizedCode>(&wanted);
  auto token = by_offer != nullptr ? desk.redeem(by_offer->code, by_offer->transaction_code, thumbprint)
                                   : desk.redeem(std::get<service::CodeRedemption>(wanted), thumbprint);
  if (!token)
    return refused(token.error().code == errc::invalid ? oauth::invalid_request : oauth::invalid_grant,
                   token.error().detail);
  return token;
}

/// On a worker, because it checks a signature.
Reply post_token(Register const& registry, Call const& call) {
  auto const wanted = read_token_request(call.request);
  if (!wanted) return wanted.error();
  return api::ReadWork{[&registry, wanted = *wanted, request = call.request](
                           ports::Snapshot&, api::Caller const&) -> result<http::Response> {
    auto const proof = check_dpop(registry.desk, registry.context.clock.now(), request, url_of(registry, token_path));
    if (!proof) return proof.error();
    if (registry.desk.has_code(code_in(wanted)))
      if (auto const first = use_once(registry.desk, *proof, false); !first) return first.error();
    auto const token = redeem(registry.desk, wanted, proof->thumbprint);
    if (!token) return token.error();
    return json_response({{"access_token", token->token.reveal(base::Disclosure::to_holder)},
                          {"token_type", "DPoP"},
                          {"expires_in", token->expires_in.count()},
                          {"scope", configuration_of(token->life)}});
  }};
}

result<http::Response> hand_over(Register const& registry, std::string const& token,
                                 service::ProofsToSign const& made) {
  json::array credentials;
  for (credential::ResidenceProof const& proof : made.proofs) {
    auto text = service::sign_proof(registry.proof_keys, registry.context.random, proof);
    if (!text) return text.error();
    credentials.push_back(json::object{{"credential", std::move(*text)}});
  }
  return json_response(
      {{"credentials", std::move(credentials)}, {"notification_id", registry.desk.make_notification_id(token)}});
}

/// All that can be said without the store.
struct Checked {
  Bearer bearer;
  service::ProofWish wish;
};

result<Checked> check_credential_request(Register const& registry, http::Request const& request) {
  auto bearer = check_bearer(registry, request, credential_path);
  if (!bearer) return bearer.error();
  auto wanted = read_credential_request(registry.desk, registry.context.clock.now(), registry.context.issuer,
                                        bearer->right.client, request.body);
  if (!wanted) return wanted.error();
  service::WalletOffer const& offer = bearer->right.offer;
  if (wanted->life != offer.life)
    return refused(oauth::credential_request_denied, "The token is for another credential_configuration_id.");
  if (auto const taken = registry.desk.take(bearer->token, wanted->keys.size()); !taken)
    return refused(oauth::credential_request_denied, taken.error().detail);
  service::ProofWish wish{.registration = offer.registration,
                          .form = service::ProofForm::wallet,
                          .life = offer.life,
                          .days = offer.days,
                          .fields = rules::everything_provable,
                          .holder_keys = std::move(wanted->keys)};
  return Checked{std::move(*bearer), std::move(wish)};
}

Reply post_credential(Register const& registry, Call const& call) {
  return api::PreparedWork{
      [&registry, request = call.request](ports::Snapshot&, api::Caller const&) -> result<api::WriteWork> {
        auto checked = check_credential_request(registry, request);
        if (!checked) return checked.error();
        return api::write_then<service::ProofsToSign>(
            [&registry, right = checked->bearer.right, wish = std::move(checked->wish)](
                ports::Transaction& transaction, api::Caller const&) -> result<service::ProofsToSign> {
              auto const holder =
                  ports::HolderSession::prove_again(transaction, right.holder, registry.context.clock.now());
              if (!holder)
                return unauthorized(oauth::invalid_token, "Its holder has ended the session that offered this.");
              return service::issue_proofs(registry.context, transaction, {*holder, right.offered_at}, wish, {});
            },
            [&registry, token = checked->bearer.token](service::ProofsToSign const& made, ports::Commit const&) {
              return hand_over(registry, token, made);
            });
      }};
}

/// What becomes of a proof in a wallet is not noted: only the form of it is checked (section 11).
Reply post_notification(Register const& registry, Call const& call) {
  return api::ReadWork{[&registry, request = call.request](ports::Snapshot&,
                                                           api::Caller const&) -> result<http::Response> {
    auto const bearer = check_bearer(registry, request, notification_path);
    if (!bearer) return bearer.error();
    auto const body = codec::parse_json(request.body);
    auto const* const told = body ? body->if_object() : nullptr;
    if (told == nullptr) return refused(oauth::invalid_notification_request, "A notification is a JSON object.");
    auto const id = credential::text_of(*told, "notification_id");
    auto const event = credential::text_of(*told, "event");
    if (!id || !event ||
        (*event != "credential_accepted" && *event != "credential_failure" && *event != "credential_deleted"))
      return refused(oauth::invalid_notification_request,
                     "Send notification_id, and event: credential_accepted, credential_failure or credential_deleted.");
    if (!registry.desk.is_notification_id(bearer->token, *id))
      return refused(oauth::invalid_notification_id, "There is no such notification_id for this token.");
    http::Response response;
    response.status = 204;
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
  }};
}

constexpr auto get = http::Method::get;
constexpr auto post = http::Method::post;
constexpr auto anyone = api::Authority::anyone;

constexpr Route routes[] = {
    Route{get, "/.well-known/openid-credential-issuer", anyone, get_issuer_metadata},
    Route{get, "/.well-known/oauth-authorization-server", anyone, get_server_metadata},
    Route{get, "/wallet/offers/{id}", anyone, get_offer},
    Route{post, "/wallet/par", anyone, post_pushed_request},
    Route{post, "/wallet/token", anyone, post_token},
    Route{post, "/wallet/nonce", anyone, post_nonce},
    Route{post, "/wallet/credential", anyone, post_credential},
    Route{post, "/wallet/notification", anyone, post_notification},
};

}  // namespace

api::Surface wallet_surface() {
  return {routes, render_error};
}

}  // namespace abode::wallets
