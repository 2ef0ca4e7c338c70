#include "openid4vp/response_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>

#include <array>
#include <optional>

#include "base/assert.hpp"
#include "base/freed_by.hpp"
#include "codec/text.hpp"
#include "credential/jws.hpp"
#include "digest/digest.hpp"

namespace abode::openid4vp {
namespace {

using base::Bytes;
using base::ByteView;
using base::errc;
using base::fail;
using base::result;
using BigNumber = base::Owned<BIGNUM, BN_clear_free>;
using Key = base::Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = base::Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using CipherContext = base::Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

constexpr std::string_view agreement = "ECDH-ES";
constexpr std::size_t point_bytes = 65;  // uncompressed (SEC 1, section 2.3.3)
constexpr std::size_t iv_bytes = 12;     // RFC 7518, section 5.3
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t max_party_bytes = 1024;  ///< of what a party says of itself

base::Error malformed(char const* detail) {
  return fail(errc::malformed, detail);
}

EC_GROUP const* curve() {
  static EC_GROUP const* const group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
  return group;
}

/// The public half, as an uncompressed point.
std::array<std::uint8_t, point_bytes> point_of(BIGNUM const* number) {
  base::Owned<EC_POINT, EC_POINT_free> const point{EC_POINT_new(curve())};
  std::array<std::uint8_t, point_bytes> bytes{};
  bool const made = EC_POINT_mul(curve(), point.get(), number, nullptr, nullptr, nullptr) == 1 &&
                    EC_POINT_point2oct(curve(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(), bytes.size(),
                                       nullptr) == bytes.size();
  base::ensure(made, "a P-256 key has no public half");
  return bytes;
}

/// None if the point is not on the curve.
Key make_key(ByteView point, BIGNUM const* number) {
  base::Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> const build{OSSL_PARAM_BLD_new()};
  bool pushed = OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
                OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
  if (number != nullptr) pushed = pushed && OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_PRIV_KEY, number) == 1;
  base::Owned<OSSL_PARAM, OSSL_PARAM_free> const parameters{OSSL_PARAM_BLD_to_param(build.get())};
  KeyContext const context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
  base::ensure(pushed && parameters && EVP_PKEY_fromdata_init(context.get()) == 1, "no key can be made");
  EVP_PKEY* key = nullptr;
  int const selection = number == nullptr ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  if (EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1) return nullptr;
  return Key{key};
}

/// The x of the point that both have in common (RFC 7518, section 4.6). None if the other is no point of the curve.
std::optional<Bytes> agree(EVP_PKEY* own, ByteView x_and_y) {
  Bytes point{4};
  base::append(point, x_and_y);
  Key const other = make_key(point, nullptr);
  if (!other) return std::nullopt;
  KeyContext const context{EVP_PKEY_CTX_new(own, nullptr)};
  Bytes agreed(32);
  std::size_t size = agreed.size();
  if (EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
      EVP_PKEY_derive(context.get(), agreed.data(), &size) != 1 || size != agreed.size())
    return std::nullopt;
  return agreed;
}

EVP_CIPHER const* cipher_of(Encryption encryption) {
  return encryption == Encryption::a128gcm ? EVP_aes_128_gcm() : EVP_aes_256_gcm();
}

/// What is encrypted, and what is bound to it.
struct Sealed {
  ByteView iv;
  ByteView text;
  ByteView tag;
  ByteView bound;
};

/// None if the tag does not fit.
std::optional<Bytes> decrypt(Encryption encryption, ByteView key, Sealed const& sealed) {
  CipherContext const context{EVP_CIPHER_CTX_new()};
  Bytes out(sealed.text.size());
  int size = 0;
  Bytes tag = base::to_bytes(sealed.tag);
  bool const open =
      EVP_DecryptInit_ex(context.get(), cipher_of(encryption), nullptr, key.data(), sealed.iv.data()) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &size, sealed.bound.data(), static_cast<int>(sealed.bound.size())) ==
          1 &&
      EVP_DecryptUpdate(context.get(), out.data(), &size, sealed.text.data(), static_cast<int>(sealed.text.size())) ==
          1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag.size()), tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), out.data(), &size) == 1;
  if (!open) return std::nullopt;
  return out;
}

/// The five parts of one (RFC 7516, section 3.1), the second of which is empty.
struct Parts {
  std::string_view header;
  Bytes iv;
  Bytes text;
  Bytes tag;
};

result<Parts> split(std::string_view jwe) {
  std::array<std::string_view, 5> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::size_t const dot = jwe.find('.');
    if ((dot == jwe.npos) != (i + 1 == parts.size())) return malformed("The answer has not five parts with dots.");
    parts[i] = jwe.substr(0, dot);
    jwe.remove_prefix(dot == jwe.npos ? jwe.size() : dot + 1);
  }
  if (!parts[1].empty()) return malformed("The answer brings an encrypted key, where the agreed key encrypts it.");
  auto iv = codec::from_base64url(parts[2]);
  auto text = codec::from_base64url(parts[3]);
  auto tag = codec::from_base64url(parts[4]);
  if (!iv || !text || !tag || iv->size() != iv_bytes || tag->size() != tag_bytes || text->empty())
    return malformed("A part of the answer is not base64url, or has another length than it must.");
  return Parts{parts[0], std::move(*iv), std::move(*text), std::move(*tag)};
}

struct Header {
  Encryption encryption;
  Bytes point;  ///< the sender's key: x and y
  Bytes apu;
  Bytes apv;
};

result<Bytes> read_party(json::object const& header, std::string_view name) {
  if (!header.contains(name)) return Bytes{};
  auto const text = credential::text_of(header, name);
  if (!text || text->size() > max_party_bytes) return malformed("The answer's \"apu\" or \"apv\" is no short text.");
  auto bytes = codec::from_base64url(*text);
  if (!bytes) return malformed("The answer's \"apu\" or \"apv\" is not base64url.");
  return bytes;
}

result<Encryption> read_encryption(json::object const& header) {
  auto const name = credential::text_of(header, "enc");
  for (Encryption const one : {Encryption::a128gcm, Encryption::a256gcm})
    if (name && *name == name_of(one)) return one;
  return malformed("The answer's \"enc\" is not A128GCM or A256GCM.");
}

result<Header> read_header(std::string_view encoded, std::string_view id) {
  auto const bytes = codec::from_base64url(encoded);
  if (!bytes) return malformed("The answer's header is not base64url.");
  auto const value = codec::parse_json(base::as_text(*bytes));
  if (!value || !value->is_object()) return malformed("The answer's header is no JSON object.");
  json::object const& header = value->as_object();
  auto const alg = credential::text_of(header, "alg");
  if (!alg || *alg != agreement) return malformed("The answer's \"alg\" is not ECDH-ES.");
  auto const encryption = read_encryption(header);
  if (!encryption) return encryption.error();
  if (header.contains("crit")) return malformed("The answer's header asks for an extension that is not known.");
  if (header.contains("zip")) return malformed("The answer is compressed, which is not taken.");
  auto const kid = credential::text_of(header, "kid");
  if (!kid || *kid != id) return malformed("The answer is encrypted to another key than that of this request.");
  auto const* epk = header.if_contains("epk");
  if (epk == nullptr) return malformed("The answer's header has no \"epk\".");
  auto point = credential::read_jwk(*epk);
  if (!point) return point.error();
  auto apu = read_party(header, "apu");
  if (!apu) return apu.error();
  auto apv = read_party(header, "apv");
  if (!apv) return apv.error();
  return Header{*encryption, std::move(*point), std::move(*apu), std::move(*apv)};
}

void append_with_length(Bytes& to, ByteView more) {
  base::append_be(to, static_cast<std::uint32_t>(more.size()));
  base::append(to, more);
}

}  // namespace

struct ResponseKey::Impl {
  Key key;
};

std::string_view name_of(Encryption encryption) {
  return encryption == Encryption::a128gcm ? "A128GCM" : "A256GCM";
}

std::size_t key_size_bytes(Encryption encryption) {
  return encryption == Encryption::a128gcm ? 16 : 32;
}

Bytes derive_key(ByteView agreed, Encryption encryption, ByteView apu, ByteView apv) {
  std::size_t const size = key_size_bytes(encryption);
  Bytes input;
  base::append_be(input, std::uint32_t{1});  // the first round, which gives 32 bytes: no second is needed
  base::append(input, agreed);
  append_with_length(input, base::as_bytes(name_of(encryption)));
  append_with_length(input, apu);
  append_with_length(input, apv);
  base::append_be(input, static_cast<std::uint32_t>(size * 8));
  base::Hash const hash = digest::sha256(input);
  return {hash.begin(), hash.begin() + static_cast<std::ptrdiff_t>(size)};
}

ResponseKey::ResponseKey(std::unique_ptr<Impl> impl, Bytes public_key)
    : impl_(std::move(impl)), public_key_(std::move(public_key)) {
  id_ = codec::to_base64url(digest::sha256(public_key_));
}
ResponseKey::ResponseKey(ResponseKey&&) noexcept = default;
ResponseKey& ResponseKey::operator=(ResponseKey&&) noexcept = default;
ResponseKey::~ResponseKey() = default;

ResponseKey ResponseKey::draw(base::Random& random) {
  for (;;) {  // one in 2^32 is not below the order
    auto key = from(base::Secret<base::Hash>{random.bytes<32>()});
    if (key) return std::move(*key);
  }
}

result<ResponseKey> ResponseKey::from(base::Secret<base::Hash> const& secret) {
  base::Hash const& bytes = secret.reveal(base::Disclosure::to_crypto);
  BigNumber const number{BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)};
  if (BN_is_zero(number.get()) || BN_cmp(number.get(), EC_GROUP_get0_order(curve())) >= 0)
    return fail(errc::invalid, "This number is no private key of P-256.");
  auto const point = point_of(number.get());
  Key key = make_key(point, number.get());
  base::ensure(key != nullptr, "OpenSSL takes no P-256 key");
  return ResponseKey{std::make_unique<Impl>(std::move(key)), Bytes{point.begin() + 1, point.end()}};
}

json::object ResponseKey::to_jwk() const {
  json::object jwk = credential::to_jwk(public_key_);
  jwk["kid"] = id_;
  jwk["use"] = "enc";
  jwk["alg"] = agreement;
  return jwk;
}

result<Bytes> ResponseKey::open(std::string_view jwe) const {
  return open(jwe, id_);
}

result<Bytes> ResponseKey::open(std::string_view jwe, std::string_view id) const {
  auto const parts = split(jwe);
  if (!parts) return parts.error();
  auto const header = read_header(parts->header, id);
  if (!header) return header.error();
  auto const agreed = agree(impl_->key.get(), header->point);
  if (!agreed) return malformed("The answer's \"epk\" is no point of the curve P-256.");
  Bytes const key = derive_key(*agreed, header->encryption, header->apu, header->apv);
  auto text = decrypt(header->encryption, key, {parts->iv, parts->text, parts->tag, base::as_bytes(parts->header)});
  if (!text)
    return fail(errc::forbidden, "The answer does not open: it was encrypted to another key, or it was changed.");
  return std::move(*text);
}

}  // namespace abode::openid4vp
