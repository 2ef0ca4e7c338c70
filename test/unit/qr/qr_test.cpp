#include "qr/qr.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include "support/temporary_directory.hpp"

namespace abode::qr {
namespace {

/// As somebody else's reader reads it (zbar), drawn with four dots to a square.
std::string read_back(Code const& code) {
  constexpr std::size_t dots = 4;
  test::TemporaryDirectory const folder;
  std::string const file = (folder.path() / "code.pgm").string();
  std::size_t const side = (code.width + 2 * quiet_zone) * dots;
  std::string picture = "P5 " + std::to_string(side) + " " + std::to_string(side) + " 255\n";
  for (std::size_t y = 0; y < side; ++y)
    for (std::size_t x = 0; x < side; ++x) {
      std::size_t const column = x / dots - quiet_zone;  // wraps round in the quiet zone
      std::size_t const row = y / dots - quiet_zone;
      picture += column < code.width && row < code.width && code.at(column, row) ? '\0' : '\xff';
    }
  std::ofstream{file, std::ios::binary} << picture;
  auto const close = [](FILE* pipe) { pclose(pipe); };
  std::unique_ptr<FILE, decltype(close)> const pipe{popen(("zbarimg -q --raw -Sbinary " + file).c_str(), "r"), close};
  std::string out;
  for (std::array<char, 4096> block{}; std::size_t const size = std::fread(block.data(), 1, block.size(), pipe.get());)
    out.append(block.data(), size);
  return out;
}

TEST(QrCodes, AreReadByOthers) {
  for (std::string const& text :
       {std::string{"https://register.example/"}, std::string(300, 'x'),
        std::string{"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fregister.example"}})
    EXPECT_EQ(read_back(encode(text).value()), text);
}

TEST(QrCodes, HoldNoMoreThanFits) {
  EXPECT_TRUE(encode(std::string(2300, 'x')));
  auto const refused = encode(std::string(2400, 'x'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::errc::too_large);
}

TEST(QrCodes, AreDrawnAsOneSquareForEachDarkOne) {
  Code const code = encode("x").value();
  std::string const path = svg_path(code);
  EXPECT_TRUE(path.starts_with("M4 4h1v1h-1z")) << "the first corner is dark, inside the quiet zone";
  EXPECT_EQ(std::count(path.begin(), path.end(), 'M'), std::count(code.dark.begin(), code.dark.end(), true));
}

}  // namespace
}  // namespace abode::qr
