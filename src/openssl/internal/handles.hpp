// OpenSSL's objects as owners.
#pragma once

#include <openssl/evp.h>

#include <memory>

#include "base/assert.hpp"

namespace abode::openssl::internal {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;
using Cipher = std::unique_ptr<EVP_CIPHER, Deleter<EVP_CIPHER_free>>;
using MdContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;

/// OpenSSL's calls that cannot fail except by a bug or for want of memory.
inline void must(int outcome, char const* what) {
  base::ensure(outcome == 1, what);
}

}  // namespace abode::openssl::internal
