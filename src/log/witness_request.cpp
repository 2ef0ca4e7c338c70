#include "log/witness_request.hpp"

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "log/internal/text.hpp"

namespace abode::log {
namespace {

using base::errc;

base::Error malformed(char const* what) {
  return base::fail(errc::malformed, std::string{"This is not a request to a witness: "} + what + ".");
}

}  // namespace

std::string format_witness_request(WitnessRequest const& request) {
  base::ensure(request.proof.size() <= max_witness_proof_hashes, "a consistency proof of more than 63 hashes");
  std::string out = "old " + std::to_string(request.old_size) + "\n";
  for (base::Hash const& hash : request.proof) out += codec::to_base64(hash) + "\n";
  return out + "\n" + request.checkpoint;
}

base::result<WitnessRequest> parse_witness_request(std::string_view body) {
  constexpr std::string_view old = "old ";
  WitnessRequest out;
  auto const first = internal::take_line(body);
  if (!first || !first->starts_with(old)) return malformed("its first line must be \"old\" and a size");
  auto const size = internal::parse_decimal(first->substr(old.size()));
  if (!size) return malformed("the old size must be a decimal number");
  out.old_size = *size;
  for (;;) {
    auto const line = internal::take_line(body);
    if (!line) return malformed("there is no empty line before the checkpoint");
    if (line->empty()) break;
    auto const hash = internal::hash_from_base64(*line);
    if (!hash) return malformed("a line of the proof is not a hash in base64");
    if (out.proof.size() == max_witness_proof_hashes) return malformed("a proof has at most 63 hashes");
    out.proof.push_back(*hash);
  }
  out.checkpoint = body;
  return out;
}

}  // namespace abode::log
