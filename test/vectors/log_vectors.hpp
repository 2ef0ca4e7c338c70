// The parts of the log's vectors.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "log/merkle.hpp"
#include "vectors/vectors.hpp"

namespace abode::vectors {

/// Keys, notes, checkpoints, policies and single proofs.
void write_log_texts(std::filesystem::path const& folder);
/// Entries and epochs.
void write_log_cbor(std::filesystem::path const& folder);
/// Proofs of inclusion and consistency, and tiles.
void write_log_trees(std::filesystem::path const& folder);
/// Whole histories, with their audits.
void write_log_histories(std::filesystem::path const& folder);

/// A text with a name.
struct Named {
  std::string how;
  std::string text;
};
/// Each byte flipped in its last bit, left out, and doubled.
void add_broken(std::vector<Named>& to, std::string const& good);

json::array hashes_of(log::Proof const& proof);

/// Texts, each as a patch of the first, with what `outcome` says of it.
json::object patched_cases(std::vector<Named> const& texts,
                           std::function<json::object(std::string const&)> const& outcome);

}  // namespace abode::vectors
