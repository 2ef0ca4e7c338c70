// Deterministic CBOR (RFC 8949 section 4.2): the few types that entries and sealed records are made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::codec {

/// Writes items in order. The caller writes map keys in ascending order and exactly as many items as announced
class CborWriter {
 public:
  CborWriter& unsigned_int(std::uint64_t value);
  CborWriter& signed_int(std::int64_t value);
  CborWriter& bytes(base::ByteView value);
  CborWriter& text(std::string_view value);
  CborWriter& boolean(bool value);
  CborWriter& null();
  CborWriter& array(std::uint64_t size);
  CborWriter& map(std::uint64_t size);

  base::Bytes take() && { return std::move(out_); }

 private:
  void head(std::uint8_t major, std::uint64_t value);
  base::Bytes out_;
};

/// Reads items in order. Any breach (wrong type, non-shortest length, end of input) makes the reader failed; every
/// later call then returns an empty value, so that a caller checks once, at the end, with finish().
class CborReader {
 public:
  explicit CborReader(base::ByteView in) : in_(in) {}

  std::uint64_t unsigned_int();
  std::int64_t signed_int();
  base::Bytes bytes();
  /// Bytes of exactly 32; failed otherwise.
  base::Hash hash();
  std::string text();
  bool boolean();
  /// True, and the item consumed, if the next item is null.
  bool null();
  /// Sizes of at most `limit`; failed otherwise.
  std::uint64_t array(std::uint64_t limit);
  std::uint64_t map(std::uint64_t limit);
  /// Consumes the map key `expected`; failed otherwise.
  void key(std::uint64_t expected);
  /// Consumes one item, whatever it is, with all that is in it; failed for more than `max_depth` containers in each
  /// other, for one that says it holds more items than there are bytes left, and for types that this reader has not.
  void skip(unsigned max_depth = 8);

  bool failed() const { return failed_; }
  void fail() { failed_ = true; }
  /// errc::corrupted if anything was wrong or bytes are left over.
  base::result<void> finish() const;

 private:
  std::uint64_t head(std::uint8_t major);
  base::ByteView in_;
  bool failed_ = false;
};

}  // namespace abode::codec
