#include "app/issuer_files.hpp"

#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

constexpr char const* proofs_name = "proofs.pem";
constexpr char const* status_name = "status.pem";
constexpr std::size_t max_pem_bytes = 64 * 1024;

result<void> store(fs::path const& file, openssl::IssuerKey const& key) {
  auto const pem = key.to_pem();
  return system::write_file(file, base::as_bytes(pem.reveal(base::Disclosure::to_crypto)), system::Access::owner_only);
}

result<std::unique_ptr<openssl::IssuerKey>> load(fs::path const& file) {
  if (auto const ok = system::require_owner_only(file); !ok) return ok.error();
  auto const content = system::read_file(file, max_pem_bytes);
  if (!content) return content.error();
  auto key = openssl::read_issuer_key(base::Secret{std::string{base::as_text(*content)}});
  if (!key)
    return fail(errc::malformed, file.string() + " is not a key with its certificates. " + key.error().detail +
                                     " Put the right file back from your copy of the keys.");
  return key;
}

result<void> make_signing_keys(fs::path const& keys, openssl::IssuerKey const& proofs_root,
                               openssl::IssuerKey const& status_root, base::Time now) {
  auto const proofs = openssl::make_signing_key(proofs_root, "proofs", now);
  if (auto const stored = store(keys / proofs_name, *proofs); !stored) return stored;
  auto const status = openssl::make_signing_key(status_root, "status lists", now);
  return store(keys / status_name, *status);
}

/// A root whose certificate is the one that verifiers of this register have pinned.
result<std::unique_ptr<openssl::IssuerKey>> load_root(fs::path const& file, fs::path const& key_below) {
  auto root = load(file);
  if (!root) return root;
  auto const below = load(key_below);
  if (!below) return below.error();
  if (!((*root)->anchor() == (*below)->anchor()))
    return fail(errc::conflict, file.string() + " is not the root of " + key_below.string() +
                                    ": who verifies proofs has pinned another. Give the directory with the right one.");
  return root;
}

}  // namespace

result<void> create_issuer(Layout const& layout, std::string const& name, base::Time now, bool for_tests) {
  fs::path const roots = layout.roots();
  if (auto const made = system::make_directories(roots, system::Access::owner_only); !made) return made;
  auto const proofs_root = openssl::make_root_key("Abode " + name, now, for_tests);
  if (auto const stored = store(roots / proofs_name, *proofs_root); !stored) return stored;
  auto const status_root = openssl::make_root_key("Abode status " + name, now, for_tests);
  if (auto const stored = store(roots / status_name, *status_root); !stored) return stored;
  return make_signing_keys(layout.keys(), *proofs_root, *status_root, now);
}

result<void> renew_issuer(Layout const& layout, fs::path const& roots, base::Time now) {
  auto const proofs_root = load_root(roots / proofs_name, layout.keys() / proofs_name);
  if (!proofs_root) return proofs_root.error();
  auto const status_root = load_root(roots / status_name, layout.keys() / status_name);
  if (!status_root) return status_root.error();
  return make_signing_keys(layout.keys(), **proofs_root, **status_root, now);
}

result<void> copy_issuer(fs::path const& from_keys, fs::path const& to_keys) {
  for (char const* const name : {proofs_name, status_name}) {
    auto const key = load(from_keys / name);
    if (!key) return key.error();
    if (auto const stored = store(to_keys / name, **key); !stored) return stored;
  }
  return {};
}

result<std::unique_ptr<IssuerFiles>> IssuerFiles::open(fs::path const& keys) {
  auto files = std::make_unique<IssuerFiles>(keys);
  if (auto const loaded = files->reload(); !loaded) return loaded.error();
  return files;
}

std::shared_ptr<ports::CertifiedKey const> IssuerFiles::for_proofs() {
  std::lock_guard const lock{mutex_};
  return proofs_;
}

std::shared_ptr<ports::CertifiedKey const> IssuerFiles::for_status_lists() {
  std::lock_guard const lock{mutex_};
  return status_lists_;
}

result<bool> IssuerFiles::reload() {
  auto proofs = load(keys_ / proofs_name);
  if (!proofs) return proofs.error();
  auto status = load(keys_ / status_name);
  if (!status) return status.error();
  std::lock_guard const lock{mutex_};
  bool const same = proofs_ && (*proofs)->chain() == proofs_->chain() && (*status)->chain() == status_lists_->chain();
  if (same) return false;
  proofs_ = std::move(*proofs);
  status_lists_ = std::move(*status);
  return true;
}

}  // namespace abode::app
