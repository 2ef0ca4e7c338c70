// Writes the vectors that the web app's tests read: inputs, good and bad, with what our code says of each.
// Usage: vectors DIRECTORY
#include <exception>
#include <iostream>
#include <stdexcept>

#include "vectors/vectors.hpp"

int main(int count, char** arguments) try {
  if (count != 2) throw std::runtime_error("usage: vectors DIRECTORY");
  std::filesystem::path const folder = arguments[1];
  std::filesystem::create_directories(folder);
  abode::vectors::write_log_vectors(folder);
  abode::vectors::write_rules_vectors(folder);
  abode::vectors::write_credential_vectors(folder);
} catch (std::exception const& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
