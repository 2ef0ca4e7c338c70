#include "support/issuer.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>

#include "base/assert.hpp"
#include "base/freed_by.hpp"

namespace abode::test {
namespace {

void add_extension(X509* certificate, int id, std::string const& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  base::Owned<X509_EXTENSION, X509_EXTENSION_free> const extension{
      X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str())};
  base::ensure(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "no extension");
}

void add_test_policy(X509* certificate) {
  base::Owned<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free> const policies{CERTIFICATEPOLICIES_new()};
  POLICYINFO* const policy = POLICYINFO_new();
  policy->policyid = OBJ_txt2obj(certificates::test_policy.data(), 1);
  base::ensure(sk_POLICYINFO_push(policies.get(), policy) == 1 &&
                   X509_add1_ext_i2d(certificate, NID_certificate_policies, policies.get(), 0, 0) == 1,
               "no policy");
}

void set_name(X509_NAME* name, std::string const& text) {
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>(text.c_str()), -1, -1,
                             0);
}

}  // namespace

struct P256Key::Impl {
  base::Owned<EVP_PKEY, EVP_PKEY_free> key;
};

P256Key::P256Key(char const* curve) : impl_(std::make_unique<Impl>()) {
  impl_->key.reset(EVP_EC_gen(curve));
  base::ensure(impl_->key != nullptr, "no key");
}
P256Key::~P256Key() = default;

base::Bytes P256Key::public_key() const {
  std::array<std::uint8_t, 65> point{};
  std::size_t size = 0;
  base::ensure(EVP_PKEY_get_octet_string_param(impl_->key.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(),
                                               &size) == 1 &&
                   size == point.size(),
               "no public key");
  return {point.begin() + 1, point.end()};
}

base::Bytes P256Key::sign(base::ByteView message) const {
  base::Owned<EVP_MD_CTX, EVP_MD_CTX_free> const context{EVP_MD_CTX_new()};
  base::Bytes der(80);
  std::size_t size = der.size();
  base::ensure(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, impl_->key.get()) == 1 &&
                   EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()) == 1,
               "no signature");
  unsigned char const* at = der.data();
  base::Owned<ECDSA_SIG, ECDSA_SIG_free> const parts{d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size))};
  base::Bytes raw(64);
  BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), raw.data(), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), raw.data() + 32, 32);
  return raw;
}

certificates::Certificate make_certificate(CertificateWish const& wish) {
  base::Owned<X509, X509_free> const certificate{X509_new()};
  X509* const x509 = certificate.get();
  X509_set_version(x509, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  ASN1_TIME_set(X509_getm_notBefore(x509), wish.from.time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(x509), wish.until.time_since_epoch().count());
  set_name(X509_get_subject_name(x509), wish.subject);
  set_name(X509_get_issuer_name(x509), wish.issuer);
  X509_set_pubkey(x509, wish.key.impl_->key.get());
  add_extension(x509, NID_basic_constraints, wish.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  add_extension(x509, NID_key_usage, "critical," + (wish.is_authority ? "keyCertSign" : wish.usage));
  add_extension(x509, NID_subject_key_identifier, "hash");
  if (wish.is_for_tests) add_test_policy(x509);
  base::ensure(X509_sign(x509, wish.signed_by.impl_->key.get(), EVP_sha256()) > 0, "no certificate");
  int const size = i2d_X509(x509, nullptr);
  base::Bytes der(static_cast<std::size_t>(size));
  unsigned char* at = der.data();
  i2d_X509(x509, &at);
  return certificates::Certificate::parse(der).value();
}

certificates::Certificate make_certificate_on(char const* curve) {
  P256Key const key{curve};
  auto const now = base::parse_time("2026-01-01T00:00:00Z").value();
  return make_certificate({"Root", key, key, "Root", now, now + std::chrono::days{365}});
}

}  // namespace abode::test
