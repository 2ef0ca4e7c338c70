// JSON Web Signatures in compact form (RFC 7515), as narrow as we take them: ES256, one type, nothing critical.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "codec/json.hpp"

namespace abode::credential {

namespace json = codec::json;

/// Signs with a P-256 key: r and s, 64 bytes (ES256).
using Signer = std::function<base::Bytes(base::ByteView message)>;

/// Read, not yet checked.
struct Jws {
  json::object header;
  json::object payload;
  std::string signed_text;  ///< what the signature is over
  base::Bytes signature;    ///< 64 bytes
};

/// errc::malformed, saying what it is: not three parts of base64url, no strict JSON objects, another `typ` or an `alg`
/// other than ES256 (none and keyed hashes among them), anything critical (`crit`), a private key in the header, a
/// signature that is not 64 bytes.
base::result<Jws> parse_jws(std::string_view text, std::string_view typ);

/// Whether a P-256 key (x and y) made it.
bool is_signed_by(Jws const& jws, base::ByteView public_key);

/// `header` gets `alg` and `typ`.
std::string make_jws(json::object header, std::string_view typ, json::object const& payload, Signer const& sign);

/// A P-256 public key in a JSON Web Key (RFC 7517): x and y, 64 bytes. errc::malformed: another kind of key, or one
/// with private members.
base::result<base::Bytes> read_jwk(json::value const& jwk);
json::object to_jwk(base::ByteView public_key);

/// A member that must be there and be a text, an integer, or an object. errc::malformed.
base::result<std::string> text_of(json::object const& object, std::string_view name);
base::result<std::int64_t> integer_of(json::object const& object, std::string_view name);
base::result<json::object> object_of(json::object const& object, std::string_view name);

}  // namespace abode::credential
