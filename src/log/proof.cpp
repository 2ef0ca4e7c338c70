#include "log/proof.hpp"

#include "codec/text.hpp"
#include "log/internal/text.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::result;

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_start = "extra ";
constexpr std::string_view index_start = "index ";
constexpr std::size_t max_proof_size_bytes = 2 * max_note_size_bytes;

base::Error malformed_proof(char const* what) {
  return base::fail(errc::malformed,
                    std::string{"This is not a proof of the log: "} + what + ". Copy it again, whole.");
}

}  // namespace

std::string format_proof(LeafProof const& proof) {
  std::string out{first_line};
  if (proof.extra) out += "\n" + std::string{extra_start} + codec::to_base64(*proof.extra);
  out += "\n" + std::string{index_start} + std::to_string(proof.index) + "\n";
  for (base::Hash const& hash : proof.hashes) out += codec::to_base64(hash) + "\n";
  return out + "\n" + format_note(proof.checkpoint);
}

result<LeafProof> parse_proof(std::string_view file) {
  if (file.size() > max_proof_size_bytes)
    return base::fail(errc::too_large, "A proof of the log has at most 2,000,000 bytes.");
  if (internal::take_line(file) != first_line) return malformed_proof("its first line is another one");
  LeafProof out;
  auto line = internal::take_line(file);
  if (line && line->starts_with(extra_start)) {
    auto extra = codec::from_base64(line->substr(extra_start.size()));
    if (!extra) return malformed_proof("its extra data is not base64");
    out.extra = std::move(*extra);
    line = internal::take_line(file);
  }
  if (!line || !line->starts_with(index_start)) return malformed_proof("the index is missing");
  auto const index = internal::parse_decimal(line->substr(index_start.size()));
  if (!index) return malformed_proof("its index is not a number");
  out.index = *index;
  for (line = internal::take_line(file); line && !line->empty(); line = internal::take_line(file)) {
    if (out.hashes.size() == max_proof_hashes) return base::fail(errc::too_large, "A proof has at most 64 hashes.");
    auto const hash = internal::hash_from_base64(*line);
    if (!hash) return malformed_proof("one of its hashes is not 32 bytes in base64");
    out.hashes.push_back(*hash);
  }
  if (!line) return malformed_proof("the blank line before the checkpoint is missing");
  auto checkpoint = parse_note(file);
  if (!checkpoint) return checkpoint.error();
  out.checkpoint = std::move(*checkpoint);
  return out;
}

result<Checkpoint> verify_proof(LeafProof const& proof, base::ByteView leaf, VerifierKey const& log_key) {
  auto checkpoint = verify_checkpoint(proof.checkpoint, log_key);
  if (!checkpoint) return checkpoint;
  auto const included =
      verify_inclusion(proof.index, checkpoint->size, hash_leaf(leaf), proof.hashes, checkpoint->root);
  if (!included) return included.error();
  return checkpoint;
}

}  // namespace abode::log
