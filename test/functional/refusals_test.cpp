// Bad input: refused with a problem that names what is at fault, and without any effect.
#include <gmock/gmock.h>

#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char const* registrations = "/api/v1/registrations";

json::object registration(json::object address = sample_address()) {
  return {{"kind", "main"}, {"address", std::move(address)}, {"since", "2024-05-01"}};
}

json::object with(json::object object, std::string_view name, json::value value) {
  object[name] = std::move(value);
  return object;
}

/// A register whose one person must be the same after each test as before it, history included.
class Refusals : public testing::Test {
 protected:
  Refusals() { before_ = state(); }
  void TearDown() override { EXPECT_EQ(state(), before_); }

  std::string state() { return person_.get("/api/v1/me").body + entries() + person_.get("/api/v1/opening-codes").body; }
  std::string entries() { return std::to_string(person_.get("/api/v1/history").at("/entries").as_array().size()); }

  void expect_refused(std::string const& body, unsigned status, std::string_view kind, std::string_view field = {},
                      char const* target = registrations) {
    EXPECT_TRUE(is_problem(person_.post_text(target, body), status, kind, field)) << body.substr(0, 200);
  }
  void expect_invalid(json::value const& body, std::string_view field, char const* target = registrations) {
    expect_refused(json::serialize(body), 422, "invalid", field, target);
  }

  RunningRegister running_;
  ApiClient person_ = running_.person();
  std::string before_;
};

TEST_F(Refusals, BodiesThatAreNotJson) {
  std::string const good = json::serialize(registration());
  for (std::string const& bad : {std::string{"{"}, std::string{"}"}, std::string{"kind=main"}, good + "x", good + good,
                                 good.substr(0, good.size() - 1), std::string{"{\"kind\":\"main\",}"},
                                 std::string{"{'kind':'main'}"}, std::string{"\xef\xbb\xbf{}"}, std::string{"NaN"}})
    expect_refused(bad, 400, "malformed");
  expect_refused(std::string(40, '[') + std::string(40, ']'), 400, "malformed");
}

TEST_F(Refusals, NamesThatStandTwice) {
  std::string const address = json::serialize(sample_address());
  expect_refused(R"({"kind":"main","kind":"secondary","address":)" + address + "}", 400, "malformed");
  expect_refused(R"({"kind":"main","address":{"country":"UZ","country":"TJ","lines":["x"]}})", 400, "malformed");
  expect_refused(R"({"kind":"main","k\u0069nd":"main","address":)" + address + "}", 400, "malformed");
}

TEST_F(Refusals, NumbersThatNoProgramCanCarry) {
  for (char const* number : {"1e400", "-1e400", "1e99999"})
    expect_refused(R"({"fields":["family_name"],"valid_minutes":)" + std::string{number} + "}", 400, "malformed", {},
                   "/api/v1/opening-codes");
  for (char const* number :
       {"1.5", "1e3", "18446744073709551615", "9223372036854775807", "-9223372036854775808", "14", "10081", "-60", "0"})
    expect_refused(R"({"fields":["family_name"],"valid_minutes":)" + std::string{number} + "}", 422, "invalid",
                   "valid_minutes", "/api/v1/opening-codes");
}

TEST_F(Refusals, MembersThatAreUnknown) {
  expect_invalid(with(registration(), "nationality", "UTO"), "nationality");
  expect_invalid(with(registration(), "latitude", 38.5), "latitude");
  expect_invalid(with(registration(), "Kind", "main"), "Kind");
  expect_invalid(registration(with(sample_address(), "coordinates", json::array{1, 2})), "address.coordinates");
  expect_invalid({{"fields", {"family_name"}}, {"for", "anyone"}}, "for", "/api/v1/opening-codes");
  expect_invalid({{"up_to", 1}, {"all", true}}, "all", "/api/v1/inbox/read");
  expect_invalid({{"test_person", "anna-eriksson"}, {"role", "official"}}, "role", "/api/v1/sessions");
}

TEST_F(Refusals, MembersThatAreMissingOrOfAnotherType) {
  expect_invalid(json::object{}, "kind");
  expect_invalid({{"kind", "main"}}, "address");
  expect_invalid(json::array{}, {});
  expect_invalid(json::value("main"), {});
  expect_invalid(with(registration(), "kind", 1), "kind");
  expect_invalid(with(registration(), "kind", nullptr), "kind");
  expect_invalid(with(registration(), "kind", "holiday"), "kind");
  expect_invalid(with(registration(), "address", "Main Street 1"), "address");
  expect_invalid(with(registration(), "since", 20240501), "since");
  expect_invalid(registration(with(sample_address(), "lines", "one line")), "address.lines");
  expect_invalid(registration(with(sample_address(), "lines", {1, 2})), "address.lines");
  expect_invalid(registration(with(sample_address(), "country", 49)), "address.country");
  expect_invalid({{"fields", "family_name"}}, "fields", "/api/v1/opening-codes");
  expect_invalid({{"fields", {"nationality"}}}, "fields", "/api/v1/opening-codes");
  expect_invalid({{"fields", json::array{}}}, "fields", "/api/v1/opening-codes");
  expect_invalid(json::object{}, "up_to", "/api/v1/inbox/read");
  expect_invalid({{"up_to", -1}}, "up_to", "/api/v1/inbox/read");
}

TEST_F(Refusals, AddressesThatAreEmptyOrTooLarge) {
  auto const lines = [](json::array given) { return registration(with(sample_address(), "lines", std::move(given))); };
  expect_invalid(lines({}), "address.lines");
  expect_invalid(lines({""}), "address.lines");
  expect_invalid(lines({"   "}), "address.lines");
  expect_invalid(lines({"good", "\u00a0\u2003"}), "address.lines");
  expect_invalid(lines({"1", "2", "3", "4", "5", "6", "7", "8", "9"}), "address.lines");
  expect_invalid(lines({std::string(401, 'x')}), "address.lines");
  expect_invalid(registration(with(sample_address(), "unit", json::string(401, 'x'))), "address.unit");
  expect_invalid(registration(with(sample_address(), "unit", "")), "address.unit");
  for (char const* country : {"", "T", "tj", "TJK", "T1", "ТЖ"})
    expect_invalid(registration(with(sample_address(), "country", country)), "address.country");
}

TEST_F(Refusals, TextsThatHideSomething) {
  using namespace std::string_literals;
  for (std::string const& hiding :
       {"a\nb"s, "a\tb"s, "a\0b"s, "\x1b[31mred"s, "left\u202eright"s, "\u2066isolated\u2069"s, "zero\u200bwidth"s,
        "soft\u00adhyphen"s, "\ufeffmark"s, "line\u2028separator"s, "private\ue000use"s, "tag\U000e0041"s})
    expect_invalid(registration(with(sample_address(), "lines", {"line", hiding})), "address.lines");
  expect_invalid(registration(with(sample_address(), "care_of", "Guln\u202eora")), "address.care_of");
}

TEST_F(Refusals, BytesThatAreNotUtf8) {
  for (char const* damaged : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"})
    expect_refused(R"({"kind":"main","address":{"country":"UZ","lines":[")" + std::string{damaged} + "\"]}}", 400,
                   "malformed");
  expect_refused(R"({"kind":"main","address":{"country":"UZ","lines":["\ud800"]}})", 400, "malformed");
}

TEST_F(Refusals, DaysThatCannotBeMeant) {
  for (char const* day : {"", "2024", "2024-13-01", "2023-02-29", "2024-5-1", "01.05.2024", "2024-05-01T00:00:00Z",
                          "1899-12-31", "9999-12-31"})
    expect_invalid(with(registration(), "since", day), "since");
}

TEST_F(Refusals, BodiesOverTheLimit) {
  Answer const answer = person_.post_text(registrations, json::serialize(registration()) + std::string(64 * 1024, ' '));
  EXPECT_TRUE(is_problem(answer, 413, "transport"));
}

TEST_F(Refusals, HeadersOverTheLimit) {
  EXPECT_TRUE(is_problem(person_.send(http::Method::get, "/api/v1/me", {{"X-Padding", std::string(9 * 1024, 'x')}}),
                         431, "transport"));
}

TEST_F(Refusals, AnIdempotencyKeyThatIsTooLong) {
  EXPECT_TRUE(is_problem(person_.post(registrations, registration(), std::string(129, 'k')), 422, "invalid",
                         "Idempotency-Key"));
}

TEST_F(Refusals, AnotherMediaType) {
  for (char const* type : {"text/plain", "application/x-www-form-urlencoded", "application/jsonp",
                           "multipart/form-data; boundary=x", ""}) {
    Answer const answer =
        person_.send(http::Method::post, registrations, {{"Content-Type", type}}, json::serialize(registration()));
    EXPECT_TRUE(is_problem(answer, 415, "unsupported")) << type;
  }
}

TEST_F(Refusals, ActsOnRegistrationsThatAreNotThere) {
  for (char const* act : {"correct", "move", "end", "undo"}) {
    bool const with_address = act[0] == 'm' || act[0] == 'c';
    json::object const body = with_address ? json::object{{"address", sample_address()}} : json::object{};
    EXPECT_TRUE(
        is_problem(person_.post(std::string{registrations} + "/0123456789ABCDEF/" + act, body), 404, "not-found"));
  }
  for (char const* id : {"%20", "x", "00000000000000000000000000000000000000000000000000", "%D0%96", "'%3B--"})
    EXPECT_TRUE(is_problem(person_.get(std::string{registrations} + "/" + id), 404, "not-found")) << id;
}

TEST_F(Refusals, AbsurdQuestionsToTheHistory) {
  for (char const* query :
       {"limit=0", "limit=101", "limit=-1", "limit=ten", "limit=99999999999999999999", "limit=", "limit=1.0"})
    EXPECT_TRUE(is_problem(person_.get(std::string{"/api/v1/history?"} + query), 422, "invalid", "limit")) << query;
  for (char const* query : {"before=-1", "before=x", "before=9223372036854775808", "before=%31%00"})
    EXPECT_GE(person_.get(std::string{"/api/v1/history?"} + query).status, 400u) << query;
  EXPECT_TRUE(is_problem(person_.get("/api/v1/history?name=Eriksson"), 422, "invalid", "name"));
  EXPECT_TRUE(is_problem(person_.get("/api/v1/history?before=%ZZ"), 400, "transport"));
  EXPECT_EQ(person_.get("/api/v1/history?before=9223372036854775807&limit=100").status, 200u);
  EXPECT_EQ(person_.get("/api/v1/history?before=0").at("/entries"), json::value(json::array{}));
  for (char const* entry : {"-1", "1x", "18446744073709551616", "0x1"})
    EXPECT_TRUE(is_problem(person_.get(std::string{"/api/v1/history/"} + entry), 422, "invalid", "entry")) << entry;
  EXPECT_TRUE(is_problem(person_.get("/api/v1/history/9223372036854775807"), 404, "not-found"));
}

TEST_F(Refusals, PathsOutOfTheLog) {
  for (char const* path :
       {"/tile/../keys/log.key", "/tile/%2e%2e/keys/log.key", "/tile/..%2fkeys%2flog.key",
        "/tile/0/..%5c..%5cabode.toml", "/tile//etc/passwd", "/tile/0/../../../abode.db", "/tile/0/000/../000"}) {
    std::string const raw =
        running_.raw()
            .exchange("GET " + std::string{path} + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .value();
    EXPECT_THAT(raw, StartsWith("HTTP/1.1 404 ")) << path;
    EXPECT_THAT(raw, HasSubstr("application/problem+json"));
  }
}

TEST_F(Refusals, TilesUnderAnotherThanTheirOneName) {
  person_.await_provable(0);
  std::string const size = std::to_string(person_.get("/readyz").number("/log_size"));
  ASSERT_EQ(person_.get("/tile/0/000.p/" + size).status, 200u);
  for (std::string const& path :
       {"/tile/0/0.p/" + size, "/tile/00/000.p/" + size, "/tile/0/0000.p/" + size, "/tile/0/x000/000.p/" + size,
        "/tile/0/000.p/0" + size, "/tile/0/000.p/" + size + "/", std::string{"/tile/0/000.p/256"},
        std::string{"/tile/0/000.p/0"}, std::string{"/tile/8/000"}, std::string{"/tile/-1/000"}, std::string{"/tile/"},
        std::string{"/tile"}, "/tile/entries/0.p/" + size, std::string{"/tile/0/000"}, std::string{"/tile/1/000.p/1"},
        std::string{"/tile/checkpoint"}})
    EXPECT_TRUE(is_problem(person_.get(path), 404, "not-found")) << path;
}

TEST_F(Refusals, RequestsThatAreNotHttp) {
  for (char const* bytes :
       {"hello\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n{}",
        "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n"}) {
    std::string const answer = running_.raw().exchange(bytes).value();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5")) << bytes << answer.substr(0, 40);
    EXPECT_THAT(answer, HasSubstr("application/problem+json"));
  }
}

// The header has ten seconds to arrive, however its bytes trickle.
TEST_F(Refusals, AClientThatNeverFinishesItsHeader) {
  auto const begun = std::chrono::steady_clock::now();
  std::string const answer =
      running_.raw().exchange("POST /api/v1/registrations HTTP/1.1\r\nHost: x\r\nX-Slow: ").value();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(answer, HasSubstr("application/problem+json"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{15});
}

}  // namespace
}  // namespace abode::functional
