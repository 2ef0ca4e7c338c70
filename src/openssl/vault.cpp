#include "openssl/vault.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <climits>
#include <mutex>
#include <utility>

#include "digest/digest.hpp"
#include "log/entry.hpp"
#include "openssl/ed25519.hpp"
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

constexpr std::size_t key_id_size_bytes = 4;
using KeyId = std::array<std::uint8_t, key_id_size_bytes>;

/// Names a key-encryption key without telling it.
KeyId id_of(base::Secret<base::Hash> const& key) {
  base::Hash const mac = digest::hmac_sha256(key.reveal(Disclosure::to_digest), {base::as_bytes("abode/key-id/v1")});
  KeyId id;
  std::copy_n(mac.begin(), id.size(), id.begin());
  return id;
}

/// A key-encryption key and its name.
struct WrappingKey {
  explicit WrappingKey(base::Secret<base::Hash> const& secret) : key(secret), id(id_of(secret)) {}
  bool wrapped(ports::WrappedKey const& other) const {
    return other.bytes.size() >= id.size() && std::equal(id.begin(), id.end(), other.bytes.begin());
  }
  base::Secret<base::Hash> key;
  KeyId id;
};

class OpensslSealer final : public Vault {
 public:
  explicit OpensslSealer(Keys const& keys) : newest_(keys.encryption), index_(keys.index) {
    if (keys.next_encryption) begin_rotation(*keys.next_encryption);
  }

  bool knows(ports::WrappedKey const& wrapped) override { return wrapping_key_of(wrapped).has_value(); }

  void begin_rotation(base::Secret<base::Hash> const& next) override {
    WrappingKey following{next};
    std::lock_guard const lock{mutex_};
    if (following.id != newest_.id) older_ = std::exchange(newest_, std::move(following));
  }
  void end_rotation() override {
    std::lock_guard const lock{mutex_};
    older_.reset();
  }

  ports::WrappedKey new_key(ports::RecordId record) override {
    base::Hash fresh;
    internal::must(RAND_priv_bytes(fresh.data(), static_cast<int>(fresh.size())), "no randomness for a key");
    DataKey const key{fresh};
    OPENSSL_cleanse(fresh.data(), fresh.size());
    return wrap(newest(), record, key);
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

  base::result<base::Bytes> open_contact(ports::DeliveryGrant const& delivery,
                                         ports::WrappedKey const& wrapped) override {
    auto const& contact = delivery.contact();
    auto plaintext = contact ? open_any(ports::Sealed::contact, contact->record, contact->seq, wrapped, contact->sealed)
                             : std::nullopt;
    if (!plaintext) return fail(errc::corrupted, "A contact cannot be opened for a mail. Run abode doctor.");
    return std::move(*plaintext);
  }

  bool intact(ports::Sealed what, ports::RecordId record, std::uint64_t version, ports::WrappedKey const& wrapped,
              base::ByteView sealed) override {
    auto plaintext = open_any(what, record, version, wrapped, sealed);
    if (plaintext) OPENSSL_cleanse(plaintext->data(), plaintext->size());
    return plaintext.has_value();
  }

  std::optional<base::Hash> commitment_in(ports::RecordId record, std::uint64_t seq, ports::WrappedKey const& wrapped,
                                          base::ByteView sealed) override {
    auto plaintext = open_any(ports::Sealed::entry, record, seq, wrapped, sealed);
    if (!plaintext) return std::nullopt;
    auto opened = log::open_plaintext(*plaintext);
    OPENSSL_cleanse(plaintext->data(), plaintext->size());
    if (!opened) return std::nullopt;
    base::Hash const commitment = log::commitment(opened->salt, opened->encoded);
    OPENSSL_cleanse(opened->encoded.data(), opened->encoded.size());
    return commitment;
  }

  base::result<std::optional<ports::WrappedKey>> rewrap(ports::RecordId record,
                                                        ports::WrappedKey const& wrapped) override {
    WrappingKey const now = newest();
    if (now.wrapped(wrapped)) return std::optional<ports::WrappedKey>{};
    auto const key = decrypt_key(record, wrapped);
    if (!key)
      return fail(errc::corrupted, "The key of record " + std::to_string(record.value()) +
                                       " cannot be unwrapped. Run abode doctor, and put back a good copy of keys.db.");
    return std::optional{wrap(now, record, *key)};
  }

  base::Hash document_tag(base::ByteView canonical) override {
    return keyed_hash("abode/index/document/v1", canonical);
  }

  base::Hash card_tag(base::Secret<std::string> const& number) override {
    return keyed_hash("abode/index/card/v1", base::as_bytes(number.reveal(Disclosure::to_digest)));
  }

  base::Hash activation_code_tag(base::Hash const& card_tag, base::Secret<std::string> const& code) override {
    return tag_of_pair("abode/index/activation-code/v1", card_tag, code);
  }

  base::Hash printed_code_tag(base::Hash const& card_tag, base::Secret<std::string> const& code) override {
    return tag_of_pair("abode/index/printed-code/v1", card_tag, code);
  }

  base::Hash letter_place_tag(ports::RecordId record, base::ByteView registration_and_address) override {
    base::Bytes bound;
    base::append_be(bound, static_cast<std::uint64_t>(record.value()));
    base::append(bound, registration_and_address);
    return keyed_hash("abode/index/letter-place/v1", bound);
  }

  base::Hash letter_code_tag(base::Hash const& place_tag, base::Secret<std::string> const& code) override {
    return tag_of_pair("abode/index/letter-code/v1", place_tag, code);
  }

  base::Hash invitation_tag(base::Secret<std::string> const& invitation) override {
    return keyed_hash("abode/index/invitation/v1", base::as_bytes(invitation.reveal(Disclosure::to_digest)));
  }

  base::Hash opening_code_tag(base::Secret<std::string> const& code) override {
    return keyed_hash("abode/index/opening-code/v1", base::as_bytes(code.reveal(Disclosure::to_digest)));
  }

  base::Hash credential_tag(base::ByteView credential_id) override {
    return keyed_hash("abode/index/credential/v1", credential_id);
  }

  base::Hash user_handle(ports::RecordId record) override {
    base::Bytes id;
    base::append_be(id, static_cast<std::uint64_t>(record.value()));
    return keyed_hash("abode/user-handle/v1", id);
  }

  base::Hash staff_handle(ports::OfficialId const& official) override {
    return keyed_hash("abode/staff-handle/v1", base::as_bytes(official.value()));
  }

  base::Hash challenge_tag(base::ByteView challenge) override { return keyed_hash("abode/challenge/v1", challenge); }

  base::Secret<base::Hash> epoch_seed(base::Hash const& nonce) override {
    return base::Secret{keyed_hash("abode/epoch-seed/v1", nonce)};
  }

 private:
  base::Hash tag_of_pair(char const* label, base::Hash const& first, base::Secret<std::string> const& code) {
    base::Bytes bound = base::to_bytes(first);
    base::append(bound, base::as_bytes(code.reveal(Disclosure::to_digest)));
    return keyed_hash(label, bound);
  }
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

  WrappingKey newest() const {
    std::lock_guard const lock{mutex_};
    return newest_;
  }

  /// The one of its keys that `wrapped` names.
  std::optional<WrappingKey> wrapping_key_of(ports::WrappedKey const& wrapped) const {
    std::lock_guard const lock{mutex_};
    if (newest_.wrapped(wrapped)) return newest_;
    if (older_ && older_->wrapped(wrapped)) return older_;
    return std::nullopt;
  }

  static ports::WrappedKey wrap(WrappingKey const& by, ports::RecordId record, DataKey const& key) {
    ports::WrappedKey wrapped{base::to_bytes(by.id)};
    base::append(wrapped.bytes,
                 internal::encrypt(by.key.reveal(Disclosure::to_crypto), wrap_data(record), key.bytes()));
    return wrapped;
  }

  std::unique_ptr<DataKey> decrypt_key(ports::RecordId record, ports::WrappedKey const& wrapped) const {
    auto const by = wrapping_key_of(wrapped);
    if (!by) return nullptr;
    auto plain = internal::decrypt(by->key.reveal(Disclosure::to_crypto), wrap_data(record),
                                   base::ByteView{wrapped.bytes}.subspan(key_id_size_bytes));
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
  mutable std::mutex mutex_;
  WrappingKey newest_;                ///< guarded by mutex_
  std::optional<WrappingKey> older_;  ///< while keys are rotated; guarded by mutex_
  base::Secret<base::Hash> index_;
};

class OpensslSigner final : public ports::Signer {
 public:
  explicit OpensslSigner(Keys const& keys) : key_(keys.log) {}
  base::Bytes checkpoint_public_key() override { return key_.public_key(); }
  base::Bytes sign_checkpoint(std::string_view text) override { return key_.sign(base::as_bytes(text)); }

 private:
  Ed25519Key key_;
};

}  // namespace

Keys make_keys(base::Random& random) {
  return {base::Secret{random.bytes<32>()}, std::nullopt, base::Secret{random.bytes<32>()},
          base::Secret{random.bytes<32>()}};
}

base::Secret<base::Hash> make_next_encryption(base::Random& random, Keys const& keys) {
  base::Secret<base::Hash> next{random.bytes<32>()};
  while (id_of(next) == id_of(keys.encryption)) next = base::Secret{random.bytes<32>()};
  return next;
}

base::Bytes key_check(Keys const& keys) {
  base::Bytes out;
  for (auto const* key : {&keys.index, &keys.log})
    base::append(out, digest::hmac_sha256(key->reveal(Disclosure::to_digest), {base::as_bytes("abode/key-check/v1")}));
  return out;
}

std::unique_ptr<base::Random> make_random() {
  return std::make_unique<OpensslRandom>();
}

std::unique_ptr<Vault> make_sealer(Keys const& keys) {
  return std::make_unique<OpensslSealer>(keys);
}

std::unique_ptr<ports::Signer> make_signer(Keys const& keys) {
  return std::make_unique<OpensslSigner>(keys);
}

}  // namespace abode::openssl
