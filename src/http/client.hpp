// A small blocking client over one kept connection, for tests, the demonstration and health checks.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"

namespace abode::http {

/// Not thread-safe: one thread, one client. Connects when first used.
class Client {
 public:
  /// `timeout` bounds connecting, and then each answer.
  Client(std::string host, unsigned short port, std::chrono::milliseconds timeout = std::chrono::seconds{10});
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  /// Sends one request and waits for the whole response. `target` is path and query, percent-encoded. A kept connection
  /// that the server has closed is opened anew; a request is sent twice only if its method is safe to repeat.
  /// errc::unavailable if no answer came in time.
  base::result<Response> request(Method method, std::string_view target, Pairs headers = {}, std::string body = {});

  /// Sends these very bytes over a connection of their own and returns what comes back until the server closes it.
  /// errc::unavailable if it does not close in time.
  base::result<std::string> exchange(std::string_view bytes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace abode::http
