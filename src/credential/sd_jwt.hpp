// SD-JWT (RFC 9901): a signed set of claims of which each can be shown by itself. `<JWS>~D1~D2~...~[<KB-JWT>]`: the
// JWS holds digests, each disclosure the salt, name and value that one of them is of.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "credential/jws.hpp"

namespace abode::credential {

constexpr std::size_t max_disclosures = 100;
constexpr std::size_t salt_size_bytes = 16;  ///< 128 random bits (RFC 9901, section 9.3)

/// The parts of one, as text.
struct SdJwtText {
  std::string jws;
  std::vector<std::string> disclosures;
  std::optional<std::string> key_binding;  ///< KB-JWT
  /// What the sd_hash of a KB-JWT is over: all before it, the last tilde included.
  std::string presented;
};

/// errc::malformed: no tilde, an empty disclosure, or more than max_disclosures.
base::result<SdJwtText> split_sd_jwt(std::string_view text);

/// base64url of the SHA-256 over a disclosure, or over what was presented, as it stands.
std::string digest_of(std::string_view text);

/// Claims with the disclosures put in their places.
struct Claims {
  json::object all;
  std::set<std::string> disclosed;  ///< names of members of the top level that came by a disclosure
};

/// RFC 9901, section 7.1, step 3. errc::malformed: another _sd_alg than sha-256; a digest that stands there twice; a
/// disclosure that no digest is of, or that comes twice; one that is not of the form that its place asks for; a claim
/// named "_sd" or "..."; a name that is there already.
base::result<Claims> disclose(json::object const& payload, std::vector<std::string> const& disclosures);

/// One claim that can be shown by itself, in the making.
struct Disclosure {
  std::string text;
  std::string digest;
};
/// `salt` has salt_size_bytes at least.
Disclosure make_disclosure(base::ByteView salt, std::string_view name, json::value value);

/// The digests of a level, sorted, so that their order tells nothing.
json::array sorted_digests(std::vector<Disclosure> const& disclosures);

}  // namespace abode::credential
