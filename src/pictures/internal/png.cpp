#include <png.h>

#include "pictures/internal/picture.hpp"

namespace abode::pictures::internal {
namespace {

base::Error broken() {
  return base::fail(base::errc::malformed, "This PNG picture is broken or cut off. Make it anew.");
}

/// Frees what libpng holds of a picture.
struct Reading {
  png_image image{};
  Reading() { image.version = PNG_IMAGE_VERSION; }
  ~Reading() { png_image_free(&image); }
  Reading(Reading const&) = delete;
  Reading& operator=(Reading const&) = delete;
};

}  // namespace

base::result<Picture> read_png(base::ByteView file) {
  Reading reading;
  png_image& image = reading.image;
  if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) return broken();
  if (auto const fits = check_size(image.width, image.height); !fits) return fits.error();
  image.format = PNG_FORMAT_GRAY;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.brightness.resize(std::size_t{image.width} * image.height);
  png_color const white{255, 255, 255};  // behind what one can see through
  if (png_image_finish_read(&image, &white, picture.brightness.data(), 0, nullptr) == 0) return broken();
  return picture;
}

}  // namespace abode::pictures::internal
