#include "openssl/print_key.hpp"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <climits>

#include "openssl/internal/handles.hpp"

namespace abode::openssl {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using internal::must;

using Bio = base::Owned<BIO, BIO_free_all>;
using Cms = base::Owned<CMS_ContentInfo, CMS_ContentInfo_free>;

constexpr int min_rsa_bits = 2048;

Bio reading(base::ByteView bytes) {
  base::ensure(bytes.size() <= INT_MAX, "too much for one envelope");
  return Bio{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))};
}

/// How the key of the content is given to the recipient: better than what CMS takes by itself.
void choose_key_transport(CMS_RecipientInfo* recipient, int key_type) {
  EVP_PKEY_CTX* const context = CMS_RecipientInfo_get0_pkey_ctx(recipient);
  base::ensure(context != nullptr, "a recipient without a key");
  if (key_type == EVP_PKEY_RSA) {
    must(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING), "no OAEP");
    must(EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()), "no OAEP with SHA-256");
  } else {
    must(EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()), "no ECDH with SHA-256");
  }
}

}  // namespace

base::result<PrintKey> PrintKey::parse(base::ByteView pem) {
  Bio const in = reading(pem);
  std::shared_ptr<X509> certificate{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), base::FreedBy<X509_free>{}};
  EVP_PKEY* const key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
  if (key == nullptr)
    return fail(errc::malformed, "The print key is not an X.509 certificate in PEM. Ask the print shop for theirs.");
  int const type = EVP_PKEY_get_base_id(key);
  if (type != EVP_PKEY_RSA && type != EVP_PKEY_EC)
    return fail(errc::unsupported, "The print key can sign but not receive. Use a certificate with an RSA or EC key.");
  if (type == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) < min_rsa_bits)
    return fail(errc::unsupported, "The print key is too weak. Use one of RSA with 2048 bits or more, or of EC.");
  return PrintKey{std::move(certificate)};
}

std::string PrintKey::encrypt(base::Secret<std::string> const& content) const {
  constexpr unsigned flags = CMS_BINARY | CMS_PARTIAL;
  Cms const envelope{CMS_encrypt(nullptr, nullptr, EVP_aes_256_gcm(), flags)};
  base::ensure(envelope != nullptr, "OpenSSL makes no envelope");
  CMS_RecipientInfo* const recipient = CMS_add1_recipient_cert(envelope.get(), certificate_.get(), CMS_KEY_PARAM);
  base::ensure(recipient != nullptr, "OpenSSL takes no recipient");
  choose_key_transport(recipient, EVP_PKEY_get_base_id(X509_get0_pubkey(certificate_.get())));
  Bio const in = reading(base::as_bytes(content.reveal(Disclosure::to_crypto)));
  must(CMS_final(envelope.get(), in.get(), nullptr, flags), "OpenSSL closes no envelope");
  Bio const out{BIO_new(BIO_s_mem())};
  must(PEM_write_bio_CMS_stream(out.get(), envelope.get(), nullptr, 0), "OpenSSL writes no envelope");
  char* text = nullptr;
  long const size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace abode::openssl
