// The parts of the vectors of identity, rules and deadlines.
#pragma once

#include <filesystem>

#include "vectors/vectors.hpp"

namespace abode::vectors {

/// Deadlines: by table, calendar, citizenship and day; in words; and by bare period.
void write_deadline_vectors(std::filesystem::path const& folder);
/// Machine-readable zones, whole and broken in each place, and document numbers.
void write_document_vectors(std::filesystem::path const& folder);

}  // namespace abode::vectors
