#include "support/authenticator.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include "base/assert.hpp"
#include "codec/cbor.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::test {
namespace {

using webauthn::Algorithm;

EVP_PKEY* make_key(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::es256: return EVP_EC_gen("P-256");
    case Algorithm::eddsa: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case Algorithm::rs256: return EVP_RSA_gen(2048);
  }
  return nullptr;
}

base::Bytes number(EVP_PKEY* key, char const* name, std::size_t size) {
  BIGNUM* value = nullptr;
  base::ensure(EVP_PKEY_get_bn_param(key, name, &value) == 1, "a key has its numbers");
  base::Bytes out(size);
  BN_bn2binpad(value, out.data(), static_cast<int>(size));
  BN_free(value);
  return out;
}

/// RFC 9053 section 7 and RFC 8230 section 4, in CTAP's canonical order of keys.
base::Bytes cose_key(EVP_PKEY* key, Algorithm algorithm) {
  codec::CborWriter out;
  auto const alg = static_cast<std::int64_t>(algorithm);
  switch (algorithm) {
    case Algorithm::es256:
      out.map(5).signed_int(1).signed_int(2).signed_int(3).signed_int(alg);
      out.signed_int(-1).signed_int(1).signed_int(-2).bytes(number(key, OSSL_PKEY_PARAM_EC_PUB_X, 32));
      out.signed_int(-3).bytes(number(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
      break;
    case Algorithm::eddsa: {
      base::Bytes raw(32);
      std::size_t size = raw.size();
      EVP_PKEY_get_raw_public_key(key, raw.data(), &size);
      out.map(4).signed_int(1).signed_int(1).signed_int(3).signed_int(alg);
      out.signed_int(-1).signed_int(6).signed_int(-2).bytes(raw);
      break;
    }
    case Algorithm::rs256:
      out.map(4).signed_int(1).signed_int(3).signed_int(3).signed_int(alg);
      out.signed_int(-1).bytes(number(key, OSSL_PKEY_PARAM_RSA_N, 256));
      out.signed_int(-2).bytes(number(key, OSSL_PKEY_PARAM_RSA_E, 3));
      break;
  }
  return std::move(out).take();
}

std::string client_data(std::string const& type, base::ByteView challenge, Ceremony const& ceremony) {
  return "{\"type\":\"" + (ceremony.type.empty() ? type : ceremony.type) + "\",\"challenge\":\"" +
         codec::to_base64url(challenge) + "\",\"origin\":\"" + ceremony.origin + "\"" + ceremony.more_members + "}";
}

}  // namespace

struct Authenticator::Key {
  explicit Key(Algorithm algorithm) : key(make_key(algorithm)) {}
  ~Key() { EVP_PKEY_free(key); }
  Key(Key const&) = delete;
  Key& operator=(Key const&) = delete;
  EVP_PKEY* key;
};

Authenticator::Authenticator(Algorithm algorithm)
    : algorithm_(algorithm), key_(std::make_unique<Key>(algorithm)), id_(16) {
  RAND_bytes(id_.data(), static_cast<int>(id_.size()));
}

Authenticator::~Authenticator() = default;

base::Bytes Authenticator::data(Ceremony const& ceremony, bool with_key) const {
  base::Bytes out = base::to_bytes(digest::sha256(base::as_bytes(ceremony.rp_id)));
  out.push_back(static_cast<std::uint8_t>((ceremony.present ? 0x01 : 0) | (ceremony.verified ? 0x04 : 0) |
                                          (ceremony.backup_eligible ? 0x08 : 0) | (ceremony.backed_up ? 0x10 : 0) |
                                          (with_key ? 0x40 : 0)));
  base::append_be(out, sign_count);
  if (!with_key) return out;
  out.insert(out.end(), 16, 0);  // no model: attestation is not asked for
  base::append_be(out, static_cast<std::uint16_t>(id_.size()));
  base::append(out, id_);
  base::append(out, cose_key(key_->key, algorithm_));
  return out;
}

base::Bytes Authenticator::sign(base::ByteView authenticator_data, base::ByteView client_data_json) const {
  base::Bytes message = base::to_bytes(authenticator_data);
  base::append(message, digest::sha256(client_data_json));
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  EVP_MD const* const hash = algorithm_ == Algorithm::eddsa ? nullptr : EVP_sha256();
  EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, key_->key);
  base::Bytes signature(512);
  std::size_t size = signature.size();
  base::ensure(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1,
               "an authenticator signs");
  signature.resize(size);
  return signature;
}

webauthn::Registration Authenticator::create(base::ByteView challenge, Ceremony const& ceremony) {
  std::string const client = client_data("webauthn.create", challenge, ceremony);
  base::Bytes const made = data(ceremony, true);
  codec::CborWriter out;
  out.map(3).text("fmt").text(ceremony.format).text("attStmt");
  if (ceremony.format == "packed")
    out.map(2)
        .text("alg")
        .signed_int(static_cast<std::int64_t>(algorithm_))
        .text("sig")
        .bytes(sign(made, base::as_bytes(client)));
  else
    out.map(0);
  out.text("authData").bytes(made);
  return {base::to_bytes(base::as_bytes(client)), std::move(out).take()};
}

webauthn::Assertion Authenticator::get(base::ByteView challenge, Ceremony const& ceremony) {
  if (sign_count != 0) ++sign_count;
  std::string const client = client_data("webauthn.get", challenge, ceremony);
  base::Bytes const made = data(ceremony, false);
  return {id_, base::to_bytes(base::as_bytes(client)), made, sign(made, base::as_bytes(client)), user_handle};
}

}  // namespace abode::test
