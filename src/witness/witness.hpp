// A witness (C2SP tlog-witness): it cosigns a log's checkpoint only if that grew out of the last one it cosigned, so
// that a log cannot show different people different histories. It knows nothing of a register but the log's public key.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "log/note.hpp"
#include "log/witness_request.hpp"

namespace abode::witness {

/// The last checkpoint that was cosigned for each log: signed notes. Survives a power cut; one process at a time.
class Checkpoints {
 public:
  virtual ~Checkpoints() = default;
  /// The note kept for this origin, empty if there never was one. Fails if it cannot be read.
  virtual base::result<std::optional<std::string>> latest(std::string const& origin) = 0;
  /// Replaces it: whole and durable when it returns. After a failure the old or the new one is there.
  virtual base::result<void> keep(std::string const& origin, std::string const& note) = 0;
};

/// The witness's own key.
struct Cosigner {
  log::VerifierKey key;                             ///< of type cosignature_v1
  std::function<base::Bytes(base::ByteView)> sign;  ///< Ed25519 over a message
};

/// The outcome of a request, as HTTP has it.
struct Answer {
  unsigned status;
  std::string_view type;  ///< media type
  std::string body;
};

/// The tables that a witness answers by. Thread-safe.
class Witness {
 public:
  /// `logs`: keys of type ed25519; several of one name are several keys of one log. `checkpoints` and `clock` outlive
  /// it.
  Witness(std::vector<log::VerifierKey> logs, Cosigner cosigner, Checkpoints& checkpoints, base::Clock& clock);

  /// add-checkpoint: 200 with signature lines, once the checkpoint is kept; 400 (no request, no checkpoint, or the old
  /// size is above the new one), 403 (no key of the log signed it), 404 (another log), 409 with the size it has (the
  /// old size is another) or with a sentence (another root for the same size), 422 (the proof does not hold), 500 (its
  /// own state cannot be read or kept: nothing is signed).
  Answer add_checkpoint(std::string_view body);

  /// The last note that it cosigned for the log whose origin has this SHA-256, in lower-case hexadecimal; 404 for an
  /// unknown log or before its first checkpoint.
  Answer latest(std::string_view origin_hash);

  log::VerifierKey const& key() const { return cosigner_.key; }

 private:
  /// A request whose checkpoint a key of its log has signed.
  struct Submission {
    log::WitnessRequest request;
    log::SignedNote note;  ///< with the log's own signatures only
    log::Checkpoint checkpoint;
  };
  base::result<Submission> read(std::string_view body, unsigned& status) const;
  std::optional<Answer> refuse(Submission const& submission, log::Checkpoint const& last) const;
  Answer cosign(Submission submission);
  std::vector<log::VerifierKey> keys_of(std::string_view origin) const;

  std::vector<log::VerifierKey> logs_;
  Cosigner cosigner_;
  Checkpoints& checkpoints_;
  base::Clock& clock_;
  std::mutex mutex_;  ///< held from the look at what is kept until the new one is kept
};

}  // namespace abode::witness
