// Which client a request came from, as a number.
#include <gtest/gtest.h>

#include "unit/http/running_server.hpp"

namespace abode::http {
namespace {

/// The sum of the bytes that it is given: a number that a test can foretell.
Config telling_clients(bool behind_proxy) {
  Config config;
  config.behind_proxy = behind_proxy;
  config.client_number = [](base::ByteView place) {
    std::uint64_t sum = 1000 * place.size();
    for (std::uint8_t byte : place) sum += byte;
    return sum;
  };
  return config;
}

void tell_client(Request request, Responder respond) {
  respond(response(200, "text/plain", std::to_string(request.client)));
}

std::string client_told(Running const& running, std::string const& forwarded) {
  std::string const fields = forwarded.empty() ? "" : "X-Forwarded-For: " + forwarded + "\r\n";
  std::string const answer = running.exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + fields + "\r\n");
  return answer.substr(answer.rfind('\n') + 1);
}

TEST(Clients, AreToldApartByWhereTheyConnectFromWhateverTheySay) {
  Running const running{tell_client, telling_clients(false)};
  std::string const loopback = std::to_string(4000 + 127 + 1);
  EXPECT_EQ(client_told(running, ""), loopback);
  EXPECT_EQ(client_told(running, "192.0.2.7"), loopback);
}

TEST(Clients, BehindAProxyAreWhoItSaysAndNotWhoTheySay) {
  Running const running{tell_client, telling_clients(true)};
  EXPECT_EQ(client_told(running, "192.0.2.7"), std::to_string(4000 + 192 + 0 + 2 + 7));
  EXPECT_EQ(client_told(running, "10.0.0.1, 192.0.2.7"), std::to_string(4000 + 192 + 0 + 2 + 7))
      << "what stands before the last one came from the client";
  EXPECT_EQ(client_told(running, "::ffff:192.0.2.7"), std::to_string(4000 + 192 + 0 + 2 + 7));
  EXPECT_EQ(client_told(running, "2001:db8::1:2"), client_told(running, "2001:db8::ffff:9"))
      << "one network of 64 bits is one client";
  EXPECT_NE(client_told(running, "2001:db8::1"), client_told(running, "2001:db8:0:1::1"));
  for (char const* nonsense : {"", "unknown", "192.0.2.7,", "192.0.2.700"})
    EXPECT_EQ(client_told(running, nonsense), std::to_string(4000 + 127 + 1)) << nonsense;
}

TEST(Clients, AreNotToldUnlessSomebodyGivesThemNumbers) {
  Running const running{tell_client};
  EXPECT_EQ(client_told(running, ""), "0");
}

}  // namespace
}  // namespace abode::http
