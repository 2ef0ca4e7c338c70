#include "codec/cbor.hpp"

#include <limits>

namespace abode::codec {
namespace {

// RFC 8949 section 3.1
constexpr std::uint8_t major_unsigned = 0;
constexpr std::uint8_t major_negative = 1;
constexpr std::uint8_t major_bytes = 2;
constexpr std::uint8_t major_text = 3;
constexpr std::uint8_t major_array = 4;
constexpr std::uint8_t major_map = 5;
constexpr std::uint8_t simple_false = 0xf4;
constexpr std::uint8_t simple_true = 0xf5;
constexpr std::uint8_t simple_null = 0xf6;

}  // namespace

void CborWriter::head(std::uint8_t major, std::uint64_t value) {
  auto const first = [&](unsigned info) { out_.push_back(static_cast<std::uint8_t>(unsigned{major} << 5 | info)); };
  if (value < 24) {
    first(static_cast<unsigned>(value));
  } else if (value <= 0xff) {
    first(24);
    base::append_be(out_, static_cast<std::uint8_t>(value));
  } else if (value <= 0xffff) {
    first(25);
    base::append_be(out_, static_cast<std::uint16_t>(value));
  } else if (value <= 0xffffffff) {
    first(26);
    base::append_be(out_, static_cast<std::uint32_t>(value));
  } else {
    first(27);
    base::append_be(out_, value);
  }
}

CborWriter& CborWriter::unsigned_int(std::uint64_t value) {
  head(major_unsigned, value);
  return *this;
}

CborWriter& CborWriter::signed_int(std::int64_t value) {
  if (value >= 0)
    head(major_unsigned, static_cast<std::uint64_t>(value));
  else
    head(major_negative, static_cast<std::uint64_t>(-(value + 1)));
  return *this;
}

CborWriter& CborWriter::bytes(base::ByteView value) {
  head(major_bytes, value.size());
  base::append(out_, value);
  return *this;
}

CborWriter& CborWriter::text(std::string_view value) {
  head(major_text, value.size());
  base::append(out_, base::as_bytes(value));
  return *this;
}

CborWriter& CborWriter::boolean(bool value) {
  out_.push_back(value ? simple_true : simple_false);
  return *this;
}

CborWriter& CborWriter::null() {
  out_.push_back(simple_null);
  return *this;
}

CborWriter& CborWriter::array(std::uint64_t size) {
  head(major_array, size);
  return *this;
}

CborWriter& CborWriter::map(std::uint64_t size) {
  head(major_map, size);
  return *this;
}

std::uint64_t CborReader::head(std::uint8_t major) {
  if (failed_ || in_.empty() || in_[0] >> 5 != major) {
    failed_ = true;
    return 0;
  }
  unsigned const info = in_[0] & 31u;
  if (info < 24) {
    in_ = in_.subspan(1);
    return info;
  }
  std::size_t const size = info <= 27 ? std::size_t{1} << (info - 24) : 0;
  if (size == 0 || in_.size() < 1 + size) {
    failed_ = true;
    return 0;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | in_[1 + i];
  // Deterministic encoding allows only the shortest form.
  std::uint64_t const smallest = size == 1 ? 24 : std::uint64_t{1} << (size * 4);
  if (value < smallest) failed_ = true;
  in_ = in_.subspan(1 + size);
  return failed_ ? 0 : value;
}

std::uint64_t CborReader::unsigned_int() {
  return head(major_unsigned);
}

std::int64_t CborReader::signed_int() {
  bool const negative = !in_.empty() && in_[0] >> 5 == major_negative;
  std::uint64_t const value = head(negative ? major_negative : major_unsigned);
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    failed_ = true;
    return 0;
  }
  auto const magnitude = static_cast<std::int64_t>(value);
  return negative ? -magnitude - 1 : magnitude;
}

base::Bytes CborReader::bytes() {
  std::uint64_t const size = head(major_bytes);
  if (failed_ || size > in_.size()) {
    failed_ = true;
    return {};
  }
  base::Bytes out = base::to_bytes(in_.first(size));
  in_ = in_.subspan(size);
  return out;
}

base::Hash CborReader::hash() {
  base::Bytes const value = bytes();
  base::Hash out{};
  if (value.size() != out.size())
    failed_ = true;
  else
    std::copy(value.begin(), value.end(), out.begin());
  return out;
}

std::string CborReader::text() {
  std::uint64_t const size = head(major_text);
  if (failed_ || size > in_.size()) {
    failed_ = true;
    return {};
  }
  std::string out{base::as_text(in_.first(size))};
  in_ = in_.subspan(size);
  return out;
}

bool CborReader::boolean() {
  if (failed_ || in_.empty() || (in_[0] != simple_false && in_[0] != simple_true)) {
    failed_ = true;
    return false;
  }
  bool const value = in_[0] == simple_true;
  in_ = in_.subspan(1);
  return value;
}

bool CborReader::null() {
  if (failed_ || in_.empty() || in_[0] != simple_null) return false;
  in_ = in_.subspan(1);
  return true;
}

std::uint64_t CborReader::array(std::uint64_t limit) {
  std::uint64_t const size = head(major_array);
  if (size > limit) failed_ = true;
  return failed_ ? 0 : size;
}

std::uint64_t CborReader::map(std::uint64_t limit) {
  std::uint64_t const size = head(major_map);
  if (size > limit) failed_ = true;
  return failed_ ? 0 : size;
}

void CborReader::key(std::uint64_t expected) {
  if (unsigned_int() != expected) failed_ = true;
}

void CborReader::skip(unsigned max_depth) {
  if (failed_ || in_.empty() || max_depth == 0) return fail();
  std::uint8_t const major = in_[0] >> 5;
  switch (major) {
    case major_unsigned:
    case major_negative: head(major); return;
    case major_bytes: bytes(); return;
    case major_text: text(); return;
    case major_array:
    case major_map: {
      std::uint64_t const size = head(major);
      if (size > in_.size()) return fail();
      for (std::uint64_t left = major == major_map ? 2 * size : size; left > 0 && !failed_; --left) skip(max_depth - 1);
      return;
    }
    default:
      if (!null()) boolean();
  }
}

base::result<void> CborReader::finish() const {
  if (failed_ || !in_.empty())
    return base::fail(base::errc::corrupted,
                      "Stored data is not in its own form. Run abode doctor on the data directory.");
  return {};
}

}  // namespace abode::codec
