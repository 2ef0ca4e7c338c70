#include "openssl/issuer_keys.hpp"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>

#include "digest/digest.hpp"
#include "openssl/internal/handles.hpp"

namespace abode::openssl {
namespace {

using base::errc;
using base::fail;
using base::result;
using certificates::Certificate;
using internal::must;
using X509Owner = base::Owned<X509, X509_free>;
using Bio = base::Owned<BIO, BIO_free_all>;

constexpr std::size_t half_bytes = 32;  ///< of a public key, and of a signature
constexpr std::size_t max_der_signature_bytes = 80;

/// x and y.
base::Bytes public_key_of(EVP_PKEY* key) {
  std::array<std::uint8_t, 1 + 2 * half_bytes> point{};
  std::size_t size = 0;
  must(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size),
       "a P-256 key has no public half");
  base::ensure(size == point.size() && point[0] == 4, "a public key is an uncompressed point");
  return {point.begin() + 1, point.end()};
}

base::Bytes der_of(X509* certificate) {
  int const size = i2d_X509(certificate, nullptr);
  base::ensure(size > 0, "a certificate cannot be written");
  base::Bytes der(static_cast<std::size_t>(size));
  unsigned char* at = der.data();
  i2d_X509(certificate, &at);
  return der;
}

X509Owner read_der(base::ByteView der) {
  unsigned char const* at = der.data();
  X509Owner x509{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
  base::ensure(x509 != nullptr, "a certificate that was read cannot be read again");
  return x509;
}

/// The certificates of a key.
class Certified : public IssuerKey {
 public:
  Certified(std::vector<Certificate> chain, Certificate anchor) : chain_(std::move(chain)), anchor_(std::move(anchor)) {
    // A root is no signer of proofs: its own life is not asked for.
    if (auto const life = certificates::life_of_chain(chain_, anchor_)) life_ = *life;
  }

  std::vector<Certificate> const& chain() const override { return chain_; }
  Certificate const& anchor() const override { return anchor_; }
  certificates::Life life() const override { return life_; }

  base::Secret<std::string> to_pem() const override {
    Bio const out{BIO_new(BIO_s_mem())};
    write_key(out.get());
    for (Certificate const& one : chain_) must(PEM_write_bio_X509(out.get(), read_der(one.der()).get()), "no PEM");
    if (chain_.empty() || !(chain_.back() == anchor_))
      must(PEM_write_bio_X509(out.get(), read_der(anchor_.der()).get()), "no PEM");
    char* text = nullptr;
    long const size = BIO_get_mem_data(out.get(), &text);
    base::Secret<std::string> pem{std::string(text, static_cast<std::size_t>(size))};
    OPENSSL_cleanse(text, static_cast<std::size_t>(size));
    return pem;
  }

 protected:
  virtual void write_key(BIO* out) const = 0;

 private:
  std::vector<Certificate> chain_;
  Certificate anchor_;
  certificates::Life life_{};
};

class MemoryKey : public Certified {
 public:
  MemoryKey(internal::PrivateKey key, std::vector<Certificate> chain, Certificate anchor)
      : Certified(std::move(chain), std::move(anchor)), key_(std::move(key)) {}

  EVP_PKEY* key() const { return key_.get(); }

  result<base::Bytes> sign(base::ByteView message) const override {
    internal::MdContext const context{EVP_MD_CTX_new()};
    std::array<std::uint8_t, max_der_signature_bytes> der{};
    std::size_t size = der.size();
    must(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()), "signing failed to begin");
    must(EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()), "signing failed");
    unsigned char const* at = der.data();
    base::Owned<ECDSA_SIG, ECDSA_SIG_free> const parts{d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size))};
    base::ensure(parts != nullptr, "a signature of OpenSSL's cannot be read");
    base::Bytes signature(2 * half_bytes);
    BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), signature.data(), half_bytes);
    BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), signature.data() + half_bytes, half_bytes);
    return signature;
  }

 private:
  void write_key(BIO* out) const override {
    must(PEM_write_bio_PKCS8PrivateKey(out, key_.get(), nullptr, nullptr, 0, nullptr, nullptr), "no PEM of a key");
  }

  internal::PrivateKey key_;
};

class KeyElsewhere : public Certified {
 public:
  KeyElsewhere(Sign sign, std::vector<Certificate> chain, Certificate anchor)
      : Certified(std::move(chain), std::move(anchor)), sign_(std::move(sign)) {}

  result<base::Bytes> sign(base::ByteView message) const override { return sign_(message); }

 private:
  void write_key(BIO*) const override {}

  Sign sign_;
};

internal::PrivateKey public_half(base::ByteView public_key) {
  base::Bytes point{4};
  base::append(point, public_key);
  std::array const about{OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, const_cast<char*>("P-256"), 0),
                         OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
                         OSSL_PARAM_construct_end()};
  base::Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> const context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
  EVP_PKEY* key = nullptr;
  must(EVP_PKEY_fromdata_init(context.get()), "no P-256 key");
  must(EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(about.data())),
       "a public key is no point of P-256");
  return internal::PrivateKey{key};
}

internal::PrivateKey make_key() {
  internal::PrivateKey key{EVP_EC_gen("P-256")};
  base::ensure(key != nullptr, "OpenSSL makes no P-256 key");
  return key;
}

void add_extension(X509* certificate, int id, char const* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  base::Owned<X509_EXTENSION, X509_EXTENSION_free> const extension{X509V3_EXT_conf_nid(nullptr, &context, id, value)};
  base::ensure(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "no extension");
}

/// 8 bytes of the key's hash: enough to tell a register's keys apart, and short, because certificates go onto paper
/// (RFC 5280, section 4.2.1.2, leaves the method open).
base::Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> key_id(EVP_PKEY* key) {
  base::Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> id{ASN1_OCTET_STRING_new()};
  base::Hash const hash = digest::sha256(public_key_of(key));
  must(ASN1_OCTET_STRING_set(id.get(), hash.data(), 8), "no key identifier");
  return id;
}

void add_key_ids(X509* certificate, EVP_PKEY* key, EVP_PKEY* signed_by) {
  if (key == signed_by) {
    must(X509_add1_ext_i2d(certificate, NID_subject_key_identifier, key_id(key).get(), 0, 0), "no key identifier");
    return;
  }
  base::Owned<AUTHORITY_KEYID, AUTHORITY_KEYID_free> const above{AUTHORITY_KEYID_new()};
  above->keyid = key_id(signed_by).release();
  must(X509_add1_ext_i2d(certificate, NID_authority_key_identifier, above.get(), 0, 0), "no key identifier");
}

void add_test_policy(X509* certificate) {
  base::Owned<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free> const policies{CERTIFICATEPOLICIES_new()};
  POLICYINFO* const policy = POLICYINFO_new();
  policy->policyid = OBJ_txt2obj(certificates::test_policy.data(), 1);
  base::ensure(sk_POLICYINFO_push(policies.get(), policy) > 0, "no policy");
  must(X509_add1_ext_i2d(certificate, NID_certificate_policies, policies.get(), 0, 0), "no policy");
}

void set_name(X509_NAME* name, std::string_view text) {
  must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>(text.data()),
                                  static_cast<int>(text.size()), -1, 0),
       "no name");
}

struct Wish {
  std::string_view name;
  EVP_PKEY* key;
  EVP_PKEY* signed_by;
  Certificate const* root;  ///< whose name the issuer is; null: itself
  base::Time from;
  base::Time until;
  bool for_tests;
};

Certificate make_certificate(Wish const& wish) {
  X509Owner const owner{X509_new()};
  X509* const x509 = owner.get();
  must(X509_set_version(x509, X509_VERSION_3), "no version");
  std::array<std::uint8_t, 8> serial{};
  must(RAND_bytes(serial.data(), static_cast<int>(serial.size())), "no randomness");
  serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7f) | 0x40);  // positive, of one length
  base::Owned<BIGNUM, BN_free> const number{BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr)};
  base::ensure(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509)) != nullptr, "no serial number");
  base::ensure(ASN1_TIME_set(X509_getm_notBefore(x509), wish.from.time_since_epoch().count()) != nullptr &&
                   ASN1_TIME_set(X509_getm_notAfter(x509), wish.until.time_since_epoch().count()) != nullptr,
               "no times");
  set_name(X509_get_subject_name(x509), wish.name);
  if (wish.root == nullptr)
    set_name(X509_get_issuer_name(x509), wish.name);
  else
    must(X509_set_issuer_name(x509, X509_get_subject_name(read_der(wish.root->der()).get())), "no issuer");
  must(X509_set_pubkey(x509, wish.key), "no key");
  add_extension(x509, NID_basic_constraints, wish.root == nullptr ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE");
  add_extension(x509, NID_key_usage, wish.root == nullptr ? "critical,keyCertSign" : "critical,digitalSignature");
  add_key_ids(x509, wish.key, wish.signed_by);
  if (wish.for_tests) add_test_policy(x509);
  base::ensure(X509_sign(x509, wish.signed_by, EVP_sha256()) > 0, "a certificate cannot be signed");
  return Certificate::parse(der_of(x509)).value();
}

/// The certificate of a key below `root`.
Certificate certify(IssuerKey const& root, std::string_view name, base::Time now, EVP_PKEY* key) {
  base::Time const from = std::chrono::floor<std::chrono::hours>(now);
  return make_certificate({name, key, dynamic_cast<MemoryKey const&>(root).key(), &root.anchor(), from,
                           from + signer_life, root.anchor().is_for_tests()});
}

result<std::vector<Certificate>> read_certificates(BIO* in) {
  std::vector<Certificate> all;
  for (;;) {
    X509Owner const one{PEM_read_bio_X509(in, nullptr, nullptr, nullptr)};
    if (!one) break;
    auto certificate = Certificate::parse(der_of(one.get()));
    if (!certificate) return certificate.error();
    all.push_back(std::move(*certificate));
  }
  return all;
}

}  // namespace

std::unique_ptr<IssuerKey> make_root_key(std::string_view name, base::Time from, bool for_tests) {
  auto key = make_key();
  Certificate const root = make_certificate(
      {name, key.get(), key.get(), nullptr, std::chrono::floor<std::chrono::hours>(from), from + root_life, for_tests});
  return std::make_unique<MemoryKey>(std::move(key), std::vector{root}, root);
}

std::unique_ptr<IssuerKey> make_signing_key(IssuerKey const& root, std::string_view name, base::Time now) {
  auto key = make_key();
  Certificate const own = certify(root, name, now, key.get());
  return std::make_unique<MemoryKey>(std::move(key), std::vector{own}, root.anchor());
}

std::unique_ptr<IssuerKey> certify_key(IssuerKey const& root, std::string_view name, base::Time now,
                                       base::ByteView public_key, Sign sign) {
  Certificate const own = certify(root, name, now, public_half(public_key).get());
  return std::make_unique<KeyElsewhere>(std::move(sign), std::vector{own}, root.anchor());
}

result<std::unique_ptr<IssuerKey>> read_issuer_key(base::Secret<std::string> const& pem, FindKey const& find) {
  std::string const& text = pem.reveal(base::Disclosure::to_crypto);
  bool const has_key = text.find("PRIVATE KEY-----") != text.npos;
  Bio const in{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
  internal::PrivateKey key{has_key ? PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr) : nullptr};
  bool const good = key && EVP_PKEY_is_a(key.get(), "EC") == 1;
  if (!good && (has_key || !find)) return fail(errc::malformed, "There is no P-256 key in it.");
  auto all = read_certificates(in.get());
  if (!all) return all.error();
  if (all->empty()) return fail(errc::malformed, "There is no certificate in it.");
  auto const certified = all->front().p256_key();
  if (!certified || (key && *certified != public_key_of(key.get())))
    return fail(errc::malformed, "The first certificate in it is not that of its key.");
  Certificate const anchor = all->back();
  if (all->size() > 1) {
    all->pop_back();
    if (auto const life = certificates::life_of_chain(*all, anchor); !life)
      return fail(errc::malformed, life.error().detail);
  }
  if (key) return std::make_unique<MemoryKey>(std::move(key), std::move(*all), anchor);
  auto sign = find(*certified);
  if (!sign) return sign.error();
  return std::make_unique<KeyElsewhere>(std::move(*sign), std::move(*all), anchor);
}

}  // namespace abode::openssl
