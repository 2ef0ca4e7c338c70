#include "scan/scan.hpp"

#define ZX_USE_UTF8  // texts as std::string: what its next release does anyway
#include <ZXing/ReadBarcode.h>

#include <algorithm>

#include "scan/internal/pdf.hpp"
#include "scan/internal/picture.hpp"

namespace abode::scan {
namespace {

using base::errc;
using base::fail;
using base::result;
using internal::Picture;

bool begins(base::ByteView file, std::string_view with) {
  return base::as_text(file).starts_with(with);
}

/// As it is; then by one threshold for all of it, which reads some faint or blurred ones better.
void look(Picture const& picture, std::vector<std::string>& texts) {
  ZXing::ImageView const view{picture.brightness.data(), picture.width, picture.height, ZXing::ImageFormat::Lum};
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode).setMaxNumberOfSymbols(max_codes);
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
  if (width > max_pixels / height)
    return fail(errc::too_large, "This picture has more than 64 million dots. Make it smaller.");
  return {};
}

}  // namespace internal

Kind kind_of(base::ByteView file) {
  if (begins(file, "\x89PNG\r\n\x1a\n")) return Kind::png;
  if (begins(file, "\xff\xd8\xff")) return Kind::jpeg;
  if (begins(file, "%PDF-")) return Kind::pdf;
  return Kind::other;
}

result<std::vector<std::string>> read_codes(base::ByteView file) {
  if (file.size() > max_file_bytes) return fail(errc::too_large, "This file is larger than 32 MiB. Make it smaller.");
  std::vector<std::string> texts;
  Kind const kind = kind_of(file);
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

}  // namespace abode::scan
