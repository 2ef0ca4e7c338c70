#include "pictures/internal/pdf.hpp"

#include <cairo.h>
#include <poppler.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "scan/scan.hpp"

namespace abode::pictures::internal {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr double points_an_inch = 72;
constexpr double dots_an_inch = 300;      // of A4, 8.7 million dots
constexpr double most_dots = 16'000'000;  // of a page that is larger: it is drawn coarser

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct DestroyCairo {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeError {
  void operator()(GError* error) const { g_error_free(error); }
};
struct UnrefBytes {
  void operator()(GBytes* bytes) const { g_bytes_unref(bytes); }
};
using Document = std::unique_ptr<PopplerDocument, Unref>;

base::Error broken() {
  return fail(errc::malformed, "This PDF is broken, cut off or locked by a password. Get it anew, or scan the page.");
}

result<Document> open(base::ByteView file) {
  std::unique_ptr<GBytes, UnrefBytes> const bytes{g_bytes_new_static(file.data(), file.size())};
  GError* failure = nullptr;
  Document document{poppler_document_new_from_bytes(bytes.get(), nullptr, &failure)};
  std::unique_ptr<GError, FreeError> const freed{failure};
  if (!document) return broken();
  return document;
}

Picture brightness_of(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  int const width = cairo_image_surface_get_width(surface);
  int const height = cairo_image_surface_get_height(surface);
  int const stride = cairo_image_surface_get_stride(surface);
  unsigned char const* const data = cairo_image_surface_get_data(surface);
  Picture picture{width, height, {}};
  picture.brightness.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    auto const* const row = reinterpret_cast<std::uint32_t const*>(data + static_cast<std::ptrdiff_t>(y) * stride);
    for (int x = 0; x < width; ++x) {
      std::uint32_t const dot = row[x];  // red, green and blue from the top down (CAIRO_FORMAT_RGB24)
      picture.brightness.push_back(
          static_cast<std::uint8_t>(((dot >> 16 & 0xFF) * 77 + (dot >> 8 & 0xFF) * 150 + (dot & 0xFF) * 29) >> 8));
    }
  }
  return picture;
}

result<Picture> draw(PopplerPage* page) {
  double width = 0;
  double height = 0;
  poppler_page_get_size(page, &width, &height);
  if (!(width >= 1 && height >= 1 && width <= 1e6 && height <= 1e6)) return broken();
  double const scale = std::min(dots_an_inch / points_an_inch, std::sqrt(most_dots / (width * height)));
  std::unique_ptr<cairo_surface_t, DestroyCairo> const surface{cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(std::ceil(width * scale)), static_cast<int>(std::ceil(height * scale)))};
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return broken();
  std::unique_ptr<cairo_t, DestroyCairo> const cairo{cairo_create(surface.get())};
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_scale(cairo.get(), scale, scale);
  poppler_page_render(page, cairo.get());
  return brightness_of(surface.get());
}

}  // namespace

result<void> draw_pages(base::ByteView file, std::function<void(Picture const&)> const& look) {
  auto const document = open(file);
  if (!document) return document.error();
  int const pages = poppler_document_get_n_pages(document->get());
  if (pages < 1) return broken();
  if (pages > scan::max_pages)
    return fail(errc::too_large, "This PDF has more than 10 pages. Give the page alone that has the code.");
  for (int i = 0; i < pages; ++i) {
    std::unique_ptr<PopplerPage, Unref> const page{poppler_document_get_page(document->get(), i)};
    if (!page) return broken();
    auto const picture = draw(page.get());
    if (!picture) return picture.error();
    look(*picture);
  }
  return {};
}

}  // namespace abode::pictures::internal
