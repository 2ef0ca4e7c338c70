// The key that one wallet encrypts its one answer to, and the form of that answer: JSON Web Encryption (RFC 7516) in
// compact form, as narrow as we offer it: ECDH-ES on P-256 without key wrapping, A128GCM or A256GCM (RFC 7518).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "codec/json.hpp"

namespace abode::openid4vp {

namespace json = codec::json;

class ResponseKey {
 public:
  /// A fresh one.
  static ResponseKey draw(base::Random& random);
  /// By its private number. errc::invalid if that is 0 or not below the order of the curve.
  static base::result<ResponseKey> from(base::Secret<base::Hash> const& number);

  ResponseKey(ResponseKey&&) noexcept;
  ResponseKey& operator=(ResponseKey&&) noexcept;
  ~ResponseKey();

  /// x and y, 64 bytes.
  base::Bytes const& public_key() const { return public_key_; }
  /// By which an answer says that it is encrypted to this key.
  std::string const& id() const { return id_; }
  /// For the request: with `kid`, `use` and `alg`.
  json::object to_jwk() const;

  /// What was encrypted. errc::malformed: not five parts; another `alg` or `enc`; anything critical or compressed;
  /// another key's `kid`; an `epk` that is no point of P-256; an encrypted key where none belongs. errc::forbidden: it
  /// does not open, because it is of another key or was changed.
  base::result<base::Bytes> open(std::string_view jwe) const;
  /// The same under the name `id`, for what names keys by other rules than ours.
  base::result<base::Bytes> open(std::string_view jwe, std::string_view id) const;

 private:
  struct Impl;
  ResponseKey(std::unique_ptr<Impl> impl, base::Bytes public_key);
  std::unique_ptr<Impl> impl_;
  base::Bytes public_key_;
  std::string id_;
};

/// How an answer is encrypted.
enum class Encryption : std::uint8_t { a128gcm, a256gcm };
/// "A128GCM".
std::string_view name_of(Encryption encryption);
std::size_t key_size_bytes(Encryption encryption);

/// The Concat KDF of RFC 7518, section 4.6.2, for a key that encrypts by itself: `apu` and `apv` are what the two
/// parties say of themselves.
base::Bytes derive_key(base::ByteView agreed, Encryption encryption, base::ByteView apu, base::ByteView apv);

}  // namespace abode::openid4vp
