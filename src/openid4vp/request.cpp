#include "openid4vp/request.hpp"

#include <initializer_list>

#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::openid4vp {
namespace {

json::array texts(std::initializer_list<std::string_view> all) {
  json::array array;
  for (std::string_view const one : all) array.emplace_back(one);
  return array;
}

/// What wallets are to know of us (section 11.1): how to encrypt to us, and what we read.
json::object metadata(Asker const& asker, ResponseKey const& key) {
  json::array keys;
  keys.push_back(key.to_jwk());
  json::object algorithms{{"sd-jwt_alg_values", texts({"ES256"})}, {"kb-jwt_alg_values", texts({"ES256"})}};
  json::object formats;
  formats[credential::credential_type] = std::move(algorithms);
  return {
      {"client_name", asker.name},
      {"jwks", json::object{{"keys", std::move(keys)}}},
      {"encrypted_response_enc_values_supported", texts({name_of(Encryption::a128gcm), name_of(Encryption::a256gcm)})},
      {"vp_formats_supported", std::move(formats)}};
}

}  // namespace

std::string client_id_of(certificates::Certificate const& own) {
  return "x509_hash:" + codec::to_base64url(digest::sha256(own.der()));
}

std::string make_request(Asker const& asker, Request const& request, ResponseKey const& key) {
  json::object payload{{"client_id", asker.client_id},
                       {"aud", any_wallet},
                       {"iat", request.made_at.time_since_epoch().count()},
                       {"exp", request.good_until.time_since_epoch().count()},
                       {"response_type", "vp_token"},
                       {"response_mode", "direct_post.jwt"},
                       {"response_uri", request.response_uri},
                       {"nonce", request.nonce},
                       {"state", request.state},
                       {"dcql_query", to_dcql(request.query)},
                       {"client_metadata", metadata(asker, key)}};
  if (request.wallet_nonce) payload["wallet_nonce"] = *request.wallet_nonce;
  json::object header;
  header["x5c"] = credential::to_x5c(asker.chain);
  return credential::make_jws(std::move(header), request_type, payload, asker.sign);
}

}  // namespace abode::openid4vp
