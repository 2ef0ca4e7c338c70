// A request that may come twice: what the client's Idempotency-Key and the request's body come to.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ports/rows.hpp"

namespace abode::service {

constexpr std::size_t max_request_key_bytes = 128;

// How many requests are remembered at once, the newest ones. A person's limit is above what the rules let them do
// within the time; an official repeats a request within seconds, or not at all.
constexpr std::size_t max_requests_of_person = 400;
constexpr std::size_t max_requests_of_official = 64;

/// Hashes only: neither key nor body is kept.
struct RequestKey {
  std::array<std::uint8_t, 16> tag;        ///< over who asks and the key they chose
  std::array<std::uint8_t, 16> body_hash;  ///< over what they ask
};

/// `subject` tells clients apart ("record 17", "official clerk"): one's key is no other's.
RequestKey make_request_key(std::string_view subject, std::string_view key, std::string_view request);

/// The seq of the entry that the same request made before, if `known` has it. errc::key_reused if the key came with
/// another request.
base::result<std::optional<std::uint64_t>> find_repeat(std::vector<ports::RequestRow> const& known,
                                                       RequestKey const& key);

/// Adds a request that made entry `seq` at `at`. Forgets those whose time is over, and the oldest beyond `most`.
void remember(std::vector<ports::RequestRow>& known, std::size_t most, RequestKey const& key, std::uint64_t seq,
              base::Time at);

}  // namespace abode::service
