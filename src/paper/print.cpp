#include "paper/print.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string_view>

namespace abode::paper {
namespace {

using base::errc;
using base::fail;

// Lengths are in points, as PDF counts them.
constexpr double mm = 72.0 / 25.4;

struct Box {
  double x;
  double y;
  double width;
  double height;
};

// Where the window of a DL or C6/5 envelope is, once the page is folded twice: DIN 5008:2020, form B (address field 85
// mm by 45 mm, 20 mm from the left and 45 mm from the upper edge; its lower 27.3 mm are for the address and the rest
// for the sender and notes; text begins 25 mm from the left), for envelopes of DIN 680. Other countries' windows are
// elsewhere: this is the place to say so.
constexpr Box return_box{25 * mm, 55 * mm, 78 * mm, 6 * mm};
constexpr Box address_box{25 * mm, 62.7 * mm, 78 * mm, 27.3 * mm};
constexpr double first_fold = 105 * mm;
constexpr double second_fold = 210 * mm;

// The rest is below the first fold, so that it cannot slip into the window.
constexpr Box body_box{25 * mm, 112 * mm, 160 * mm, 160 * mm};
constexpr double foot_y = 281 * mm;
constexpr double page_width = 210 * mm;
constexpr double page_height = 297 * mm;

constexpr char const* families = "Noto Sans, Noto Sans Armenian, Noto Sans Georgian";
constexpr double smallest_size = 1.0;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
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

Font font_of(double size, Weight weight) {
  Font font{pango_font_description_from_string(families)};
  pango_font_description_set_size(font.get(), static_cast<int>(size * PANGO_SCALE));
  pango_font_description_set_weight(font.get(), weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

/// A PDF while it is drawn. One unit is one point, and no metric is rounded for a screen. It has fonts of its own,
/// which go with it.
class Drawing {
 public:
  Drawing(cairo_write_func_t write, void* to)
      : surface_(cairo_pdf_surface_create_for_stream(write, to, page_width, page_height)),
        cairo_(cairo_create(surface_.get())),
        fonts_(pango_cairo_font_map_new()),
        text_(pango_font_map_create_context(fonts_.get())) {
    std::unique_ptr<cairo_font_options_t, DestroyCairo> const options{cairo_font_options_create()};
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(text_.get(), options.get());
    pango_cairo_context_set_resolution(text_.get(), 72.0);
    pango_cairo_update_context(cairo_.get(), text_.get());
  }

  cairo_surface_t* surface() const { return surface_.get(); }
  cairo_t* cairo() const { return cairo_.get(); }
  PangoContext* text() const { return text_.get(); }

 private:
  Surface surface_;
  Context cairo_;
  std::unique_ptr<PangoFontMap, Unref> fonts_;
  std::unique_ptr<PangoContext, Unref> text_;
};

/// A text in a column, at most so wide.
Layout lay_out(Drawing const& drawing, std::string_view text, double width) {
  Layout layout{pango_layout_new(drawing.text())};
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  return layout;
}

double height_of(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

/// Draws one letter, from the top of its page.
class Page {
 public:
  explicit Page(Drawing const& drawing) : drawing_(drawing), cairo_(drawing.cairo()) {}

  void draw(Letter const& letter) {
    mark_fold(first_fold);
    mark_fold(second_fold);
    if (!letter.return_line.empty()) draw_in(return_box, letter.return_line, 6.5);
    std::string window;
    for (std::string const& line : letter.window) window += (window.empty() ? "" : "\n") + line;
    draw_in(address_box, window, 11);
    double scale = 1;
    while (height_of_body(letter, scale) > body_box.height && scale > 0.1) scale *= 0.95;
    draw_body(letter, scale, true);
    if (!letter.foot.empty())
      draw_in({body_box.x, foot_y, body_box.width, page_height - foot_y - 5 * mm}, letter.foot, 8);
  }
  bool misses_signs() const { return missing_ > 0; }

 private:
  void mark_fold(double y) {
    cairo_set_line_width(cairo_, 0.3);
    cairo_move_to(cairo_, 5 * mm, y);
    cairo_line_to(cairo_, 9 * mm, y);
    cairo_stroke(cairo_);
  }

  void show(double x, double y, PangoLayout* layout) {
    missing_ += pango_layout_get_unknown_glyphs_count(layout);
    cairo_move_to(cairo_, x, y);
    pango_cairo_show_layout(cairo_, layout);
  }

  /// In the box, at its top, in this size or the next smaller one that fits.
  void draw_in(Box const& box, std::string_view text, double size) {
    Layout const layout = lay_out(drawing_, text, box.width);
    for (;; size *= 0.95) {
      pango_layout_set_font_description(layout.get(), font_of(size, Weight::normal).get());
      if (height_of(layout.get()) <= box.height || size < smallest_size) break;
    }
    show(box.x, box.y, layout.get());
  }

  double height_of_body(Letter const& letter, double scale) { return draw_body(letter, scale, false) - body_box.y; }

  /// The end of it. Without `visible` it is only measured.
  double draw_body(Letter const& letter, double scale, bool visible) {
    double y = body_box.y;
    auto const add = [&](std::string_view text, double size, Weight weight, double space) {
      Layout const layout = lay_out(drawing_, text, body_box.width);
      pango_layout_set_font_description(layout.get(), font_of(size * scale, weight).get());
      if (visible) show(body_box.x, y, layout.get());
      y += height_of(layout.get()) + space * scale;
    };
    add(letter.heading, 14, Weight::bold, 10);
    for (std::string const& paragraph : letter.before) add(paragraph, 10.5, Weight::normal, 6);
    y += 6 * scale;
    add(letter.code, 30, Weight::bold, 12);
    for (std::string const& paragraph : letter.after) add(paragraph, 10.5, Weight::normal, 6);
    return y;
  }

  Drawing const& drawing_;
  cairo_t* cairo_;
  int missing_ = 0;
};

cairo_status_t append(void* to, unsigned char const* bytes, unsigned int size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<char const*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

/// One character of each script that letters are written in.
constexpr std::string_view of_each_script = "AЖҚӣəĞȘoʻԱա\u10D0";

}  // namespace

base::result<void> check_fonts() {
  Drawing const drawing{nullptr, nullptr};
  Layout const layout = lay_out(drawing, of_each_script, page_width);
  Font const wanted = font_of(10, Weight::normal);
  pango_layout_set_font_description(layout.get(), wanted.get());
  std::unique_ptr<PangoFont, Unref> const found{pango_context_load_font(drawing.text(), wanted.get())};
  Font const described{found ? pango_font_describe(found.get()) : nullptr};
  char const* const family = described ? pango_font_description_get_family(described.get()) : nullptr;
  if (family == nullptr || std::string_view{family} != "Noto Sans" ||
      pango_layout_get_unknown_glyphs_count(layout.get()) > 0)
    return fail(errc::unavailable,
                "The fonts for letters are missing. Install them (on Debian: apt-get install fonts-noto-core), and try "
                "again.");
  return {};
}

base::result<Printed> print(std::span<Letter const> letters, base::Time made_at) {
  Printed printed;
  Drawing const drawing{append, &printed.pdf};
  cairo_pdf_surface_set_metadata(drawing.surface(), CAIRO_PDF_METADATA_CREATE_DATE, base::format_time(made_at).c_str());
  for (Letter const& letter : letters) {
    Page page{drawing};
    page.draw(letter);
    if (page.misses_signs()) ++printed.with_missing_signs;
    cairo_show_page(drawing.cairo());
  }
  cairo_surface_finish(drawing.surface());
  if (cairo_status(drawing.cairo()) != CAIRO_STATUS_SUCCESS ||
      cairo_surface_status(drawing.surface()) != CAIRO_STATUS_SUCCESS)
    return fail(errc::unavailable, "The letters could not be set. Check the machine's memory and fonts.");
  return printed;
}

}  // namespace abode::paper
