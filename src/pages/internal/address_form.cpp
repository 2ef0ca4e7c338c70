#include "pages/internal/address_form.hpp"

#include <algorithm>

#include "text/text.hpp"

namespace abode::pages {
namespace {

using base::result;

struct PartLabel {
  std::string_view name;  ///< as in rules::address_parts
  std::string_view label;
  char const* autocomplete;
};
constexpr PartLabel part_labels[] = {{"care_of", "Care of (whose name is on the door)", "off"},
                                     {"street", "Street", "off"},
                                     {"house_number", "House number", "off"},
                                     {"unit", "Flat, room or unit", "off"},
                                     {"postal_code", "Postal code", "postal-code"},
                                     {"locality", "Town or village", "address-level2"},
                                     {"region", "Region", "address-level1"}};

std::string part_field(std::string_view name) {
  return "address." + std::string{name};
}

std::string upper_case(std::string_view text) {
  std::string out;
  for (char c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

/// Empty lines are no lines; the rest is rules::check_address's business.
result<std::vector<std::string>> read_lines(std::string_view typed) {
  std::vector<std::string> lines;
  while (!typed.empty()) {
    std::size_t const end = std::min(typed.find('\n'), typed.size());
    std::string_view line = typed.substr(0, end);
    typed.remove_prefix(std::min(end + 1, typed.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    auto clean = text::clean_line(line, address_lines_field);
    if (!clean) return clean.error();
    if (!clean->empty()) lines.push_back(std::move(*clean));
  }
  return lines;
}

}  // namespace

void put_address(Form& form, rules::Address const& address) {
  form.put(address_country_field, address.country);
  std::string lines;
  for (std::string const& line : address.lines) lines += line + "\n";
  form.put(address_lines_field, lines);
  for (auto const& part : rules::address_parts)
    if (address.*part.member) form.put(part_field(part.name), *(address.*part.member));
}

Html address_inputs(Sheet const& sheet) {
  Html parts;
  bool open = false;
  for (PartLabel const& part : part_labels) {
    std::string const name = part_field(part.name);
    open = open || !sheet.form.text(name).empty() || sheet.at_fault(name);
    parts.add(text_input(sheet, {{name, part.label}, Width::medium, "text", part.autocomplete}));
  }
  return group(
      text_area(sheet,
                {address_lines_field, "Address",
                 "As you would write it on an envelope, in any script. A hostel, a relative's place or a plot without "
                 "number is fine."},
                "4", "street-address"),
      text_input(
          sheet,
          {{address_country_field, "Country", "Two letters, for example DE or UZ"}, Width::narrow, "text", "country"}),
      el("details", {{"open", open}}, el("summary", "Parts of the address, if you like"),
         el("p", {{"class", "hint"}}, "You can leave all of this empty."), parts));
}

result<rules::Address> read_address(Form const& form) {
  rules::Address address;
  auto const country = text::clean_line(form.text(address_country_field), address_country_field);
  if (!country) return country.error();
  address.country = upper_case(*country);
  auto lines = read_lines(form.text(address_lines_field));
  if (!lines) return lines.error();
  address.lines = std::move(*lines);
  for (auto const& part : rules::address_parts) {
    std::string const name = part_field(part.name);
    auto clean = text::clean_line(form.text(name), name);
    if (!clean) return clean.error();
    if (!clean->empty()) address.*part.member = std::move(*clean);
  }
  return address;
}

}  // namespace abode::pages
