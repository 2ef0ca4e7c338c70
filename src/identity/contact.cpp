#include "identity/contact.hpp"

#include <algorithm>

namespace abode::identity {
namespace {

constexpr std::size_t max_local_part_bytes = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t max_label_bytes = 63;       // RFC 1035 section 2.3.4

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr std::string_view atom_marks = "!#$%&'*+-/=?^_`{|}~";  // RFC 5322 section 3.2.3

bool is_atom(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return is_letter_or_digit(c) || atom_marks.find(c) != std::string_view::npos;
  });
}

bool is_label(std::string_view part) {
  return !part.empty() && part.size() <= max_label_bytes && part.front() != '-' && part.back() != '-' &&
         std::all_of(part.begin(), part.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

/// How many parts with dots between them; 0 if one of them is not as it should be.
template <class Check>
std::size_t count_parts(std::string_view text, Check fits) {
  std::size_t parts = 0;
  for (;;) {
    std::size_t const dot = text.find('.');
    if (!fits(text.substr(0, dot))) return 0;
    ++parts;
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

bool is_language(std::string_view tag) {
  return std::find(languages.begin(), languages.end(), tag) != languages.end();
}

base::result<std::string> parse_email_address(std::string_view typed) {
  auto const invalid = [](char const* detail) { return base::fail(base::errc::invalid, detail, "address"); };
  while (!typed.empty() && (typed.front() == ' ' || typed.front() == '\t')) typed.remove_prefix(1);
  while (!typed.empty() && (typed.back() == ' ' || typed.back() == '\t')) typed.remove_suffix(1);
  if (typed.size() > max_email_address_bytes)
    return invalid("This e-mail address is too long: 254 characters at most.");
  if (std::any_of(typed.begin(), typed.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7f; }))
    return invalid(
        "An e-mail address has letters a to z, digits and a few signs only. If its part after the @ has other letters, "
        "write that part in its xn-- form.");
  std::size_t const at = typed.find('@');
  if (at > max_local_part_bytes ||  // or nowhere
      count_parts(typed.substr(0, at), is_atom) == 0 || count_parts(typed.substr(at + 1), is_label) < 2)
    return invalid("This is no e-mail address that mail can be sent to. Write it as name@example.org.");
  std::string address{typed};
  std::transform(address.begin() + static_cast<std::ptrdiff_t>(at), address.end(),
                 address.begin() + static_cast<std::ptrdiff_t>(at),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return address;
}

}  // namespace abode::identity
