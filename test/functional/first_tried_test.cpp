// What had to wait for a connection says when it was first tried, everywhere where its entry is told of, and a clock
// that is wrong fails nothing (decision 62).
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>

#include "api/openapi.hpp"
#include "base/time.hpp"
#include "functional/database.hpp"
#include "support/json_schema.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char const* registrations = "/api/v1/registrations";

class FirstTried : public ::testing::Test {
 protected:
  Answer file(unsigned number, std::string const& first_tried, std::string const& key = {},
              std::string const& path = registrations) {
    http::Pairs headers{{"First-Tried", first_tried}};
    if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
    return person_.post_text(path, body(number), std::move(headers));
  }
  static std::string body(unsigned number) {
    return json::serialize(json::object{{"kind", "secondary"}, {"address", sample_address(number)}});
  }
  /// This long before or after the register's last word of the time.
  std::string from_now(seconds offset) {
    Answer const filed = person_.post(registrations, json::parse(body(999)));
    EXPECT_EQ(filed.status, 201u) << filed.body;
    return base::format_time(base::parse_time(filed.text("/receipt/filed_at")).value() + offset);
  }
  /// The same, to the minute.
  static std::string in_minutes(std::string const& time) {
    return base::format_time(std::chrono::floor<minutes>(base::parse_time(time).value()));
  }
  static std::vector<std::string> faults(char const* schema, json::value const& told) {
    json::parse_options deep;
    deep.max_depth = 64;
    json::value const document = json::parse(std::string{api::openapi_document()}, {}, deep);
    return SchemaChecker{document}.faults(document.at("components").at("schemas").at(schema), told);
  }

  RunningRegister running_;
  ApiClient person_ = running_.person();
};

TEST_F(FirstTried, IsOnTheReceiptAndInEverythingThatTellsOfTheEntry) {
  std::string const claimed = from_now(-hours{30} - seconds{7});
  std::string const minute = in_minutes(claimed);
  Answer const filed = file(1, claimed);
  ASSERT_EQ(filed.status, 201u) << filed.body;
  EXPECT_EQ(filed.text("/receipt/first_tried"), minute);
  EXPECT_EQ(filed.text("/receipt/filed_at"), filed.text("/registration/filed_at"));
  EXPECT_GT(base::parse_time(filed.text("/receipt/filed_at")).value(), base::parse_time(claimed).value() + hours{29});
  EXPECT_THAT(faults("Receipt", filed.at("/receipt")), IsEmpty());

  std::string const number = std::to_string(filed.number("/receipt/entry"));
  Answer const entry = person_.get("/api/v1/history/" + number);
  EXPECT_EQ(entry.text("/first_tried"), minute) << entry.body;
  Answer const history = person_.get("/api/v1/history");
  EXPECT_EQ(history.text("/entries/0/first_tried"), minute);
  EXPECT_THAT(faults("Entry", history.at("/entries/0")), IsEmpty());
  EXPECT_FALSE(history.at("/entries/1").as_object().contains("first_tried")) << "what came at once says nothing";
  EXPECT_EQ(person_.get("/api/v1/me/export").text("/history/" + number + "/first_tried"), minute);

  for (std::string const& page : {"/receipts/" + number, std::string{"/history"}, std::string{"/me/export"}})
    EXPECT_THAT(person_.send(http::Method::get, page, {{"Cookie", "abode_session=" + person_.token()}}).body,
                HasSubstr("<dt>First tried</dt><dd><time datetime=\"" + minute + "\">"))
        << page;

  person_.await_provable(filed.number("/receipt/entry"));
  auto const kept = running_.directory() / "history.json";
  write_text(kept, person_.get("/api/v1/history/export").body);
  Outcome const audit = run_abode({"audit", kept.string()});
  EXPECT_EQ(audit.status, 0) << audit.output << audit.errors;
  EXPECT_THAT(audit.output, HasSubstr("first tried on " + minute + ", by the clock of the device that sent it"));
}

// G2, G3: it is told to its holder, and nothing else is another for it.
TEST_F(FirstTried, ChangesNothingOfTheRegistrationAndNoOfficialIsShownIt) {
  Answer const late = file(1, from_now(-hours{71}));
  Answer const at_once = person_.post_text(registrations, body(2));
  auto const rest = [](Answer const& answer) {
    json::object registration = answer.at("/registration").as_object();
    for (char const* own : {"id", "address", "filed_at", "undo_until"}) registration.erase(own);
    return json::serialize(registration) + json::serialize(answer.at("/filing_window"));
  };
  EXPECT_EQ(rest(late), rest(at_once));
  Answer const code = person_.post("/api/v1/opening-codes", {{"fields", {"other_addresses"}}});
  Answer const opened = running_.official().post("/api/v1/staff/openings", {{"code", code.text("/opening_code/code")},
                                                                            {"purpose", "counter-help"},
                                                                            {"reference", "S-1"},
                                                                            {"fields", {"other_addresses"}}});
  ASSERT_EQ(opened.status, 200u) << opened.body;
  EXPECT_THAT(opened.body, HasSubstr(late.text("/registration/address/lines/0")));
  EXPECT_THAT(opened.body, Not(HasSubstr("first_tried")));
  EXPECT_THAT(opened.body, Not(HasSubstr(late.text("/receipt/first_tried"))));
}

TEST_F(FirstTried, IsPassedOverWhenTheClockIsWrongAndTheRegistrationCounts) {
  unsigned number = 0;
  for (seconds const off : {seconds{hours{24}}, seconds{hours{1}}, -seconds{hours{73}}, -seconds{hours{24} * 400}}) {
    Answer const filed = file(++number, from_now(off));
    EXPECT_EQ(filed.status, 201u) << filed.body;
    EXPECT_FALSE(filed.at("/receipt").as_object().contains("first_tried")) << off.count();
  }
  for (char const* beyond : {"1970-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    EXPECT_EQ(file(++number, beyond).status, 201u) << beyond;
  Answer const behind = file(++number, from_now(-hours{24}));
  EXPECT_EQ(behind.status, 201u);
  EXPECT_TRUE(behind.at("/receipt").as_object().contains("first_tried")) << "a day behind is what waited a day";
}

TEST_F(FirstTried, IsRefusedWhenItIsNoTime) {
  std::uint64_t const entries = entries_in(running_.directory());
  for (char const* bad : {"yesterday", "2026-11-28", "1764324300"})
    EXPECT_TRUE(is_problem(file(1, bad), 422, "invalid", "First-Tried")) << bad;
  EXPECT_EQ(entries_in(running_.directory()), entries);
}

// G12: the first sending said nothing of it, came through, and only its answer was lost.
TEST_F(FirstTried, IsNoPartOfWhatIsRepeated) {
  Answer const lost = person_.post_text(registrations, body(1), {{"Idempotency-Key", "key"}});
  ASSERT_EQ(lost.status, 201u);
  std::string const claimed = from_now(-minutes{5});
  std::uint64_t const entries = entries_in(running_.directory());
  Answer const again = file(1, claimed, "key");
  EXPECT_EQ(again.status, 201u) << again.body;
  EXPECT_EQ(again.at("/receipt"), lost.at("/receipt"));

  Answer const late = file(2, claimed, "another");
  for (std::string const& repeated : {claimed, from_now(-hours{3})})
    EXPECT_EQ(file(2, repeated, "another").at("/receipt"), late.at("/receipt"));
  EXPECT_EQ(late.text("/receipt/first_tried"), in_minutes(claimed));
  EXPECT_EQ(entries_in(running_.directory()), entries + 2) << "one of them only told us the time";
  EXPECT_TRUE(is_problem(file(3, claimed, "another"), 409, "key-reused")) << "another body is another request";
}

TEST_F(FirstTried, IsKeptOfWhatAGuardianFilesForAChild) {
  std::string const claimed = from_now(-hours{2});
  std::string const child = "/api/v1/children/" + person_.get("/api/v1/children").text("/children/0/id");
  Answer const filed = file(1, claimed, {}, child + "/registrations");
  ASSERT_EQ(filed.status, 201u) << filed.body;
  EXPECT_EQ(filed.text("/receipt/first_tried"), in_minutes(claimed));
  EXPECT_THAT(faults("ChildReceipt", filed.at("/receipt")), IsEmpty());
  Answer const history = person_.get(child + "/history");
  EXPECT_EQ(history.text("/entries/0/first_tried"), in_minutes(claimed)) << history.body;
  EXPECT_THAT(faults("ChildEntry", history.at("/entries/0")), IsEmpty());
}

}  // namespace
}  // namespace abode::functional
