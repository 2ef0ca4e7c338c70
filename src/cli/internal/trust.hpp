// Whom the reader of a file or a log trusts, as the command line says it.
#pragma once

#include <filesystem>
#include <string>

#include "log/trust_policy.hpp"

namespace abode::cli::internal {

/// A policy file, or standard input for "-". errc::not_found, or as TrustPolicy::parse fails.
base::result<log::TrustPolicy> read_policy(std::filesystem::path const& file);

/// A policy of one log and no witnesses. Fails as VerifierKey::parse does.
base::result<log::TrustPolicy> policy_of_key(std::string const& line);

/// A whole file, or standard input for "-". errc::not_found; errc::too_large over the limit.
base::result<std::string> read_all(std::filesystem::path const& path, std::size_t limit_bytes);

}  // namespace abode::cli::internal
