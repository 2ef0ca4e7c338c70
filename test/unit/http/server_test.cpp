// The server and the client, over real sockets of this machine.
#include "http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

#include "base/assert.hpp"
#include "http/client.hpp"

namespace abode::http {
namespace {

using namespace std::chrono_literals;
using base::errc;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto* host = "127.0.0.1";

/// A server on a free port, running on a thread of its own.
class Running {
 public:
  explicit Running(Handler handler, Limits const& limits = {})
      : server_{std::make_unique<Server>(Config{.limits = limits}, std::move(handler))} {
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
  Client client(std::chrono::milliseconds timeout = 10s) const { return Client{host, port_, timeout}; }
  std::string exchange(std::string_view bytes) const { return client().exchange(bytes).value(); }

 private:
  std::unique_ptr<Server> server_;
  unsigned short port_ = 0;
  std::thread thread_;
};

/// Answers at once with what it was asked.
void echo(Request request, Responder respond) {
  respond(response(200, "text/plain", std::string{name_of(request.method)} + " " + request.path + " " + request.body));
}

/// A handler that lets the test do the answering.
class Desk {
 public:
  Handler handler() {
    return [this](Request request, Responder respond) {
      std::lock_guard const lock{mutex_};
      waiting_.emplace_back(std::move(request), std::move(respond));
      arrived_.notify_one();
    };
  }
  std::pair<Request, Responder> take() {
    std::unique_lock lock{mutex_};
    arrived_.wait(lock, [this] { return !waiting_.empty(); });
    auto first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::pair<Request, Responder>> waiting_;
};

std::string get(std::string_view path, std::string_view more = "") {
  return "GET " + std::string{path} + " HTTP/1.1\r\nHost: x\r\n" + std::string{more} + "\r\n";
}
std::string last_get(std::string_view path) {
  return get(path, "Connection: close\r\n");
}

/// The bodies of the "text/plain" answers in a stream, in order.
std::vector<std::string> bodies_in(std::string_view stream) {
  std::vector<std::string> bodies;
  for (auto at = stream.find("\r\n\r\n"); at != stream.npos; at = stream.find("\r\n\r\n", at)) {
    at += 4;
    bodies.emplace_back(stream.substr(at, stream.find("HTTP/1.1 ", at) - at));
  }
  return bodies;
}

void expect_problem(std::string_view answer, unsigned status, std::string_view kind) {
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(status) + " "));
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/problem+json\r\n"));
  EXPECT_THAT(answer, HasSubstr("\"type\":\"urn:abode:problem:" + std::string{kind} + "\""));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
}

TEST(Server, AnswersARequest) {
  Running server{echo};
  auto const answer = server.client().request(Method::post, "/a?b", {{"Content-Type", "text/plain"}}, "body");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200u);
  EXPECT_EQ(answer->body, "POST /a body");
  EXPECT_EQ(header(*answer, "content-type"), "text/plain");
  EXPECT_THAT(std::string{header(*answer, "date")}, EndsWith(" GMT"));
  EXPECT_EQ(header(*answer, "connection"), "");
}

TEST(Server, KeepsTheConnection) {
  Running server{echo, {.connections = 1}};
  Client client = server.client();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.request(Method::get, "/").value().status, 200u);
  EXPECT_EQ(server.client().request(Method::get, "/").value().status, 503u) << "the one connection is still held";
}

TEST(Server, ClosesWhenAsked) {
  Running server{echo};
  EXPECT_THAT(server.exchange(last_get("/")), HasSubstr("Connection: close\r\n"));
}

TEST(Server, SpeaksHttp10) {
  Running server{echo};
  EXPECT_THAT(server.exchange("GET /old HTTP/1.0\r\n\r\n"),
              AllOf(HasSubstr("Connection: close\r\n"), EndsWith("GET /old ")));
  EXPECT_THAT(server.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n"),
              HasSubstr("Connection: keep-alive\r\n"));
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Running server{echo};
  std::string requests;
  std::vector<std::string> expected;
  for (int i = 0; i < 100; ++i) {
    requests += get("/" + std::to_string(i));
    expected.push_back("GET /" + std::to_string(i) + " ");
  }
  expected.emplace_back("GET /last ");
  EXPECT_EQ(bodies_in(server.exchange(requests + last_get("/last"))), expected);
}

TEST(Server, KeepsTheOrderWhenAnswersComeOutOfOrder) {
  Desk desk;
  Running server{desk.handler()};
  auto answer = std::async(std::launch::async, [&] { return server.exchange(get("/0") + get("/1") + last_get("/2")); });
  auto first = desk.take();
  auto second = desk.take();
  auto third = desk.take();
  EXPECT_EQ(second.first.path, "/1");
  second.second(response(200, "text/plain", "one"));
  third.second(response(200, "text/plain", "two"));
  first.second(response(200, "text/plain", "zero"));
  EXPECT_THAT(bodies_in(answer.get()), ::testing::ElementsAre("zero", "one", "two"));
}

TEST(Server, ReadsNoFurtherThanItsPipelineLimit) {
  Desk desk;
  Running server{desk.handler(), {.pipelined = 2}};
  auto answer = std::async(std::launch::async, [&] { return server.exchange(get("/0") + get("/1") + last_get("/2")); });
  auto first = desk.take();
  auto second = desk.take();
  first.second(response(200, "text/plain", "zero"));
  auto third = desk.take();
  third.second(response(200, "text/plain", "two"));
  second.second(response(200, "text/plain", "one"));
  EXPECT_THAT(bodies_in(answer.get()), ::testing::ElementsAre("zero", "one", "two"));
}

TEST(Server, HoldsNoMoreAnswersThanItsLimitForWhoTakesNone) {
  constexpr std::size_t body_bytes = 8 * 1024 * 1024;  // more than the system holds for two that talk
  std::atomic<int> asked = 0;
  Running server{[&](Request, Responder respond) {
                   ++asked;
                   respond(response(200, "text/plain", std::string(body_bytes, 'x')));
                 },
                 {.unsent_bytes = body_bytes + 1}};
  boost::asio::io_context io;
  boost::asio::ip::tcp::socket socket{io};
  socket.connect({boost::asio::ip::make_address(host), server.port()});
  std::string requests;
  for (int i = 0; i < 9; ++i) requests += get("/");
  boost::asio::write(socket, boost::asio::buffer(requests + last_get("/")));
  std::this_thread::sleep_for(300ms);
  EXPECT_LE(asked, 2);
  std::string taken;
  boost::system::error_code ended;
  boost::asio::read(socket, boost::asio::dynamic_buffer(taken), ended);
  EXPECT_EQ(ended, boost::asio::error::eof);
  EXPECT_EQ(asked, 10);
  EXPECT_EQ(bodies_in(taken), std::vector<std::string>(10, std::string(body_bytes, 'x')));
}

TEST(Server, AnswersHeadWithoutABody) {
  Running server{echo};
  auto const stream = server.exchange("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n" + last_get("/g"));
  EXPECT_THAT(stream, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(bodies_in(stream), ::testing::ElementsAre("", "GET /g "));
  EXPECT_EQ(server.client().request(Method::head, "/h").value().body, "");
}

TEST(Server, SendsNoBodyWhereNoneMayBe) {
  Running server{[](Request, Responder respond) { respond(Response{204, {}, "lost"}); }};
  EXPECT_THAT(server.exchange(last_get("/")),
              AllOf(StartsWith("HTTP/1.1 204 "), Not(HasSubstr("Content-Length")), Not(HasSubstr("lost"))));
}

TEST(Server, KeepsItsOwnFieldsToItself) {
  Running server{[](Request, Responder respond) {
    respond(
        Response{200,
                 {{"content-length", "99"}, {"Transfer-Encoding", "chunked"}, {"connection", "x"}, {"Date", "never"}},
                 "ok"});
  }};
  auto const answer = server.client().request(Method::get, "/");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body, "ok");
  EXPECT_EQ(header(*answer, "date").find("never"), std::string_view::npos);
}

TEST(Server, TakesBodiesUpToTheLimit) {
  Limits const limits{.body_bytes = 1000};
  Running server{echo, limits};
  Client client = server.client();
  EXPECT_EQ(client.request(Method::post, "/", {}, std::string(1000, 'a')).value().body,
            "POST / " + std::string(1000, 'a'));
  auto const refused = client.request(Method::post, "/", {}, std::string(1001, 'a'));
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->status, 413u);
  EXPECT_EQ(header(*refused, "connection"), "close");
  EXPECT_EQ(client.request(Method::get, "/").value().status, 200u) << "a new connection";
}

TEST(Server, TellsTheClientEvenIfMuchBodyIsOnItsWay) {
  Running server{echo};
  auto const refused = server.client().request(Method::post, "/", {}, std::string(8 << 20, 'a'));
  ASSERT_TRUE(refused.has_value()) << refused.error().detail;
  EXPECT_EQ(refused->status, 413u);
}

TEST(Server, TakesLargeBodiesWholly) {
  Running server{echo, {.body_bytes = 4 << 20}};
  std::string const body(4 << 20, 'b');
  EXPECT_EQ(server.client().request(Method::put, "/", {}, body).value().body, "PUT / " + body);
}

TEST(Server, TakesChunkedBodiesUpToTheLimit) {
  Running server{echo, {.body_bytes = 10}};
  std::string const head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_THAT(server.exchange(head + "4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n"), EndsWith("POST / 0123456789"));
  expect_problem(server.exchange(head + "4\r\n0123\r\n7\r\n4567890\r\n0\r\n\r\n"), 413, "too-large");
}

TEST(Server, LetsAClientAskBeforeItSends) {
  Running server{echo, {.body_timeout = 50ms}};
  std::string const head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
  EXPECT_THAT(server.exchange(head), StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 408 "));
}

TEST(Server, RefusesLargeHeaders) {
  Running server{echo};
  expect_problem(server.exchange(get("/", "A: " + std::string(9000, 'a') + "\r\n")), 431, "too-large");
  expect_problem(server.exchange(get("/" + std::string(9000, 'a'))), 431, "too-large");
}

TEST(Server, RefusesGarbageAfterAnsweringWhatCameBefore) {
  Running server{echo};
  expect_problem(server.exchange("\x16\x03\x01 hello\r\n\r\n"), 400, "malformed");
  auto const stream = server.exchange(get("/good") + "garbage\r\n\r\n" + get("/never"));
  EXPECT_THAT(stream, AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("GET /good "), HasSubstr("HTTP/1.1 400 "),
                            Not(HasSubstr("/never"))));
}

TEST(Server, DoesNotWaitForSlowClients) {
  Running server{echo, {.header_timeout = 50ms, .body_timeout = 50ms}};
  expect_problem(server.exchange("GET / HTTP/1.1\r\nHost:"), 408, "too-slow");
  expect_problem(server.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc"), 408, "too-slow");
  EXPECT_EQ(server.exchange(""), "") << "nothing asked, nothing said";
}

TEST(Server, TricklingDoesNotExtendTheDeadline) {
  Running server{echo, {.header_timeout = 50ms, .idle_timeout = 10s}};
  auto const stream = server.exchange(get("/1") + "GET / HTTP/1.1\r\n");
  EXPECT_THAT(stream, AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("HTTP/1.1 408 ")));
}

TEST(Server, DeadlinesForReadingEndWithTheRequest) {
  Desk desk;
  Running server{desk.handler(), {.header_timeout = 50ms, .body_timeout = 50ms, .idle_timeout = 50ms}};
  auto last = std::async(std::launch::async, [&] { return server.exchange(last_get("/")); });
  auto first_question = desk.take();
  auto kept = std::async(std::launch::async, [&] { return server.client().request(Method::get, "/"); });
  auto second_question = desk.take();
  EXPECT_EQ(server.exchange(""), "") << "returns when a younger connection has run into its deadline";
  first_question.second(response(200, "text/plain", "slow"));
  second_question.second(response(200, "text/plain", "slow"));
  EXPECT_THAT(last.get(), EndsWith("slow"));
  EXPECT_TRUE(kept.get().has_value());
}

TEST(Server, ClosesIdleConnectionsAndTheClientReconnects) {
  Running server{echo, {.idle_timeout = 50ms}};
  Client client = server.client();
  EXPECT_EQ(client.request(Method::get, "/1").value().status, 200u);
  // Each returns when the server has closed it, the second at a later look at the clock than the first client's.
  for (int i = 0; i < 2; ++i) EXPECT_EQ(bodies_in(server.exchange(get("/2"))).size(), 1u);
  EXPECT_EQ(client.request(Method::post, "/3").value().status, 200u);
}

TEST(Server, TurnsAwayConnectionsOverTheLimit) {
  Running server{echo, {.connections = 2}};
  Client first = server.client();
  Client second = server.client();
  EXPECT_EQ(first.request(Method::get, "/").value().status, 200u);
  EXPECT_EQ(second.request(Method::get, "/").value().status, 200u);
  expect_problem(server.exchange(get("/")), 503, "busy");
  EXPECT_EQ(first.request(Method::get, "/").value().status, 200u);
}

/// A connection that sends `bytes` and then reads nothing.
class DeafClient {
 public:
  DeafClient(unsigned short port, std::string_view bytes) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr general{};
    std::memcpy(&general, &address, sizeof address);
    EXPECT_EQ(::connect(socket_, &general, sizeof general), 0);
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  }
  ~DeafClient() { ::close(socket_); }
  DeafClient(DeafClient const&) = delete;

 private:
  int socket_;
};

TEST(Server, DropsClientsThatDoNotTakeTheAnswer) {
  std::promise<void> asked;
  Handler const large = [&asked](Request request, Responder respond) {
    if (request.path == "/large") asked.set_value();
    respond(response(200, "text/plain", std::string(request.path == "/large" ? 32 << 20 : 1, 'a')));
  };
  Running server{large, {.connections = 1, .write_timeout = 50ms}};
  DeafClient const deaf{server.port(), get("/large")};
  asked.get_future().wait();
  unsigned status = 503;  // until the one place is free again
  for (auto const give_up = std::chrono::steady_clock::now() + 10s;
       status == 503 && std::chrono::steady_clock::now() < give_up;) {
    auto const answer = server.client().request(Method::get, "/");
    if (answer) status = answer->status;
  }
  EXPECT_EQ(status, 200u);
}

TEST(Server, AnswersFromAnotherThread) {
  Desk desk;
  Running server{desk.handler()};
  std::thread worker{[&desk] {
    for (int i = 0; i < 50; ++i) desk.take().second(response(200, "text/plain", std::to_string(i)));
  }};
  Client client = server.client();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.request(Method::get, "/").value().body, std::to_string(i));
  worker.join();
}

TEST(Server, AnswersManyConnectionsAtOnce) {
  constexpr std::size_t clients = 8;
  constexpr int rounds = 100;
  Desk desk;
  Running server{desk.handler()};
  // Like a writer that commits a batch: collects one request of each client, then answers all of them.
  std::thread worker{[&desk] {
    for (int round = 0; round < rounds; ++round) {
      std::vector<std::pair<Request, Responder>> batch;
      while (batch.size() < clients) batch.push_back(desk.take());
      for (auto& [request, respond] : batch) respond(response(200, "text/plain", request.path));
    }
  }};
  std::vector<std::future<int>> right;
  for (std::size_t number = 0; number < clients; ++number)
    right.push_back(std::async(std::launch::async, [&server, number] {
      Client client = server.client();
      int count = 0;
      for (int round = 0; round < rounds; ++round) {
        std::string const path = "/" + std::to_string(number) + "/" + std::to_string(round);
        auto const answer = client.request(Method::get, path);
        count += answer && answer->body == path;
      }
      return count;
    }));
  for (auto& one : right) EXPECT_EQ(one.get(), rounds);
  worker.join();
}

TEST(Server, AnswersForAHandlerThatGivesNone) {
  Running silent{[](Request, Responder) {}};
  Client client = silent.client();
  auto const answer = client.request(Method::get, "/");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 500u);
  EXPECT_EQ(header(*answer, "content-type"), "application/problem+json");
  EXPECT_THAT(answer->body, HasSubstr("urn:abode:problem:internal"));
  EXPECT_EQ(header(*answer, "connection"), "") << "the connection is sound";

  Running throwing{[](Request, Responder) { throw std::runtime_error("secret"); }};
  auto const thrown = throwing.client().request(Method::get, "/");
  EXPECT_EQ(thrown.value().status, 500u);
  EXPECT_THAT(thrown.value().body, Not(HasSubstr("secret")));
}

TEST(Server, SendsNoResponseThatWouldBreakTheStream) {
  for (Response const& bad :
       {Response{200, {{"A", "b\r\nSet-Cookie: c"}}, ""}, Response{200, {{"A\n", "b"}}, ""},
        Response{200, {{"", "b"}}, ""}, Response{0, {}, ""}, Response{100, {}, ""}, Response{600, {}, ""}}) {
    Running server{[bad](Request, Responder respond) { respond(bad); }};
    EXPECT_EQ(server.client().request(Method::get, "/").value().status, 500u);
  }
}

TEST(Server, LosesPatienceWithTheHandler) {
  Desk desk;
  Running server{desk.handler(), {.handler_timeout = 50ms}};
  expect_problem(server.exchange(get("/slow") + get("/next")), 503, "busy");
  desk.take().second(response(200, "text/plain", "late"));
  auto late = desk.take();
  auto answer = std::async(std::launch::async, [&] { return server.exchange(last_get("/")); });
  desk.take().second(response(200, "text/plain", "in time"));
  EXPECT_THAT(answer.get(), EndsWith("in time"));
}

TEST(Server, OutlivesClientsThatLeave) {
  Desk desk;
  Running server{desk.handler()};
  EXPECT_FALSE(server.client(20ms).request(Method::get, "/").has_value());
  desk.take().second(response(200, "text/plain", "nobody there"));
  auto answer = std::async(std::launch::async, [&] { return server.exchange(last_get("/")); });
  desk.take().second(response(200, "text/plain", "still here"));
  EXPECT_THAT(answer.get(), EndsWith("still here"));
}

TEST(Server, FinishesWhatIsInWorkWhenStopped) {
  Desk desk;
  Running server{desk.handler()};
  auto answer = std::async(std::launch::async, [&] { return server.exchange(get("/0") + get("/1")); });
  auto first = desk.take();
  auto second = desk.take();
  server.stop();
  second.second(response(200, "text/plain", "one"));
  first.second(response(200, "text/plain", "zero"));
  auto const stream = answer.get();
  EXPECT_THAT(bodies_in(stream), ::testing::ElementsAre("zero", "one"));
  EXPECT_THAT(stream, HasSubstr("Connection: close\r\n"));
  server.wait();
  EXPECT_FALSE(server.client(1s).request(Method::get, "/").has_value());
}

TEST(Server, StopsAtOnceWhenIdle) {
  Running server{echo, {.stop_timeout = 60s}};
  Client client = server.client();
  EXPECT_EQ(client.request(Method::get, "/").value().status, 200u);
  server.stop();
  server.stop();
  server.wait();
  EXPECT_FALSE(client.request(Method::get, "/").has_value());
}

TEST(Server, StopsWaitingAtItsDeadline) {
  Desk desk;
  Responder late{[](std::optional<Response>) {}};
  {
    Running server{desk.handler(), {.stop_timeout = 50ms}};
    auto answer = std::async(std::launch::async, [&] { return server.exchange(get("/")); });
    late = desk.take().second;
    server.stop();
    server.wait();
    EXPECT_EQ(answer.get(), "");
  }
  late(response(200, "text/plain", "the server has gone"));
}

TEST(Server, SaysWhichPortIsTaken) {
  Running server{echo};
  Server second{{}, echo};
  auto const taken = second.listen(host, server.port());
  ASSERT_TRUE(taken.has_error());
  EXPECT_EQ(taken.error().code, errc::unavailable);
  EXPECT_EQ(taken.error().field, "port");
  EXPECT_THAT(taken.error().detail, HasSubstr("Port " + std::to_string(server.port())));
  EXPECT_EQ(second.port(), 0);
  EXPECT_TRUE(second.listen(host, 0).has_value()) << "another port may be tried";
}

TEST(Server, SaysThatAnAddressIsNotItsOwn) {
  Server server{{}, echo};
  for (auto const* foreign : {"203.0.113.7", "no such name"}) {
    auto const result = server.listen(foreign, 0);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code, errc::unavailable);
    EXPECT_EQ(result.error().field, "host");
  }
}

TEST(Server, RendersItsProblemsAsTold) {
  Config config;
  config.transport_problem = [](unsigned status, std::string_view) { return response(status, "text/plain", "ours"); };
  Server server{std::move(config), echo};
  ASSERT_TRUE(server.listen(host, 0).has_value());
  std::thread thread{[&server] { server.run(); }};
  auto const answer = Client{host, server.port()}.exchange("garbage\r\n\r\n");
  EXPECT_THAT(answer.value(), AllOf(StartsWith("HTTP/1.1 400 "), EndsWith("ours")));
  server.stop();
  thread.join();
}

TEST(TransportProblem, IsJson) {
  Response const problem = transport_problem(413, "a \"b\" \\ \n");
  EXPECT_EQ(problem.body, R"({"type":"urn:abode:problem:too-large","title":"The request is too large","status":413,)"
                          R"("detail":"a \u0022b\u0022 \u005c \u000a"})");
}

TEST(Responder, AnswersOnceAndOnlyOnce) {
  std::vector<unsigned> statuses;
  auto const note = [&statuses](std::optional<Response> given) { statuses.push_back(given ? given->status : 0); };
  {
    Responder used{note};
    Responder moved{std::move(used)};
    moved(Response{201, {}, {}});
    Responder unused{note};
  }
  EXPECT_THAT(statuses, ::testing::ElementsAre(201, 0));
}

TEST(ResponderDeathTest, CalledTwiceIsABug) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Responder respond{[](std::optional<Response>) {}};
  respond(Response{});
  EXPECT_DEATH(respond(Response{}), "answered twice");
}

TEST(Client, SaysThatNobodyAnswers) {
  unsigned short free_port = 0;
  {
    Server server{{}, echo};
    ASSERT_TRUE(server.listen(host, 0).has_value());
    free_port = server.port();
  }
  Client client{host, free_port, 1s};
  auto const answer = client.request(Method::get, "/");
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, errc::unavailable);
  EXPECT_TRUE(client.exchange("x").has_error());
}

TEST(Client, DoesNotWaitForever) {
  Desk desk;
  Running server{desk.handler()};
  auto const answer = server.client(20ms).request(Method::get, "/");
  ASSERT_TRUE(answer.has_error());
  EXPECT_EQ(answer.error().code, errc::unavailable);
  (void)desk.take();
}

}  // namespace
}  // namespace abode::http
