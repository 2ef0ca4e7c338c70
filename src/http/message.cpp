#include "http/message.hpp"

#include <algorithm>
#include <array>
#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <optional>

namespace abode::http {
namespace {

using base::errc;
namespace urls = boost::urls;

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// Cuts `text` at the first `separator`: returns what is before, leaves what is after.
std::string_view cut(std::string_view& text, char separator) {
  auto const end = std::min(text.find(separator), text.size());
  auto const piece = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return piece;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  auto const first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Unicode 15, table 3-7: no overlong forms, no surrogates, nothing past U+10FFFF.
bool is_utf8(std::string_view text) {
  constexpr std::array<char32_t, 5> smallest_of_length = {0, 0, 0x80, 0x800, 0x10000};
  for (std::size_t i = 0; i < text.size();) {
    auto const lead = static_cast<std::uint8_t>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    std::size_t const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || length > text.size() - i) return false;
    char32_t point = lead & (0x7fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      auto const next = static_cast<std::uint8_t>(text[i + k]);
      if ((next & 0xc0) != 0x80) return false;
      point = point << 6 | (next & 0x3fu);
    }
    bool const is_surrogate = point >= 0xd800 && point <= 0xdfff;
    if (point < smallest_of_length[length] || point > 0x10ffff || is_surrogate) return false;
    i += length;
  }
  return true;
}

base::result<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  auto const checked = urls::make_pct_string_view(text);
  if (!checked)
    return base::fail(errc::malformed,
                      "A percent sign must be followed by two hexadecimal digits. Encode the text again.");
  std::string decoded = checked->decode(urls::encoding_opts{plus_is_blank});
  if (!is_utf8(decoded)) return base::fail(errc::malformed, "This text is not UTF-8. Send it again as UTF-8.");
  if (decoded.find('\0') != decoded.npos)
    return base::fail(errc::malformed, "This text holds a NUL character. Send it again without.");
  return decoded;
}

bool is_safe_name(std::string_view segment) {
  auto const is_unsafe = [](char c) {
    return c == '/' || c == '\\' || static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f;
  };
  return segment != "." && segment != ".." && std::none_of(segment.begin(), segment.end(), is_unsafe);
}

base::result<std::pair<std::string, std::string>> parse_pair(std::string_view piece, FormLimits const& limits) {
  auto name = percent_decode(cut(piece, '='), true);
  if (!name) return name.error();
  if (name->empty()) return base::fail(errc::malformed, "A field of this form has no name. Send the form again.");
  if (name->size() > limits.name_bytes)
    return base::fail(errc::too_large, "The name of a field is too long. Use the names this form was made with.");
  auto value = percent_decode(piece, true);
  if (!value) return base::fail(value.error().code, value.error().detail, *name);
  if (value->size() > limits.value_bytes)
    return base::fail(errc::too_large, "This text is too long. Shorten it and send it again.", *name);
  return std::pair{std::move(*name), std::move(*value)};
}

}  // namespace

std::string_view name_of(Method method) {
  constexpr std::array<std::string_view, 7> names = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER"};
  return names[static_cast<std::size_t>(method)];
}

std::string_view header(Pairs const& headers, std::string_view name) {
  for (auto const& [key, value] : headers)
    if (equal_ignoring_case(key, name)) return value;
  return {};
}

bool accepts_coding(Request const& request, std::string_view coding) {
  for (std::string_view rest = header(request, "Accept-Encoding"); !rest.empty();) {
    std::string_view weight = cut(rest, ',');
    if (!equal_ignoring_case(trim(cut(weight, ';')), coding)) continue;
    return !equal_ignoring_case(trim(cut(weight, '=')), "q") || weight.find_first_not_of(" \t0.") != weight.npos;
  }
  return false;
}

Response response(unsigned status, std::string_view type, std::string body) {
  return {status, {{"Content-Type", std::string{type}}}, std::move(body)};
}

std::string_view cookie(Request const& request, std::string_view name) {
  std::optional<std::string_view> found;
  for (auto const& [key, value] : request.headers) {
    if (!equal_ignoring_case(key, "cookie")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      std::string_view given = cut(rest, ';');
      if (trim(cut(given, '=')) != name) continue;
      given = trim(given);
      if (found && *found != given) return {};
      found = given;
    }
  }
  return found.value_or(std::string_view{});
}

base::result<std::vector<std::string>> path_segments(std::string_view path) {
  if (!path.starts_with('/')) return base::fail(errc::malformed, "A path begins with a slash. Correct the address.");
  path.remove_prefix(1);
  std::vector<std::string> segments;
  for (bool more = !path.empty(); more;) {
    more = path.find('/') != path.npos;
    auto segment = percent_decode(cut(path, '/'), false);
    if (!segment) return segment.error();
    if (!is_safe_name(*segment))
      return base::fail(errc::malformed, "This address holds a part that no page has. Correct the address.");
    segments.push_back(std::move(*segment));
  }
  return segments;
}

base::result<Pairs> parse_form(std::string_view body, FormLimits const& limits) {
  Pairs pairs;
  while (!body.empty()) {
    auto const piece = cut(body, '&');
    if (piece.empty()) continue;
    if (pairs.size() == limits.pairs)
      return base::fail(errc::too_large, "This form has too many fields. Send only the fields it was made with.");
    auto pair = parse_pair(piece, limits);
    if (!pair) return pair.error();
    pairs.push_back(std::move(*pair));
  }
  return pairs;
}

base::result<Pairs> parse_query(std::string_view query, FormLimits const& limits) {
  return parse_form(query, limits);
}

base::result<std::optional<std::string>> only_value(Pairs const& pairs, std::string_view name) {
  std::optional<std::string> found;
  for (auto const& [key, value] : pairs) {
    if (key != name) continue;
    if (found) return base::fail(errc::malformed, "\"" + std::string{name} + "\" is there twice.");
    found = value;
  }
  return found;
}

std::string percent_encode(std::string_view text) {
  return urls::encode(text, urls::unreserved_chars);
}

}  // namespace abode::http
