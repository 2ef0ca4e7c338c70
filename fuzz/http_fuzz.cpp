// Whatever a client sends: the small parsers and the request reader neither crash nor break what they promise.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "http/internal/request_reader.hpp"
#include "http/message.hpp"

namespace {

using namespace abode;

void parse_form(std::string_view text) {
  auto const pairs = http::parse_form(text);
  if (!pairs) return;
  std::string again;
  for (auto const& [name, value] : *pairs)
    again += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
  base::ensure(http::parse_form(again).value() == *pairs, "a form does not survive being written and read");
}

void parse_path(std::string_view text) {
  auto const segments = http::path_segments(text);
  if (!segments) return;
  std::string again = segments->empty() ? "/" : "";
  for (auto const& segment : *segments) {
    base::ensure(segment != ".." && segment.find('/') == segment.npos, "a segment that leaves its folder");
    again += "/" + http::percent_encode(segment);
  }
  base::ensure(http::path_segments(again).value() == *segments, "a path does not survive being written and read");
}

void find_cookie(std::string_view text) {
  http::Request request;
  request.headers.emplace_back("Cookie", text);
  auto const value = http::cookie(request, "s");
  base::ensure(text.find(value) != text.npos, "a cookie that was not sent");
}

/// The first byte says how the rest is cut into pieces; no cut may change what is read.
std::string read_requests(std::string_view stream, std::size_t piece_bytes) {
  http::Limits const limits{.body_bytes = 256, .header_bytes = 512};
  http::RequestReader reader{limits};
  std::string seen;
  while (!stream.empty()) {
    auto const room = reader.room();
    std::size_t const size = std::min({room.size(), stream.size(), piece_bytes});
    std::copy_n(stream.begin(), size, room.begin());
    reader.received(size);
    stream.remove_prefix(size);
    for (;;) {
      auto const step = reader.next();
      if (std::holds_alternative<http::NeedMore>(step)) break;
      auto const* whole = std::get_if<http::WholeRequest>(&step);
      if (!whole) return seen;
      base::ensure(whole->request.body.size() <= limits.body_bytes, "a body over the limit");
      seen += whole->request.path + '\0' + whole->request.query + '\0' + whole->request.body + '\0';
    }
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const text{reinterpret_cast<char const*>(data) + 1, size - 1};
  switch (data[0] % 4) {
    case 0: parse_form(text); break;
    case 1: parse_path(text); break;
    case 2: find_cookie(text); break;
    default: {
      std::size_t const piece_bytes = 1 + data[0] / 4;
      base::ensure(read_requests(text, piece_bytes) == read_requests(text, text.size() + 1),
                   "how bytes are cut matters");
    }
  }
  return 0;
}
