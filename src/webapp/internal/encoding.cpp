#include "webapp/internal/encoding.hpp"

#include <algorithm>
#include <cctype>

namespace abode::webapp {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  std::size_t const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// "0", "0.0", "0.00" or "0.000".
bool is_zero(std::string_view weight) {
  return weight.starts_with('0') && weight.find_first_not_of("0.") == std::string_view::npos;
}

/// `element` is one of a list, such as "gzip;q=0.5".
bool takes(std::string_view element, std::string_view coding) {
  std::size_t const semicolon = element.find(';');
  if (!same_word(trimmed(element.substr(0, semicolon)), coding)) return false;
  if (semicolon == std::string_view::npos) return true;
  std::string_view const parameter = trimmed(element.substr(semicolon + 1));
  return !(parameter.starts_with("q=") || parameter.starts_with("Q=")) || !is_zero(parameter.substr(2));
}

bool accepts(http::Request const& request, std::string_view coding) {
  std::string_view rest = http::header(request, "Accept-Encoding");
  while (!rest.empty()) {
    std::size_t const comma = rest.find(',');
    if (takes(rest.substr(0, comma), coding)) return true;
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return false;
}

http::Response encoded(ports::WebFile const& file, std::string const& content, char const* coding) {
  http::Response response = http::response(200, file.media_type, content);
  response.headers.emplace_back("Content-Encoding", coding);
  return response;
}

}  // namespace

http::Response in_best_encoding(ports::WebFile const& file, http::Request const& request) {
  if (!file.brotli.empty() && accepts(request, "br")) return encoded(file, file.brotli, "br");
  if (!file.gzip.empty() && accepts(request, "gzip")) return encoded(file, file.gzip, "gzip");
  return http::response(200, file.media_type, file.content);
}

}  // namespace abode::webapp
