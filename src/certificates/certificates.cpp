#include "certificates/certificates.hpp"

#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>

#include "base/assert.hpp"
#include "base/freed_by.hpp"

namespace abode::certificates {
namespace {

using base::errc;
using base::fail;

constexpr int most_between = 3;  ///< certificates between an end entity and the anchor
constexpr std::size_t most_remembered = 64;

using X509Owner = base::Owned<X509, X509_free>;

X509Owner shared(X509Owner const& certificate) {
  X509_up_ref(certificate.get());
  return X509Owner{certificate.get()};
}

base::Time time_of(ASN1_TIME const* time) {
  std::tm parts{};
  base::ensure(ASN1_TIME_to_tm(time, &parts) == 1, "a certificate that holds has no time");
  return base::Time{
      std::chrono::sys_days{std::chrono::year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday} +
      std::chrono::hours{parts.tm_hour} + std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec}};
}

Life common_life(STACK_OF(X509) const* chain) {
  Life life{base::Time::min(), base::Time::max()};
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    X509 const* const one = sk_X509_value(chain, i);
    life.from = std::max(life.from, time_of(X509_get0_notBefore(one)));
    life.until = std::min(life.until, time_of(X509_get0_notAfter(one)));
  }
  return life;
}

}  // namespace

struct Certificate::Impl {
  X509Owner x509;
};

Certificate::Certificate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Certificate::Certificate(Certificate const& other) : impl_(std::make_unique<Impl>(Impl{shared(other.impl_->x509)})) {}
Certificate& Certificate::operator=(Certificate const& other) {
  if (this != &other) impl_->x509 = shared(other.impl_->x509);
  return *this;
}
Certificate::Certificate(Certificate&&) noexcept = default;
Certificate& Certificate::operator=(Certificate&&) noexcept = default;
Certificate::~Certificate() = default;

base::result<Certificate> Certificate::parse(base::ByteView der) {
  unsigned char const* at = der.data();
  X509Owner x509{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
  if (!x509 || at != der.data() + der.size()) return fail(errc::malformed, "This is no X.509 certificate in DER.");
  return Certificate{std::make_unique<Impl>(Impl{std::move(x509)})};
}

base::Bytes Certificate::der() const {
  int const size = i2d_X509(impl_->x509.get(), nullptr);
  base::ensure(size > 0, "a certificate that was read cannot be written");
  base::Bytes out(static_cast<std::size_t>(size));
  unsigned char* at = out.data();
  i2d_X509(impl_->x509.get(), &at);
  return out;
}

// Taken from the bytes of the certificate: to have OpenSSL make a key of them first takes longer than a signature's
// check.
base::result<base::Bytes> Certificate::p256_key() const {
  ASN1_OBJECT* kind = nullptr;
  unsigned char const* point = nullptr;
  int size = 0;
  X509_ALGOR* algorithm = nullptr;
  if (X509_PUBKEY_get0_param(&kind, &point, &size, &algorithm, X509_get_X509_PUBKEY(impl_->x509.get())) != 1)
    return fail(errc::unsupported, "The certificate has no key.");
  int parameter_type = 0;
  void const* parameter = nullptr;
  X509_ALGOR_get0(nullptr, &parameter_type, &parameter, algorithm);
  bool const is_p256 = OBJ_obj2nid(kind) == NID_X9_62_id_ecPublicKey && parameter_type == V_ASN1_OBJECT &&
                       OBJ_obj2nid(static_cast<ASN1_OBJECT const*>(parameter)) == NID_X9_62_prime256v1 && size == 65 &&
                       point[0] == 4;  // uncompressed (SEC 1, section 2.3.3)
  if (!is_p256) return fail(errc::unsupported, "The certificate's key is not on the curve P-256.");
  return base::Bytes(point + 1, point + size);
}

bool Certificate::is_self_signed() const {
  return X509_self_signed(impl_->x509.get(), 1) == 1;
}

bool Certificate::is_for_tests() const {
  static base::Owned<ASN1_OBJECT, ASN1_OBJECT_free> const wanted{OBJ_txt2obj(test_policy.data(), 1)};
  base::Owned<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free> const policies{static_cast<CERTIFICATEPOLICIES*>(
      X509_get_ext_d2i(impl_->x509.get(), NID_certificate_policies, nullptr, nullptr))};
  base::ensure(wanted != nullptr, "the identifier of the test policy is none");
  for (int i = 0; policies && i < sk_POLICYINFO_num(policies.get()); ++i)
    if (OBJ_cmp(sk_POLICYINFO_value(policies.get(), i)->policyid, wanted.get()) == 0) return true;
  return false;
}

bool Certificate::operator==(Certificate const& other) const {
  return X509_cmp(impl_->x509.get(), other.impl_->x509.get()) == 0;
}

base::result<Life> life_of_chain(std::vector<Certificate> const& chain, Certificate const& anchor) {
  base::ensure(!chain.empty(), "a chain has a first certificate");
  X509* const first = chain.front().impl_->x509.get();
  if ((X509_get_extension_flags(first) & EXFLAG_CA) != 0 || (X509_get_key_usage(first) & KU_DIGITAL_SIGNATURE) == 0)
    return fail(errc::forbidden, "The certificate is not one of a signer.");
  base::Owned<X509_STORE, X509_STORE_free> const store{X509_STORE_new()};
  std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> const others{
      sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }};
  for (std::size_t i = 1; i < chain.size(); ++i) sk_X509_push(others.get(), chain[i].impl_->x509.get());
  base::Owned<X509_STORE_CTX, X509_STORE_CTX_free> const context{X509_STORE_CTX_new()};
  base::ensure(store && others && context && X509_STORE_add_cert(store.get(), anchor.impl_->x509.get()) == 1 &&
                   X509_STORE_CTX_init(context.get(), store.get(), first, others.get()) == 1,
               "OpenSSL has no memory for a chain");
  X509_VERIFY_PARAM* const wanted = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_depth(wanted, most_between);
  X509_VERIFY_PARAM_set_flags(wanted, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
  if (X509_verify_cert(context.get()) != 1)
    return fail(errc::forbidden, std::string{"The chain does not hold: "} +
                                     X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())) + ".");
  return common_life(X509_STORE_CTX_get0_chain(context.get()));
}

base::result<void> check_life(base::result<Life> const& life, base::Time then) {
  if (!life) return life.error();
  if (then < life->from) return fail(errc::forbidden, "A certificate of the signer was not good yet when it signed.");
  if (then > life->until) return fail(errc::forbidden, "A certificate of the signer had expired when it signed.");
  return {};
}

base::result<Certificate> Memory::parse(base::ByteView der) {
  base::Bytes key{der.begin(), der.end()};
  if (auto const found = certificates_.find(key); found != certificates_.end()) return found->second;
  auto certificate = Certificate::parse(der);
  if (!certificate) return certificate;
  if (certificates_.size() >= most_remembered) certificates_.clear();
  certificates_.emplace(std::move(key), *certificate);
  return certificate;
}

base::result<Life> Memory::life_of_chain(std::vector<Certificate> const& chain, Certificate const& anchor) {
  base::Bytes key = anchor.der();
  for (Certificate const& one : chain) base::append(key, one.der());
  if (auto const found = lives_.find(key); found != lives_.end()) return found->second;
  if (lives_.size() >= most_remembered) lives_.clear();
  return lives_.emplace(std::move(key), certificates::life_of_chain(chain, anchor)).first->second;
}

}  // namespace abode::certificates
