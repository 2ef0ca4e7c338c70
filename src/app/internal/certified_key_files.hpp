// Keys with their certificates, as files that only their owner may read.
#pragma once

#include <filesystem>

#include "openssl/issuer_keys.hpp"

namespace abode::app::internal {

base::result<void> store_certified_key(std::filesystem::path const& file, openssl::IssuerKey const& key);

/// `find`: where a key is whose file has its certificates alone. errc::not_found, forbidden (others may read it) or
/// malformed, each saying what to do; errors of `find`.
base::result<std::unique_ptr<openssl::IssuerKey>> load_certified_key(std::filesystem::path const& file,
                                                                     openssl::FindKey const& find = {});

/// True if this is the root above the key. A key below the same root leads up to it as well, and certifies nothing.
bool is_root_of(openssl::IssuerKey const& root, openssl::IssuerKey const& key);

}  // namespace abode::app::internal
