#include <turbojpeg.h>

#include <memory>

#include "pictures/internal/picture.hpp"

namespace abode::pictures::internal {
namespace {

base::Error broken() {
  return base::fail(base::errc::malformed, "This JPEG picture is broken, cut off or of a rare kind. Make it anew.");
}

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

}  // namespace

base::result<Picture> read_jpeg(base::ByteView file) {
  std::unique_ptr<void, Destroy> const reader{tjInitDecompress()};
  int width = 0;
  int height = 0;
  int sampling = 0;
  int colors = 0;
  if (!reader || tjDecompressHeader3(reader.get(), file.data(), file.size(), &width, &height, &sampling, &colors) != 0)
    return broken();
  if (width <= 0 || height <= 0) return broken();
  if (auto const fits = check_size(static_cast<std::size_t>(width), static_cast<std::size_t>(height)); !fits)
    return fits.error();
  Picture picture{width, height, {}};
  picture.brightness.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  // Without the limit, a small file can have the same picture drawn over thousands of times.
  constexpr int flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS;
  if (tjDecompress2(reader.get(), file.data(), file.size(), picture.brightness.data(), width, 0, height, TJPF_GRAY,
                    flags) != 0)
    return broken();
  return picture;
}

}  // namespace abode::pictures::internal
