// Codes in pictures, and files that are no pictures or would do harm: in this process, and by the program abode-scan.
#include "pictures/pictures.hpp"

#include <cairo-pdf.h>
#include <gmock/gmock.h>
#include <png.h>
#include <turbojpeg.h>

#include <memory>
#include <random>

#include "qr/qr.hpp"
#include "scan/scan.hpp"

namespace abode::pictures {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using scan::max_file_bytes;
using scan::max_pages;

auto by_program(std::string const& file, scan::Confines const& confines = {}) {
  return scan::read_codes_confined(ABODE_SCAN_PROGRAM, base::as_bytes(file), confines);
}

/// Black on white, row by row.
struct Sheet {
  int width;
  int height;
  base::Bytes dots = base::Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255);

  Sheet& with(std::string_view text, int at_x, int at_y, int unit = 4) {
    qr::Code const code = qr::encode(text).value();
    for (std::size_t y = 0; y < code.width * static_cast<std::size_t>(unit); ++y)
      for (std::size_t x = 0; x < code.width * static_cast<std::size_t>(unit); ++x)
        if (code.at(x / static_cast<std::size_t>(unit), y / static_cast<std::size_t>(unit)))
          dots.at((y + static_cast<std::size_t>(at_y)) * static_cast<std::size_t>(width) + x +
                  static_cast<std::size_t>(at_x)) = 0;
    return *this;
  }
};

std::string png_of(Sheet const& sheet) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(sheet.width);
  image.height = static_cast<png_uint_32>(sheet.height);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  EXPECT_NE(png_image_write_to_memory(&image, nullptr, &size, 0, sheet.dots.data(), 0, nullptr), 0);
  std::string out(size, '\0');
  EXPECT_NE(png_image_write_to_memory(&image, out.data(), &size, 0, sheet.dots.data(), 0, nullptr), 0);
  out.resize(size);
  return out;
}

std::string jpeg_of(Sheet const& sheet) {
  std::unique_ptr<void, int (*)(void*)> const writer{tjInitCompress(), tjDestroy};
  unsigned char* data = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(tjCompress2(writer.get(), sheet.dots.data(), sheet.width, 0, sheet.height, TJPF_GRAY, &data, &size,
                        TJSAMP_GRAY, 85, 0),
            0);
  std::unique_ptr<unsigned char, void (*)(unsigned char*)> const owned{data, tjFree};
  return {reinterpret_cast<char const*>(data), size};
}

/// A scan as programs keep it: the picture alone, on as many pages.
std::string pdf_of(Sheet const& sheet, int pages = 1, double points = 300) {
  std::string out;
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> const surface{
      cairo_pdf_surface_create_for_stream(
          [](void* to, unsigned char const* bytes, unsigned size) {
            static_cast<std::string*>(to)->append(reinterpret_cast<char const*>(bytes), size);
            return CAIRO_STATUS_SUCCESS;
          },
          &out, points, points),
      cairo_surface_destroy};
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> const cairo{cairo_create(surface.get()), cairo_destroy};
  for (int page = 0; page < pages; ++page) {
    for (int y = 0; y < sheet.height; ++y)
      for (int x = 0; x < sheet.width; ++x)
        if (sheet.dots[static_cast<std::size_t>(y) * static_cast<std::size_t>(sheet.width) +
                       static_cast<std::size_t>(x)] == 0)
          cairo_rectangle(cairo.get(), x * 0.5, y * 0.5, 0.5, 0.5);
    cairo_fill(cairo.get());
    cairo_show_page(cairo.get());
  }
  cairo_surface_finish(surface.get());
  return out;
}

void expect_refused(std::string const& file, base::errc code, std::string_view because) {
  for (bool const confined : {false, true}) {
    auto const found = confined ? by_program(file) : read_codes(base::as_bytes(file));
    ASSERT_FALSE(found) << because;
    EXPECT_EQ(found.error().code, code) << found.error().detail;
    EXPECT_THAT(found.error().detail, HasSubstr(std::string{because}));
  }
}

auto codes_in(std::string const& file) {
  auto const found = read_codes(base::as_bytes(file));
  EXPECT_TRUE(found) << found.error().detail;
  auto const confined = by_program(file);
  EXPECT_TRUE(confined) << confined.error().detail;
  EXPECT_EQ(found.has_value() ? *found : std::vector<std::string>{},
            confined.has_value() ? *confined : std::vector<std::string>{});
  return found ? *found : std::vector<std::string>{};
}

TEST(Codes, AreFoundInPicturesAndPages) {
  std::string const text = R"({"a":"ბ \n ä"})";
  Sheet const sheet = Sheet{300, 300}.with(text, 40, 60);
  EXPECT_THAT(codes_in(png_of(sheet)), ElementsAre(text));
  EXPECT_THAT(codes_in(jpeg_of(sheet)), ElementsAre(text));
  EXPECT_THAT(codes_in(pdf_of(sheet)), ElementsAre(text));
  EXPECT_THAT(codes_in(pdf_of(sheet, max_pages)), ElementsAre(text)) << "each once";
}

TEST(Codes, OfOneSheetAreFoundAll) {
  Sheet const sheet = Sheet{700, 400}.with("first", 40, 40).with("second", 400, 200).with("first", 40, 250);
  EXPECT_THAT(codes_in(png_of(sheet)), UnorderedElementsAre("first", "second"));
}

TEST(Codes, AreNotSeenWhereThereAreNone) {
  EXPECT_THAT(codes_in(png_of(Sheet{300, 300})), IsEmpty());
  EXPECT_THAT(codes_in(jpeg_of(Sheet{300, 300})), IsEmpty());
  EXPECT_THAT(codes_in(pdf_of(Sheet{300, 300})), IsEmpty());
  EXPECT_THAT(codes_in(png_of(Sheet{1, 1})), IsEmpty());
}

TEST(Files, ThatAreNoPicturesAreRefused) {
  for (char const* text : {"", "hello", "%PD", "\x89PNG", "GIF89a"})
    expect_refused(text, base::errc::malformed, "no PNG or JPEG");
}

TEST(Files, ThatAreCutOffOrBrokenAreRefused) {
  Sheet const sheet = Sheet{300, 300}.with("text", 40, 60);
  for (std::size_t const percent : {1U, 10U, 50U, 90U}) {
    std::string const png = png_of(sheet);
    expect_refused(png.substr(0, std::max<std::size_t>(png.size() * percent / 100, 9)), base::errc::malformed, "PNG");
    std::string const jpeg = jpeg_of(sheet);
    expect_refused(jpeg.substr(0, std::max<std::size_t>(jpeg.size() * percent / 100, 4)), base::errc::malformed,
                   "JPEG");
  }
  expect_refused("%PDF-1.5\nhello", base::errc::malformed, "PDF");
  expect_refused("%PDF-1.5\n" + std::string(100000, '\0'), base::errc::malformed, "PDF");
}

/// A PNG that says it is so large, and has nothing to show for it.
std::string png_of_size(std::uint32_t width, std::uint32_t height) {
  std::string png = png_of(Sheet{8, 8});
  base::Bytes size;
  base::append_be(size, width);
  base::append_be(size, height);
  png.replace(16, 8, base::as_text(size));
  std::uint32_t sum = 0xFFFFFFFF;  // CRC-32 (RFC 2083, section 3.4)
  for (char const c : png.substr(12, 17)) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ ((sum & 1) != 0 ? 0xEDB88320 : 0);
  }
  base::Bytes check;
  base::append_be(check, ~sum);
  return png.replace(29, 4, base::as_text(check));
}

TEST(Files, ThatWouldUnpackToTooMuchAreRefusedBefore) {
  expect_refused(png_of_size(8001, 8000), base::errc::too_large, "64 million");
  expect_refused(png_of_size(1, 100'000'000), base::errc::malformed, "PNG");  // libpng's own limit
  std::string jpeg = jpeg_of(Sheet{300, 300});
  std::size_t const frame = jpeg.find("\xff\xc0");
  jpeg.replace(frame + 5, 4, "\xff\xdc\xff\xdc");
  expect_refused(jpeg, base::errc::too_large, "64 million");
  expect_refused(pdf_of(Sheet{300, 300}, max_pages + 1), base::errc::too_large, "10 pages");
  expect_refused(std::string(max_file_bytes + 1, 'x'), base::errc::too_large, "32 MiB");
}

TEST(Pages, OfAnySizeAreDrawnWithinLimits) {
  EXPECT_THAT(codes_in(pdf_of(Sheet{300, 300}.with("text", 40, 60), 1, 14'400)), IsEmpty())
      << "a code that has become too small, and no memory for 3.6 billion dots";
  EXPECT_THAT(codes_in(pdf_of(Sheet{300, 300}, 1, 3)), IsEmpty());
}

TEST(Files, ThatTakeTooMuchTakeTheirOwnProcessWithThem) {
#if defined(__SANITIZE_ADDRESS__) || defined(__has_feature)
  GTEST_SKIP() << "sanitizers have memory limits of their own";
#endif
  std::string const file = png_of(Sheet{4000, 4000});
  auto const found = by_program(file, {.memory_bytes = 1});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, base::errc::malformed);
  EXPECT_THAT(found.error().detail, HasSubstr("more memory or time"));
  EXPECT_TRUE(by_program(file)) << "and the next one is read";
}

/// Pages full of dots without an order: every line of them may be part of a code.
std::string pdf_of_noise(int pages) {
  constexpr int width = 1024;
  constexpr double points = 1000;
  std::string out;
  auto const append = [](void* to, unsigned char const* bytes, unsigned size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<char const*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
  };
  base::Bytes dots(std::size_t{width} * width);
  std::mt19937 dice{3};
  for (auto& dot : dots) dot = dice() % 2 == 0 ? 0 : 255;
  using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;
  Surface const surface{cairo_pdf_surface_create_for_stream(append, &out, points, points), cairo_surface_destroy};
  Surface const picture{cairo_image_surface_create_for_data(dots.data(), CAIRO_FORMAT_A8, width, width, width),
                        cairo_surface_destroy};
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> const cairo{cairo_create(surface.get()), cairo_destroy};
  cairo_scale(cairo.get(), points / width, points / width);
  for (int page = 0; page < pages; ++page) {
    cairo_mask_surface(cairo.get(), picture.get(), 0, 0);
    cairo_show_page(cairo.get());
  }
  cairo_surface_finish(surface.get());
  return out;
}

TEST(Files, ThatTakeTooLongTakeTheirOwnProcessWithThem) {
  std::string const file = pdf_of_noise(max_pages);
  auto const found = by_program(file, {.time_s = 1});
  ASSERT_FALSE(found) << "unlimited, it takes many seconds";
  EXPECT_EQ(found.error().code, base::errc::malformed);
  EXPECT_THAT(found.error().detail, HasSubstr("more memory or time"));
}

}  // namespace
}  // namespace abode::pictures
