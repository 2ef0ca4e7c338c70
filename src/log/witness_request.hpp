// What a log sends a witness to have a checkpoint cosigned: the body of add-checkpoint (C2SP tlog-witness).
#pragma once

#include <string>
#include <string_view>

#include "log/merkle.hpp"
#include "log/note.hpp"

namespace abode::log {

inline constexpr std::size_t max_witness_proof_hashes = 63;

struct WitnessRequest {
  std::uint64_t old_size = 0;  ///< of the checkpoint that the witness cosigned last
  Proof proof;                 ///< of consistency between that and the new one
  std::string checkpoint;      ///< signed note, as it was sent
  bool operator==(WitnessRequest const&) const = default;
};

std::string format_witness_request(WitnessRequest const& request);
/// Takes exactly what format_witness_request writes; the note itself is not looked into. errc::malformed.
base::result<WitnessRequest> parse_witness_request(std::string_view body);

}  // namespace abode::log
