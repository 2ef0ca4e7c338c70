// The operator's numbers: what they count, who reaches them, and that nothing a client sends becomes a part of them.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;

/// The lines of the series, without their values.
std::set<std::string> series_of(std::string const& numbers) {
  std::set<std::string> names;
  std::istringstream in{numbers};
  for (std::string line; std::getline(in, line);)
    if (!line.starts_with('#')) names.insert(line.substr(0, line.rfind(' ')));
  return names;
}

TEST(Metrics, CountWhatIsDone) {
  RunningRegister running;
  auto person = running.person();
  EXPECT_EQ(person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}}).status, 201u);
  EXPECT_EQ(person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}}).status, 409u);
  person.await_provable(1);
  std::string const numbers = running.numbers();
  EXPECT_THAT(numbers, HasSubstr("{method=\"POST\",route=\"/api/v1/registrations\",status=\"2xx\"} 1\n"));
  EXPECT_THAT(numbers, HasSubstr("{method=\"POST\",route=\"/api/v1/registrations\",status=\"4xx\"} 1\n"));
  EXPECT_THAT(numbers, HasSubstr("abode_writes_total{outcome=\"committed\"} 2\n"));
  EXPECT_THAT(numbers, HasSubstr("abode_writes_total{outcome=\"conflict\"} 1\n"));
  EXPECT_THAT(numbers, HasSubstr("abode_log_waiting_leaves 0\n"));
}

// G1, G9: the series are all there before the first request, so no request can make one.
TEST(Metrics, HaveTheSameSeriesWhateverClientsSend) {
  RunningRegister running;
  auto const before = series_of(running.numbers());
  auto person = running.person();
  person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  person.get("/api/v1/registrations/0123456789ABCDEF");
  person.get("/nowhere/with?a=query");
  person.send(http::Method::put, "/api/v1/me", {{"X-Strange", "1"}});
  person.post_text("/api/v1/registrations", "{");
  EXPECT_EQ(series_of(running.numbers()), before);
  EXPECT_GT(before.size(), 100u);
}

TEST(Metrics, AreForThisMachineAlone) {
  RunningRegister running;
  EXPECT_EQ(running.anyone().get("/metrics").status, 404u) << "not where people come in";
  EXPECT_EQ(running.stop(), 0);
  for (char const* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:0", "127.0.0.1.example.org:0", "example.org:0"}) {
    Outcome const refused =
        run_abode({"serve", running.directory().string(), "--listen", "localhost:0", "--metrics", address});
    EXPECT_EQ(refused.status, 1) << address;
    EXPECT_THAT(refused.errors, HasSubstr("this machine only")) << address;
  }
  Outcome const no_port =
      run_abode({"serve", running.directory().string(), "--listen", "localhost:0", "--metrics", "localhost"});
  EXPECT_EQ(no_port.status, 1);
  EXPECT_THAT(no_port.errors, HasSubstr("HOST:PORT"));
}

}  // namespace
}  // namespace abode::functional
