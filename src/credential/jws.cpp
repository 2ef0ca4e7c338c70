#include "credential/jws.hpp"

#include <array>

#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::credential {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::size_t signature_size = 64;
constexpr std::string_view algorithm = "ES256";
/// Private members of JSON Web Keys (RFC 7518, sections 6.2.2, 6.3.2, 6.4.1).
constexpr std::array<std::string_view, 7> private_members{"d", "p", "q", "dp", "dq", "qi", "k"};

base::Error malformed(std::string detail) {
  return fail(errc::malformed, std::move(detail));
}

result<json::object> read_part(std::string_view part, char const* name) {
  auto const bytes = codec::from_base64url(part);
  if (!bytes) return malformed(std::string{"The "} + name + " is not base64url.");
  auto value = codec::parse_json(base::as_text(*bytes));
  if (!value || !value->is_object()) return malformed(std::string{"The "} + name + " is no JSON object.");
  return std::move(value->as_object());
}

result<void> check_header(json::object const& header, std::string_view typ) {
  auto const alg = text_of(header, "alg");
  if (!alg || *alg != algorithm) return malformed("It is signed by another algorithm than ES256.");
  auto const type = text_of(header, "typ");
  if (!type || *type != typ) return malformed("Its type is not " + std::string{typ} + ".");
  if (header.contains("crit")) return malformed("Its header asks for an extension that is not known.");
  if (auto const* jwk = header.if_contains("jwk"))
    if (auto const key = read_jwk(*jwk); !key) return key.error();
  return {};
}

}  // namespace

result<std::string> text_of(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return malformed("The text \"" + std::string{name} + "\" is missing.");
  return std::string{value->as_string()};
}

result<std::int64_t> integer_of(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64())
    return malformed("The whole number \"" + std::string{name} + "\" is missing.");
  return value->as_int64();
}

result<json::object> object_of(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  if (value == nullptr || !value->is_object()) return malformed("The object \"" + std::string{name} + "\" is missing.");
  return value->as_object();
}

result<Jws> parse_jws(std::string_view text, std::string_view typ) {
  std::size_t const first = text.find('.');
  std::size_t const last = text.rfind('.');
  if (first == text.npos || text.find('.', first + 1) != last) return malformed("It has not three parts with dots.");
  auto header = read_part(text.substr(0, first), "header");
  if (!header) return header.error();
  if (auto const good = check_header(*header, typ); !good) return good.error();
  auto payload = read_part(text.substr(first + 1, last - first - 1), "payload");
  if (!payload) return payload.error();
  auto signature = codec::from_base64url(text.substr(last + 1));
  if (!signature || signature->size() != signature_size) return malformed("Its signature is not 64 bytes long.");
  return Jws{std::move(*header), std::move(*payload), std::string{text.substr(0, last)}, std::move(*signature)};
}

bool is_signed_by(Jws const& jws, base::ByteView public_key) {
  return digest::verify_es256(public_key, base::as_bytes(jws.signed_text), jws.signature);
}

std::string make_jws(json::object header, std::string_view typ, json::object const& payload, Signer const& sign) {
  header["alg"] = algorithm;
  header["typ"] = typ;
  std::string text = codec::to_base64url(base::as_bytes(json::serialize(header))) + "." +
                     codec::to_base64url(base::as_bytes(json::serialize(payload)));
  std::string const signature = codec::to_base64url(sign(base::as_bytes(text)));
  return std::move(text) + "." + signature;
}

result<base::Bytes> read_jwk(json::value const& jwk) {
  auto const* key = jwk.if_object();
  if (key == nullptr) return malformed("A key is no JSON object.");
  for (std::string_view const name : private_members)
    if (key->contains(name)) return malformed("A private key stands where a public one belongs.");
  auto const kty = text_of(*key, "kty");
  auto const crv = text_of(*key, "crv");
  if (!kty || *kty != "EC" || !crv || *crv != "P-256") return malformed("A key is not on the curve P-256.");
  base::Bytes point;
  for (char const* name : {"x", "y"}) {
    auto const text = text_of(*key, name);
    auto const number = text ? codec::from_base64url(*text) : result<base::Bytes>{text.error()};
    if (!number || number->size() != 32) return malformed("A key has no point of 32 and 32 bytes.");
    base::append(point, *number);
  }
  return point;
}

json::object to_jwk(base::ByteView public_key) {
  return {{"kty", "EC"},
          {"crv", "P-256"},
          {"x", codec::to_base64url(public_key.first(32))},
          {"y", codec::to_base64url(public_key.subspan(32))}};
}

}  // namespace abode::credential
