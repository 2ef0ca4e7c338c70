#include "http/internal/response_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace abode::http {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view lower_case) {
  return std::equal(a.begin(), a.end(), lower_case.begin(), lower_case.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y; });
}

bool is_transports_own(std::string_view name) {
  constexpr std::array<std::string_view, 4> own = {"connection", "content-length", "date", "transfer-encoding"};
  return std::any_of(own.begin(), own.end(), [name](std::string_view one) { return equal_ignoring_case(name, one); });
}

/// RFC 9110, 5.6.2
bool is_token_char(char c) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || others.find(c) != others.npos;
}

bool is_value_char(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

/// RFC 9110, 15; only people read them.
constexpr std::array<std::pair<unsigned, std::string_view>, 25> reasons = {{
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
}};

std::string_view reason_of(unsigned status) {
  for (auto const& [known, reason] : reasons)
    if (known == status) return reason;
  return {};
}

}  // namespace

bool is_sendable(Response const& response) {
  if (response.status < 200 || response.status > 599) return false;
  return std::all_of(response.headers.begin(), response.headers.end(), [](auto const& field) {
    auto const& [name, value] = field;
    return !name.empty() && std::all_of(name.begin(), name.end(), is_token_char) &&
           std::all_of(value.begin(), value.end(), is_value_char);
  });
}

bool may_have_body(unsigned status) {
  return status >= 200 && status != 204 && status != 304;
}

std::string head_of(Response const& response, HeadOptions const& options) {
  std::string head;
  head.reserve(256);
  auto const out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  if (response.status >= 200) {
    for (auto const& [name, value] : response.headers)
      if (!is_transports_own(name)) head.append(name).append(": ").append(value).append("\r\n");
    head.append("Date: ").append(options.date).append("\r\n");
    if (may_have_body(response.status)) fmt::format_to(out, "Content-Length: {}\r\n", response.body.size());
    if (!options.keep_alive) {
      head.append("Connection: close\r\n");
    } else if (options.to_http_1_0) {
      head.append("Connection: keep-alive\r\n");
    }
  }
  head.append("\r\n");
  return head;
}

std::string_view DateLine::now() {
  std::time_t const second = std::time(nullptr);
  if (second != second_) {
    second_ = second;
    std::tm utc{};
    gmtime_r(&second, &utc);
    std::array<char, 32> text{};
    std::size_t const size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    text_.assign(text.data(), size);
  }
  return text_;
}

}  // namespace abode::http
