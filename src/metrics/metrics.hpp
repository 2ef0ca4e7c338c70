// Numbers about the service for its operator, in the text format that Prometheus reads. None is about a person: every
// series is made before the first request, of labels and values that are compiled in, so nothing that a client sends
// can become a name, a label or a value of one (G1, G9).
// Source: Prometheus exposition formats, text format 0.0.4.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace abode::metrics {

/// What may tell series of one name apart. The whole list.
enum class Label : std::uint8_t {
  route,    ///< a row of the table of routes, such as "/api/v1/registrations/{id}"
  method,   ///< of that row
  status,   ///< "2xx" to "5xx"
  outcome,  ///< how a write ended: "committed", or the kind of error
};

/// A label of a series, with its value.
struct LabelValue {
  Label label;
  std::string_view value;  ///< printable ASCII, at most 100 bytes
};

/// Only grows. Thread-safe.
class Counter {
 public:
  void add(std::uint64_t more = 1) { value_.fetch_add(more, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

/// How long something took, in buckets. Thread-safe.
class Histogram {
 public:
  /// Upper ends of the buckets in microseconds; a last one without end comes after them.
  static constexpr std::uint64_t bounds_us[] = {500,    1'000,   2'500,   5'000,   10'000,    25'000,
                                                50'000, 100'000, 250'000, 500'000, 1'000'000, 5'000'000};
  static constexpr std::size_t buckets = std::size(bounds_us) + 1;

  void observe_us(std::uint64_t took_us);

 private:
  friend class Registry;
  std::atomic<std::uint64_t> counts_[buckets] = {};
  std::atomic<std::uint64_t> sum_us_ = 0;
};

/// All series of a service. They are made at start, by one thread; format() and the series themselves are thread-safe.
class Registry {
 public:
  /// A counter; its name ends in "_total". A name has one help text and each of its series other labels: a slip is a
  /// bug.
  Counter& counter(std::string_view name, std::string_view help, std::initializer_list<LabelValue> labels = {});
  /// A histogram of seconds; its name ends in "_seconds".
  Histogram& histogram(std::string_view name, std::string_view help);
  /// A number that is looked up when it is asked for; `look` must be thread-safe and not throw.
  void gauge(std::string_view name, std::string_view help, std::function<double()> look);

  /// Everything, as text/plain; version=0.0.4.
  std::string format() const;

 private:
  enum class Type : std::uint8_t { counter, histogram, gauge };
  struct Family {
    std::string name;
    std::string help;
    Type type;
    struct Series {
      std::string labels;  ///< as in the text: {route="...",status="2xx"}, or empty
      Counter const* counter;
    };
    std::vector<Series> series;
    Histogram const* histogram = nullptr;
    std::function<double()> look;
  };

  Family& family(std::string_view name, std::string_view help, Type type);
  static std::string format_labels(std::initializer_list<LabelValue> labels);

  std::vector<Family> families_;      ///< in the order of their making
  std::deque<Counter> counters_;      ///< stay where they are
  std::deque<Histogram> histograms_;  ///< stay where they are
};

}  // namespace abode::metrics
