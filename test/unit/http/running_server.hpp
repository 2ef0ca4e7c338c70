// A server that runs beside the test.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "base/assert.hpp"
#include "http/client.hpp"
#include "http/server.hpp"

namespace abode::http {

inline constexpr auto* host = "127.0.0.1";

/// A server on a free port, running on a thread of its own.
class Running {
 public:
  explicit Running(Handler handler, Limits const& limits = {})
      : Running(std::move(handler), Config{.limits = limits}) {}
  Running(Handler handler, Config config) : server_{std::make_unique<Server>(std::move(config), std::move(handler))} {
    auto const listening = server_->listen(host, 0);
    base::ensure(listening.has_value(), "no free port");
    port_ = server_->port();
    thread_ = std::thread{[server = server_.get()] { server->run(); }};
  }
  ~Running() {
    stop();
    wait();
  }
  void stop() { server_->stop(); }
  void wait() {
    if (thread_.joinable()) thread_.join();
  }
  unsigned short port() const { return port_; }
  Client client(std::chrono::milliseconds timeout = std::chrono::seconds{10}) const {
    return Client{host, port_, timeout};
  }
  std::string exchange(std::string_view bytes) const { return client().exchange(bytes).value(); }

 private:
  std::unique_ptr<Server> server_;
  unsigned short port_ = 0;
  std::thread thread_;
};

}  // namespace abode::http
