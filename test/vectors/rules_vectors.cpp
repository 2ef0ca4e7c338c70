#include "vectors/rules_vectors.hpp"

namespace abode::vectors {

void write_rules_vectors(std::filesystem::path const& folder) {
  write_deadline_vectors(folder);
  write_document_vectors(folder);
}

}  // namespace abode::vectors
