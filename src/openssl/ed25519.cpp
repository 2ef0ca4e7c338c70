#include "openssl/ed25519.hpp"

#include <openssl/evp.h>

#include "base/assert.hpp"
#include "openssl/internal/handles.hpp"

namespace abode::openssl {

struct Ed25519Key::Impl {
  internal::PrivateKey key;
};

Ed25519Key::Ed25519Key(base::Secret<base::Hash> const& seed) : impl_(std::make_unique<Impl>()) {
  base::Hash const& bytes = seed.reveal(base::Disclosure::to_crypto);
  impl_->key.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()));
  base::ensure(impl_->key != nullptr, "OpenSSL takes no Ed25519 key");
}

Ed25519Key::~Ed25519Key() = default;
Ed25519Key::Ed25519Key(Ed25519Key&&) noexcept = default;
Ed25519Key& Ed25519Key::operator=(Ed25519Key&&) noexcept = default;

base::Bytes Ed25519Key::public_key() const {
  base::Bytes out(32);
  std::size_t size = out.size();
  internal::must(EVP_PKEY_get_raw_public_key(impl_->key.get(), out.data(), &size), "no public key");
  return out;
}

base::Bytes Ed25519Key::sign(base::ByteView message) const {
  internal::MdContext const context{EVP_MD_CTX_new()};
  base::Bytes signature(64);
  std::size_t size = signature.size();
  internal::must(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()),
                 "signing failed to begin");
  internal::must(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()),
                 "signing failed");
  return signature;
}

}  // namespace abode::openssl
