// Puts queued leaves into the public log, batch by batch (design.md "Journal, log and history").
#pragma once

#include <string>
#include <vector>

#include "base/random.hpp"
#include "log/note.hpp"
#include "ports/signer.hpp"
#include "ports/store.hpp"
#include "ports/tile_files.hpp"

namespace abode::service {

/// The log's own key as a verifier knows it.
log::VerifierKey log_key(ports::Signer& signer, std::string const& origin);

/// One per log. Each step is: persist a shuffled batch with dummies; integrate it and write its tiles; sign; publish in
/// the store, then as a file. A step that was cut off anywhere is taken up by the next one, here or after a restart:
/// recovery is the same code, and a persisted batch is never reshuffled. Not thread-safe.
class Sequencer {
 public:
  static constexpr std::size_t min_batch = 8;     ///< dummies fill smaller ones up, so that no batch is one person
  static constexpr std::size_t max_batch = 2048;  ///< bounds the time a batch holds the store's writer

  /// `publishes`: it replaces the file of the checkpoint itself; otherwise somebody does who asks witnesses first.
  Sequencer(ports::Store& store, ports::TileFiles& tiles, ports::Signer& signer, base::Random& random,
            std::string origin, bool publishes = true);

  /// How many entries it brought into the log; max_batch says that more may be waiting. Fails as the store and the
  /// files do; nothing is lost then, call again.
  base::result<std::size_t> step();

  /// Puts a public leaf of its own kind, such as a restore notice, into the log at once: a batch of it and dummies,
  /// after what is pending. Fails as step() does; after a failure the leaf may or may not be pending.
  base::result<void> publish_leaf(base::Bytes const& leaf);

 private:
  struct Seen {
    ports::LogState state;
    std::optional<ports::Batch> pending;
    bool waiting = false;  ///< leaves are queued, or an epoch waits
  };
  base::result<Seen> look();
  base::result<void> persist_batch();
  base::result<void> integrate(ports::LogState const& state, ports::Batch const& batch);
  base::result<std::vector<ports::TileFile>> files_of_entries(ports::LogState const& state, ports::Batch const& batch);
  base::result<void> publish_file(std::string const& checkpoint);
  std::string sign(std::uint64_t size, base::Hash const& root);

  ports::Store& store_;
  ports::TileFiles& tiles_;
  ports::Signer& signer_;
  base::Random& random_;
  log::VerifierKey key_;
  bool publishes_;
  std::string published_;  ///< the checkpoint that the file is known to hold
};

}  // namespace abode::service
