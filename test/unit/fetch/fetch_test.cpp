#include "fetch/fetch.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "http/server.hpp"

namespace abode::fetch {
namespace {

/// A server on this machine that answers with what it was asked.
class Echo {
 public:
  Echo()
      : server_{{}, [this](http::Request const& request, http::Responder respond) {
                  if (request.path == "/late") return late_.push_back(std::move(respond));
                  http::Response response =
                      http::response(request.path == "/sorry" ? 409 : 200, "text/x.echo",
                                     std::string{http::name_of(request.method)} + " " + request.path + " " +
                                         std::string{http::header(request, "Content-Type")} + " " + request.body);
                  if (request.path == "/large") response.body = std::string(5000, 'x');
                  if (request.path == "/moved") {
                    response.status = 302;
                    response.headers.emplace_back("Location", "/elsewhere");
                  }
                  respond(std::move(response));
                }} {
    EXPECT_TRUE(server_.listen("127.0.0.1", 0));
    thread_ = std::thread{[this] { server_.run(); }};
  }
  ~Echo() {
    late_.clear();
    server_.stop();
    thread_.join();
  }
  std::string url(std::string const& path) const { return "http://127.0.0.1:" + std::to_string(server_.port()) + path; }

 private:
  std::vector<http::Responder> late_;
  http::Server server_;
  std::thread thread_;
};

TEST(Fetch, GetsAndPosts) {
  Echo const echo;
  Client client;
  auto const got = client.get(echo.url("/a/b"));
  ASSERT_TRUE(got) << got.error().detail;
  EXPECT_EQ(got->status, 200u);
  EXPECT_EQ(got->body, "GET /a/b  ");
  EXPECT_EQ(http::header(*got, "content-type"), "text/x.echo");
  auto const posted = client.post(echo.url("/c"), std::string(3000, 'y'), "text/plain");
  ASSERT_TRUE(posted) << posted.error().detail;
  EXPECT_EQ(posted->body, "POST /c text/plain " + std::string(3000, 'y'));
  EXPECT_EQ(client.get(echo.url("/d"))->body, "GET /d  ") << "nothing is left of the request before";
}

TEST(Fetch, HandsOnOtherStatusesAndFollowsNothing) {
  Echo const echo;
  Client client;
  EXPECT_EQ(client.get(echo.url("/sorry"))->status, 409u);
  EXPECT_EQ(client.get(echo.url("/moved"))->status, 302u);
}

TEST(Fetch, FailsInTimeAndWithinItsLimits) {
  Echo const echo;
  Client client{{std::chrono::milliseconds{200}, 4999}};
  auto const late = client.get(echo.url("/late"));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, base::errc::unavailable);
  auto const large = client.get(echo.url("/large"));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, base::errc::too_large);
  Client other{{std::chrono::milliseconds{200}, 5000}};
  EXPECT_EQ(other.get(echo.url("/large"))->body.size(), 5000u);
  auto const nobody = client.get("http://127.0.0.1:1/");
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, base::errc::unavailable);
}

TEST(Fetch, TakesWebAddressesOnly) {
  Client client;
  for (char const* url : {"", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://"}) {
    auto const fetched = client.get(url);
    ASSERT_FALSE(fetched) << url;
    EXPECT_EQ(fetched.error().code, base::errc::invalid) << url << ": " << fetched.error().detail;
  }
}

}  // namespace
}  // namespace abode::fetch
