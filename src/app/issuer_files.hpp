// The keys that sign proofs and their statuses, as files: two in keys/ that the register works with, and two roots
// above them in roots/, which are to be taken away and needed only to renew the others. With a device, the files in
// keys/ have the certificates alone.
#pragma once

#include <filesystem>
#include <mutex>

#include "app/config.hpp"
#include "openssl/issuer_keys.hpp"
#include "pkcs11/device.hpp"

namespace abode::app {

using Device = std::shared_ptr<pkcs11::Device>;

/// The device that the settings name, signed in to; null if they name none. Its PIN is a file in `keys`.
/// errc::not_found, forbidden, invalid or unavailable, each saying what to do.
base::result<Device> open_device(Config const& config, std::filesystem::path const& keys);

/// Makes the roots and the keys below them. `name` tells this register's certificates from another's.
base::result<void> create_issuer(Layout const& layout, std::string const& name, base::Time now, bool for_tests);

/// Makes new keys below the roots in `roots`, in place of those before; what these signed stays good. The new ones are
/// in the device, if the settings name one; those there that are neither new nor were in use just now are destroyed.
/// errc::not_found, forbidden or malformed, saying what to do; conflict if the roots are not those of this register; as
/// open_device().
base::result<void> renew_issuer(Layout const& layout, Config const& config, std::filesystem::path const& roots,
                                base::Time now);

/// Puts the keys of another directory there, such as a copy that was kept, and the PIN of their device. Errors of
/// IssuerFiles::open.
base::result<void> copy_issuer(Config const& config, std::filesystem::path const& from_keys,
                               std::filesystem::path const& to_keys);

/// The keys in use, read from their files.
class IssuerFiles : public ports::ProofKeys {
 public:
  /// errc::not_found, forbidden (others may read them), malformed or invalid (a key is in a device, and the settings
  /// name none), each saying what to do; as open_device().
  static base::result<std::unique_ptr<IssuerFiles>> open(Config const& config, std::filesystem::path const& keys);
  /// Without any yet: for open().
  IssuerFiles(std::filesystem::path keys, Device device) : keys_(std::move(keys)), device_(std::move(device)) {}

  std::shared_ptr<ports::CertifiedKey const> for_proofs() override;
  std::shared_ptr<ports::CertifiedKey const> for_status_lists() override;

  /// Takes up keys that were renewed since; true if there were any. After a failure those before stay in use.
  base::result<bool> reload();

 private:
  std::filesystem::path keys_;
  Device device_;  ///< null: none
  std::mutex mutex_;
  std::shared_ptr<ports::CertifiedKey const> proofs_;
  std::shared_ptr<ports::CertifiedKey const> status_lists_;
};

}  // namespace abode::app
