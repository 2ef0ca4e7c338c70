// Bytes as text: hex, base64 (RFC 4648 sections 4 and 5) and Crockford's base32 for codes that people type.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::codec {

std::string to_hex(base::ByteView bytes);                   ///< lower case
base::result<base::Bytes> from_hex(std::string_view text);  ///< either case; errc::malformed

std::string to_base64(base::ByteView bytes);  ///< padded
/// Strict: padding required, no white space, unused bits zero; errc::malformed.
base::result<base::Bytes> from_base64(std::string_view text);

std::string to_base64url(base::ByteView bytes);  ///< no padding
base::result<base::Bytes> from_base64url(std::string_view text);

/// The alphabet 0-9 A-Z without I L O U; 5 bits a character, last one padded with zero bits.
std::string to_crockford(base::ByteView bytes);
/// Codes and numbers as people read them: "7K2P-DXQ0-MVB3".
std::string in_groups_of_four(std::string_view code);
/// What a person typed, as the canonical characters: upper case, O as 0, I and L as 1, blanks and hyphens dropped.
/// errc::malformed, naming the first character that cannot be meant.
base::result<std::string> normal_crockford(std::string_view typed);

}  // namespace abode::codec
