#include "service/request_key.hpp"

#include <algorithm>

#include "digest/digest.hpp"

namespace abode::service {
namespace {

constexpr std::uint8_t separator = 0;

/// Half of a SHA-256 value: enough to tell requests apart.
std::array<std::uint8_t, 16> half_of(base::Hash const& hash) {
  std::array<std::uint8_t, 16> half{};
  std::copy_n(hash.begin(), half.size(), half.begin());
  return half;
}

}  // namespace

RequestKey make_request_key(std::string_view subject, std::string_view key, std::string_view request) {
  using base::as_bytes;
  return {half_of(digest::sha256(
              {as_bytes("abode/request-key/v1"), {&separator, 1}, as_bytes(subject), {&separator, 1}, as_bytes(key)})),
          half_of(digest::sha256(as_bytes(request)))};
}

base::result<std::optional<std::uint64_t>> find_repeat(std::vector<ports::RequestRow> const& known,
                                                       RequestKey const& key) {
  auto const found = std::find_if(known.begin(), known.end(), [&](auto const& row) { return row.tag == key.tag; });
  if (found == known.end()) return std::optional<std::uint64_t>{};
  if (found->body_hash != key.body_hash)
    return base::fail(base::errc::key_reused,
                      "This Idempotency-Key was used for another request. Choose a fresh key for each new request.");
  return std::optional{found->seq};
}

void remember(std::vector<ports::RequestRow>& known, std::size_t most, RequestKey const& key, std::uint64_t seq,
              base::Time at) {
  std::erase_if(known, [at](auto const& row) { return row.at <= at - ports::request_lifetime; });
  if (known.size() >= most) known.erase(known.begin(), known.end() - static_cast<std::ptrdiff_t>(most - 1));
  known.push_back({key.tag, key.body_hash, seq, at});
}

}  // namespace abode::service
