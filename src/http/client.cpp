#include "http/client.hpp"

#include <fmt/format.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <optional>
#include <utility>

namespace abode::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using base::errc;
using beast::error_code;
using Parser = beast::http::response_parser<beast::http::string_body>;

/// Whether sending it twice has the effect of sending it once. RFC 9110, 9.2.2.
bool is_repeatable(Method method) {
  return method != Method::post && method != Method::patch && method != Method::other;
}

std::string bytes_of(Method method, std::string_view target, std::string_view host, Pairs const& headers,
                     std::string_view body) {
  std::string out = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", name_of(method), target, host);
  for (auto const& [name, value] : headers) out.append(name).append(": ").append(value).append("\r\n");
  bool const says_length = !body.empty() || !is_repeatable(method) || method == Method::put;
  if (says_length) out.append(fmt::format("Content-Length: {}\r\n", body.size()));
  return out.append("\r\n").append(body);
}

Response plain(Parser::value_type message) {
  Response response;
  response.status = message.result_int();
  for (auto const& field : message) response.headers.emplace_back(field.name_string(), field.value());
  response.body = std::move(message.body());
  return response;
}

}  // namespace

struct Client::Impl {
  Impl(std::string given_host, unsigned short given_port, std::chrono::milliseconds given_timeout)
      : host{std::move(given_host)}, port{given_port}, timeout{given_timeout} {}

  base::Error no_answer() const {
    return base::fail(errc::unavailable,
                      fmt::format("{}:{} does not answer. Check that the server runs there.", host, port));
  }

  /// Runs one asynchronous operation to its end; the stream's deadline bounds it.
  template <class Start>
  error_code wait(Start start) {
    error_code result = asio::error::operation_aborted;
    start([&result](error_code ec, auto&&...) { result = ec; });
    io.restart();
    io.run();
    return result;
  }

  error_code connect();
  bool is_still_open();
  base::result<Response> send_and_read(std::string const& bytes, Method method, bool& answer_begun);

  std::string const host;
  unsigned short const port;
  std::chrono::milliseconds const timeout;
  asio::io_context io{1};
  std::optional<beast::tcp_stream> stream;
  beast::flat_buffer buffer;
};

error_code Client::Impl::connect() {
  error_code ec;
  auto const found = tcp::resolver{io}.resolve(host, std::to_string(port), tcp::resolver::numeric_service, ec);
  if (ec) return ec;
  buffer.clear();
  stream.emplace(io);
  stream->expires_after(timeout);
  ec = wait([&](auto done) { stream->async_connect(found, done); });
  if (ec) stream.reset();
  return ec;
}

/// Whether the kept connection can take another request. A server that went away left an end of input to be read.
bool Client::Impl::is_still_open() {
  if (!stream) return false;
  auto& socket = stream->socket();
  error_code ec;
  std::array<char, 1> byte{};
  socket.non_blocking(true, ec);
  if (!ec) socket.receive(asio::buffer(byte), tcp::socket::message_peek, ec);
  return ec == asio::error::would_block;
}

base::result<Response> Client::Impl::send_and_read(std::string const& bytes, Method method, bool& answer_begun) {
  stream->expires_after(timeout);
  wait([&](auto done) { asio::async_write(*stream, asio::buffer(bytes), done); });
  // A server may answer and close before it has read all: look for its answer even if writing failed.
  Parser parser;
  parser.skip(method == Method::head);
  parser.body_limit(boost::none);
  error_code const ec = wait([&](auto done) { beast::http::async_read(*stream, buffer, parser, done); });
  answer_begun = parser.got_some();
  if (ec) {
    stream.reset();
    return no_answer();
  }
  if (!parser.keep_alive()) stream.reset();
  return plain(parser.release());
}

Client::Client(std::string host, unsigned short port, std::chrono::milliseconds timeout)
    : impl_{std::make_unique<Impl>(std::move(host), port, timeout)} {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

base::result<Response> Client::request(Method method, std::string_view target, Pairs headers, std::string body) {
  std::string const bytes = bytes_of(method, target, fmt::format("{}:{}", impl_->host, impl_->port), headers, body);
  bool const was_kept = impl_->is_still_open();
  if (!was_kept && impl_->connect()) return impl_->no_answer();
  bool answer_begun = false;
  auto answer = impl_->send_and_read(bytes, method, answer_begun);
  // The server may have closed a kept connection just as we wrote.
  if (answer || !was_kept || answer_begun || !is_repeatable(method)) return answer;
  if (impl_->connect()) return impl_->no_answer();
  return impl_->send_and_read(bytes, method, answer_begun);
}

base::result<std::string> Client::exchange(std::string_view bytes) {
  Impl own{impl_->host, impl_->port, impl_->timeout};
  if (own.connect()) return own.no_answer();
  own.stream->expires_after(own.timeout);
  std::string received;
  // Writing fails once the server has had enough; what it said until then is the answer.
  own.wait([&](auto done) { asio::async_write(*own.stream, asio::buffer(bytes.data(), bytes.size()), done); });
  error_code const ec =
      own.wait([&](auto done) { asio::async_read(*own.stream, asio::dynamic_buffer(received), done); });
  if (ec != asio::error::eof && ec != asio::error::connection_reset) return own.no_answer();
  return received;
}

}  // namespace abode::http
