#include "paper/print.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string_view>

#include "paper/internal/drawing.hpp"

namespace abode::paper {
namespace {

using base::errc;
using base::fail;
using namespace internal;

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

constexpr double smallest_size = 1.0;

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

/// One character of each script that letters are written in.
constexpr std::string_view of_each_script = "AЖҚӣəĞȘoʻԱա\u10D0";

}  // namespace

base::result<void> check_fonts() {
  Drawing const drawing{nullptr};
  for (auto const& [style, name] : {std::pair{Style::plain, "Noto Sans"}, {Style::serif, "Noto Serif"}}) {
    Layout const layout = lay_out(drawing, of_each_script, page_width);
    Font const wanted = font_of(10, Weight::normal, style);
    pango_layout_set_font_description(layout.get(), wanted.get());
    std::unique_ptr<PangoFont, Unref> const found{pango_context_load_font(drawing.text(), wanted.get())};
    Font const described{found ? pango_font_describe(found.get()) : nullptr};
    char const* const family = described ? pango_font_description_get_family(described.get()) : nullptr;
    if (family == nullptr || std::string_view{family} != name ||
        pango_layout_get_unknown_glyphs_count(layout.get()) > 0)
      return fail(errc::unavailable,
                  "The fonts for letters and certificates are missing. Install them (on Debian: apt-get install "
                  "fonts-noto-core), and try again.");
  }
  return {};
}

base::result<Printed> print(std::span<Letter const> letters, base::Time made_at) {
  Printed printed;
  Drawing const drawing{&printed.pdf};
  cairo_pdf_surface_set_metadata(drawing.surface(), CAIRO_PDF_METADATA_CREATE_DATE, base::format_time(made_at).c_str());
  for (Letter const& letter : letters) {
    Page page{drawing};
    page.draw(letter);
    if (page.misses_signs()) ++printed.with_missing_signs;
    cairo_show_page(drawing.cairo());
  }
  if (!drawing.finish())
    return fail(errc::unavailable, "The letters could not be set. Check the machine's memory and fonts.");
  return printed;
}

}  // namespace abode::paper
