#include "wallets/metadata.hpp"

#include "api/wallet_link.hpp"
#include "credential/residence.hpp"
#include "credential/x5c.hpp"
#include "wallets/key_proofs.hpp"
#include "wallets/requests.hpp"

namespace abode::wallets {
namespace {

/// Names and paths of the claims, from the type's own metadata (SD-JWT VC) in the words of OpenID4VCI (appendix B.2).
json::array claims() {
  auto const type = codec::parse_json(credential::residence_type_metadata()).value();
  json::array all;
  for (json::value const& claim : type.at("claims").as_array()) {
    json::object described{{"path", claim.at("path")}, {"mandatory", false}};
    if (auto const* const mandatory = claim.as_object().if_contains("mandatory")) described["mandatory"] = *mandatory;
    json::array display;
    for (json::value const& one : claim.at("display").as_array())
      display.push_back({{"name", one.at("label")}, {"locale", one.at("locale")}});
    described["display"] = std::move(display);
    all.push_back(std::move(described));
  }
  return all;
}

json::array display() {
  auto const type = codec::parse_json(credential::residence_type_metadata()).value();
  json::array all;
  for (json::value const& one : type.at("display").as_array())
    all.push_back({{"name", one.at("name")}, {"locale", one.at("locale")}, {"description", one.at("description")}});
  return all;
}

json::object configuration(rules::ProofLife life) {
  json::object const es256{{"proof_signing_alg_values_supported", {"ES256"}}};
  return {{"format", credential::credential_type},
          {"vct", credential::residence_type},
          {"scope", configuration_of(life)},
          {"cryptographic_binding_methods_supported", {"jwk"}},
          {"credential_signing_alg_values_supported", {"ES256"}},
          {"proof_types_supported", {{"jwt", es256}}},
          {"credential_metadata", {{"display", display()}, {"claims", claims()}}}};
}

std::string at(std::string const& issuer, std::string_view path) {
  return issuer + std::string{path};
}

}  // namespace

json::object issuer_metadata(std::string const& issuer) {
  json::object configurations;
  for (rules::ProofLife const life : {rules::ProofLife::fresh, rules::ProofLife::lasting})
    configurations[configuration_of(life)] = configuration(life);
  json::object const batch{{"batch_size", service::max_proofs_at_once}};
  return {{"credential_issuer", issuer},
          {"credential_endpoint", at(issuer, credential_path)},
          {"nonce_endpoint", at(issuer, nonce_path)},
          {"notification_endpoint", at(issuer, notification_path)},
          {"batch_credential_issuance", batch},
          {"credential_configurations_supported", std::move(configurations)}};
}

base::result<std::string> signed_issuer_metadata(api::Register const& registry) {
  std::string const& issuer = registry.context.issuer;
  auto const key = registry.proof_keys.for_proofs();
  json::object payload = issuer_metadata(issuer);
  payload["iss"] = issuer;
  payload["sub"] = issuer;
  payload["iat"] = registry.context.clock.now().time_since_epoch().count();
  return ports::make_signed(*key, [&](ports::Sign const& sign) {
    return credential::make_jws({{"x5c", credential::to_x5c(key->chain())}}, "openidvci-issuer-metadata+jwt", payload,
                                sign);
  });
}

json::object server_metadata(std::string const& issuer) {
  return {
      {"issuer", issuer},
      {"token_endpoint", at(issuer, token_path)},
      {"authorization_endpoint", at(issuer, api::wallet_authorize_path)},
      {"pushed_authorization_request_endpoint", at(issuer, pushed_request_path)},
      {"require_pushed_authorization_requests", true},
      {"authorization_response_iss_parameter_supported", true},
      {"code_challenge_methods_supported", {"S256"}},
      {"scopes_supported", {configuration_of(rules::ProofLife::fresh), configuration_of(rules::ProofLife::lasting)}},
      {"grant_types_supported", {code_grant, pre_authorized_grant}},
      {"response_types_supported", {"code"}},
      {"token_endpoint_auth_methods_supported", {"none"}},
      {"dpop_signing_alg_values_supported", {"ES256"}},
      {"pre-authorized_grant_anonymous_access_supported", true}};
}

json::object credential_offer(std::string const& issuer, service::ShownOffer const& offer) {
  json::object const code{{"pre-authorized_code", offer.code.reveal(base::Disclosure::to_holder)},
                          {"tx_code",
                           {{"input_mode", "numeric"},
                            {"length", service::transaction_code_digits},
                            {"description", "The code that stands beside the offer on the register's page."}}}};
  return {{"credential_issuer", issuer},
          {"credential_configuration_ids", {configuration_of(offer.life)}},
          {"grants", {{pre_authorized_grant, code}}}};
}

}  // namespace abode::wallets
