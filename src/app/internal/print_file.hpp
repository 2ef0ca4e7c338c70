// What cards and letters share: the print shop's key, and the file that goes to it.
#pragma once

#include <filesystem>
#include <optional>

#include "app/assembly.hpp"
#include "openssl/print_key.hpp"

namespace abode::app::internal {

/// The key named on the command line, else that of abode.toml.
base::result<openssl::PrintKey> load_print_key(std::optional<std::filesystem::path> const& named,
                                               Assembly const& assembly);

/// errc::conflict if the file is there.
base::result<void> check_new(std::filesystem::path const& file);

/// Encrypts the content and writes it, durable when it returns.
base::result<void> write_for_print(openssl::PrintKey const& key, base::Secret<std::string> const& content,
                                   std::filesystem::path const& file);

}  // namespace abode::app::internal
