// One witness as the log sees it: where it is asked, and what it cosigned last.
#pragma once

#include "fetch/fetch.hpp"
#include "log/trust_policy.hpp"
#include "ports/tile_files.hpp"

namespace abode::app::internal {

/// Not thread-safe.
class WitnessClient {
 public:
  /// `tiles` outlives it.
  WitnessClient(log::TrustedKey witness, ports::TileFiles& tiles);

  /// Has the checkpoint in this note cosigned (C2SP tlog-witness, add-checkpoint) and gives the signature line,
  /// verified. errc::conflict if the witness has cosigned a larger log than this, or another root; unavailable if no
  /// answer came, or another refusal; else fails as reading tiles does. All of it can be tried again.
  base::result<log::NoteSignature> cosign(log::SignedNote const& note, log::Checkpoint const& checkpoint);

 private:
  base::result<http::Response> submit(log::SignedNote const& note, log::Checkpoint const& checkpoint);
  base::result<log::NoteSignature> signature_in(std::string const& lines, log::SignedNote const& note) const;
  base::Error refusal(http::Response const& response) const;

  log::TrustedKey witness_;
  ports::TileFiles& tiles_;
  fetch::Client client_;
  std::uint64_t cosigned_size_ = 0;  ///< as far as is known; the witness says when it is another
};

}  // namespace abode::app::internal
