#include "codec/text.hpp"

#include <algorithm>
#include <array>

namespace abode::codec {
namespace {

using base::errc;

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view standard_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view crockford_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

using Reverse = std::array<std::int8_t, 256>;

constexpr Reverse reverse_of(std::string_view alphabet) {
  Reverse table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}
constexpr Reverse standard_reverse = reverse_of(standard_alphabet);
constexpr Reverse url_reverse = reverse_of(url_alphabet);
constexpr Reverse crockford_reverse = reverse_of(crockford_alphabet);

/// The four signs of three bytes.
void put_group(char* to, std::uint32_t group, std::string_view alphabet) {
  to[0] = alphabet[group >> 18 & 63];
  to[1] = alphabet[group >> 12 & 63];
  to[2] = alphabet[group >> 6 & 63];
  to[3] = alphabet[group & 63];
}

/// Into a text of the right size at once: proofs are mostly this, and growing it by signs took as long as half a
/// signature.
std::string encode64(base::ByteView bytes, std::string_view alphabet, bool pad) {
  std::size_t const whole = bytes.size() / 3 * 3;
  std::size_t const rest = bytes.size() - whole;
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  char* to = out.data();
  for (std::size_t i = 0; i < whole; i += 3, to += 4)
    put_group(to, std::uint32_t{bytes[i]} << 16 | std::uint32_t{bytes[i + 1]} << 8 | bytes[i + 2], alphabet);
  if (rest == 0) return out;
  std::array<char, 4> last{};
  put_group(last.data(), std::uint32_t{bytes[whole]} << 16 | (rest == 2 ? std::uint32_t{bytes[whole + 1]} << 8 : 0),
            alphabet);
  std::copy_n(last.begin(), rest + 1, to);
  if (!pad) out.resize(out.size() - (3 - rest));
  return out;
}

base::result<base::Bytes> decode64(std::string_view text, Reverse const& reverse) {
  base::Bytes out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (char c : text) {
    int const value = reverse[static_cast<std::uint8_t>(c)];
    if (value < 0) return base::fail(errc::malformed, "This is not base64 text. Copy it again, whole.");
    buffer = (buffer << 6 | static_cast<std::uint32_t>(value)) & 0xfffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(buffer >> bits));
    }
  }
  bool const leftover_is_zero = (buffer & ((1u << bits) - 1)) == 0;
  if (bits == 6 || !leftover_is_zero)
    return base::fail(errc::malformed, "This base64 text is cut off or altered. Copy it again, whole.");
  return out;
}

}  // namespace

std::string to_hex(base::ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::uint8_t byte : bytes) {
    out.push_back(hex_digits[byte >> 4]);
    out.push_back(hex_digits[byte & 15]);
  }
  return out;
}

base::result<base::Bytes> from_hex(std::string_view text) {
  auto const nibble = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  auto const malformed = base::fail(errc::malformed, "This is not hexadecimal text. Copy it again, whole.");
  if (text.size() % 2 != 0) return malformed;
  base::Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    int const high = nibble(text[i]);
    int const low = nibble(text[i + 1]);
    if (high < 0 || low < 0) return malformed;
    out.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return out;
}

std::string to_base64(base::ByteView bytes) {
  return encode64(bytes, standard_alphabet, true);
}

base::result<base::Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0)
    return base::fail(errc::malformed, "This base64 text is cut off: its length is not a multiple of 4.");
  if (text.ends_with('=')) text.remove_suffix(1);
  if (text.ends_with('=')) text.remove_suffix(1);
  return decode64(text, standard_reverse);
}

std::string to_base64url(base::ByteView bytes) {
  return encode64(bytes, url_alphabet, false);
}

base::result<base::Bytes> from_base64url(std::string_view text) {
  return decode64(text, url_reverse);
}

std::string to_crockford(base::ByteView bytes) {
  std::string out;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (std::uint8_t byte : bytes) {
    buffer = (buffer << 8 | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out.push_back(crockford_alphabet[buffer >> bits & 31]);
    }
  }
  if (bits > 0) out.push_back(crockford_alphabet[buffer << (5 - bits) & 31]);
  return out;
}

std::string in_groups_of_four(std::string_view code) {
  std::string grouped;
  for (std::size_t at = 0; at < code.size(); at += 4) {
    if (at > 0) grouped += '-';
    grouped += code.substr(at, 4);
  }
  return grouped;
}

base::result<std::string> normal_crockford(std::string_view typed) {
  std::string out;
  for (char c : typed) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (crockford_reverse[static_cast<std::uint8_t>(c)] < 0)
      return base::fail(errc::malformed,
                        "A code has only digits and letters without U. Read it once more and type it again.");
    out.push_back(c);
  }
  return out;
}

}  // namespace abode::codec
