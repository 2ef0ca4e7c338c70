#include "paper/certificate.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>

#include "paper/internal/drawing.hpp"
#include "paper/internal/pdf_structure.hpp"
#include "qr/qr.hpp"
#include "text/catalogs.hpp"
#include "text/text.hpp"

namespace abode::paper {
namespace {

using base::errc;
using base::fail;
using base::result;
using internal::Layout;
using internal::mm;
using internal::Style;
using internal::Weight;

struct Color {
  double red;
  double green;
  double blue;
};
constexpr Color ink{0.08, 0.10, 0.11};
constexpr Color accent{0.07, 0.27, 0.29};
constexpr Color muted{0.31, 0.36, 0.38};
constexpr Color hairline{0.78, 0.82, 0.83};
constexpr Color warning{0.36, 0.22, 0.0};
constexpr Color warning_ground{1.0, 0.94, 0.80};

constexpr double left = 22 * mm;
constexpr double width = internal::page_width - 2 * left;
constexpr double top = 17 * mm;
constexpr double bottom = internal::page_height - 15 * mm;
constexpr double gutter = 8 * mm;
constexpr double label_width = 54 * mm;
constexpr double value_width = width - label_width;
constexpr double code_width = code_width_mm * mm;

/// How a text is set. Sizes are of a page that is not crowded.
struct Type {
  double size;
  Weight weight = Weight::normal;
  Color color = ink;
  Style style = Style::plain;
};
constexpr Type title_type{25, Weight::bold, accent, Style::serif};
constexpr Type second_title_type{16, Weight::normal, accent, Style::serif};
constexpr Type register_type{9.5, Weight::bold, accent};
constexpr Type lead_type{10.5};
constexpr Type label_type{8.5, Weight::bold, muted};
constexpr Type second_label_type{8.5, Weight::normal, muted};
constexpr Type name_type{16, Weight::bold};
constexpr Type value_type{12.5};
constexpr Type second_value_type{10.5, Weight::normal, muted};
constexpr Type number_type{13.5, Weight::bold};
constexpr Type check_heading_type{9.5, Weight::bold, accent};
constexpr Type check_type{8.5};
constexpr Type warning_type{11, Weight::bold, warning};

constexpr std::string_view command = "abode\u00a0verify";  // not to be parted at the end of a line

/// An address as people type it: a line does not end after its scheme.
std::string as_typed(std::string const& url) {
  constexpr std::string_view scheme = "https://";
  return url.starts_with(scheme) ? url.substr(scheme.size()) : url;
}

/// English is that of pages: day before month.
std::string language_of_dates(std::string const& language) {
  return language == "en" ? "en-GB" : language;
}

/// Draws the page, or only measures it. Every text it shows is an element of the PDF's structure, in its language.
class Page {
 public:
  Page(internal::Drawing const& drawing, CertificateFacts const& facts, qr::Code const& code)
      : drawing_(drawing), cairo_(drawing.cairo()), facts_(facts), code_(code), languages_{facts.language_of_office} {
    if (facts.language != facts.language_of_office) languages_.push_back(facts.language);
  }

  void draw() {
    for (double end = lay(false); end > bottom && scale_ > 0.2; end = lay(false))
      scale_ *= std::clamp(1 - (end - bottom) / (2 * (bottom - top)), 0.8, 0.985);
    lay(true);
  }
  std::vector<internal::PdfElement> const& elements() const { return elements_; }
  bool misses_signs() const { return missing_ > 0; }

 private:
  /// Of the structure, for as long as it lives.
  class Element {
   public:
    Element(Page& page, char const* tag, std::string language = {}, std::string alternative = {})
        : page_(page), tag_(tag) {
      if (!page_.visible_) return;
      cairo_tag_begin(page_.cairo_, tag_, nullptr);
      page_.elements_.push_back({tag_, std::move(language), std::move(alternative)});
    }
    ~Element() {
      if (page_.visible_) cairo_tag_end(page_.cairo_, tag_);
    }
    Element(Element const&) = delete;
    Element& operator=(Element const&) = delete;

   private:
    Page& page_;
    char const* tag_;
  };

  std::string say(std::size_t language, char const* message,
                  std::initializer_list<text::Argument> arguments = {}) const {
    return text::format_message(languages_[language], message, arguments);
  }
  std::string date(std::size_t language, base::Date day) const {
    return text::long_date(day, language_of_dates(languages_[language]));
  }

  void color(Color const& c) { cairo_set_source_rgb(cairo_, c.red, c.green, c.blue); }

  /// The height that it takes.
  double set(std::string_view text, double x, double y, double column, Type const& type, std::size_t language,
             char const* tag = "P") {
    Layout const layout = internal::lay_out(drawing_, text, column);
    pango_layout_set_font_description(layout.get(),
                                      internal::font_of(type.size * scale_, type.weight, type.style).get());
    pango_layout_set_line_spacing(layout.get(), 1.08F);
    if (visible_) {
      Element const element{*this, tag, languages_[language]};
      show(layout.get(), x, y, type.color);
    }
    return internal::height_of(layout.get());
  }

  void show(PangoLayout* layout, double x, double y, Color const& c) {
    missing_ += pango_layout_get_unknown_glyphs_count(layout);
    color(c);
    cairo_move_to(cairo_, x, y);
    pango_cairo_show_layout(cairo_, layout);
  }

  void line(double y, double thickness, Color const& c) {
    if (!visible_) return;
    color(c);
    cairo_rectangle(cairo_, left, y, width, thickness);
    cairo_fill(cairo_);
  }

  double space(double millimetres) const { return millimetres * mm * scale_; }

  /// The end of what is below each other, the code and its explanation included.
  double lay(bool visible) {
    visible_ = visible;
    Element const document{*this, "Document", languages_[0]};
    double y = lay_head(top);
    y = lay_titles(y + space(9));
    if (facts_.test_mode) y = lay_warning(y + space(5));
    y = lay_lead(y + space(5));
    y = lay_table(y + space(4));
    y += space(6);
    // As far down as it goes: the white stays in the middle of a page that says little.
    if (visible) y = std::max(y, bottom - below_);
    double const end = lay_below(y);
    below_ = end - y;
    return end;
  }

  double lay_head(double y) {
    line(y, 1.6, accent);
    y += 3 * mm;
    return y + set(facts_.register_url, left, y, width, register_type, 0);
  }

  double lay_titles(double y) {
    for (std::size_t i = 0; i < languages_.size(); ++i)
      y += set(say(i, "paper.title"), left, y, width, i == 0 ? title_type : second_title_type, i, "H1");
    return y;
  }

  double lay_warning(double y) {
    double const inner = width - 8 * mm;
    double height = 0;
    bool const visible = visible_;
    visible_ = false;
    for (std::size_t i = 0; i < languages_.size(); ++i)
      height += set(say(i, "paper.test"), left, y, inner, warning_type, i);
    visible_ = visible;
    if (visible_) {
      color(warning_ground);
      cairo_rectangle(cairo_, left, y, width, height + 5 * mm);
      cairo_fill(cairo_);
      color(warning);
      cairo_rectangle(cairo_, left, y, 1.2 * mm, height + 5 * mm);
      cairo_fill(cairo_);
    }
    double at = y + 2.5 * mm;
    for (std::size_t i = 0; i < languages_.size(); ++i)
      at += set(say(i, "paper.test"), left + 5 * mm, at, inner, warning_type, i);
    return y + height + 5 * mm;
  }

  /// The same in each language, in columns.
  template <class Lay>
  double lay_columns(double y, Lay const& lay) {
    double const columns = static_cast<double>(languages_.size());
    double const column = (width - gutter * (columns - 1)) / columns;
    double end = y;
    for (std::size_t i = 0; i < languages_.size(); ++i)
      end = std::max(end, lay(i, left + static_cast<double>(i) * (column + gutter), column));
    return end;
  }

  double lay_lead(double y) {
    return lay_columns(y, [&](std::size_t i, double x, double column) {
      std::string const day = date(i, facts_.issued_on);
      std::string const lead = say(i, "paper.lead", {{"day", day}, {"register", as_typed(facts_.register_url)}});
      return y + set(lead, x, y, column, lead_type, i);
    });
  }

  // Rows

  /// A row's value: the same in all languages, or one text for each.
  struct Value {
    std::vector<std::string> texts;
    Type type = value_type;
  };
  Value in_each(char const* message) const {
    Value value;
    for (std::size_t i = 0; i < languages_.size(); ++i) value.texts.push_back(say(i, message));
    return value;
  }
  Value in_each(base::Date day) const {
    Value value;
    for (std::size_t i = 0; i < languages_.size(); ++i) value.texts.push_back(date(i, day));
    return value;
  }

  double lay_labels(char const* message, double x, double y, double column) {
    Element const heading{*this, "TH"};
    double at = y;
    for (std::size_t i = 0; i < languages_.size(); ++i)
      at += set(say(i, message), x, at, column, i == 0 ? label_type : second_label_type, i);
    return at;
  }

  double lay_value(Value const& value, double x, double y, double column) {
    Element const cell{*this, "TD"};
    double at = y;
    for (std::size_t i = 0; i < value.texts.size(); ++i)
      if (i == 0 || value.texts[i] != value.texts[0])
        at += set(value.texts[i], x, at, column, i == 0 ? value.type : second_value_type, i);
    return at;
  }

  double lay_row(double y, char const* message, Value const& value) {
    line(y, 0.5, hairline);
    Element const row{*this, "TR"};
    y += space(2.1);
    double const labels = lay_labels(message, left, y + space(0.8), label_width - 4 * mm);
    double const values = lay_value(value, left + label_width, y, value_width);
    return std::max(labels, values) + space(2.1);
  }

  std::string country(std::size_t language) const { return text::country_name(facts_.country, languages_[language]); }

  Value address() const {
    std::string lines;
    for (std::string const& one : facts_.address) lines += (lines.empty() ? "" : "\n") + one;
    Value value;
    value.texts.push_back(facts_.country.empty() ? lines : lines + "\n" + country(0));
    if (languages_.size() > 1 && !facts_.country.empty() && country(1) != country(0)) value.texts.push_back(country(1));
    return value;
  }
  Value region() const {
    Value value;
    for (std::size_t i = 0; i < languages_.size(); ++i)
      value.texts.push_back(facts_.region + (facts_.region.empty() ? "" : ", ") + country(i));
    return value;
  }

  double lay_table(double y) {
    Element const table{*this, "Table", languages_[0]};
    if (!facts_.family_name.empty()) y = lay_row(y, "paper.family-name", {{facts_.family_name}, name_type});
    if (!facts_.given_names.empty()) y = lay_row(y, "paper.given-names", {{facts_.given_names}, name_type});
    if (facts_.birth_date) y = lay_row(y, "paper.birth-date", in_each(*facts_.birth_date));
    if (!facts_.address.empty())
      y = lay_row(y, "paper.address", address());
    else if (!facts_.country.empty())
      y = lay_row(y, "paper.region", region());
    if (!facts_.kind.empty()) y = lay_row(y, "paper.kind", in_each(("paper.kind." + facts_.kind).c_str()));
    if (facts_.since) y = lay_row(y, "paper.since", in_each(*facts_.since));
    if (!facts_.assurance.empty())
      y = lay_row(y, "paper.assurance", in_each(("paper.assurance." + facts_.assurance).c_str()));
    line(y, 0.5, hairline);
    return y;
  }

  // The code, what names the page, and how to check it

  double lay_below(double y) {
    double const quiet = code_width / static_cast<double>(code_.width) * qr::quiet_zone;
    y += quiet;
    draw_code(left, y);  // the margin is white as well
    double const beside = lay_page_facts(left + code_width + quiet + gutter, y);
    double const below = std::max(beside, y + code_width + quiet) + space(4);
    return lay_check(below);
  }

  double lay_page_facts(double x, double y) {
    Element const table{*this, "Table", languages_[0]};
    double const column = left + width - x;
    auto const add = [&](char const* message, Value const& value) {
      Element const row{*this, "TR"};
      y = lay_labels(message, x, y, column) + space(0.4);
      y = lay_value(value, x, y, column) + space(3.2);
    };
    add("paper.number", {{facts_.number}, number_type});
    add("paper.issued", in_each(facts_.issued_on));
    add("paper.good-through", in_each(facts_.good_through));
    return y;
  }

  double lay_check(double y) {
    std::string const trust = as_typed(facts_.register_url) + "/trust.json";
    return lay_columns(y, [&](std::size_t i, double x, double column) {
      double at = y + set(say(i, "paper.check"), x, y, column, check_heading_type, i, "H2") + space(1);
      auto const add = [&](std::string const& paragraph) {
        at += set(paragraph, x, at, column, check_type, i) + space(1);
      };
      add(say(i, "paper.check.how", {{"command", command}, {"trust", trust}}));
      add(say(i, "paper.check.compare"));
      add(say(i, "paper.says"));
      if (facts_.can_be_withdrawn) add(say(i, "paper.status"));
      return at;
    });
  }

  /// As one shape, so that no seam shows between squares.
  void draw_code(double x, double y) {
    if (!visible_) return;
    Element const figure{*this, "Figure", languages_[0], say(0, "paper.check")};
    double const unit = code_width / static_cast<double>(code_.width);
    cairo_set_source_rgb(cairo_, 0, 0, 0);
    for (std::size_t row = 0; row < code_.width; ++row)
      for (std::size_t column = 0; column < code_.width; ++column) {
        std::size_t end = column;
        while (end < code_.width && code_.at(end, row)) ++end;
        if (end == column) continue;
        cairo_rectangle(cairo_, x + static_cast<double>(column) * unit, y + static_cast<double>(row) * unit,
                        static_cast<double>(end - column) * unit, unit);
        column = end;
      }
    cairo_fill(cairo_);
  }

  internal::Drawing const& drawing_;
  cairo_t* cairo_;
  CertificateFacts const& facts_;
  qr::Code const& code_;
  std::vector<std::string> languages_;
  std::vector<internal::PdfElement> elements_;
  double scale_ = 1;
  double below_ = 0;  ///< how high the code and what follows is, as last measured
  bool visible_ = false;
  int missing_ = 0;
};

}  // namespace

result<Printed> print_certificate(CertificateFacts const& facts, base::Time made_at) {
  auto const code = qr::encode(facts.seal);
  if (!code) return code.error();
  Printed printed;
  internal::Drawing const drawing{&printed.pdf};
  auto const describe = [&](cairo_pdf_metadata_t what, std::string const& text) {
    cairo_pdf_surface_set_metadata(drawing.surface(), what, text.c_str());
  };
  describe(CAIRO_PDF_METADATA_CREATE_DATE, base::format_time(made_at));
  describe(CAIRO_PDF_METADATA_TITLE, text::format_message(facts.language_of_office, "paper.title", {}));
  Page page{drawing, facts, *code};
  page.draw();
  cairo_show_page(drawing.cairo());
  if (!drawing.finish())
    return fail(errc::unavailable, "The certificate could not be set. Check the machine's memory and fonts.");
  if (page.misses_signs()) printed.with_missing_signs = 1;
  printed.pdf = internal::with_languages(std::move(printed.pdf), facts.language_of_office, page.elements());
  return printed;
}

}  // namespace abode::paper
