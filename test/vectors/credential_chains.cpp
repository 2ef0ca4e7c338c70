// Certificates that a register's authority could issue, fit and unfit, and what proofs signed below them are worth. By
// OpenSSL itself, since what the program issues is always the same.
#include <openssl/conf.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/freed_by.hpp"
#include "codec/text.hpp"
#include "vectors/credential_vectors.hpp"

namespace abode::vectors {
namespace {

using certificates::Certificate;
using test::at;
using Key = base::Owned<EVP_PKEY, EVP_PKEY_free>;

void must(bool holds, std::string const& what) {
  if (!holds) throw std::runtime_error("OpenSSL does not do it: " + what);
}

Key public_part(base::Bytes const& x_and_y) {
  base::Bytes point{4};
  base::append(point, x_and_y);
  std::array<char, 6> group{"P-256"};
  OSSL_PARAM const parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()), OSSL_PARAM_END};
  base::Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> const context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
  EVP_PKEY* key = nullptr;
  must(EVP_PKEY_fromdata_init(context.get()) == 1 &&
           EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parameters)) == 1,
       "a public key");
  return Key{key};
}

struct Extension {
  std::string id;
  std::string value;  ///< as openssl x509v3_config has it, or "DER:" and hexadecimal digits
};

/// What a certificate is to be like: by default a signer's below "Root".
struct Wish {
  std::string subject = "Leaf";
  std::string issuer = "Root";
  EVP_PKEY* key = nullptr;
  EVP_PKEY* signed_by = nullptr;
  char const* from = "20260101000000Z";
  char const* until = "20270101000000Z";
  std::vector<Extension> extensions = {{"basicConstraints", "critical,CA:FALSE"},
                                       {"keyUsage", "critical,digitalSignature"}};
  EVP_MD const* digest = EVP_sha256();
  int name_type = MBSTRING_UTF8;
  long version = X509_VERSION_3;
  long serial = 1;
  bool is_pss = false;
};
std::vector<Extension> const of_authority{{"basicConstraints", "critical,CA:TRUE"},
                                          {"keyUsage", "critical,keyCertSign"}};

void add_extension(X509* x509, Extension const& wanted, X509* issuer) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer == nullptr ? x509 : issuer, x509, nullptr, nullptr, 0);
  base::Owned<CONF, NCONF_free> const empty{NCONF_new(nullptr)};
  X509V3_set_nconf(&context, empty.get());
  base::Owned<X509_EXTENSION, X509_EXTENSION_free> const extension{
      X509V3_EXT_conf(nullptr, &context, wanted.id.c_str(), wanted.value.c_str())};
  must(extension && X509_add_ext(x509, extension.get(), -1) == 1, wanted.id + " " + wanted.value);
}

void set_name(X509_NAME* name, std::string const& text, int type) {
  must(X509_NAME_add_entry_by_txt(name, "CN", type, reinterpret_cast<unsigned char const*>(text.c_str()), -1, -1, 0) ==
           1,
       text);
}

Certificate made(Wish const& wish, X509* issuer = nullptr) {
  base::Owned<X509, X509_free> const certificate{X509_new()};
  X509* const x509 = certificate.get();
  X509_set_version(x509, wish.version);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), wish.serial);
  ASN1_TIME_set_string_X509(X509_getm_notBefore(x509), wish.from);
  ASN1_TIME_set_string_X509(X509_getm_notAfter(x509), wish.until);
  set_name(X509_get_subject_name(x509), wish.subject, wish.name_type);
  set_name(X509_get_issuer_name(x509), wish.issuer, MBSTRING_UTF8);
  X509_set_pubkey(x509, wish.key);
  for (Extension const& extension : wish.extensions) add_extension(x509, extension, issuer);
  base::Owned<EVP_MD_CTX, EVP_MD_CTX_free> const context{EVP_MD_CTX_new()};
  EVP_PKEY_CTX* parameters = nullptr;
  must(EVP_DigestSignInit(context.get(), &parameters, wish.digest, nullptr, wish.signed_by) == 1, "signing");
  if (wish.is_pss) EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
  must(X509_sign_ctx(x509, context.get()) > 0, "a certificate of " + wish.subject);
  int const size = i2d_X509(x509, nullptr);
  base::Bytes der(static_cast<std::size_t>(size));
  unsigned char* to = der.data();
  i2d_X509(x509, &to);
  return Certificate::parse(der).value();
}

base::Owned<X509, X509_free> opened(Certificate const& certificate) {
  base::Bytes const der = certificate.der();
  unsigned char const* from = der.data();
  return base::Owned<X509, X509_free>{d2i_X509(nullptr, &from, static_cast<long>(der.size()))};
}

/// The same, signed by SHA-256 and saying so outside, whatever its signed part says of that.
Certificate signed_outside(Certificate const& certificate, EVP_PKEY* signs, Certificate const& by_sha256) {
  auto const x509 = opened(certificate);
  auto const other = opened(by_sha256);
  base::Bytes content(8192);
  unsigned char* at = content.data();
  i2d_re_X509_tbs(x509.get(), &at);
  auto const signed_size = static_cast<std::size_t>(at - content.data());
  X509_ALGOR const* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, other.get());
  i2d_X509_ALGOR(algorithm, &at);
  base::Owned<EVP_MD_CTX, EVP_MD_CTX_free> const context{EVP_MD_CTX_new()};
  base::Bytes signature(80);
  std::size_t size = signature.size();
  must(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, signs) == 1 &&
           EVP_DigestSign(context.get(), signature.data(), &size, content.data(), signed_size) == 1,
       "a signature");
  content.resize(static_cast<std::size_t>(at - content.data()));
  base::append(content, base::Bytes{0x03, static_cast<std::uint8_t>(size + 1), 0});
  base::append(content, base::ByteView{signature}.first(size));
  base::Bytes der{0x30, 0x82, static_cast<std::uint8_t>(content.size() >> 8),
                  static_cast<std::uint8_t>(content.size() & 0xff)};
  base::append(der, content);
  return Certificate::parse(der).value();
}

class Chains {
 public:
  explicit Chains(Judged& judged) : world_(judged) {}

  void signers() {
    signer("as it should be", wish());
    for (char const* usage : {"digitalSignature", "critical,digitalSignature,keyCertSign", "nonRepudiation",
                              "keyAgreement", "critical,keyCertSign", "digitalSignature,decipherOnly", "decipherOnly"})
      with_extensions(usage, {{"basicConstraints", "CA:FALSE"}, {"keyUsage", usage}});
    with_extensions("no extensions", {});
    with_extensions("no usage", {{"basicConstraints", "critical,CA:FALSE"}});
    with_extensions("no constraints", {{"keyUsage", "digitalSignature"}});
    with_extensions("an authority", {{"basicConstraints", "CA:TRUE"}, {"keyUsage", "digitalSignature"}});
    with_extensions("a path of a signer", {{"basicConstraints", "DER:3003020100"}, {"keyUsage", "digitalSignature"}});
    std::vector<Extension> const more{{"subjectAltName", "DNS:register.example"},
                                      {"subjectAltName", "critical,DNS:register.example"},
                                      {"issuerAltName", "DNS:register.example"},
                                      {"extendedKeyUsage", "codeSigning"},
                                      {"extendedKeyUsage", "critical,serverAuth"},
                                      {"crlDistributionPoints", "URI:http://a.example/a.crl"},
                                      {"crlDistributionPoints", "critical,URI:http://a.example/a.crl"},
                                      {"noCheck", "critical,ignored"},
                                      {"authorityInfoAccess", "OCSP;URI:http://a.example/"},
                                      {"authorityInfoAccess", "critical,OCSP;URI:http://a.example/"},
                                      {"certificatePolicies", "1.2.3.4"},
                                      {"certificatePolicies", "critical,1.2.3.4"},
                                      {"certificatePolicies", "2.25.309770018858934349351857162989729162338"},
                                      {"certificatePolicies", "1.2.3.4,2.25.309770018858934349351857162989729162338"},
                                      {"certificatePolicies", "2.25.309770018858934349351857162989729162339"},
                                      {"certificatePolicies", "DER:0500"},
                                      {"certificatePolicies", "DER:3000"},
                                      {"policyConstraints", "critical,requireExplicitPolicy:3"},
                                      {"inhibitAnyPolicy", "critical,2"},
                                      {"nameConstraints", "permitted;DNS:a.example"},
                                      {"proxyCertInfo", "DER:300c300a06082b06010505071501"},
                                      {"proxyCertInfo", "critical,DER:300c300a06082b06010505071501"},
                                      {"1.2.3.4.5", "DER:0500"},
                                      {"1.2.3.4.5", "critical,DER:0500"},
                                      {"tlsfeature", "status_request"},
                                      {"nsComment", "a comment"},
                                      {"subjectKeyIdentifier", "hash"},
                                      {"subjectKeyIdentifier", "DER:0500"},
                                      {"subjectAltName", "DER:0500"},
                                      {"issuerAltName", "DER:0500"},
                                      {"crlDistributionPoints", "DER:0500"},
                                      {"nameConstraints", "DER:0500"},
                                      {"basicConstraints", "DER:0500"},
                                      {"keyUsage", "DER:03020700"},
                                      {"keyUsage", "DER:0500"},
                                      {"extendedKeyUsage", "DER:0500"},
                                      {"authorityKeyIdentifier", "DER:0500"},
                                      {"authorityKeyIdentifier", "DER:3000"},
                                      {"authorityKeyIdentifier", "DER:3003800101"},
                                      {"authorityKeyIdentifier", "DER:3003820101"},
                                      {"authorityKeyIdentifier", "DER:3003820102"}};
    for (Extension const& one : more) {
      auto all = wish().extensions;
      std::erase_if(all, [&](Extension const& other) { return other.id == one.id; });
      all.push_back(one);
      with_extensions(one.id + " " + one.value, all);
    }
    for (char const* twice : {"basicConstraints", "keyUsage"}) {
      auto all = wish().extensions;
      all.push_back(all[std::string_view{twice} == "keyUsage" ? 1 : 0]);
      with_extensions(std::string{twice} + " twice", all);
    }
  }

  void names_and_keys() {
    auto other = wish();
    other.issuer = "Another";
    signer("issued by another name", other);
    other = wish();
    other.issuer = "Root ";
    other.signed_by = root_.get();
    signer("of another key than the root's", signed_by(wish(), other_.get()));
    other = wish();
    other.subject = "Root";
    signer("named like the root", other);
    other.version = X509_VERSION_1;
    other.extensions = {};
    signer("of version 1, named like the root", other);
    other = wish();
    other.version = X509_VERSION_1;
    other.extensions = {};
    signer("of version 1", other);
    other = wish();
    other.digest = EVP_sha384();
    signer("signed with SHA-384", other);
    under("a signer: it says SHA-384 within and SHA-256 outside", made(root_wish()),
          {signed_outside(made(other), root_.get(), made(wish()))});
    under("a signer: it says SHA-256 within and outside", made(root_wish()),
          {signed_outside(made(wish()), root_.get(), made(wish()))});
    other.digest = EVP_sha512();
    signer("signed with SHA-512", other);
    for (char const* curve : {"P-384", "P-521", "secp256k1"}) {
      Key const key{EVP_EC_gen(curve)};
      other = wish();
      other.key = key.get();
      signer(std::string{"a key on "} + curve, other);
    }
    Key const edwards{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    other = wish();
    other.key = edwards.get();
    signer("a key of Ed25519", other);
  }

  void times() {
    for (auto const& [from, until] : {std::pair{"20261127120000Z", "20270101000000Z"},
                                      {"20261127120001Z", "20270101000000Z"},
                                      {"20260101000000Z", "20261127120000Z"},
                                      {"20260101000000Z", "20261127115959Z"},
                                      {"20261128000000Z", "20270101000000Z"},
                                      {"20260101000000Z", "20261126235959Z"},
                                      {"20260101000000Z", "20261127000000Z"},
                                      {"20260101000000Z", "20491231235959Z"},
                                      {"20260101000000Z", "20500101000000Z"},
                                      {"20260101000000Z", "99991231235959Z"},
                                      {"19500101000000Z", "20270101000000Z"},
                                      {"19490101000000Z", "20270101000000Z"},
                                      {"20270101000000Z", "20260101000000Z"}}) {
      auto timed = wish();
      timed.from = from;
      timed.until = until;
      signer(std::string{from} + " to " + until, timed);
    }
    for (auto const& [from, until] : {std::pair{"20261127120000Z", "20360101000000Z"},
                                      {"20261127120001Z", "20360101000000Z"},
                                      {"20260101000000Z", "20261127115959Z"},
                                      {"20261128000000Z", "20360101000000Z"}}) {
      auto timed = root_wish();
      timed.from = from;
      timed.until = until;
      under(std::string{"a root from "} + from + " to " + until, made(timed), {made(wish())});
    }
  }

  void roots() {
    auto const leaf = made(wish());
    auto const with = [&](std::string const& how, std::vector<Extension> extensions, long version = X509_VERSION_3) {
      auto other = root_wish();
      other.extensions = std::move(extensions);
      other.version = version;
      under("a root: " + how, made(other), {leaf});
    };
    with("as it should be", of_authority);
    with("no extensions", {});
    with("of version 1", {}, X509_VERSION_1);
    with("no constraints", {{"keyUsage", "keyCertSign"}});
    with("no usage", {{"basicConstraints", "CA:TRUE"}});
    with("another usage", {{"basicConstraints", "CA:TRUE"}, {"keyUsage", "digitalSignature"}});
    with("no authority", {{"basicConstraints", "CA:FALSE"}, {"keyUsage", "keyCertSign"}});
    with("no room below", {{"basicConstraints", "CA:TRUE,pathlen:0"}, {"keyUsage", "keyCertSign"}});
    with("an unknown critical extension", {{"basicConstraints", "CA:TRUE"}, {"1.2.3.4.5", "critical,DER:0500"}});
    with("a broken extension", {{"basicConstraints", "CA:TRUE"}, {"keyUsage", "DER:0500"}});
    with("a negative path", {{"basicConstraints", "DER:30060101ff0201ff"}});
    auto other = root_wish();
    other.issuer = "Somebody";
    other.signed_by = other_.get();
    under("a root that another issued", made(other), {leaf});
    other.version = X509_VERSION_1;
    other.extensions = {};
    under("a root of version 1 that another issued", made(other), {leaf});
    other = root_wish();
    other.signed_by = other_.get();
    under("a root whose signature is another's", made(other), {leaf});
    other = root_wish();
    other.name_type = V_ASN1_PRINTABLESTRING;
    other.issuer = "Somebody";
    under("a root of another key", made(signed_by(root_wish(), other_.get(), other_.get())), {leaf});
    for (char const* curve : {"P-384", "P-521", "secp256k1"}) {
      Key const key{EVP_EC_gen(curve)};
      for (EVP_MD const* digest : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
        auto below = signed_by(wish(), key.get());
        below.digest = digest;
        under(std::string{"a root on "} + curve, made(signed_by(root_wish(), key.get(), key.get())), {made(below)});
      }
    }
    Key const rsa{EVP_RSA_gen(2048)};
    for (EVP_MD const* digest : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
      auto below = signed_by(wish(), rsa.get());
      below.digest = digest;
      auto const root = made(signed_by(root_wish(), rsa.get(), rsa.get()));
      under("a root of RSA", root, {made(below)});
      below.is_pss = true;
      under("a root of RSA that signs by PSS", root, {made(below)});
    }
  }

  void between() {
    Key const first{EVP_EC_gen("P-256")};
    Key const second{EVP_EC_gen("P-256")};
    Key const third{EVP_EC_gen("P-256")};
    auto const authority = [&](std::string subject, std::string issuer, EVP_PKEY* key, EVP_PKEY* signs,
                               std::vector<Extension> extensions = of_authority) {
      auto other = root_wish();
      other.subject = std::move(subject);
      other.issuer = std::move(issuer);
      other.key = key;
      other.signed_by = signs;
      other.extensions = std::move(extensions);
      return made(other);
    };
    auto const leaf_of = [&](std::string issuer, EVP_PKEY* signs) {
      auto other = signed_by(wish(), signs);
      other.issuer = std::move(issuer);
      return made(other);
    };
    Certificate const root = made(root_wish());
    Certificate const a = authority("A", "Root", first.get(), root_.get());
    Certificate const b = authority("B", "A", second.get(), first.get());
    Certificate const c = authority("C", "B", third.get(), second.get());
    Certificate const below_a = leaf_of("A", first.get());
    Certificate const below_b = leaf_of("B", second.get());
    Certificate const below_c = leaf_of("C", third.get());
    under("one between", root, {below_a, a});
    under("two between", root, {below_b, b, a});
    under("two between, turned", root, {below_b, a, b});
    under("three between", root, {below_c, c, b, a});
    under("three between, turned", root, {below_c, a, b, c});
    under("one missing", root, {below_b, b});
    under("the middle missing", root, {below_b, a});
    under("more than it takes", root, {below_a, a, b, c});
    under("one twice", root, {below_a, a, a});
    under("the root along", root, {below_a, a, root});
    under("the leaf twice", root, {below_a, below_a, a});
    under("one between is pinned", a, {below_a});
    under("one between is pinned and along", a, {below_a, a});
    under("one between is pinned, below it another", a, {below_b, b});
    under("one between is pinned, the one above along", b, {below_b, a});
    under("the leaf first of all", root, {a, below_a});
    auto signer = wish();
    signer.key = first.get();
    under("a signer between", root, {leaf_of("Leaf", first.get()), made(signer)});
    for (auto const& [how, extensions] : std::vector<std::pair<std::string, std::vector<Extension>>>{
             {"no authority", {{"basicConstraints", "CA:FALSE"}, {"keyUsage", "keyCertSign"}}},
             {"no constraints", {{"keyUsage", "keyCertSign"}}},
             {"no extensions", {}},
             {"another usage", {{"basicConstraints", "CA:TRUE"}, {"keyUsage", "digitalSignature,cRLSign"}}},
             {"no usage", {{"basicConstraints", "CA:TRUE"}}},
             {"no room below", {{"basicConstraints", "CA:TRUE,pathlen:0"}, {"keyUsage", "keyCertSign"}}},
             {"room for one", {{"basicConstraints", "CA:TRUE,pathlen:1"}, {"keyUsage", "keyCertSign"}}},
             {"names that may be",
              {{"basicConstraints", "CA:TRUE"}, {"nameConstraints", "critical,permitted;DNS:a.example"}}},
             {"an unknown critical extension",
              {{"basicConstraints", "CA:TRUE"}, {"1.2.3.4.5", "critical,DER:0500"}}}}) {
      Certificate const other = authority("A", "Root", first.get(), root_.get(), extensions);
      under("between: " + how, root, {below_a, other});
      under("between two: " + how, root, {below_b, b, other});
      under("between three: " + how, root, {below_c, c, b, other});
    }
    auto pathless = root_wish();
    pathless.extensions = {{"basicConstraints", "critical,CA:TRUE,pathlen:0"}, {"keyUsage", "critical,keyCertSign"}};
    under("a root without room, none between", made(pathless), {made(wish())});
    under("a root without room, one between", made(pathless), {below_a, a});
    Certificate const self_issued = authority("Root", "Root", first.get(), root_.get());
    under("a root without room, its own successor between", made(pathless),
          {leaf_of("Root", first.get()), self_issued});
    under("the root's own successor between", root, {leaf_of("Root", first.get()), self_issued});
    Certificate const imposter = authority("A", "Root", third.get(), other_.get());
    under("an imposter between, first", root, {below_a, imposter, a});
    under("an imposter between, last", root, {below_a, a, imposter});
    under("an imposter between, alone", root, {below_a, imposter});
    Key const rsa{EVP_RSA_gen(2048)};
    Certificate const of_rsa = authority("A", "Root", rsa.get(), root_.get());
    under("one of the same name with a key of another kind, first", root, {below_a, of_rsa, a});
    under("one of the same name with a key of another kind, alone", root, {below_a, of_rsa});
    auto short_lived = root_wish();
    short_lived.subject = "A";
    short_lived.key = first.get();
    short_lived.until = "20261127115959Z";
    under("one between that is over", root, {below_a, made(short_lived)});
    identifiers(first.get(), root, below_a);
    successors();
  }

 private:
  /// Two between with one name: identifiers of keys tell which it is.
  void identifiers(EVP_PKEY* key, Certificate const& root, Certificate const& below) {
    auto named = root_wish();
    named.subject = "A";
    named.key = key;
    named.extensions.push_back({"subjectKeyIdentifier", "hash"});
    Certificate const right = made(named);
    named.key = other_.get();
    Certificate const wrong = made(named);
    auto leaf = signed_by(wish(), key);
    leaf.issuer = "A";
    leaf.extensions.push_back({"authorityKeyIdentifier", "keyid:always"});
    auto const issuer = opened(right);
    Certificate const identified = made(leaf, issuer.get());
    leaf.extensions.back().value = "keyid:always,issuer:always";
    Certificate const with_serial = made(leaf, issuer.get());
    for (auto const& signer : {identified, with_serial, below}) {
      under("identified", root, {signer, right});
      under("identified, the wrong one first", root, {signer, wrong, right});
      under("identified, the wrong one alone", root, {signer, wrong});
    }
    named.serial = 2;
    named.key = key;
    under("identified by another serial number", root, {with_serial, made(named)});
  }

  /// An authority that certified its own next key: names alone do not tell the two apart, and it counts once.
  void successors() {
    Key const old{EVP_EC_gen("P-256")};
    Key const next{EVP_EC_gen("P-256")};
    auto named = root_wish();
    named.subject = "A";
    named.key = old.get();
    named.extensions.push_back({"subjectKeyIdentifier", "hash"});
    Certificate const first = made(named);
    named.issuer = "A";
    named.key = next.get();
    named.signed_by = old.get();
    named.extensions.push_back({"authorityKeyIdentifier", "keyid:always"});
    auto const of_first = opened(first);
    Certificate const second = made(named, of_first.get());
    auto signer = signed_by(wish(), next.get());
    signer.issuer = "A";
    signer.extensions.push_back({"authorityKeyIdentifier", "keyid:always"});
    auto const of_second = opened(second);
    Certificate const below = made(signer, of_second.get());
    for (char const* room : {"", ",pathlen:0", ",pathlen:1", ",pathlen:2"}) {
      auto root = root_wish();
      root.extensions = {{"basicConstraints", std::string{"critical,CA:TRUE"} + room}, {"keyUsage", "keyCertSign"}};
      under(std::string{"an authority's next key"} + room, made(root), {below, second, first});
      under(std::string{"an authority's next key, turned"} + room, made(root), {below, first, second});
    }
  }

  Wish wish() const {
    Wish one;
    one.key = leaf_.get();
    one.signed_by = root_.get();
    return one;
  }
  Wish root_wish() const {
    Wish one;
    one.subject = "Root";
    one.key = root_.get();
    one.signed_by = root_.get();
    one.until = "20360101000000Z";
    one.extensions = of_authority;
    return one;
  }
  static Wish signed_by(Wish one, EVP_PKEY* signs, EVP_PKEY* key = nullptr) {
    one.signed_by = signs;
    if (key != nullptr) one.key = key;
    return one;
  }
  void with_extensions(std::string const& how, std::vector<Extension> extensions) {
    auto other = wish();
    other.extensions = std::move(extensions);
    signer(how, other);
  }
  void signer(std::string const& how, Wish const& wanted) {
    under("a signer: " + how, made(root_wish()), {made(wanted)});
  }

  /// A proof, and a seal if it can hold the chain.
  void under(std::string const& how, Certificate const& anchor, std::vector<Certificate> const& chain) {
    world_.trust = {{{world_.issuer, anchor, world_.status_root}}};
    world_.add(how, credential::issue(world_.proof(), chain, world_.salt(), world_.leaf_key.signer()));
    if (chain.size() > 1 || !credential::check_fits(world_.page(), chain.front())) return;
    world_.add(how + ", a seal", credential::make_seal(world_.page(), chain.front(), world_.leaf_key.signer()).value());
  }

  JudgedWorld world_;
  Key leaf_ = public_part(world_.leaf_key.public_key());
  Key root_{EVP_EC_gen("P-256")};
  Key other_{EVP_EC_gen("P-256")};
};

}  // namespace

void add_chains(Judged& judged) {
  Chains chains{judged};
  chains.signers();
  chains.names_and_keys();
  chains.times();
  chains.roots();
  chains.between();
}

void add_altered_certificates(Judged& judged) {
  JudgedWorld world{judged};
  std::string const payload = [&] {
    std::string const jws = credential::split_sd_jwt(world.issue(world.proof())).value().jws;
    return jws.substr(jws.find('.'), jws.rfind('.') - jws.find('.'));
  }();
  auto const add = [&](std::string const& how, base::Bytes const& der) {
    std::string const header = json::serialize(
        json::object{{"alg", "ES256"}, {"typ", "dc+sd-jwt"}, {"x5c", json::array{codec::to_base64(der)}}});
    std::string const body = codec::to_base64url(base::as_bytes(header)) + payload;
    world.add(how, body + "." + codec::to_base64url(world.leaf_key.sign(base::as_bytes(body))) + "~");
  };
  for (auto const& [name, good] : {std::pair{"the leaf", world.leaf.der()}, {"a test leaf", world.test_leaf.der()}}) {
    add(name, good);
    base::Bytes longer{0x30, 0x83, 0x00};
    base::append(longer, base::ByteView{good}.subspan(2));
    add(std::string{name} + ", its length in a byte more", longer);
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        base::Bytes changed = good;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1U << bit);
        add(std::string{name} + ", byte " + std::to_string(at) + ", bit " + std::to_string(bit), changed);
      }
      base::Bytes shorter = good;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
      add(std::string{name} + " without byte " + std::to_string(at), shorter);
    }
  }
}

}  // namespace abode::vectors
