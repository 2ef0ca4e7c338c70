// Strict JSON (RFC 8259 and I-JSON, RFC 7493): what Boost.JSON lets through, we refuse.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace abode::codec {

namespace json = boost::json;

/// Parses one document. Refused with errc::malformed: duplicate keys, numbers that are not finite (1e400), invalid
/// UTF-8, depth over 16, trailing bytes. The detail names the byte offset.
base::result<json::value> parse_json(std::string_view text);

/// Reads the members of one object and insists that nothing unknown is left: every getter notes its key, finish()
/// refuses the others by name. The first failure wins and is what finish() returns; getters then give empty values.
class ObjectReader {
 public:
  /// `path` is put before field names in errors ("address" -> "address.lines"). errc::invalid if not an object.
  explicit ObjectReader(json::value const& value, std::string path = {});

  std::string required_text(std::string_view key);
  std::optional<std::string> optional_text(std::string_view key);
  std::optional<std::int64_t> optional_integer(std::string_view key);
  /// An array of texts of at most `limit` elements.
  std::vector<std::string> required_texts(std::string_view key, std::size_t limit);
  /// Any value; null pointer (and failed) if missing.
  json::value const* required(std::string_view key);
  json::value const* optional(std::string_view key);

  std::string path_of(std::string_view key) const;
  void fail(base::Error error);
  base::result<void> finish() const;

 private:
  json::object const* object_ = nullptr;
  std::string path_;
  std::vector<std::string_view> known_;
  std::optional<base::Error> error_;
};

}  // namespace abode::codec
