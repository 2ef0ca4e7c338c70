// Runs what the handlers ask for: proves the session, runs reads on snapshots and writes as use cases, renders
// failures.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "api/routing.hpp"
#include "http/server.hpp"
#include "ports/store.hpp"

namespace abode::api {

/// One answer on its way out.
struct Answered {
  Route const* route;  ///< null: the address has none
  unsigned status;
  std::chrono::microseconds took;  ///< from the request being whole
  base::Error const* error;        ///< what went wrong, if the answer tells of a failure
};

struct ExecutorConfig {
  /// Runs a function on one of the worker threads.
  std::function<void(std::function<void()>)> on_worker;
  /// Is told of every answer, on the thread that gives it. For counting; need not be set.
  std::function<void(Answered const&)> on_answer = {};
};

/// Thread-safe; outlives every request it was given.
class Executor {
 public:
  Executor(Register registry, ports::Store& store, std::vector<Surface> surfaces, ExecutorConfig config);

  /// An http::Handler: parses on the calling thread, works elsewhere.
  void handle(http::Request request, http::Responder responder);

 private:
  struct Job;
  void start_read(std::shared_ptr<Job> job, ReadWork work);
  void start_write(std::shared_ptr<Job> job, WriteWork work);
  void start_prepared(std::shared_ptr<Job> job, PreparedWork work);
  void keep_alive(base::Hash const& token_hash);
  base::result<Caller> prove(ports::Snapshot& snapshot, Job const& job) const;
  base::result<void> check_origin(http::Request const& request) const;
  void answer(Job& job, base::result<http::Response> outcome) const;
  http::Response finished(http::Response response) const;
  void tell(Job const& job, http::Response const& response, base::Error const* error) const;

  Register registry_;
  ports::Store& store_;
  std::vector<Surface> surfaces_;
  ExecutorConfig config_;
};

}  // namespace abode::api
