// A request that may come twice: what the client's Idempotency-Key and the request's body come to.
#pragma once

#include <optional>
#include <string_view>

#include "ports/grant.hpp"

namespace abode::service {

constexpr std::size_t max_request_key_bytes = 128;

/// Hashes only: neither key nor body is kept.
struct RequestKey {
  base::Hash tag;        ///< over who asks and the key they chose
  base::Hash body_hash;  ///< over what they ask
};

/// `subject` tells clients apart ("record 17", "official clerk"): one's key is no other's.
RequestKey make_request_key(std::string_view subject, std::string_view key, std::string_view request);

/// The seq of the entry that the same request made before, if it came before. errc::key_reused if the key came with
/// another request.
base::result<std::optional<std::uint64_t>> find_repeat(ports::Snapshot& snapshot, RequestKey const& key);

}  // namespace abode::service
