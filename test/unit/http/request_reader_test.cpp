#include "http/internal/request_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace abode::http {
namespace {

using Stage = RequestReader::Stage;

void feed(RequestReader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const room = reader.room();
    std::size_t const size = std::min(room.size(), bytes.size());
    std::copy_n(bytes.begin(), size, room.begin());
    reader.received(size);
    bytes.remove_prefix(size);
  }
}

/// What one piece of input leads to, with the default limits.
Step read_one(std::string_view bytes, Limits const& limits = {}) {
  RequestReader reader{limits};
  feed(reader, bytes);
  return reader.next();
}

unsigned refusal_status(std::string_view bytes, Limits const& limits = {}) {
  Step const step = read_one(bytes, limits);
  auto const* refusal = std::get_if<Refusal>(&step);
  return refusal ? refusal->status : 0;
}

Request whole(std::string_view bytes) {
  Step step = read_one(bytes);
  EXPECT_TRUE(std::holds_alternative<WholeRequest>(step)) << bytes;
  auto* found = std::get_if<WholeRequest>(&step);
  return found ? std::move(found->request) : Request{};
}

TEST(RequestReader, ReadsTheParts) {
  Request const request = whole("PUT /a%20b?c=d%26 HTTP/1.1\r\nHost: x\r\nX-Y:  z \r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(request.method, Method::put);
  EXPECT_EQ(request.path, "/a%20b");
  EXPECT_EQ(request.query, "c=d%26");
  EXPECT_EQ(header(request, "x-y"), "z");
  EXPECT_EQ(request.body, "abc");
}

TEST(RequestReader, KnowsTheMethods) {
  for (auto const method : {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::delete_})
    EXPECT_EQ(whole(std::string{name_of(method)} + " / HTTP/1.1\r\nHost: x\r\n\r\n").method, method);
  EXPECT_EQ(whole("BREW / HTTP/1.1\r\nHost: x\r\n\r\n").method, Method::other);
}

TEST(RequestReader, TakesAllFormsOfTarget) {
  EXPECT_EQ(whole("GET http://host/a?b HTTP/1.1\r\nHost: x\r\n\r\n").path, "/a");
  EXPECT_EQ(whole("GET http://host/a?b HTTP/1.1\r\nHost: x\r\n\r\n").query, "b");
  EXPECT_EQ(whole("GET http://host HTTP/1.1\r\nHost: x\r\n\r\n").path, "/");
  EXPECT_EQ(whole("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").path, "*");
}

TEST(RequestReader, SaysWhetherTheConnectionStays) {
  auto const keep_alive = [](std::string_view bytes) { return std::get<WholeRequest>(read_one(bytes)).keep_alive; };
  EXPECT_TRUE(keep_alive("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_FALSE(keep_alive("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_FALSE(keep_alive("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keep_alive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(RequestReader, JoinsChunksAndDropsTrailers) {
  Request const request = whole(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nCookie: "
      "s=1\r\n\r\n");
  EXPECT_EQ(request.body, "abcde");
  EXPECT_EQ(cookie(request, "s"), "");
}

// G1: what tells where or with what a client came does not get past this room.
TEST(RequestReader, DropsWhatTellsPlaceOrDevice) {
  Request const request = whole(
      "GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: phone\r\nX-Forwarded-For: 192.0.2.1\r\nForwarded: for=192.0.2.1\r\n"
      "X-Real-IP: 192.0.2.1\r\nSec-CH-UA-Model: phone\r\nCF-IPCountry: XX\r\nVia: proxy\r\nAccept-Language: "
      "tg\r\n\r\n");
  EXPECT_THAT(request.headers,
              ::testing::ElementsAre(::testing::Pair("Host", "x"), ::testing::Pair("Accept-Language", "tg")));
}

TEST(RequestReader, RefusesMalformedRequests) {
  for (auto const* bad : {
           "\x16\x03\x01\x02\x01 hello\r\n\r\n",
           "GET\r\n\r\n",
           "GET /\r\n\r\n",
           "GET  / HTTP/1.1\r\n\r\n",
           " / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",                        // no Host
           "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",  // two of them
           "GET / HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n",
           "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
           "GET a HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET ftp://h/ HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n",
           "CONNECT h:1 HTTP/1.1\r\nHost: x\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\na",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
           // Two ways to say where the body ends are two requests to two readers.
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n",
       }) {
    Limits const limits;
    RequestReader reader{limits};
    feed(reader, bad);
    Step step = reader.next();
    auto const* refusal = std::get_if<Refusal>(&step);
    ASSERT_NE(refusal, nullptr) << bad;
    EXPECT_TRUE(refusal->status == 400 || refusal->status == 413) << bad << " -> " << refusal->status;
  }
}

TEST(RequestReader, RefusesWhatItDoesNotSpeak) {
  EXPECT_EQ(refusal_status("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505u);
  EXPECT_EQ(refusal_status("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505u);
  EXPECT_EQ(refusal_status("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n"), 501u);
  EXPECT_EQ(refusal_status("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"), 501u);
  EXPECT_EQ(refusal_status("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n"), 501u);
}

TEST(RequestReader, HoldsTheBodyLimit) {
  Limits const limits{.body_bytes = 10};
  EXPECT_EQ(refusal_status("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789", limits), 0u);
  EXPECT_EQ(refusal_status("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n", limits), 413u);
  std::string const chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n";
  EXPECT_EQ(refusal_status(chunked + "5\r\n56789\r\n0\r\n\r\n", limits), 0u);
  EXPECT_EQ(refusal_status(chunked + "6\r\n567890\r\n0\r\n\r\n", limits), 413u);
}

/// A request without a body of exactly so many bytes.
std::string padded_get(std::size_t bytes) {
  std::string const start = "GET / HTTP/1.1\r\nHost: x\r\nA: ";
  std::string const end = "\r\n\r\n";
  return start + std::string(bytes - start.size() - end.size(), 'a') + end;
}

TEST(RequestReader, HoldsTheHeaderLimits) {
  Limits const limits{.header_bytes = 200, .header_fields = 3};
  EXPECT_EQ(refusal_status(padded_get(200), limits), 0u);
  EXPECT_EQ(refusal_status(padded_get(201), limits), 431u);
  std::string const start = "GET / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(refusal_status(start + "A: " + std::string(100, 'a') + "\r\n\r\n", limits), 0u);
  EXPECT_EQ(refusal_status(start + "A: " + std::string(200, 'a'), limits), 431u) << "refused before its end has come";
  EXPECT_EQ(refusal_status("GET /" + std::string(200, 'a'), limits), 431u);
  EXPECT_EQ(refusal_status(start + "A: a\r\nB: b\r\n\r\n", limits), 0u);
  EXPECT_EQ(refusal_status(start + "A: a\r\nB: b\r\nC: c\r\n\r\n", limits), 431u);
}

TEST(RequestReader, HoldsTheHeaderLimitForFieldsThatTrickleIn) {
  Limits const limits{.header_bytes = 200};
  RequestReader reader{limits};
  feed(reader, "GET / HTTP/1.1\r\nHost: x\r\n");
  int fields = 0;
  for (; fields < 1000 && std::holds_alternative<NeedMore>(reader.next()); ++fields) feed(reader, "A: aaaaaaaa\r\n");
  EXPECT_LT(fields, 30);
}

TEST(RequestReader, LimitsWhatStandsAroundChunks) {
  std::string const start = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::string const& endless : {start + "1;", start + "0\r\nA: "}) {
    Limits const limits;
    RequestReader reader{limits};
    feed(reader, endless);
    int pieces = 0;
    for (; pieces < 100 && std::holds_alternative<NeedMore>(reader.next()); ++pieces)
      feed(reader, std::string(1000, 'a'));
    EXPECT_LT(pieces, 30);
  }
}

TEST(RequestReader, SaysOnceThatTheClientWaits) {
  Limits const limits;
  RequestReader reader{limits};
  feed(reader, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_TRUE(std::get<NeedMore>(reader.next()).client_waits);
  EXPECT_FALSE(std::get<NeedMore>(reader.next()).client_waits);
  EXPECT_EQ(reader.stage(), Stage::in_body);
  feed(reader, "a");
  EXPECT_TRUE(std::holds_alternative<WholeRequest>(reader.next()));
}

TEST(RequestReader, KnowsItsStage) {
  Limits const limits;
  RequestReader reader{limits};
  auto const stage_after = [&reader](std::string_view bytes) {
    feed(reader, bytes);
    (void)reader.next();
    return reader.stage();
  };
  EXPECT_EQ(reader.stage(), Stage::between_requests);
  EXPECT_EQ(stage_after("P"), Stage::in_header);
  EXPECT_EQ(stage_after("OST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"), Stage::in_header);
  EXPECT_EQ(stage_after("\r\n"), Stage::in_body);
  EXPECT_EQ(stage_after("a"), Stage::in_body);
  EXPECT_EQ(stage_after("b"), Stage::between_requests);
}

// However the network cuts a stream of requests, the same requests come out.
TEST(RequestReader, DoesNotCareHowBytesAreCut) {
  std::string const stream =
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
      "POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: t\r\n\r\n"
      "HEAD /4?q HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n"
      "POST /5 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    std::mt19937_64 random{seed};
    Limits const limits;
    RequestReader reader{limits};
    std::string seen;
    for (std::size_t at = 0; at < stream.size();) {
      std::size_t const size = std::min<std::size_t>(1 + random() % (1 + seed % 40), stream.size() - at);
      feed(reader, std::string_view{stream}.substr(at, size));
      at += size;
      for (Step step = reader.next(); !std::holds_alternative<NeedMore>(step); step = reader.next()) {
        auto const* found = std::get_if<WholeRequest>(&step);
        ASSERT_NE(found, nullptr) << "seed " << seed;
        seen += found->request.path + ":" + found->request.body + ";";
      }
    }
    EXPECT_EQ(seen, "/1:;/2:hello;/3:abcde;/4:;/5:;") << "seed " << seed;
  }
}

}  // namespace
}  // namespace abode::http
