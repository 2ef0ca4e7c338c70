#include "openssl/vault.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <atomic>
#include <climits>

#include "digest/digest.hpp"
#include "openssl/internal/gcm.hpp"
#include "openssl/internal/handles.hpp"

namespace abode::openssl {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

base::Bytes text_with_zero(std::string_view text) {
  base::Bytes out = base::to_bytes(base::as_bytes(text));
  out.push_back(0);
  return out;
}

/// A data key in the clear, wiped when it goes.
class DataKey {
 public:
  explicit DataKey(base::Hash const& bytes) : bytes_(bytes) {}
  DataKey(DataKey const&) = delete;
  DataKey& operator=(DataKey const&) = delete;
  ~DataKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }
  base::Hash const& bytes() const { return bytes_; }

 private:
  base::Hash bytes_;
};

class OpensslRandom final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    base::ensure(out.size() <= INT_MAX, "too many random bytes at once");
    internal::must(RAND_bytes(out.data(), static_cast<int>(out.size())), "the operating system gives no randomness");
  }
};

class OpensslSealer final : public ports::Sealer {
 public:
  explicit OpensslSealer(Keys const& keys) : encryption_(keys.encryption), index_(keys.index) {}

  ports::WrappedKey new_key(ports::RecordId record) override {
    base::Hash fresh;
    internal::must(RAND_priv_bytes(fresh.data(), static_cast<int>(fresh.size())), "no randomness for a key");
    DataKey const key{fresh};
    OPENSSL_cleanse(fresh.data(), fresh.size());
    return {internal::encrypt(encryption_.reveal(Disclosure::to_crypto), wrap_data(record), key.bytes())};
  }

  base::Bytes seal(ports::Sealed what, ports::RecordId record, std::uint64_t version, ports::WrappedKey const& wrapped,
                   base::ByteView plaintext) override {
    DataKey const* const key = unwrap(record, wrapped);
    // Sealing under a key that cannot be unwrapped would lose what is sealed: the stored key is damaged.
    base::ensure(key != nullptr, "a wrapped data key is damaged or belongs to another key file; run abode doctor");
    return internal::encrypt(key->bytes(), seal_data(what, record, version), plaintext);
  }

  base::result<base::Bytes> open(ports::Grant const& grant, ports::Sealed what, std::uint64_t version,
                                 ports::WrappedKey const& wrapped, base::ByteView sealed) override {
    auto plaintext = open_any(what, grant.record(), version, wrapped, sealed);
    if (!plaintext)
      return fail(errc::corrupted, "A sealed part of this record is damaged. Tell the operator to run abode doctor.");
    return std::move(*plaintext);
  }

  bool intact(ports::Sealed what, ports::RecordId record, std::uint64_t version, ports::WrappedKey const& wrapped,
              base::ByteView sealed) override {
    auto plaintext = open_any(what, record, version, wrapped, sealed);
    if (plaintext) OPENSSL_cleanse(plaintext->data(), plaintext->size());
    return plaintext.has_value();
  }

  base::Hash document_tag(base::ByteView canonical) override {
    return keyed_hash("abode/index/document/v1", canonical);
  }

  base::Hash card_tag(base::Secret<std::string> const& number) override {
    return keyed_hash("abode/index/card/v1", base::as_bytes(number.reveal(Disclosure::to_digest)));
  }

  base::Hash activation_code_tag(base::Hash const& card_tag, base::Secret<std::string> const& code) override {
    base::Bytes bound = base::to_bytes(card_tag);
    base::append(bound, base::as_bytes(code.reveal(Disclosure::to_digest)));
    return keyed_hash("abode/index/activation-code/v1", bound);
  }

  base::Hash invitation_tag(base::Secret<std::string> const& invitation) override {
    return keyed_hash("abode/index/invitation/v1", base::as_bytes(invitation.reveal(Disclosure::to_digest)));
  }

  base::Hash opening_code_tag(base::Secret<std::string> const& code) override {
    return keyed_hash("abode/index/opening-code/v1", base::as_bytes(code.reveal(Disclosure::to_digest)));
  }

 private:
  static base::Bytes wrap_data(ports::RecordId record) {
    base::Bytes out = text_with_zero("abode/wrap/v1");
    base::append_be(out, static_cast<std::uint64_t>(record.value()));
    return out;
  }

  static base::Bytes seal_data(ports::Sealed what, ports::RecordId record, std::uint64_t version) {
    base::Bytes out = text_with_zero("abode/seal/v1");
    base::append_be(out, static_cast<std::uint8_t>(what));
    base::append_be(out, static_cast<std::uint64_t>(record.value()));
    base::append_be(out, version);
    return out;
  }

  /// The data key, or null if it cannot be unwrapped. Good until this thread unwraps another.
  DataKey const* unwrap(ports::RecordId record, ports::WrappedKey const& wrapped) const {
    // One request opens and seals several blobs of one record: each thread keeps the key it unwrapped last. It is no
    // less safe there than the key-encryption key, which opens it.
    struct Recent {
      std::uint64_t sealer = 0;
      ports::RecordId record;
      base::Bytes wrapped;
      std::unique_ptr<DataKey> key;
    };
    static thread_local Recent recent;
    if (recent.sealer != number_ || recent.record != record || recent.wrapped != wrapped.bytes)
      recent = {number_, record, wrapped.bytes, decrypt_key(record, wrapped)};
    return recent.key.get();
  }

  std::unique_ptr<DataKey> decrypt_key(ports::RecordId record, ports::WrappedKey const& wrapped) const {
    auto plain = internal::decrypt(encryption_.reveal(Disclosure::to_crypto), wrap_data(record), wrapped.bytes);
    base::Hash bytes;
    if (!plain || plain->size() != bytes.size()) return nullptr;
    std::copy(plain->begin(), plain->end(), bytes.begin());
    OPENSSL_cleanse(plain->data(), plain->size());
    auto key = std::make_unique<DataKey>(bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
  }

  std::optional<base::Bytes> open_any(ports::Sealed what, ports::RecordId record, std::uint64_t version,
                                      ports::WrappedKey const& wrapped, base::ByteView sealed) const {
    DataKey const* const key = unwrap(record, wrapped);
    if (key == nullptr) return std::nullopt;
    return internal::decrypt(key->bytes(), seal_data(what, record, version), sealed);
  }

  base::Hash keyed_hash(std::string_view purpose, base::ByteView data) const {
    return digest::hmac_sha256(index_.reveal(Disclosure::to_crypto), {text_with_zero(purpose), data});
  }

  static std::uint64_t next_number() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
  }

  std::uint64_t const number_ = next_number();  ///< tells sealers apart, those of other keys above all
  base::Secret<base::Hash> encryption_;
  base::Secret<base::Hash> index_;
};

class OpensslSigner final : public ports::Signer {
 public:
  explicit OpensslSigner(Keys const& keys) {
    base::Hash const& seed = keys.log.reveal(Disclosure::to_crypto);
    key_.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    base::ensure(key_ != nullptr, "OpenSSL takes no Ed25519 key");
  }

  base::Bytes checkpoint_public_key() override {
    base::Bytes out(32);
    std::size_t size = out.size();
    internal::must(EVP_PKEY_get_raw_public_key(key_.get(), out.data(), &size), "no public key");
    return out;
  }

  base::Bytes sign_checkpoint(std::string_view text) override {
    internal::MdContext const context{EVP_MD_CTX_new()};
    base::Bytes signature(64);
    std::size_t size = signature.size();
    base::ByteView const message = base::as_bytes(text);
    internal::must(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()), "signing failed to begin");
    internal::must(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()),
                   "signing failed");
    return signature;
  }

 private:
  internal::PrivateKey key_;
};

}  // namespace

Keys make_keys(base::Random& random) {
  return {base::Secret{random.bytes<32>()}, base::Secret{random.bytes<32>()}, base::Secret{random.bytes<32>()}};
}

base::Bytes key_check(Keys const& keys) {
  base::Bytes out;
  for (auto const* key : {&keys.encryption, &keys.index, &keys.log})
    base::append(out, digest::hmac_sha256(key->reveal(Disclosure::to_digest), {base::as_bytes("abode/key-check/v1")}));
  return out;
}

std::unique_ptr<base::Random> make_random() {
  return std::make_unique<OpensslRandom>();
}

std::unique_ptr<ports::Sealer> make_sealer(Keys const& keys) {
  return std::make_unique<OpensslSealer>(keys);
}

std::unique_ptr<ports::Signer> make_signer(Keys const& keys) {
  return std::make_unique<OpensslSigner>(keys);
}

}  // namespace abode::openssl
