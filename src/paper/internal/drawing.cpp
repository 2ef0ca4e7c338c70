#include "paper/internal/drawing.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace abode::paper::internal {
namespace {

constexpr char const* plain_families = "Noto Sans, Noto Sans Armenian, Noto Sans Georgian";
constexpr char const* serif_families = "Noto Serif, Noto Serif Armenian, Noto Serif Georgian";

cairo_status_t append(void* to, unsigned char const* bytes, unsigned int size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<char const*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

void Unref::operator()(void* object) const {
  g_object_unref(object);
}

Font font_of(double size, Weight weight, Style style) {
  Font font{pango_font_description_from_string(style == Style::serif ? serif_families : plain_families)};
  pango_font_description_set_size(font.get(), static_cast<int>(size * PANGO_SCALE));
  pango_font_description_set_weight(font.get(), weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

Drawing::Drawing(std::string* pdf)
    : surface_(cairo_pdf_surface_create_for_stream(pdf != nullptr ? append : nullptr, pdf, page_width, page_height)),
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

bool Drawing::finish() const {
  cairo_surface_finish(surface_.get());
  return cairo_status(cairo_.get()) == CAIRO_STATUS_SUCCESS &&
         cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS;
}

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

}  // namespace abode::paper::internal
