// The Signer port: one function for each thing that is signed.
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace abode::ports {

/// Holds the log's key. Thread-safe.
class Signer {
 public:
  virtual ~Signer() = default;

  /// The log key's public half, 32 bytes of Ed25519.
  virtual base::Bytes checkpoint_public_key() = 0;
  /// Ed25519 signature (64 bytes) over a checkpoint's text.
  virtual base::Bytes sign_checkpoint(std::string_view checkpoint_text) = 0;
};

}  // namespace abode::ports
