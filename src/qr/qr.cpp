#include "qr/qr.hpp"

#include <qrencode.h>

#include "base/freed_by.hpp"

namespace abode::qr {

base::result<Code> encode(std::string_view text) {
  base::Owned<QRcode, QRcode_free> const made{QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<unsigned char const*>(text.data()), 0, QR_ECLEVEL_M)};
  if (!made) return base::fail(base::errc::too_large, "This is too much for a QR code.");
  Code code{static_cast<std::size_t>(made->width)};
  code.dark.reserve(code.width * code.width);
  for (std::size_t i = 0; i < code.width * code.width; ++i) code.dark.push_back((made->data[i] & 1) != 0);
  return code;
}

std::string svg_path(Code const& code) {
  std::string path;
  for (std::size_t y = 0; y < code.width; ++y)
    for (std::size_t x = 0; x < code.width; ++x)
      if (code.at(x, y))
        path += "M" + std::to_string(x + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h1v1h-1z";
  return path;
}

}  // namespace abode::qr
