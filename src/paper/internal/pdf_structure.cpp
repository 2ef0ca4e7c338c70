#include "paper/internal/pdf_structure.hpp"

#include <pango/pango.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>

#include "base/assert.hpp"

namespace abode::paper::internal {
namespace {

constexpr std::size_t row_bytes = 20;  ///< of a cross-reference table (section 7.5.4)
constexpr std::size_t offset_digits = 10;

struct Insertion {
  std::size_t at;
  std::string text;
};

std::size_t number_at(std::string_view text, std::size_t at) {
  std::size_t number = 0;
  auto const read = std::from_chars(text.data() + at, text.data() + text.size(), number);
  base::ensure(read.ec == std::errc{}, "cairo writes numbers");
  return number;
}

/// Where things are in a file of cairo's: one table, all objects in it.
struct Places {
  std::size_t table;       ///< where "xref" begins
  std::size_t rows;        ///< where the first row begins
  std::size_t count;       ///< of rows; the first is of no object
  std::size_t table_text;  ///< where the number stands that says where the table is
};

Places places_of(std::string_view pdf) {
  constexpr std::string_view before_number = "startxref\n";
  constexpr std::string_view before_rows = "xref\n0 ";
  std::size_t const start = pdf.rfind(before_number);
  base::ensure(start != pdf.npos, "cairo ends a PDF with the place of its table");
  Places places{};
  places.table_text = start + before_number.size();
  places.table = number_at(pdf, places.table_text);
  base::ensure(pdf.substr(places.table).starts_with(before_rows), "cairo writes one table");
  places.count = number_at(pdf, places.table + before_rows.size());
  places.rows = pdf.find('\n', places.table + before_rows.size()) + 1;
  base::ensure(places.rows + places.count * row_bytes < pdf.size(), "cairo's table is whole");
  return places;
}

/// A text string (section 7.9.2.2): UTF-16, with its mark.
std::string text_string(std::string const& text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  glong size = 0;
  std::unique_ptr<gunichar2, void (*)(void*)> const units{
      g_utf8_to_utf16(text.c_str(), static_cast<glong>(text.size()), nullptr, &size, nullptr), g_free};
  base::ensure(units != nullptr, "texts of a page are UTF-8");
  std::string out = "<FEFF";
  for (glong i = 0; i < size; ++i)
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[static_cast<std::size_t>(units.get()[i] >> shift & 0xF)];
  return out + ">";
}

std::string entries_of(PdfElement const& element) {
  std::string entries;
  if (!element.language.empty()) entries += "/Lang (" + element.language + ") ";
  if (!element.alternative.empty()) entries += "/Alt " + text_string(element.alternative) + " ";
  if (element.tag == "TH") entries += "/A << /O /Table /Scope /Row >> ";
  return entries;
}

/// What is to be put in, in the order of the file.
std::vector<Insertion> insertions(std::string_view pdf, Places const& places, std::string const& language,
                                  std::vector<PdfElement> const& elements) {
  constexpr std::string_view begins = "<< ";
  constexpr std::string_view element_begins = "<< /Type /StructElem\n   /S /";
  std::vector<std::size_t> offsets;
  for (std::size_t i = 1; i < places.count; ++i) offsets.push_back(number_at(pdf, places.rows + i * row_bytes));
  std::ranges::sort(offsets);
  std::vector<Insertion> all;
  std::size_t next = 0;
  for (std::size_t const offset : offsets) {
    std::size_t const body = pdf.find("obj\n", offset) + 4;
    std::string_view const object = pdf.substr(body);
    if (object.starts_with("<< /Type /Catalog\n"))
      all.push_back({body + begins.size(), "/Lang (" + language + ") /ViewerPreferences << /DisplayDocTitle true >> "});
    if (!object.starts_with(element_begins)) continue;
    base::ensure(next < elements.size() && object.substr(element_begins.size()).starts_with(elements[next].tag + "\n"),
                 "cairo writes the elements in the order in which they began");
    all.push_back({body + begins.size(), entries_of(elements[next++])});
  }
  base::ensure(next == elements.size() && all.size() == next + 1, "cairo writes each element, and one catalog");
  return all;
}

}  // namespace

std::string with_languages(std::string pdf, std::string const& language, std::vector<PdfElement> const& elements) {
  Places const places = places_of(pdf);
  auto const all = insertions(pdf, places, language, elements);
  auto const moved = [&](std::size_t offset) {
    std::size_t added = 0;
    for (Insertion const& one : all)
      if (one.at <= offset) added += one.text.size();
    return offset + added;
  };
  std::string const table = std::to_string(moved(places.table));
  for (std::size_t i = 1; i < places.count; ++i) {
    std::size_t const row = places.rows + i * row_bytes;
    std::string const digits = std::to_string(moved(number_at(pdf, row)));
    pdf.replace(row, offset_digits, std::string(offset_digits - digits.size(), '0') + digits);
  }
  pdf.replace(places.table_text, pdf.find('\n', places.table_text) - places.table_text, table);
  for (auto one = all.rbegin(); one != all.rend(); ++one) pdf.insert(one->at, one->text);
  return pdf;
}

}  // namespace abode::paper::internal
