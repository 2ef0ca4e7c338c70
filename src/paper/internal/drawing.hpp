// What all pages have in common: A4 as a PDF while it is drawn, in the fonts that cover every script of our readers.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace abode::paper::internal {

// Lengths are in points, as PDF counts them.
constexpr double mm = 72.0 / 25.4;
constexpr double page_width = 210 * mm;
constexpr double page_height = 297 * mm;

struct Unref {
  void operator()(void* object) const;
};
struct DestroyCairo {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroyCairo>;
using Context = std::unique_ptr<cairo_t, DestroyCairo>;
using Layout = std::unique_ptr<PangoLayout, Unref>;
using Font = std::unique_ptr<PangoFontDescription, FreeFont>;

enum class Weight : std::uint8_t { normal, bold };
enum class Style : std::uint8_t { plain, serif };

Font font_of(double size, Weight weight, Style style = Style::plain);

/// A PDF while it is drawn. One unit is one point, and no metric is rounded for a screen. It has fonts of its own,
/// which go with it.
class Drawing {
 public:
  /// Null: to be measured in, and kept nowhere.
  explicit Drawing(std::string* pdf);

  cairo_surface_t* surface() const { return surface_.get(); }
  cairo_t* cairo() const { return cairo_.get(); }
  PangoContext* text() const { return text_.get(); }
  /// Writes the end of it. False: something failed on the way.
  bool finish() const;

 private:
  Surface surface_;
  Context cairo_;
  std::unique_ptr<PangoFontMap, Unref> fonts_;
  std::unique_ptr<PangoContext, Unref> text_;
};

/// A text in a column, at most so wide.
Layout lay_out(Drawing const& drawing, std::string_view text, double width);
double height_of(PangoLayout* layout);

}  // namespace abode::paper::internal
