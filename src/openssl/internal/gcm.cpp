#include "openssl/internal/gcm.hpp"

#include <openssl/rand.h>

#include "openssl/internal/handles.hpp"

namespace abode::openssl::internal {
namespace {

EVP_CIPHER const* aes_256_gcm() {
  static Cipher const cipher{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};  // once: fetching is slow
  base::ensure(cipher != nullptr, "OpenSSL has no AES-256-GCM");
  return cipher.get();
}

EVP_CIPHER_CTX* thread_context() {
  static thread_local CipherContext const context{EVP_CIPHER_CTX_new()};
  return context.get();
}

}  // namespace

base::Bytes encrypt(base::Hash const& key, base::ByteView associated, base::ByteView plaintext) {
  base::Bytes out(nonce_size_bytes + plaintext.size() + tag_size_bytes);
  must(RAND_bytes(out.data(), nonce_size_bytes), "no randomness for a nonce");
  EVP_CIPHER_CTX* const context = thread_context();
  std::uint8_t* const ciphertext = out.data() + nonce_size_bytes;
  int written = 0;
  must(EVP_EncryptInit_ex2(context, aes_256_gcm(), key.data(), out.data(), nullptr), "sealing failed to begin");
  must(EVP_EncryptUpdate(context, nullptr, &written, associated.data(), static_cast<int>(associated.size())),
       "sealing failed at the associated data");
  must(EVP_EncryptUpdate(context, ciphertext, &written, plaintext.data(), static_cast<int>(plaintext.size())),
       "sealing failed");
  must(EVP_EncryptFinal_ex(context, ciphertext + written, &written), "sealing failed to end");
  must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tag_size_bytes, ciphertext + plaintext.size()),
       "sealing gave no tag");
  return out;
}

std::optional<base::Bytes> decrypt(base::Hash const& key, base::ByteView associated, base::ByteView message) {
  if (message.size() < nonce_size_bytes + tag_size_bytes) return std::nullopt;
  base::ByteView const ciphertext =
      message.subspan(nonce_size_bytes, message.size() - nonce_size_bytes - tag_size_bytes);
  base::Bytes tag = base::to_bytes(message.last(tag_size_bytes));  // the control call takes a mutable pointer
  base::Bytes plaintext(ciphertext.size());
  EVP_CIPHER_CTX* const context = thread_context();
  int written = 0;
  must(EVP_DecryptInit_ex2(context, aes_256_gcm(), key.data(), message.data(), nullptr), "opening failed to begin");
  must(EVP_DecryptUpdate(context, nullptr, &written, associated.data(), static_cast<int>(associated.size())),
       "opening failed at the associated data");
  must(EVP_DecryptUpdate(context, plaintext.data(), &written, ciphertext.data(), static_cast<int>(ciphertext.size())),
       "opening failed");
  must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, tag_size_bytes, tag.data()), "opening takes no tag");
  if (EVP_DecryptFinal_ex(context, plaintext.data() + written, &written) != 1) return std::nullopt;
  return plaintext;
}

}  // namespace abode::openssl::internal
