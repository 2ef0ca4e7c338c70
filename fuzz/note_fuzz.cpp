// Every text form of the log, fed with anything: what parses is written again as the same bytes, and nothing crashes.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/assert.hpp"
#include "log/history.hpp"
#include "log/note.hpp"
#include "log/proof.hpp"
#include "log/tiles.hpp"
#include "log/trust_policy.hpp"
#include "log/witness_request.hpp"

namespace log_room = abode::log;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using abode::base::ensure;
  std::string_view const text = abode::base::as_text({data, size});

  if (auto const note = log_room::parse_note(text)) {
    ensure(log_room::format_note(*note) == text, "a note has two forms");
    if (auto const checkpoint = log_room::parse_checkpoint(note->text))
      ensure(log_room::format_checkpoint(*checkpoint) == note->text, "a checkpoint has two forms");
  }
  if (auto const checkpoint = log_room::parse_checkpoint(text))
    ensure(log_room::format_checkpoint(*checkpoint) == text, "a checkpoint has two forms");
  if (auto const key = log_room::VerifierKey::parse(text))
    ensure(key->format() == text, "a verifier key has two forms");
  if (auto const proof = log_room::parse_proof(text))
    ensure(log_room::format_proof(*proof) == text, "a proof has two forms");
  if (auto const tile = log_room::parse_tile_path(text))
    ensure(log_room::path_of(*tile) == text, "a tile has two paths");
  if (auto const file = log_room::parse_entries_path(text))
    ensure(log_room::path_of(*file) == text, "entries have two paths");
  if (auto const request = log_room::parse_witness_request(text))
    ensure(log_room::format_witness_request(*request) == text, "a request to a witness has two forms");
  if (auto const policy = log_room::TrustPolicy::parse(text)) {
    std::vector<log_room::VerifierKey> all;
    for (log_room::TrustedKey const& witness : policy->witnesses()) all.push_back(witness.key);
    ensure(policy->quorum(all), "all witnesses together make no quorum");
    ensure(!policy->asks_for_cosignatures() || !policy->quorum({}), "nobody makes a quorum");
  }
  // JSON has many forms of one document; the content must survive being written again.
  if (auto const bundle = log_room::decode_bundle(text)) {
    ensure(log_room::decode_bundle(log_room::encode_bundle(*bundle)).value() == *bundle, "a bundle changed in writing");
    auto const report = log_room::audit(*bundle, std::nullopt);
    ensure(!report.reason.empty() && report.rows.size() == bundle->entries.size(), "an audit left something out");
  }
  return 0;
}
