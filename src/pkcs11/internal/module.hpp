// A vendor's library, loaded, and what its answers mean.
#pragma once

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"

namespace abode::pkcs11::internal {

/// Loaded and initialised; stays so for the life of the process, as other owners of it may.
class Module {
 public:
  /// errc::invalid if it is none; errc::unavailable if it does not start.
  static base::result<Module> load(std::filesystem::path const& file);
  CK_FUNCTION_LIST const& operator*() const { return *functions_; }
  CK_FUNCTION_LIST const* operator->() const { return functions_; }

 private:
  explicit Module(CK_FUNCTION_LIST* functions) : functions_(functions) {}
  CK_FUNCTION_LIST* functions_;
};

/// The slot whose token has this label. errc::invalid if there is none, or several.
base::result<CK_SLOT_ID> slot_of(Module const& module, std::string const& label);

/// True if another session may help: the one before is gone, or the device was away.
bool is_gone(CK_RV answer);

/// errc::unavailable, naming the answer's number (PKCS #11 has names for them).
base::Error no_answer(CK_RV answer);

}  // namespace abode::pkcs11::internal
