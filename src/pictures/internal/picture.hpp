// Pictures as they are looked at: brightness alone, unpacked within limits.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::pictures::internal {

struct Picture {
  int width;
  int height;
  base::Bytes brightness;  ///< row by row, 0 is black
};

/// errc::too_large: more than scan::max_pixels, or none.
base::result<void> check_size(std::size_t width, std::size_t height);

/// errc::malformed: broken or cut off. errc::too_large before anything is unpacked.
base::result<Picture> read_png(base::ByteView file);
base::result<Picture> read_jpeg(base::ByteView file);

}  // namespace abode::pictures::internal
