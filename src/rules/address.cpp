#include "rules/address.hpp"

#include <algorithm>

namespace abode::rules {
namespace {

using base::errc;
using base::fail;

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_blank(std::string const& text) {
  return text.find_first_not_of(' ') == std::string::npos;
}

base::result<void> check_text(std::string const& text, std::string const& field) {
  if (is_blank(text)) return fail(errc::invalid, "This is empty. Write something here or leave the field out.", field);
  if (text.size() > max_address_line_bytes)
    return fail(errc::invalid, "This is too long. Spread it over several lines.", field);
  return {};
}

}  // namespace

base::result<void> check_address(Address const& address, std::string const& path) {
  if (address.country.size() != 2 || !std::all_of(address.country.begin(), address.country.end(), is_capital))
    return fail(errc::invalid, "Give the country as two capital letters, for example DE or UZ.", path + ".country");
  if (address.lines.empty())
    return fail(errc::invalid, "Write the address, at least one line, as you would on an envelope.", path + ".lines");
  if (address.lines.size() > max_address_lines)
    return fail(errc::invalid, "An address has at most 8 lines. Join some of them.", path + ".lines");
  for (std::string const& line : address.lines)
    if (auto const ok = check_text(line, path + ".lines"); !ok) return ok;
  for (auto const& [name, member] : address_parts)
    if (address.*member)
      if (auto const ok = check_text(*(address.*member), path + "." + std::string{name}); !ok) return ok;
  return {};
}

}  // namespace abode::rules
