// A verifier's data directory: verifier.toml, keys/ with the key that signs requests and the access key, roots/ with
// the root above the first, to be taken away, and what the operator pins: trust.json and lists of statuses in status/.
// Nothing is written here once it serves.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "openssl/issuer_keys.hpp"

namespace abode::app::internal {

struct VerifierWish {
  std::string name;        ///< for people
  std::string public_url;  ///< where wallets and browsers reach it
  std::optional<std::filesystem::path> trust;
};

/// Makes a verifier in a new or empty directory; its access key. errc::conflict if something is there, errc::invalid or
/// malformed for a name, an address or a trust file that cannot be one.
base::result<base::Secret<std::string>> create_verifier(std::filesystem::path const& directory,
                                                        VerifierWish const& wish, base::Time now);

/// Makes a new key for requests under the root in `roots`, in place of the one before: its name for wallets is another
/// from then on. It must not be served meanwhile. Errors of VerifierDirectory::open; errc::conflict if it is the root
/// of another verifier.
base::result<void> renew_verifier(std::filesystem::path const& directory, std::filesystem::path const& roots,
                                  base::Time now);

struct VerifierDirectory {
  std::filesystem::path root;
  std::string name;
  std::string public_url;
  std::unique_ptr<openssl::IssuerKey> key;
  base::Hash access_hash;

  /// errc::not_found, invalid, malformed, forbidden or unavailable, each saying what to do: also if the certificate of
  /// its key is not good at `now`.
  static base::result<VerifierDirectory> open(std::filesystem::path const& directory, base::Time now);

  std::filesystem::path trust_file() const { return root / "trust.json"; }
  std::filesystem::path lists() const { return root / "status"; }
};

}  // namespace abode::app::internal
