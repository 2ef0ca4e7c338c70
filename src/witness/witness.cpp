#include "witness/witness.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::witness {
namespace {

using base::errc;
using base::result;

constexpr std::string_view plain = "text/plain; charset=utf-8";
constexpr std::string_view tree_size = "text/x.tlog.size";

Answer sentence(unsigned status, std::string text) {
  return {status, plain, std::move(text) + "\n"};
}

/// What the witness itself kept. Its own note needs no second look at the signatures: whoever can write it there can
/// take the key as well.
result<log::Checkpoint> kept_checkpoint(std::optional<std::string> const& note, std::string const& origin) {
  if (!note) return log::Checkpoint{origin, 0, log::empty_root(), {}};
  auto const parsed = log::parse_note(*note);
  if (!parsed) return parsed.error();
  auto checkpoint = log::parse_checkpoint(parsed->text);
  if (checkpoint && checkpoint->origin != origin)
    return base::fail(errc::corrupted, "The checkpoint that is kept is of another log.");
  return checkpoint;
}

Answer broken(base::Error const& error) {
  return sentence(500, "The witness cannot use its own state, so it signs nothing. " + error.detail);
}

}  // namespace

Witness::Witness(std::vector<log::VerifierKey> logs, Cosigner cosigner, Checkpoints& checkpoints, base::Clock& clock)
    : logs_(std::move(logs)), cosigner_(std::move(cosigner)), checkpoints_(checkpoints), clock_(clock) {
  base::ensure(cosigner_.key.type() == log::SignatureType::cosignature_v1, "a witness whose key signs no cosignatures");
}

std::vector<log::VerifierKey> Witness::keys_of(std::string_view origin) const {
  std::vector<log::VerifierKey> keys;
  std::copy_if(logs_.begin(), logs_.end(), std::back_inserter(keys),
               [&](log::VerifierKey const& key) { return key.name() == origin; });
  return keys;
}

result<Witness::Submission> Witness::read(std::string_view body, unsigned& status) const {
  status = 400;
  auto request = log::parse_witness_request(body);
  if (!request) return request.error();
  auto note = log::parse_note(request->checkpoint);
  if (!note) return note.error();
  auto checkpoint = log::parse_checkpoint(note->text);
  if (!checkpoint) return checkpoint.error();
  status = 404;
  auto const keys = keys_of(checkpoint->origin);
  if (keys.empty())
    return base::fail(errc::not_found, "This witness does not know the log " + checkpoint->origin + ".", "origin");
  status = 403;
  auto const signers = log::verify_note(*note, keys);
  if (!signers) return signers.error();
  std::erase_if(note->signatures, [&](log::NoteSignature const& line) {
    return std::none_of(signers->begin(), signers->end(), [&](log::VerifierKey const& key) {
      return key.name() == line.name && key.id() == line.key_id;
    });
  });
  return Submission{std::move(*request), std::move(*note), std::move(*checkpoint)};
}

std::optional<Answer> Witness::refuse(Submission const& submission, log::Checkpoint const& last) const {
  auto const& [request, note, next] = submission;
  if (request.old_size > next.size)
    return sentence(400, "The old size is above that of the checkpoint. A log never shrinks.");
  if (request.old_size != last.size) return Answer{409, tree_size, std::to_string(last.size) + "\n"};
  if (last.size > 0 && next.size == last.size && next.root != last.root)
    return sentence(409, "This witness has cosigned another root for this size. The log shows two histories.");
  auto const grown = log::verify_consistency(last.size, next.size, last.root, next.root, request.proof);
  if (!grown) return sentence(422, "The proof of consistency does not hold. " + grown.error().detail);
  return std::nullopt;
}

Answer Witness::cosign(Submission submission) {
  base::Time const now = clock_.now();
  auto const signature = cosigner_.sign(log::cosignature_message(now, submission.note.text));
  std::string const line = log::signature_line(cosigner_.key, log::cosignature(now, signature));
  if (auto const kept = checkpoints_.keep(submission.checkpoint.origin, log::format_note(submission.note) + line);
      !kept)
    return broken(kept.error());
  return {200, plain, line};
}

Answer Witness::add_checkpoint(std::string_view body) {
  unsigned status = 0;
  auto submission = read(body, status);
  if (!submission) return sentence(status, submission.error().detail);
  std::lock_guard const lock{mutex_};
  auto const note = checkpoints_.latest(submission->checkpoint.origin);
  if (!note) return broken(note.error());
  auto const last = kept_checkpoint(*note, submission->checkpoint.origin);
  if (!last) return broken(last.error());
  if (auto refusal = refuse(*submission, *last)) return std::move(*refusal);
  return cosign(std::move(*submission));
}

Answer Witness::latest(std::string_view origin_hash) {
  auto const known = std::find_if(logs_.begin(), logs_.end(), [&](log::VerifierKey const& key) {
    return codec::to_hex(digest::sha256(base::as_bytes(key.name()))) == origin_hash;
  });
  if (known == logs_.end()) return sentence(404, "This witness does not know that log.");
  std::lock_guard const lock{mutex_};
  auto const note = checkpoints_.latest(known->name());
  if (!note) return broken(note.error());
  if (!*note) return sentence(404, "This witness has cosigned nothing of that log yet.");
  return {200, plain, **note};
}

}  // namespace abode::witness
