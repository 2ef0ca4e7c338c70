#include "metrics/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace abode::metrics {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, AreWrittenAsPrometheusReadsThem) {
  Registry registry;
  registry.counter("abode_requests_total", "Requests answered.", {{Label::route, "/a/{id}"}, {Label::status, "2xx"}})
      .add(3);
  registry.counter("abode_requests_total", "Requests answered.", {{Label::route, "/a/{id}"}, {Label::status, "4xx"}})
      .add();
  registry.gauge("abode_log_leaves", "Leaves in the log.", [] { return 12.0; });
  EXPECT_EQ(registry.format(),
            "# HELP abode_requests_total Requests answered.\n"
            "# TYPE abode_requests_total counter\n"
            "abode_requests_total{route=\"/a/{id}\",status=\"2xx\"} 3\n"
            "abode_requests_total{route=\"/a/{id}\",status=\"4xx\"} 1\n"
            "# HELP abode_log_leaves Leaves in the log.\n"
            "# TYPE abode_log_leaves gauge\n"
            "abode_log_leaves 12\n");
}

TEST(Metrics, BucketsOfAHistogramCountAllThatIsNoLonger) {
  Registry registry;
  Histogram& took = registry.histogram("abode_request_seconds", "Time until the answer.");
  for (std::uint64_t us : {0u, 500u, 501u, 1'000'000u, 6'000'000u}) took.observe_us(us);
  std::string const text = registry.format();
  EXPECT_THAT(text, HasSubstr("# TYPE abode_request_seconds histogram\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_bucket{le=\"0.0005\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_bucket{le=\"0.001\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_bucket{le=\"0.5\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_bucket{le=\"1\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_bucket{le=\"5\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_bucket{le=\"+Inf\"} 5\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_sum 7.001001\n"));
  EXPECT_THAT(text, HasSubstr("abode_request_seconds_count 5\n"));
}

TEST(Metrics, AreCountedByManyThreads) {
  Registry registry;
  Counter& counter = registry.counter("abode_requests_total", "Requests answered.");
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&counter] {
        for (int n = 0; n < 1000; ++n) counter.add();
      });
  }
  EXPECT_EQ(counter.value(), 4000u);
}

// G1, G9: what is no compiled-in word cannot become a series by accident.
TEST(MetricsDeathTest, RefusesNamesAndValuesThatAreNotItsOwn) {
  Registry registry;
  EXPECT_DEATH(registry.counter("requests_total", "x"), "abode_");
  EXPECT_DEATH(registry.counter("abode_requests", "x"), "_total");
  EXPECT_DEATH(registry.histogram("abode_requests", "x"), "_seconds");
  EXPECT_DEATH(registry.counter("abode_x_total", "x", {{Label::route, "\"quoted\""}}), "printable");
  EXPECT_DEATH(registry.counter("abode_x_total", "x", {{Label::route, "two\nlines"}}), "printable");
  EXPECT_DEATH(registry.counter("abode_x_total", "x", {{Label::route, "M\xc3\xbcller"}}), "printable");
  EXPECT_DEATH(registry.counter("abode_x_total", "x", {{Label::route, ""}}), "printable");
  EXPECT_DEATH(registry.counter("abode_x_total", "x", {{Label::route, std::string(101, 'x')}}), "short");
  registry.counter("abode_y_total", "y");
  EXPECT_DEATH(registry.counter("abode_y_total", "y"), "labels of its own");
  EXPECT_DEATH(registry.counter("abode_y_total", "another text", {{Label::status, "2xx"}}), "one help text");
}

}  // namespace
}  // namespace abode::metrics
