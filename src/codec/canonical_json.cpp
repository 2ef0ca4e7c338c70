#include "codec/canonical_json.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/assert.hpp"

namespace abode::codec {
namespace {

namespace json = boost::json;

constexpr std::int64_t largest_safe = (std::int64_t{1} << 53) - 1;

/// UTF-8 sorts by code points. UTF-16 does not where a character takes two units (D800 to DFFF) and the other is from
/// E000 to FFFF: the first byte of UTF-8 tells these apart.
bool comes_before(std::string_view a, std::string_view b) {
  auto const [in_a, in_b] = std::ranges::mismatch(a, b);
  if (in_a == a.end() || in_b == b.end()) return in_a == a.end() && in_b != b.end();
  auto const first = static_cast<unsigned char>(*in_a);
  auto const second = static_cast<unsigned char>(*in_b);
  bool const a_takes_two = first >= 0xF0;
  bool const b_takes_two = second >= 0xF0;
  if (a_takes_two != b_takes_two && std::min(first, second) >= 0xEE) return a_takes_two;
  return first < second;
}

void write_text(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (byte < 0x20) {
          out += "\\u00";
          out += digits[byte >> 4];
          out += digits[byte & 0xF];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

bool write(std::string& out, json::value const& value);

bool write_object(std::string& out, json::object const& object) {
  std::vector<json::key_value_pair const*> members;
  for (json::key_value_pair const& member : object) members.push_back(&member);
  std::ranges::sort(members, [](auto const* a, auto const* b) { return comes_before(a->key(), b->key()); });
  out += '{';
  for (auto const* const member : members) {
    if (member != members.front()) out += ',';
    write_text(out, member->key());
    out += ':';
    if (!write(out, member->value())) return false;
  }
  out += '}';
  return true;
}

bool write_array(std::string& out, json::array const& array) {
  out += '[';
  for (json::value const& element : array) {
    if (&element != array.data()) out += ',';
    if (!write(out, element)) return false;
  }
  out += ']';
  return true;
}

bool write_number(std::string& out, std::int64_t number) {
  out += std::to_string(number);
  return number <= largest_safe && number >= -largest_safe;
}

bool write(std::string& out, json::value const& value) {
  switch (value.kind()) {
    case json::kind::null: out += "null"; return true;
    case json::kind::bool_: out += value.as_bool() ? "true" : "false"; return true;
    case json::kind::int64: return write_number(out, value.as_int64());
    case json::kind::uint64:
      return value.as_uint64() <= static_cast<std::uint64_t>(largest_safe) &&
             write_number(out, static_cast<std::int64_t>(value.as_uint64()));
    case json::kind::double_: return false;
    case json::kind::string: write_text(out, value.as_string()); return true;
    case json::kind::array: return write_array(out, value.as_array());
    case json::kind::object: return write_object(out, value.as_object());
  }
  base::fatal("a JSON value of no kind");
}

}  // namespace

base::result<std::string> to_canonical_json(json::value const& value) {
  std::string out;
  if (!write(out, value))
    return base::fail(base::errc::unsupported, "Only whole numbers up to 2^53 - 1 have a canonical form here.");
  return out;
}

}  // namespace abode::codec
