// What the operator sees of a serving register from outside: its numbers, on a listener of their own that only this
// machine reaches.
#pragma once

#include <array>
#include <thread>
#include <unordered_map>

#include "api/executor.hpp"
#include "app/assembly.hpp"
#include "app/measured_store.hpp"
#include "http/server.hpp"
#include "metrics/metrics.hpp"

namespace abode::app {

/// What came of mails.
struct MailCounters {
  metrics::Counter* accepted = nullptr;
  metrics::Counter* given_up = nullptr;
  metrics::Counter* failed = nullptr;  ///< attempts
};

/// The series of one register, and the store they are measured at.
class Numbers {
 public:
  /// `assembly` outlives it. `surfaces` are those that will be served: each of their routes gets its series.
  Numbers(Assembly const& assembly, std::vector<api::Surface> const& surfaces);

  /// The register's store, measured.
  ports::Store& store() { return store_; }
  /// Counts an answer. Thread-safe.
  void count(api::Answered const& answered);
  /// What came of mails; null if none are sent.
  MailCounters mails() const { return mails_; }
  metrics::Registry const& registry() const { return registry_; }

 private:
  static constexpr std::size_t status_classes = 4;  // 2xx to 5xx
  using PerStatus = std::array<metrics::Counter*, status_classes>;

  PerStatus make_counters(std::string_view method, std::string_view path);

  metrics::Registry registry_;
  MeasuredStore store_;
  metrics::Histogram& took_;
  MailCounters mails_;
  std::unordered_map<api::Route const*, PerStatus> answers_;  ///< nullptr: of no route
};

/// Serves GET /metrics from start() until it goes, on a thread of its own.
class MetricsListener {
 public:
  /// `registry` outlives it.
  explicit MetricsListener(metrics::Registry const& registry);
  ~MetricsListener();
  MetricsListener(MetricsListener const&) = delete;
  MetricsListener& operator=(MetricsListener const&) = delete;

  /// "HOST:PORT". errc::invalid if that is not this machine alone (localhost, 127.0.0.0/8, ::1); errc::unavailable if
  /// it cannot be had.
  base::result<void> start(std::string const& address);
  unsigned short port() const { return server_.port(); }

 private:
  http::Server server_;
  std::thread thread_;
};

}  // namespace abode::app
