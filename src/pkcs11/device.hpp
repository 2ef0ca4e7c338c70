// Keys in a device that never hands them out, such as an HSM. Source: PKCS #11 v2.40 (OASIS), by the vendor's library.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"

namespace abode::pkcs11 {

struct Address {
  std::filesystem::path module;   ///< the vendor's library (.so)
  std::string token;              ///< its label
  base::Secret<std::string> pin;  ///< of its user
};

/// A P-256 key pair in a device. Thread-safe.
class DeviceKey {
 public:
  virtual ~DeviceKey() = default;

  /// x and y.
  virtual base::Bytes const& public_key() const = 0;
  /// ECDSA with SHA-256: r and s, 64 bytes. errc::unavailable if the device does not answer.
  virtual base::result<base::Bytes> sign(base::ByteView message) const = 0;
};

/// A token that somebody is signed in to. Thread-safe: one call at a time reaches the device. One that was away (pulled
/// out, restarted) is signed in to again when it is next used; a PIN that it refused is never tried again, because a
/// few wrong ones lock it.
class Device {
 public:
  /// errc::invalid: no such library, no token of this label or several; forbidden: the PIN is wrong or locked;
  /// unavailable: it does not answer. Each says what to do.
  static base::result<std::shared_ptr<Device>> open(Address address);
  virtual ~Device() = default;

  /// A fresh pair that stays in the device: not to be read or copied out of it. errc::unavailable.
  virtual base::result<std::shared_ptr<DeviceKey const>> make_key(std::string const& label) = 0;
  /// The pair with this public half. errc::not_found; errc::unavailable.
  virtual base::result<std::shared_ptr<DeviceKey const>> find_key(base::ByteView public_key) = 0;
  /// Destroys the pairs of this label but for those with these public halves. errc::unavailable.
  virtual base::result<void> destroy_others(std::string const& label, std::vector<base::Bytes> const& keep) = 0;
};

}  // namespace abode::pkcs11
