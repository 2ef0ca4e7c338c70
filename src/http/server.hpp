// An HTTP/1.1 server, over TLS or plain: requests in, responses out, nothing of sockets to see. One thread, any number
// of connections. It keeps no address and no user agent of a client, and logs nothing (G1). Source: RFC 9110 and 9112;
// RFC 9325 for TLS.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "http/message.hpp"

namespace abode::http {

/// A limit on everything a client can make us hold or wait for.
struct Limits {
  std::size_t body_bytes = 64 * 1024;   ///< beyond: 413
  std::size_t header_bytes = 8 * 1024;  ///< request line and header; beyond: 431
  std::size_t header_fields = 100;      ///< beyond: 431
  std::size_t connections = 1024;       ///< beyond: 503
  std::size_t pipelined = 16;           ///< requests of one connection in work; beyond, it is not read from
  std::size_t unsent_bytes =
      1024 * 1024;  ///< of answers that one connection has not taken; beyond, it is not read from
  std::chrono::milliseconds header_timeout{10'000};   ///< from the first byte to the end of the header; over: 408
  std::chrono::milliseconds body_timeout{30'000};     ///< from the end of the header to the end of the body; over: 408
  std::chrono::milliseconds idle_timeout{60'000};     ///< between two requests; over: closed
  std::chrono::milliseconds handler_timeout{30'000};  ///< until the answer is there; over: 503
  std::chrono::milliseconds write_timeout{60'000};    ///< until the client has taken the answer; over: closed
  std::chrono::milliseconds stop_timeout{10'000};     ///< how long stop() lets requests in work finish
};

/// Takes the response to one request: call it once, from any thread, also after the client or the server has gone.
/// Destroyed uncalled, it answers 500. Move-only.
class Responder {
 public:
  /// Where the response goes; nullopt says that none was given. A test of a handler passes its own.
  using Deliver = std::function<void(std::optional<Response>)>;

  explicit Responder(Deliver deliver) : deliver_{std::move(deliver)} {}
  Responder(Responder&& other) noexcept : deliver_{std::exchange(other.deliver_, nullptr)} {}
  Responder& operator=(Responder&& other) noexcept;
  ~Responder();

  void operator()(Response response);

 private:
  Deliver deliver_;  ///< empty once called or moved from
};

/// Runs on the thread in Server::run() and must not block it: long work moves the responder to another thread.
/// An exception out of it is answered 500 and goes no further: record it before. Requests that a client sends without
/// waiting for answers are handed over at once and may be in work at the same time.
using Handler = std::function<void(Request, Responder)>;

/// How a failure of the transport itself looks: application/problem+json (RFC 9457) of type urn:abode:problem:<kind>.
/// `detail` is a sentence for people. Used for 400, 408, 413, 431, 500, 501, 503 and 505.
Response transport_problem(unsigned status, std::string_view detail);

/// PEM files of a server's certificate, its issuers' after it, and of its key.
struct CertificateFiles {
  std::filesystem::path chain;
  std::filesystem::path key;
};

struct Config {
  Limits limits;
  std::function<Response(unsigned status, std::string_view detail)> transport_problem = http::transport_problem;
};

class Server {
 public:
  Server(Config config, Handler handler);
  ~Server();  ///< after run() has returned
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// Takes connections on `host`, an address or a name of this machine, from now on; they are served once run() is
  /// called. Port 0 picks a free one. errc::unavailable, with field "host" or "port", if that cannot be had.
  base::result<void> listen(std::string const& host, unsigned short port);
  unsigned short port() const;  ///< the one listened on; 0 before listen()

  /// From the next connection on speaks TLS (1.2 or later) under this certificate: before run(), and again whenever the
  /// files are new, from any thread. errc::invalid, saying which file is at fault, if they cannot be used; then what
  /// was in use stays so. Connections that are open keep theirs.
  base::result<void> use_certificate(CertificateFiles const& files);

  /// Serves on the calling thread until stop(). Once, after listen().
  void run();

  /// Takes no more connections, finishes the requests that have begun, for at most Limits::stop_timeout, and lets run()
  /// return. From any thread, any number of times; not from a signal handler.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace abode::http
