// The keys that sign proofs and their statuses, as files: two in keys/ that the register works with, and two roots
// above them in roots/, which are to be taken away and needed only to renew the others.
#pragma once

#include <filesystem>
#include <mutex>

#include "app/config.hpp"
#include "openssl/issuer_keys.hpp"

namespace abode::app {

/// Makes the roots and the keys below them. `name` tells this register's certificates from another's.
base::result<void> create_issuer(Layout const& layout, std::string const& name, base::Time now, bool for_tests);

/// Makes new keys below the roots in `roots`, in place of those before; what these signed stays good. errc::not_found,
/// forbidden or malformed, saying what to do; conflict if the roots are not those of this register.
base::result<void> renew_issuer(Layout const& layout, std::filesystem::path const& roots, base::Time now);

/// Puts the keys of another directory there, such as a copy that was kept. Errors of IssuerFiles::open.
base::result<void> copy_issuer(std::filesystem::path const& from_keys, std::filesystem::path const& to_keys);

/// The keys in use, read from their files.
class IssuerFiles : public ports::ProofKeys {
 public:
  /// errc::not_found, forbidden (others may read them) or malformed, each saying what to do.
  static base::result<std::unique_ptr<IssuerFiles>> open(std::filesystem::path const& keys);
  /// Without any yet: for open().
  explicit IssuerFiles(std::filesystem::path keys) : keys_(std::move(keys)) {}

  std::shared_ptr<ports::CertifiedKey const> for_proofs() override;
  std::shared_ptr<ports::CertifiedKey const> for_status_lists() override;

  /// Takes up keys that were renewed since; true if there were any. After a failure those before stay in use.
  base::result<bool> reload();

 private:
  std::filesystem::path keys_;
  std::mutex mutex_;
  std::shared_ptr<ports::CertifiedKey const> proofs_;
  std::shared_ptr<ports::CertifiedKey const> status_lists_;
};

}  // namespace abode::app
