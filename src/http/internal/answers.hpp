// Answers on their way from any thread to the one that owns the connections.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "http/message.hpp"

namespace abode::http {

struct Answer {
  std::uint64_t session;
  std::uint64_t request;             ///< counted within the session
  std::optional<Response> response;  ///< nullopt: the handler gave none
};

/// Responders share this and nothing else with the server, so they may outlive it. A writer thread finishes dozens of
/// requests at a time: only the first of them wakes the IO thread. Thread-safe.
class Answers : public std::enable_shared_from_this<Answers> {
 public:
  /// `deliver` is called on the thread that runs `io`, until close().
  Answers(boost::asio::io_context& io, std::function<void(Answer)> deliver);

  /// On the IO thread delivers at once. After close() it does nothing.
  void add(Answer answer);
  void close();

 private:
  void deliver_waiting();

  std::mutex mutex_;
  boost::asio::io_context* io_;  ///< null once closed
  std::vector<Answer> waiting_;
  std::function<void(Answer)> const deliver_;
};

}  // namespace abode::http
