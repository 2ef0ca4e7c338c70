// Requests to other servers: witnesses, and logs that are watched. HTTP/1.1 over TLS or plain, by libcurl.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "http/message.hpp"

namespace abode::fetch {

struct Limits {
  std::chrono::milliseconds timeout{10'000};  ///< for a whole exchange
  std::size_t body_bytes = 8 << 20;           ///< of an answer
};

/// Keeps its connections open between requests. Not thread-safe: one thread, one client.
class Client {
 public:
  explicit Client(Limits limits = {});
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  /// `url` is http:// or https://; certificates are checked against the machine's authorities, redirections are not
  /// followed, proxies of the environment are not used. errc::invalid for another URL; errc::unavailable, with the
  /// reason, if no whole answer came in time; errc::too_large for an answer over the limit.
  base::result<http::Response> get(std::string const& url);
  base::result<http::Response> post(std::string const& url, std::string const& body, std::string const& type);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace abode::fetch
