// QR codes (ISO/IEC 18004) as squares to draw.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace abode::qr {

struct Code {
  std::size_t width = 0;     ///< squares in a row, without the quiet zone of four on each side
  std::vector<bool> dark{};  ///< row by row
  bool at(std::size_t x, std::size_t y) const { return dark[y * width + x]; }
};

/// Of level M, in the smallest size that holds the bytes. errc::too_large if none does.
base::result<Code> encode(std::string_view text);

/// The dark squares as the path of an SVG, one unit wide each, moved in by the quiet zone.
std::string svg_path(Code const& code);
constexpr std::size_t quiet_zone = 4;

}  // namespace abode::qr
