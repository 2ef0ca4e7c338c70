// Wrapping the per-person keys under a new key-encryption key, a few in each transaction.
#pragma once

#include <cstdint>

#include "ports/sealer.hpp"
#include "ports/store.hpp"

namespace abode::service {

/// Goes through all keys until none is left under an older key-encryption key. Where it stopped need not be known: what
/// is done is skipped. New keys must be wrapped under the newest before it begins.
class KeyRotation {
 public:
  static constexpr std::size_t keys_in_a_step = 500;

  KeyRotation(ports::Store& store, ports::Sealer& sealer) : store_(store), sealer_(sealer) {}

  /// One transaction. True once a whole pass found nothing to do: the older key wraps nothing any more. Fails as the
  /// store does, or with errc::corrupted if a key cannot be unwrapped; then call again.
  base::result<bool> step();

  /// How many keys were wrapped anew.
  std::uint64_t rewrapped() const { return rewrapped_; }

 private:
  ports::Store& store_;
  ports::Sealer& sealer_;
  ports::RecordId after_{};
  std::uint64_t rewrapped_ = 0;
  std::uint64_t rewrapped_in_this_pass_ = 0;
};

}  // namespace abode::service
