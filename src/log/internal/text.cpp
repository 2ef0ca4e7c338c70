#include "log/internal/text.hpp"

#include <algorithm>
#include <charconv>

#include "codec/text.hpp"

namespace abode::log::internal {
namespace {

/// Takes one code point off `rest`, which is not empty; nothing if it is not well-formed.
std::optional<char32_t> take_code_point(std::string_view& rest) {
  auto const lead = static_cast<std::uint8_t>(rest[0]);
  std::size_t const size = lead < 0x80 ? 1 : lead >> 5 == 0x06 ? 2 : lead >> 4 == 0x0e ? 3 : lead >> 3 == 0x1e ? 4 : 0;
  if (size == 0 || rest.size() < size) return std::nullopt;
  char32_t point = size == 1 ? lead : lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    auto const next = static_cast<std::uint8_t>(rest[i]);
    if (next >> 6 != 0x02) return std::nullopt;
    point = point << 6 | (next & 0x3fu);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};  // by size: anything less is an overlong form
  bool const surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < smallest[size] || surrogate || point > 0x10ffff) return std::nullopt;
  rest.remove_prefix(size);
  return point;
}

}  // namespace

bool is_text_of(std::string_view text, bool (*allowed)(char32_t)) {
  while (!text.empty()) {
    auto const point = take_code_point(text);
    if (!point || !allowed(*point)) return false;
  }
  return true;
}

std::optional<std::string_view> take_line(std::string_view& rest) {
  std::size_t const end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view const line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const leading_zero = text.size() > 1 && text[0] == '0';
  if (error != std::errc{} || end != text.data() + text.size() || leading_zero) return std::nullopt;
  return value;
}

std::optional<base::Hash> hash_from_base64(std::string_view text) {
  auto const bytes = codec::from_base64(text);
  base::Hash hash;
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace abode::log::internal
