// What is sealed is padded, so that the size of a blob tells nothing of what is in it.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::service::internal {

/// `item` in exactly `size` bytes: its length in two bytes, big-endian, the item, zeros. It fits.
base::Bytes padded(base::Bytes const& item, std::size_t size);

/// The item in it. errc::corrupted for anything that padded() does not make.
base::result<base::Bytes> unpadded(base::ByteView padded, std::size_t size);

}  // namespace abode::service::internal
