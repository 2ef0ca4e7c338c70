// The files in keys/: 32 bytes each as 64 hexadecimal digits, readable by their owner only.
#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "openssl/vault.hpp"

namespace abode::app {

/// One key file. Fails as load_keys() does.
base::result<base::Secret<base::Hash>> load_key(std::filesystem::path const& file);
/// Writes one key file, over what is there.
base::result<void> store_key(std::filesystem::path const& file, base::Secret<base::Hash> const& key);

/// Writes the key files into `directory`, which is made if absent: encryption.key, index.key, log.key and, while the
/// key-encryption key is being rotated, encryption.next.key.
base::result<void> store_keys(std::filesystem::path const& directory, openssl::Keys const& keys);

/// errc::not_found, forbidden (others may read them) or malformed, each saying what to do.
base::result<openssl::Keys> load_keys(std::filesystem::path const& directory);

/// The next key-encryption key, if a rotation has begun.
base::result<std::optional<base::Secret<base::Hash>>> load_next_key(std::filesystem::path const& directory);

/// Begins a rotation: writes the key-encryption key that is to follow. errc::conflict if one is there already.
base::result<void> store_next_key(std::filesystem::path const& directory, base::Secret<base::Hash> const& next);

/// Ends a rotation to `next`: it takes the place of the old key, which is destroyed. errc::conflict if the file holds
/// another next key.
base::result<void> adopt_next_key(std::filesystem::path const& directory, base::Secret<base::Hash> const& next);

}  // namespace abode::app
