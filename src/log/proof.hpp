// The file a person keeps to show that one leaf is in the log (C2SP tlog-proof, "c2sp.org/tlog-proof@v1").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "log/merkle.hpp"
#include "log/note.hpp"

namespace abode::log {

inline constexpr std::size_t max_proof_hashes = 64;  ///< a tree of fewer than 2^64 leaves needs no more

struct LeafProof {
  std::uint64_t index = 0;
  Proof hashes;
  SignedNote checkpoint;
  std::optional<base::Bytes> extra = {};  ///< opaque, and vouched for by nobody
  bool operator==(LeafProof const&) const = default;
};

std::string format_proof(LeafProof const& proof);
/// Takes exactly what format_proof writes; errc::malformed, or errc::too_large over a limit.
base::result<LeafProof> parse_proof(std::string_view file);

/// That `leaf` (the data, not its hash) is in the log of `log_key`. Gives the checkpoint that says so; fails as
/// verify_checkpoint and verify_inclusion do.
base::result<Checkpoint> verify_proof(LeafProof const& proof, base::ByteView leaf, VerifierKey const& log_key);

}  // namespace abode::log
