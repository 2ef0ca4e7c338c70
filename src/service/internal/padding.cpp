#include "service/internal/padding.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::service::internal {
namespace {

constexpr std::size_t length_bytes = 2;

}  // namespace

base::Bytes padded(base::Bytes const& item, std::size_t size) {
  base::ensure(item.size() + length_bytes <= size, "what is padded fits");
  base::Bytes out;
  base::append_be(out, static_cast<std::uint16_t>(item.size()));
  base::append(out, item);
  out.resize(size);
  return out;
}

base::result<base::Bytes> unpadded(base::ByteView padded, std::size_t size) {
  auto const damaged =
      base::fail(base::errc::corrupted, "Something sealed is not of its form. Tell the operator to run abode doctor.");
  if (padded.size() != size || size < length_bytes) return damaged;
  std::size_t const length = std::size_t{padded[0]} << 8 | padded[1];
  base::ByteView const rest = padded.subspan(length_bytes);
  if (length > rest.size()) return damaged;
  if (!std::all_of(rest.begin() + static_cast<std::ptrdiff_t>(length), rest.end(), [](auto byte) { return byte == 0; }))
    return damaged;
  return base::to_bytes(rest.first(length));
}

}  // namespace abode::service::internal
