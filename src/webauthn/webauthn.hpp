// What a browser hands over when somebody makes or uses a passkey, checked as the Web Authentication specification asks
// of a relying party (W3C WebAuthn Level 3, sections 7.1 and 7.2). Pure: challenges come in as arguments.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::webauthn {

/// Whose passkeys they are.
struct RelyingParty {
  std::string id;                    ///< a host name, which passkeys are bound to for life; empty: there are none here
  std::vector<std::string> origins;  ///< scheme://host[:port] of the pages that may ask for one
};

/// The host of an address of the form scheme://host[:port], as an id; empty for an IP address, which no passkey can be
/// bound to.
std::string relying_party_id(std::string_view url);

/// COSE algorithm identifiers (RFC 9053, RFC 8812), the one we would rather have first.
enum class Algorithm : std::int16_t { es256 = -7, eddsa = -8, rs256 = -257 };
inline constexpr Algorithm algorithms[] = {Algorithm::es256, Algorithm::eddsa, Algorithm::rs256};

/// A passkey's public key.
struct PublicKey {
  Algorithm algorithm;
  base::Bytes bytes;  ///< es256: x and y, 64 bytes; eddsa: 32 bytes; rs256: modulus of 256 bytes, exponent of 3
  bool operator==(PublicKey const&) const = default;
};

/// The algorithm in two bytes, then the key.
base::Bytes encode(PublicKey const& key);
/// errc::corrupted for anything encode() does not write.
base::result<PublicKey> decode_public_key(base::ByteView encoded);

/// A new passkey's answer.
struct Registration {
  base::Bytes client_data;         ///< JSON
  base::Bytes attestation_object;  ///< CBOR
};

/// What is to be kept of it. Where it was made, and by whom, we do not ask (attestation "none").
struct Credential {
  base::Bytes id;
  PublicKey key;
  std::uint32_t sign_count;
};

/// A passkey's answer when it is used.
struct Assertion {
  base::Bytes credential_id;
  base::Bytes client_data;  ///< JSON
  base::Bytes authenticator_data;
  base::Bytes signature;
  std::optional<base::Bytes> user_handle;
};

constexpr std::size_t max_credential_id_bytes = 1023;  ///< section 5.8.3
constexpr std::size_t max_answer_bytes = 16 * 1024;    ///< of each part

/// The challenge that client data answers. errc::malformed.
base::result<base::Bytes> challenge_in(base::ByteView client_data);

/// errc::malformed or errc::invalid, field "credential", for whatever section 7.1 tells to refuse: another type,
/// challenge, origin or relying party, a frame of another site, a person who was not there or whom the authenticator
/// did not verify, backup flags that contradict each other, a key that we did not ask for.
base::result<Credential> check_registration(RelyingParty const& party, base::ByteView challenge,
                                            Registration const& registration);

/// How often the key has signed, as far as its authenticator counts: zero if it does not. errc::unauthenticated for
/// whatever section 7.2 tells to refuse.
base::result<std::uint32_t> check_assertion(RelyingParty const& party, base::ByteView challenge, PublicKey const& key,
                                            Assertion const& assertion);

}  // namespace abode::webauthn
