#include "service/request_key.hpp"

#include "digest/digest.hpp"

namespace abode::service {
namespace {

constexpr std::uint8_t separator = 0;

}  // namespace

RequestKey make_request_key(std::string_view subject, std::string_view key, std::string_view request) {
  using base::as_bytes;
  return {digest::sha256(
              {as_bytes("abode/request-key/v1"), {&separator, 1}, as_bytes(subject), {&separator, 1}, as_bytes(key)}),
          digest::sha256(as_bytes(request))};
}

base::result<std::optional<std::uint64_t>> find_repeat(ports::Snapshot& snapshot, RequestKey const& key) {
  auto const known = snapshot.idempotency(key.tag);
  if (!known) return std::optional<std::uint64_t>{};
  if (known->body_hash != key.body_hash)
    return base::fail(base::errc::key_reused,
                      "This Idempotency-Key was used for another request. Choose a fresh key for each new request.");
  return std::optional{known->seq};
}

}  // namespace abode::service
