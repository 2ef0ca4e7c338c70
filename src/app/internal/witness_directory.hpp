// A witness's data directory: witness.toml, keys/witness.key, lock, and checkpoints/ with one signed note for each log.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "log/note.hpp"
#include "witness/witness.hpp"

namespace abode::app::internal {

/// Makes a witness of that name for those logs (verifier key lines) in a new or empty directory; its key.
/// errc::conflict if something is there, errc::invalid or malformed for a name or a log key that cannot be one.
base::result<log::VerifierKey> create_witness(std::filesystem::path const& directory, std::string const& name,
                                              std::vector<std::string> const& logs);

/// Thread-safe for one caller of `keep` at a time.
class WitnessDirectory : public witness::Checkpoints {
 public:
  /// errc::not_found, invalid, malformed or forbidden, each saying what to do.
  static base::result<WitnessDirectory> open(std::filesystem::path const& directory);

  std::vector<log::VerifierKey> const& logs() const { return logs_; }
  base::Secret<base::Hash> const& seed() const { return seed_; }
  /// The witness's key, given its public half.
  log::VerifierKey key(base::ByteView public_key) const;
  /// When the newest checkpoint was kept; the epoch if none was.
  base::Time last_written() const;

  base::result<std::optional<std::string>> latest(std::string const& origin) override;
  base::result<void> keep(std::string const& origin, std::string const& note) override;

 private:
  WitnessDirectory(std::filesystem::path root, std::string name, std::vector<log::VerifierKey> logs,
                   base::Secret<base::Hash> seed)
      : root_(std::move(root)), name_(std::move(name)), logs_(std::move(logs)), seed_(std::move(seed)) {}
  std::filesystem::path file_of(std::string const& origin) const;

  std::filesystem::path root_;
  std::string name_;
  std::vector<log::VerifierKey> logs_;
  base::Secret<base::Hash> seed_;
};

}  // namespace abode::app::internal
