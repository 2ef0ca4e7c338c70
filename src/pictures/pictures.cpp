#include "pictures/pictures.hpp"

#define ZX_USE_UTF8  // texts as std::string: what its next release does anyway
#include <ZXing/ReadBarcode.h>

#include <algorithm>

#include "pictures/internal/pdf.hpp"
#include "pictures/internal/picture.hpp"
#include "scan/scan.hpp"

namespace abode::pictures {
namespace {

using base::errc;
using base::fail;
using base::result;
using internal::Picture;
using scan::Kind;

/// As it is; then by one threshold for all of it, which reads some faint or blurred ones better.
void look(Picture const& picture, std::vector<std::string>& texts) {
  ZXing::ImageView const view{picture.brightness.data(), picture.width, picture.height, ZXing::ImageFormat::Lum};
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode).setMaxNumberOfSymbols(scan::max_codes);
  for (auto const binarizer : {ZXing::Binarizer::LocalAverage, ZXing::Binarizer::GlobalHistogram}) {
    hints.setBinarizer(binarizer);
    auto const found = ZXing::ReadBarcodes(view, hints);
    for (ZXing::Result const& one : found) {
      std::string text{one.bytes().begin(), one.bytes().end()};
      if (one.isValid() && std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
    }
    if (!texts.empty()) return;
  }
}

result<Picture> read_picture(base::ByteView file, Kind kind) {
  return kind == Kind::png ? internal::read_png(file) : internal::read_jpeg(file);
}

}  // namespace

namespace internal {

result<void> check_size(std::size_t width, std::size_t height) {
  if (width == 0 || height == 0) return fail(errc::malformed, "This picture has no size.");
  if (width > scan::max_pixels / height)
    return fail(errc::too_large, "This picture has more than 64 million dots. Make it smaller.");
  return {};
}

}  // namespace internal

result<std::vector<std::string>> read_codes(base::ByteView file) {
  if (auto const fits = scan::check_size(file); !fits) return fits.error();
  std::vector<std::string> texts;
  Kind const kind = scan::kind_of(file);
  if (kind == Kind::other) return fail(errc::malformed, "This is no PNG or JPEG picture and no PDF.");
  if (kind == Kind::pdf) {
    auto const drawn = internal::draw_pages(file, [&](Picture const& page) {
      std::vector<std::string> of_page;
      look(page, of_page);
      for (std::string& text : of_page)
        if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
    });
    if (!drawn) return drawn.error();
    return texts;
  }
  auto const picture = read_picture(file, kind);
  if (!picture) return picture.error();
  look(*picture, texts);
  return texts;
}

}  // namespace abode::pictures
