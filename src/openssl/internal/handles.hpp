// OpenSSL's objects as owners.
#pragma once

#include <openssl/evp.h>

#include <memory>

#include "base/assert.hpp"
#include "base/freed_by.hpp"

namespace abode::openssl::internal {

using CipherContext = base::Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using Cipher = base::Owned<EVP_CIPHER, EVP_CIPHER_free>;
using MdContext = base::Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using PrivateKey = base::Owned<EVP_PKEY, EVP_PKEY_free>;

/// OpenSSL's calls that cannot fail except by a bug or for want of memory.
inline void must(int outcome, char const* what) {
  base::ensure(outcome == 1, what);
}

}  // namespace abode::openssl::internal
