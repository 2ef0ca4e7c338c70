#include "http/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <iterator>
#include <mutex>
#include <utility>

#include "base/assert.hpp"
#include "http/internal/answers.hpp"
#include "http/internal/certificate.hpp"
#include "http/internal/session.hpp"

namespace abode::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using base::errc;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

using Executor = asio::io_context::executor_type;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, Executor>;

/// How many connections over the limit are told so; those beyond are closed without a word.
constexpr std::size_t turned_away_at_once = 64;

constexpr std::string_view too_many_connections = "Too many people are connected just now. Try again in a minute.";

constexpr milliseconds stopping_tick{5};

/// How often deadlines are looked at: often enough for the shortest, seldom enough to cost nothing.
milliseconds tick_of(Limits const& limits) {
  auto const shortest = std::min({limits.header_timeout, limits.body_timeout, limits.idle_timeout,
                                  limits.handler_timeout, limits.write_timeout, limits.stop_timeout});
  return std::clamp<milliseconds>(shortest / 4, milliseconds{5}, milliseconds{250});
}

base::Error cannot_listen(std::string const& host, unsigned short port, error_code why) {
  if (why == asio::error::address_in_use)
    return base::fail(
        errc::unavailable,
        fmt::format("Port {} of {} is taken by another program. Stop it, or choose another port.", port, host), "port");
  if (why == asio::error::access_denied)
    return base::fail(errc::unavailable,
                      fmt::format("Port {} needs more rights than this program has. Choose one from 1024 up.", port),
                      "port");
  return base::fail(errc::unavailable,
                    fmt::format("{} is not an address of this machine. Choose one that is, such as 127.0.0.1.", host),
                    "host");
}

struct Kind {
  unsigned status;
  std::string_view name;
  std::string_view title;
};
constexpr Kind any_other = {400, "malformed", "The request is not well-formed"};
constexpr std::array<Kind, 7> kinds = {{
    {408, "too-slow", "The request took too long"},
    {413, "too-large", "The request is too large"},
    {431, "too-large", "The request header is too large"},
    {500, "internal", "Something went wrong here"},
    {501, "unsupported", "This is not served here"},
    {503, "busy", "Too busy just now"},
    {505, "unsupported", "This version of HTTP is not served"},
}};

Kind kind_of(unsigned status) {
  auto const* found =
      std::find_if(kinds.begin(), kinds.end(), [status](Kind const& kind) { return kind.status == status; });
  return found == kinds.end() ? any_other : *found;
}

std::string json_text(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

Responder& Responder::operator=(Responder&& other) noexcept {
  std::swap(deliver_, other.deliver_);
  return *this;
}

Responder::~Responder() {
  if (deliver_) deliver_(std::nullopt);
}

void Responder::operator()(Response response) {
  base::ensure(deliver_ != nullptr, "a request was answered twice");
  std::exchange(deliver_, nullptr)(std::move(response));
}

Response transport_problem(unsigned status, std::string_view detail) {
  Kind const kind = kind_of(status);
  return response(status, "application/problem+json",
                  fmt::format(R"({{"type":"urn:abode:problem:{}","title":"{}","status":{},"detail":"{}"}})", kind.name,
                              kind.title, status, json_text(detail)));
}

struct Server::Impl {
  Impl(Config config, Handler handler)
      : tick{tick_of(config.limits)}, hub{std::move(config), std::move(handler), {}, {}, {}} {
    hub.answers = std::make_shared<Answers>(io, [this](Answer answer) { deliver(std::move(answer)); });
  }
  ~Impl() { hub.answers->close(); }

  void accept();
  void on_connection(error_code ec, Socket socket);
  void deliver(Answer answer);
  Stream stream_over(Socket socket);
  void watch();
  void on_tick();
  void stop();

  asio::io_context io{1};
  Acceptor acceptor{io};
  Timer timer{io};
  milliseconds const tick;
  Hub hub;
  std::mutex tls_mutex;
  std::shared_ptr<asio::ssl::context> tls;  ///< guarded by tls_mutex; null: plain
  std::uint64_t next_session = 0;
  bool accepting = false;
  TimePoint stop_deadline = TimePoint::max();
};

void Server::Impl::accept() {
  accepting = true;
  acceptor.async_accept(io, [this](error_code ec, Socket socket) { on_connection(ec, std::move(socket)); });
}

void Server::Impl::on_connection(error_code ec, Socket socket) {
  accepting = false;
  if (hub.stopping) return;
  // Out of descriptors or memory: on_tick() tries again, when some may have been given back.
  if (ec && ec != asio::error::connection_aborted) return;
  accept();
  std::size_t const open = hub.sessions.size();
  if (ec || open >= hub.config.limits.connections + turned_away_at_once) return;

  error_code ignored;
  socket.set_option(tcp::no_delay{true}, ignored);
  std::uint64_t const number = next_session++;
  auto const session = std::make_shared<Session>(hub, number, stream_over(std::move(socket)));
  hub.sessions.emplace(number, session);
  if (open < hub.config.limits.connections) {
    session->start();
  } else {
    session->turn_away(503, too_many_connections);
  }
}

/// A stream keeps what it needs of the context it was made with, so that may be replaced meanwhile.
Stream Server::Impl::stream_over(Socket socket) {
  std::lock_guard const lock{tls_mutex};
  if (tls == nullptr) return socket;
  return Stream{std::in_place_type<TlsStream>, std::move(socket), *tls};
}

void Server::Impl::deliver(Answer answer) {
  auto const found = hub.sessions.find(answer.session);
  if (found == hub.sessions.end()) return;
  auto const session = found->second;  // answering may close it
  session->answer(answer.request, std::move(answer.response));
}

void Server::Impl::watch() {
  timer.expires_after(hub.stopping ? stopping_tick : tick);
  timer.async_wait([this](error_code ec) {
    if (!ec) on_tick();
  });
}

void Server::Impl::on_tick() {
  auto const now = steady_clock::now();
  auto const sessions = hub.sessions;  // acting on a deadline may close them
  for (auto const& [number, session] : sessions) {
    if (now >= stop_deadline) {
      session->close();
    } else {
      session->check_deadlines(now);
    }
  }
  if (hub.stopping && hub.sessions.empty()) return;  // nothing is left to do: run() returns
  if (!hub.stopping && !accepting) accept();
  watch();
}

void Server::Impl::stop() {
  if (std::exchange(hub.stopping, true)) return;
  stop_deadline = steady_clock::now() + hub.config.limits.stop_timeout;
  error_code ignored;
  acceptor.close(ignored);
  auto const sessions = hub.sessions;
  for (auto const& [number, session] : sessions) session->stop();
  watch();
}

Server::Server(Config config, Handler handler) : impl_{std::make_unique<Impl>(std::move(config), std::move(handler))} {}
Server::~Server() = default;

base::result<void> Server::listen(std::string const& host, unsigned short port) {
  error_code ec;
  tcp::resolver resolver{impl_->io};
  auto const found =
      resolver.resolve(host, std::to_string(port), tcp::resolver::passive | tcp::resolver::numeric_service, ec);
  if (ec || found.empty()) return cannot_listen(host, port, ec);
  tcp::endpoint const endpoint = found.begin()->endpoint();

  Acceptor acceptor{impl_->io};
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(Acceptor::reuse_address{true}, ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(Acceptor::max_listen_connections, ec);
  if (ec) return cannot_listen(host, port, ec);
  impl_->acceptor = std::move(acceptor);
  return {};
}

unsigned short Server::port() const {
  error_code ec;
  auto const endpoint = impl_->acceptor.local_endpoint(ec);
  return ec ? static_cast<unsigned short>(0) : endpoint.port();
}

base::result<void> Server::use_certificate(CertificateFiles const& files) {
  auto context = load_certificate(files);
  if (!context) return context.error();
  std::lock_guard const lock{impl_->tls_mutex};
  impl_->tls = std::move(*context);
  return {};
}

void Server::run() {
  base::ensure(impl_->acceptor.is_open(), "run() needs a listen() that succeeded");
  impl_->accept();
  impl_->watch();
  impl_->io.run();
  impl_->hub.answers->close();
}

void Server::stop() {
  asio::post(impl_->io, [impl = impl_.get()] { impl->stop(); });
}

}  // namespace abode::http
