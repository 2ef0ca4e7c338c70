#include "sqlite/internal/encoding.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::sqlite::internal {
namespace {

using ports::dummy_origin;
using ports::RequestRow;
using ports::StoreFailure;

constexpr std::size_t request_size_bytes = 48;

std::uint64_t read_be(base::ByteView bytes) {
  std::uint64_t value = 0;
  for (std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

}  // namespace

void corrupted(char const* what) {
  throw StoreFailure(base::errc::corrupted, what);
}

std::uint32_t read_be32(base::ByteView bytes) {
  return static_cast<std::uint32_t>(read_be(bytes.first(4)));
}

base::Bytes encode_requests(std::vector<RequestRow> const& requests) {
  base::Bytes encoded;
  encoded.reserve(requests.size() * request_size_bytes);
  for (RequestRow const& request : requests) {
    base::append(encoded, request.tag);
    base::append(encoded, request.body_hash);
    base::append_be(encoded, request.seq);
    base::append_be(encoded, static_cast<std::uint64_t>(request.at.time_since_epoch().count()));
  }
  return encoded;
}

std::vector<RequestRow> decode_requests(base::ByteView encoded) {
  if (encoded.size() % request_size_bytes != 0) corrupted("the remembered requests of a row are cut");
  std::vector<RequestRow> requests(encoded.size() / request_size_bytes);
  for (RequestRow& request : requests) {
    std::copy_n(encoded.begin(), request.tag.size(), request.tag.begin());
    std::copy_n(encoded.begin() + 16, request.body_hash.size(), request.body_hash.begin());
    request.seq = read_be(encoded.subspan(32, 8));
    request.at = base::Time{std::chrono::seconds{static_cast<std::int64_t>(read_be(encoded.subspan(40, 8)))}};
    encoded = encoded.subspan(request_size_bytes);
  }
  return requests;
}

std::optional<base::Time> last_request_at(std::vector<RequestRow> const& requests) {
  return requests.empty() ? std::nullopt : std::optional{requests.back().at};
}

base::Bytes encode_places(std::vector<std::uint32_t> const& origin, std::uint64_t taken) {
  constexpr std::uint32_t unset = dummy_origin;
  std::vector<std::uint32_t> places(taken, unset);
  for (std::size_t i = 0; i < origin.size(); ++i) {
    if (origin[i] == dummy_origin) continue;
    base::ensure(origin[i] < taken && places[origin[i]] == unset,
                 "a batch takes the first leaves of the queue, each once");
    places[origin[i]] = static_cast<std::uint32_t>(i);
  }
  base::Bytes encoded;
  encoded.reserve(4 * places.size());
  for (std::uint32_t place : places) base::append_be(encoded, place);
  return encoded;
}

std::vector<std::uint32_t> decode_origin(base::ByteView places, std::size_t leaves) {
  std::vector<std::uint32_t> origin(leaves, dummy_origin);
  if (places.size() % 4 != 0) corrupted("the places of a batch are cut");
  for (std::size_t i = 0; i < places.size() / 4; ++i) {
    std::uint32_t const place = read_be32(places.subspan(4 * i));
    if (place >= leaves) corrupted("a place is outside of its batch");
    origin[place] = static_cast<std::uint32_t>(i);
  }
  return origin;
}

base::Bytes encode_leaves(std::vector<base::Bytes> const& leaves) {
  base::Bytes encoded;
  for (base::Bytes const& leaf : leaves) {
    base::append_be(encoded, static_cast<std::uint32_t>(leaf.size()));
    base::append(encoded, leaf);
  }
  return encoded;
}

std::vector<base::Bytes> decode_leaves(base::ByteView encoded) {
  std::vector<base::Bytes> leaves;
  while (!encoded.empty()) {
    if (encoded.size() < 4) corrupted("the leaves of a batch are cut");
    std::size_t const size = read_be32(encoded);
    encoded = encoded.subspan(4);
    if (size > encoded.size()) corrupted("the leaves of a batch are cut");
    leaves.push_back(base::to_bytes(encoded.first(size)));
    encoded = encoded.subspan(size);
  }
  return leaves;
}

}  // namespace abode::sqlite::internal
