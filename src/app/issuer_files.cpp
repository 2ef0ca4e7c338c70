#include "app/issuer_files.hpp"

#include "app/internal/certified_key_files.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

constexpr char const* proofs_name = "proofs.pem";
constexpr char const* status_name = "status.pem";
constexpr char const* proofs_purpose = "proofs";
constexpr char const* status_purpose = "status lists";
constexpr std::size_t max_pin_bytes = 256;

/// Where a key is whose file has its certificates alone.
openssl::FindKey keys_in(Device const& device) {
  return [device](base::ByteView public_key) -> result<openssl::Sign> {
    if (!device) return fail(errc::invalid, "Its key is in a device: name that as [device] in abode.toml.");
    auto key = device->find_key(public_key);
    if (!key) return key.error();
    return openssl::Sign{[key = *key](base::ByteView message) { return key->sign(message); }};
  };
}

result<std::unique_ptr<openssl::IssuerKey>> load(fs::path const& file, Device const& device) {
  return internal::load_certified_key(file, keys_in(device));
}

result<void> make_in_file(openssl::IssuerKey const& root, char const* purpose, fs::path const& file, base::Time now) {
  return internal::store_certified_key(file, *openssl::make_signing_key(root, purpose, now));
}

/// A key that is to be made new, and the root that verifiers of this register have pinned.
struct Renewal {
  fs::path file;
  char const* purpose;
  std::unique_ptr<openssl::IssuerKey> in_use;
  std::unique_ptr<openssl::IssuerKey> root;
};

result<Renewal> prepare(fs::path const& file, char const* purpose, fs::path const& root_file, Device const& device) {
  auto root = internal::load_certified_key(root_file);
  if (!root) return root.error();
  auto in_use = load(file, device);
  if (!in_use) return in_use.error();
  if (!internal::is_root_of(**root, **in_use))
    return fail(errc::conflict, root_file.string() + " is not the root of " + file.string() +
                                    ": who verifies proofs has pinned another. Give the directory with the right one.");
  return Renewal{file, purpose, std::move(*in_use), std::move(*root)};
}

base::Bytes public_key_of(openssl::IssuerKey const& key) {
  return key.chain().front().p256_key().value();
}

/// The key that is in use just now stays in the device: whoever serves takes the new one up a little later.
result<void> renew(Renewal const& renewal, std::string const& origin, Device const& device, base::Time now) {
  if (!device) return make_in_file(*renewal.root, renewal.purpose, renewal.file, now);
  std::string const label = "abode " + origin + " " + renewal.purpose;
  auto const key = device->make_key(label);
  if (!key) return key.error();
  auto const certified = openssl::certify_key(*renewal.root, renewal.purpose, now, (*key)->public_key(),
                                              [key = *key](base::ByteView message) { return key->sign(message); });
  if (auto const stored = internal::store_certified_key(renewal.file, *certified); !stored) return stored;
  return device->destroy_others(label, {public_key_of(*renewal.in_use), (*key)->public_key()});
}

}  // namespace

result<Device> open_device(Config const& config, fs::path const& keys) {
  if (!config.device) return Device{};
  fs::path const file = keys / config.device->pin;
  if (auto const ok = system::require_owner_only(file); !ok) return ok.error();
  auto const content = system::read_file(file, max_pin_bytes);
  if (!content) return content.error();
  std::string pin{base::as_text(*content)};
  while (!pin.empty() && (pin.back() == '\n' || pin.back() == '\r')) pin.pop_back();
  return pkcs11::Device::open({config.device->module, config.device->token, base::Secret{std::move(pin)}});
}

result<void> create_issuer(Layout const& layout, std::string const& name, base::Time now, bool for_tests) {
  fs::path const roots = layout.roots();
  if (auto const made = system::make_directories(roots, system::Access::owner_only); !made) return made;
  auto const proofs_root = openssl::make_root_key("Abode " + name, now, for_tests);
  if (auto const stored = internal::store_certified_key(roots / proofs_name, *proofs_root); !stored) return stored;
  auto const status_root = openssl::make_root_key("Abode status " + name, now, for_tests);
  if (auto const stored = internal::store_certified_key(roots / status_name, *status_root); !stored) return stored;
  auto const made = make_in_file(*proofs_root, proofs_purpose, layout.keys() / proofs_name, now);
  return made ? make_in_file(*status_root, status_purpose, layout.keys() / status_name, now) : made;
}

result<void> renew_issuer(Layout const& layout, Config const& config, fs::path const& roots, base::Time now) {
  auto const device = open_device(config, layout.keys());
  if (!device) return device.error();
  auto const proofs = prepare(layout.keys() / proofs_name, proofs_purpose, roots / proofs_name, *device);
  if (!proofs) return proofs.error();
  auto const status = prepare(layout.keys() / status_name, status_purpose, roots / status_name, *device);
  if (!status) return status.error();
  if (auto const renewed = renew(*proofs, config.origin, *device, now); !renewed) return renewed;
  return renew(*status, config.origin, *device, now);
}

result<void> copy_issuer(Config const& config, fs::path const& from_keys, fs::path const& to_keys) {
  auto const device = open_device(config, from_keys);
  if (!device) return device.error();
  for (char const* const name : {proofs_name, status_name}) {
    auto const key = load(from_keys / name, *device);
    if (!key) return key.error();
    if (auto const stored = internal::store_certified_key(to_keys / name, **key); !stored) return stored;
  }
  if (!config.device) return {};
  auto const pin = system::read_file(from_keys / config.device->pin, max_pin_bytes);
  if (!pin) return pin.error();
  return system::write_file(to_keys / config.device->pin, *pin, system::Access::owner_only);
}

result<std::unique_ptr<IssuerFiles>> IssuerFiles::open(Config const& config, fs::path const& keys) {
  auto device = open_device(config, keys);
  if (!device) return device.error();
  auto files = std::make_unique<IssuerFiles>(keys, std::move(*device));
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
  auto proofs = load(keys_ / proofs_name, device_);
  if (!proofs) return proofs.error();
  auto status = load(keys_ / status_name, device_);
  if (!status) return status.error();
  std::lock_guard const lock{mutex_};
  bool const same = proofs_ && (*proofs)->chain() == proofs_->chain() && (*status)->chain() == status_lists_->chain();
  if (same) return false;
  proofs_ = std::move(*proofs);
  status_lists_ = std::move(*status);
  return true;
}

}  // namespace abode::app
