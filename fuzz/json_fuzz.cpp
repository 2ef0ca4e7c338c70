// Any text: reading JSON never crashes, and what is accepted is written and read back to an equal value.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "codec/json.hpp"

namespace codec = abode::codec;
namespace json = boost::json;

namespace {

// Equal as JSON: 1 and 1.0 are the same number. Boost.JSON 1.81 reads fractions and long numbers only to within a few
// units of the last place, so those are compared as nearly equal; nothing that is signed or hashed carries them.
bool same(json::value const& a, json::value const& b);

bool same_number(json::value const& a, json::value const& b) {
  if (!a.is_double() && !b.is_double()) return a == b;
  double const x = a.to_number<double>();
  double const y = b.to_number<double>();
  return std::abs(x - y) <= 1e-14 * std::max(std::abs(x), std::abs(y));
}

bool same_object(json::object const& a, json::object const& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](json::key_value_pair const& member) {
           auto const* other = b.if_contains(member.key());
           return other != nullptr && same(member.value(), *other);
         });
}

bool same(json::value const& a, json::value const& b) {
  if (a.is_number() && b.is_number()) return same_number(a, b);
  if (a.is_object() && b.is_object()) return same_object(a.get_object(), b.get_object());
  if (a.is_array() && b.is_array())
    return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(), b.get_array().end(), same);
  return a == b;
}

void require(bool condition) {
  if (!condition) std::abort();
}

// Reads it as an API would: whatever the value is, the reader ends with an answer.
void read_as_object(json::value const& value) {
  codec::ObjectReader reader{value, "root"};
  static_cast<void>(reader.required_text("kind"));
  static_cast<void>(reader.optional_integer("count"));
  static_cast<void>(reader.required_texts("lines", 3));
  auto const done = reader.finish();
  require(done.has_value() || !done.error().detail.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const value = codec::parse_json(text);
  if (!value) {
    require(value.error().code == abode::base::errc::malformed && !value.error().detail.empty());
    return 0;
  }
  std::string const written = json::serialize(*value);
  auto const again = codec::parse_json(written);
  require(again.has_value() && same(*again, *value));

  // A name that stands twice is refused, wherever the object is.
  if (value->is_object() && !value->get_object().empty()) {
    std::string const first = json::serialize(json::value(value->get_object().begin()->key()));
    std::string const twice = "{" + first + ":0," + written.substr(1);
    require(!codec::parse_json(twice));
    require(!codec::parse_json("[" + twice + "]"));
  }
  read_as_object(*value);
  return 0;
}
