// Owners of what a C library makes and frees.
#pragma once

#include <memory>

namespace abode::base {

template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

/// Owns one, and hands it to `Free` at its end: `Owned<EVP_PKEY, EVP_PKEY_free>`.
template <class T, auto Free>
using Owned = std::unique_ptr<T, FreedBy<Free>>;

}  // namespace abode::base
