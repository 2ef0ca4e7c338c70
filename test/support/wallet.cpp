#include "support/wallet.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>

#include "base/assert.hpp"
#include "base/freed_by.hpp"
#include "codec/text.hpp"

namespace abode::test {
namespace {

using base::Bytes;
using Key = base::Owned<EVP_PKEY, EVP_PKEY_free>;

void must(int outcome) {
  base::ensure(outcome > 0, "OpenSSL does not do it");
}

Bytes point_of(EVP_PKEY* key) {
  Bytes point(65);
  std::size_t size = 0;
  must(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size));
  return {point.begin() + 1, point.end()};
}

/// The key of a request, in a copy of the parameters of ours.
Key peer_of(EVP_PKEY* own, json::object const& jwk) {
  Bytes point{4};
  base::append(point, codec::from_base64url(jwk.at("x").as_string()).value());
  base::append(point, codec::from_base64url(jwk.at("y").as_string()).value());
  Key peer{EVP_PKEY_new()};
  must(EVP_PKEY_copy_parameters(peer.get(), own));
  must(EVP_PKEY_set1_encoded_public_key(peer.get(), point.data(), point.size()));
  return peer;
}

Bytes agree(EVP_PKEY* own, EVP_PKEY* peer) {
  base::Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> const context{EVP_PKEY_CTX_new(own, nullptr)};
  Bytes agreed(32);
  std::size_t size = agreed.size();
  must(EVP_PKEY_derive_init(context.get()));
  must(EVP_PKEY_derive_set_peer(context.get(), peer));
  must(EVP_PKEY_derive(context.get(), agreed.data(), &size));
  return agreed;
}

void append_with_length(Bytes& to, base::ByteView more) {
  base::append_be(to, static_cast<std::uint32_t>(more.size()));
  base::append(to, more);
}

Bytes party_of(json::object const& header, char const* name) {
  auto const* text = header.if_contains(name);
  if (text == nullptr || !text->is_string()) return {};
  auto const bytes = codec::from_base64url(text->as_string());
  return bytes ? *bytes : Bytes{};
}

/// By OpenSSL's own single-step KDF (NIST SP 800-56C), of which the Concat KDF is a case.
Bytes derive(Bytes agreed, json::object const& header, std::size_t size) {
  Bytes info;
  append_with_length(info, base::as_bytes(std::string_view{header.at("enc").as_string()}));
  append_with_length(info, party_of(header, "apu"));
  append_with_length(info, party_of(header, "apv"));
  base::append_be(info, static_cast<std::uint32_t>(size * 8));
  base::Owned<EVP_KDF, EVP_KDF_free> const kdf{EVP_KDF_fetch(nullptr, "SSKDF", nullptr)};
  base::Owned<EVP_KDF_CTX, EVP_KDF_CTX_free> const context{EVP_KDF_CTX_new(kdf.get())};
  std::array<char, 7> digest{"SHA256"};
  std::array<OSSL_PARAM, 4> const parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, agreed.data(), agreed.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
  Bytes key(size);
  must(EVP_KDF_derive(context.get(), key.data(), key.size(), parameters.data()));
  return key;
}

}  // namespace

std::string encrypt_answer(std::string_view text, json::object const& jwk, json::object const& changes) {
  Key const own{EVP_EC_gen("P-256")};
  json::object header{
      {"alg", "ECDH-ES"}, {"enc", "A128GCM"}, {"kid", jwk.at("kid")}, {"epk", credential::to_jwk(point_of(own.get()))}};
  for (auto const& [name, value] : changes) {
    header[name] = value;
    if (value.is_null()) header.erase(name);
  }
  bool const is_long = header.if_contains("enc") != nullptr && header.at("enc") == json::value("A256GCM");
  json::object named = header;
  if (!named.contains("enc")) named["enc"] = "A128GCM";
  Bytes const key = derive(agree(own.get(), peer_of(own.get(), jwk).get()), named, is_long ? 32 : 16);
  std::string const bound = codec::to_base64url(base::as_bytes(json::serialize(header)));
  Bytes iv(12);
  Bytes out(text.size());
  Bytes tag(16);
  int size = 0;
  must(RAND_bytes(iv.data(), 12));
  base::Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> const context{EVP_CIPHER_CTX_new()};
  must(EVP_EncryptInit_ex(context.get(), is_long ? EVP_aes_256_gcm() : EVP_aes_128_gcm(), nullptr, key.data(),
                          iv.data()));
  auto const bytes = base::as_bytes(text);
  auto const aad = base::as_bytes(bound);
  must(EVP_EncryptUpdate(context.get(), nullptr, &size, aad.data(), static_cast<int>(aad.size())));
  must(EVP_EncryptUpdate(context.get(), out.data(), &size, bytes.data(), static_cast<int>(bytes.size())));
  must(EVP_EncryptFinal_ex(context.get(), out.data() + size, &size));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, 16, tag.data()));
  return bound + ".." + codec::to_base64url(iv) + "." + codec::to_base64url(out) + "." + codec::to_base64url(tag);
}

json::object read_request(std::string const& text) {
  auto const jws = credential::parse_jws(text, "oauth-authz-req+jwt");
  base::ensure(jws.has_value(), "the request is no signed object");
  certificates::Memory memory;
  auto const chain = credential::read_x5c(jws->header, memory);
  base::ensure(chain.has_value(), "the request has no certificates");
  base::ensure(credential::is_signed_by(*jws, chain->front().p256_key().value()), "the request is not signed");
  return jws->payload;
}

json::object key_of(json::object const& request) {
  return request.at("client_metadata").at("jwks").at("keys").at(0).as_object();
}

std::string answer_with(std::string const& presentation, json::object const& request) {
  json::array presentations;
  presentations.emplace_back(presentation);
  json::object token;
  token["proof"] = std::move(presentations);
  return json::serialize(json::object{{"vp_token", std::move(token)}, {"state", request.at("state")}});
}

std::string present(ProofWorld& world, json::object const& request, std::set<std::string> const& claims,
                    json::object const& changes) {
  world.challenge = {std::string{request.at("client_id").as_string()}, std::string{request.at("nonce").as_string()}};
  return world.signed_by_holder(ProofWorld::show_only(world.issue(world.bound()), claims), changes);
}

}  // namespace abode::test
