#include "http/internal/request_reader.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <limits>
#include <optional>
#include <utility>

namespace abode::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using HttpError = beast::http::error;
using beast::http::field;

constexpr std::size_t smallest_read_bytes = 4096;
constexpr std::size_t largest_read_bytes = 64 * 1024;

/// "0" and two line ends. Beast 1.81 asserts that it sees so much of a lone last chunk (its pull request 2861).
constexpr std::size_t shortest_chunks_bytes = 5;

constexpr Refusal malformed = {400, "This is not a well-formed HTTP request. Send it again as RFC 9112 has it."};
constexpr Refusal bad_target = {400, "The address is not well-formed. Percent-encode it as RFC 3986 has it."};
constexpr Refusal host_needed = {400, "A request needs exactly one Host field. Send it again with one."};
constexpr Refusal body_too_large = {413, "The body is larger than is taken here. Send a smaller one."};
constexpr Refusal header_too_large = {
    431, "The header is larger than is taken here. Clear this site's cookies and send it again."};
constexpr Refusal unknown_coding = {
    501, "This transfer coding is not known here. Send the body with a length, or in chunks."};
constexpr Refusal unknown_version = {505, "This version of HTTP is not served. Use HTTP/1.1."};

/// Header fields that tell where a client is or what device it uses: dropped before anybody can store them (G1).
constexpr std::array<std::string_view, 8> never_kept = {
    "user-agent", "forwarded", "x-forwarded-for", "x-real-ip", "true-client-ip", "x-client-ip", "from", "via"};
constexpr std::array<std::string_view, 3> never_kept_prefixes = {"sec-ch-", "cf-", "x-geo"};

bool is_kept(std::string_view name) {
  auto const is_name = [name](std::string_view dropped) { return beast::iequals(name, dropped); };
  auto const is_prefix = [name](std::string_view dropped) {
    return beast::iequals(name.substr(0, dropped.size()), dropped);
  };
  return std::none_of(never_kept.begin(), never_kept.end(), is_name) &&
         std::none_of(never_kept_prefixes.begin(), never_kept_prefixes.end(), is_prefix);
}

Method method_of(beast::http::verb given) {
  using beast::http::verb;
  switch (given) {
    case verb::get: return Method::get;
    case verb::head: return Method::head;
    case verb::post: return Method::post;
    case verb::put: return Method::put;
    case verb::patch: return Method::patch;
    case verb::delete_: return Method::delete_;
    default: return Method::other;
  }
}

/// Splits a request target of origin form ("/a?b") or absolute form ("http://host/a?b"). RFC 9112, 3.2.
bool read_target(std::string_view target, Request& to) {
  auto const url =
      target.starts_with('/') ? boost::urls::parse_origin_form(target) : boost::urls::parse_absolute_uri(target);
  if (!url) return false;
  if (url->has_scheme() && url->scheme() != "http" && url->scheme() != "https") return false;
  to.path = std::string_view{url->encoded_path()};
  to.query = std::string_view{url->encoded_query()};
  if (to.path.empty()) to.path = '/';
  return true;
}

/// Beast calls back with the parts of one request; this puts together what we keep of them.
class Parser final : public beast::http::basic_parser<true> {
 public:
  explicit Parser(Limits const& limits) : limits_{limits} {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // RequestReader::next() holds ours, however bytes are cut
    body_limit(limits.body_bytes);
  }

  Request request;
  std::optional<Refusal> refusal;  ///< more exact than the error that Beast returns
  bool http_1_0 = false;
  bool client_waits = false;  ///< for a 100 before it sends the body

 private:
  using string_view = beast::string_view;

  void refuse(Refusal const& why, error_code& ec) {
    refusal = why;
    ec = HttpError::bad_value;
  }

  void on_request_impl(beast::http::verb verb, string_view, string_view target, int version, error_code& ec) override {
    request.method = method_of(verb);
    http_1_0 = version < 11;
    if (verb == beast::http::verb::options && target == "*") {
      request.path = '*';
    } else if (!read_target(target, request)) {
      refuse(bad_target, ec);
    }
  }

  void on_field_impl(field id, string_view name, string_view value, error_code& ec) override {
    if (is_header_done()) return;  // a trailer: RFC 9110, 6.5.1, lets us drop it
    if (++fields_ > limits_.header_fields) return refuse(header_too_large, ec);
    if (id == field::host) ++hosts_;
    if (id == field::transfer_encoding && !beast::iequals(value, "chunked")) return refuse(unknown_coding, ec);
    if (id == field::expect && beast::iequals(value, "100-continue")) client_waits = !http_1_0;
    if (is_kept(name)) request.headers.emplace_back(name, value);
  }

  void on_header_impl(error_code& ec) override {
    if (hosts_ > 1 || (hosts_ == 0 && !http_1_0)) refuse(host_needed, ec);
  }

  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}

  std::size_t on_body_impl(string_view body, error_code&) override {
    request.body.append(body);
    return body.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override {
    request.body.append(body);
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, string_view, int, error_code&) override {}

  Limits const& limits_;
  std::size_t fields_ = 0;
  unsigned hosts_ = 0;
};

Refusal refusal_of(Parser const& parser, error_code ec) {
  if (parser.refusal) return *parser.refusal;
  if (ec == HttpError::body_limit) return body_too_large;
  if (ec == HttpError::bad_version) return unknown_version;
  return malformed;
}

}  // namespace

struct RequestReader::Impl {
  explicit Impl(Limits const& given) : limits{given} {}

  Limits const& limits;
  beast::flat_buffer buffer;
  std::optional<Parser> parser;  ///< there while a request has begun and is not whole
  std::size_t header_bytes = 0;  ///< of that request, so far
};

RequestReader::RequestReader(Limits const& limits) : impl_{std::make_unique<Impl>(limits)} {}
RequestReader::~RequestReader() = default;

std::span<char> RequestReader::room() {
  std::size_t wanted = smallest_read_bytes;
  if (stage() == Stage::in_body) {
    auto const remaining = impl_->parser->content_length_remaining().value_or(0);
    wanted = std::clamp<std::size_t>(remaining, smallest_read_bytes, largest_read_bytes);
  }
  auto const space = impl_->buffer.prepare(wanted);
  return {static_cast<char*>(space.data()), space.size()};
}

void RequestReader::received(std::size_t bytes) {
  impl_->buffer.commit(bytes);
}

Step RequestReader::next() {
  auto& [limits, buffer, parser, header_bytes] = *impl_;
  while (buffer.size() >= bytes_needed()) {
    if (!parser) {
      parser.emplace(limits);
      header_bytes = 0;
    }
    bool const was_in_header = stage() == Stage::in_header;
    error_code ec;
    std::size_t const used = parser->put(buffer.data(), ec);
    buffer.consume(used);
    if (ec && ec != HttpError::need_more) return refusal_of(*parser, ec);
    if (was_in_header) {
      header_bytes += used;
      std::size_t const pending = stage() == Stage::in_header ? buffer.size() : 0;
      if (header_bytes + pending > limits.header_bytes) return header_too_large;
    }
    if (parser->is_done()) {
      WholeRequest whole{std::move(parser->request), parser->keep_alive(), parser->http_1_0};
      parser.reset();
      return whole;
    }
    if (ec == HttpError::need_more) break;
  }
  // Beast sets no limit to the line before a chunk and to what trails the last one.
  if (buffer.size() > limits.header_bytes + smallest_read_bytes) return header_too_large;
  return NeedMore{stage() == Stage::in_body && std::exchange(parser->client_waits, false)};
}

std::size_t RequestReader::bytes_needed() const {
  bool const in_chunks = stage() == Stage::in_body && impl_->parser->chunked();
  return in_chunks ? shortest_chunks_bytes : 1;
}

RequestReader::Stage RequestReader::stage() const {
  if (!impl_->parser) return Stage::between_requests;
  return impl_->parser->is_header_done() ? Stage::in_body : Stage::in_header;
}

}  // namespace abode::http
