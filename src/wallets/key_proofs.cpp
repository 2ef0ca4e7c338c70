#include "wallets/key_proofs.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "credential/jws.hpp"
#include "credential/x5c.hpp"
#include "wallets/dpop.hpp"
#include "wallets/oauth.hpp"

namespace abode::wallets {
namespace {

namespace json = codec::json;
using base::result;
using credential::Jws;

result<rules::ProofLife> read_configuration(json::object const& request) {
  bool const by_identifier = request.contains("credential_identifier");
  bool const by_configuration = request.contains("credential_configuration_id");
  if (by_identifier && by_configuration)
    return refused(oauth::invalid_credential_request,
                   "Send credential_configuration_id or credential_identifier, not both.");
  if (by_identifier)
    return refused(oauth::unknown_credential_identifier,
                   "This register gives out no credential identifiers. Send credential_configuration_id.");
  if (!by_configuration)
    return refused(oauth::invalid_credential_request, "Send credential_configuration_id, as in the offer.");
  json::value const& name = request.at("credential_configuration_id");
  for (rules::ProofLife const life : {rules::ProofLife::fresh, rules::ProofLife::lasting})
    if (name.is_string() && std::string_view{name.as_string()} == configuration_of(life)) return life;
  return refused(oauth::unknown_credential_configuration, "There is no such credential_configuration_id here.");
}

result<json::array> read_proofs(json::object const& request) {
  if (request.contains("proof"))
    return refused(oauth::invalid_credential_request,
                   "\"proof\" is of a draft. OpenID4VCI 1.0 has \"proofs\": {\"jwt\": [...]}, also for one key.");
  auto const* const proofs = request.if_contains("proofs");
  if (proofs == nullptr) return refused(oauth::invalid_proof, "Send \"proofs\": {\"jwt\": [...]}, one for each key.");
  auto const* const kinds = proofs->if_object();
  if (kinds == nullptr || kinds->size() != 1)
    return refused(oauth::invalid_proof, "\"proofs\" has exactly one member, the kind of proof: \"jwt\".");
  auto const* const jwts = kinds->if_contains("jwt");
  if (jwts == nullptr || !jwts->is_array() || jwts->as_array().empty())
    return refused(oauth::invalid_proof, "The kind of proof taken here is \"jwt\": a list of at least one.");
  if (jwts->as_array().size() > service::max_proofs_at_once)
    return refused(oauth::invalid_proof, "At most 10 credentials are given at once (batch_size).");
  return jwts->as_array();
}

result<base::Bytes> read_key(Jws const& jws) {
  constexpr std::array kinds{"jwk", "kid", "x5c"};
  auto const named = std::ranges::count_if(kinds, [&](char const* kind) { return jws.header.contains(kind); });
  if (named != 1 || !jws.header.contains("jwk"))
    return refused(oauth::invalid_proof, "A key proof names its key by exactly one of jwk, kid and x5c; here by jwk.");
  auto key = credential::read_jwk(jws.header.at("jwk"));
  if (!key) return refused(oauth::invalid_proof, key.error().detail);
  if (!credential::is_signed_by(jws, *key))
    return refused(oauth::invalid_proof, "The signature of a key proof is not by its key.");
  return key;
}

/// The key of one proof; its nonce goes into `nonces`.
result<base::Bytes> check_proof(json::value const& proof, base::Time now, std::string_view issuer, Client const& client,
                                std::set<std::string>& nonces) {
  if (!proof.is_string()) return refused(oauth::invalid_proof, "A key proof is a text.");
  auto const jws = credential::parse_jws(std::string_view{proof.as_string()}, key_proof_type);
  if (!jws) return refused(oauth::invalid_proof, jws.error().detail);
  auto key = read_key(*jws);
  if (!key) return key.error();
  auto const audience = credential::text_of(jws->payload, "aud");
  if (!audience || *audience != issuer)
    return refused(oauth::invalid_proof,
                   "A key proof is for another issuer (aud). This one is " + std::string{issuer} + ".");
  auto const issued_at = credential::time_of(jws->payload, "iat");
  if (!issued_at || *issued_at > now + clock_skew || *issued_at < now - signed_life)
    return refused(oauth::invalid_proof, "A key proof is not of this moment (iat). Set the clock right.");
  auto const named = credential::text_of(jws->payload, "iss");
  if (jws->payload.contains("iss") && (!client || !named || *named != *client))
    return refused(oauth::invalid_proof, "A key proof names another client (iss) than came for the token.");
  auto nonce = credential::text_of(jws->payload, "nonce");
  if (!nonce) return refused(oauth::invalid_proof, "A key proof has no nonce. Fetch one at the nonce endpoint.");
  nonces.insert(std::move(*nonce));
  return key;
}

/// Each is used up; a request may use one in all its proofs.
result<void> use_nonces(service::WalletDesk& desk, std::set<std::string> const& nonces) {
  for (std::string const& nonce : nonces)
    if (!desk.is_good_nonce(service::WalletDesk::NonceOf::key_proof, nonce) || !desk.is_first("nonce " + nonce))
      return refused(oauth::invalid_nonce,
                     "The nonce of a key proof is not of this register, is over, or was used. Fetch a new one.");
  return {};
}

}  // namespace

std::string_view configuration_of(rules::ProofLife life) {
  return life == rules::ProofLife::lasting ? "residence-lasting" : "residence";
}

result<CredentialRequest> read_credential_request(service::WalletDesk& desk, base::Time now, std::string_view issuer,
                                                  Client const& client, std::string_view body) {
  auto const parsed = codec::parse_json(body);
  if (!parsed || !parsed->is_object())
    return refused(oauth::invalid_credential_request, "A credential request is a JSON object.");
  json::object const& request = parsed->as_object();
  if (request.contains("credential_response_encryption"))
    return refused(oauth::invalid_encryption_parameters, "Answers are not encrypted here, beyond TLS. Leave it out.");
  auto const life = read_configuration(request);
  if (!life) return life.error();
  auto const proofs = read_proofs(request);
  if (!proofs) return proofs.error();
  CredentialRequest read{*life, {}};
  std::set<std::string> nonces;
  for (json::value const& proof : *proofs) {
    auto key = check_proof(proof, now, issuer, client, nonces);
    if (!key) return key.error();
    if (std::ranges::find(read.keys, *key) != read.keys.end())
      return refused(oauth::invalid_proof, "The same key is there twice: verifiers could tell that it is one holder.");
    read.keys.push_back(std::move(*key));
  }
  if (auto const used = use_nonces(desk, nonces); !used) return used.error();
  return read;
}

}  // namespace abode::wallets
