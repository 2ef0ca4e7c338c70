#include "cli/internal/trust.hpp"

#include <fstream>
#include <iostream>

namespace abode::cli::internal {

using base::errc;
using base::fail;
using base::result;

result<std::string> read_all(std::filesystem::path const& path, std::size_t limit_bytes) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return fail(errc::not_found, "Cannot read " + path.string() + ". Check the name of the file.");
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text;
  char block[65536];
  while (in.read(block, sizeof block) || in.gcount() > 0) {
    text.append(block, static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit_bytes) return fail(errc::too_large, path.string() + " is too large for what it must be.");
  }
  return text;
}

result<log::TrustPolicy> read_policy(std::filesystem::path const& file) {
  auto const text = read_all(file, log::max_policy_size_bytes);
  if (!text) return text.error();
  return log::TrustPolicy::parse(*text);
}

result<log::TrustPolicy> policy_of_key(std::string const& line) {
  if (auto const key = log::VerifierKey::parse(line); !key) return key.error();
  return log::TrustPolicy::parse("log " + line + "\nquorum none\n");
}

}  // namespace abode::cli::internal
