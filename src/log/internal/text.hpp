// The small pieces of which the log's text formats are made.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"

namespace abode::log::internal {

/// True if `text` is valid UTF-8 (RFC 3629) and every code point of it is allowed.
bool is_text_of(std::string_view text, bool (*allowed)(char32_t));

/// Takes the next line off `rest`, without its newline; nothing if no newline is left.
std::optional<std::string_view> take_line(std::string_view& rest);

/// An unsigned decimal number without leading zeros, signs or blanks.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

/// 32 bytes in padded base64.
std::optional<base::Hash> hash_from_base64(std::string_view text);

}  // namespace abode::log::internal
