// An official's read: nothing without an entry, nothing but what was chosen (G4, G9), and one answer for every failure
// (G11).
#include <gmock/gmock.h>

#include <algorithm>

#include "functional/database.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char const* openings = "/api/v1/staff/openings";

class Openings : public testing::Test {
 protected:
  std::string code_for(json::array const& fields, ApiClient& person) {
    Answer const made = person.post("/api/v1/opening-codes", {{"fields", fields}});
    EXPECT_EQ(made.status, 201u) << made.body;
    last_code_entry_ = made.number("/opening_code/entry");
    return made.text("/opening_code/code");
  }
  std::string code_for(json::array const& fields) { return code_for(fields, anna_); }

  static json::object request(std::string const& code, json::array const& fields,
                              std::string const& purpose = "counter-help") {
    return {{"code", code}, {"purpose", purpose}, {"reference", "F-1"}, {"fields", fields}};
  }
  Answer open(std::string const& code, json::array const& fields, std::string const& purpose = "counter-help") {
    return clerk_.post(openings, request(code, fields, purpose));
  }
  std::uint64_t entries() { return entries_in(running_.directory()); }

  RunningRegister running_;
  ApiClient anna_ = running_.person();
  ApiClient peter_ = running_.person("peter-stevenson");
  ApiClient clerk_ = running_.official();
  std::uint64_t last_code_entry_ = 0;
};

http::Pairs without_date(http::Pairs headers) {
  std::erase_if(headers, [](auto const& header) { return header.first == "Date"; });
  return headers;
}

TEST_F(Openings, EveryFailureHasTheSameAnswerAndOneEntry) {
  std::string const used = code_for({"family_name"});
  ASSERT_EQ(open(used, {"family_name"}).status, 200u);
  std::string const revoked = code_for({"family_name"});
  ASSERT_EQ(anna_.post("/api/v1/opening-codes/" + std::to_string(last_code_entry_) + "/revoke", json::object{}).status,
            200u);
  std::string const live = code_for({"family_name"});

  std::string const not_for_tax = code_for({"assurance"});

  auto const attempt = [&](std::string const& code, json::array const& fields, char const* purpose = "counter-help") {
    std::uint64_t const count = entries();
    Answer answer = open(code, fields, purpose);
    EXPECT_TRUE(is_problem(answer, 404, "opening-refused"));
    EXPECT_EQ(entries(), count + 1);
    return answer;
  };
  Answer const wrong = attempt("00000-00000", {"family_name"});
  auto const expect_same = [&](Answer const& other) {
    EXPECT_EQ(other.body, wrong.body);
    EXPECT_EQ(without_date(other.headers), without_date(wrong.headers));
  };
  expect_same(attempt(used, {"family_name"}));
  expect_same(attempt(revoked, {"family_name"}));
  expect_same(attempt(live, {"birth_date"}));                         // the holder did not choose it
  expect_same(attempt(not_for_tax, {"assurance"}, "tax-residence"));  // the purpose does not allow it
}

TEST_F(Openings, TheHolderLearnsOfAttemptsOnTheirCodes) {
  std::string const code = code_for({"family_name"});
  EXPECT_EQ(open(code, {"main_address"}).status, 404u);
  Answer const inbox = anna_.get("/api/v1/inbox");
  EXPECT_EQ(inbox.text("/notices/0/operation"), "opening-refused");
  EXPECT_EQ(inbox.at("/notices/0/fields"), json::value(json::array{"main_address"}));
  EXPECT_EQ(inbox.text("/notices/0/actor"), "clerk-school");
  EXPECT_EQ(open(code, {"family_name"}).status, 200u);  // a refused attempt does not use the code up
  EXPECT_EQ(open("00000-00001", {"family_name"}).status, 404u);
  EXPECT_EQ(anna_.get("/api/v1/inbox").at("/notices").as_array().size(), 2u);
  EXPECT_EQ(peter_.get("/api/v1/inbox").at("/notices"), json::value(json::array{}));
}

TEST_F(Openings, WhoMissesTooOftenIsBlockedByTheSameAnswer) {
  std::string const code = code_for({"family_name"});
  Answer const miss = open("00000-00000", {"family_name"});
  for (int i = 1; i < 20; ++i) EXPECT_EQ(open("00000-00000", {"family_name"}).body, miss.body);
  std::uint64_t const count = entries();
  Answer const blocked = open(code, {"family_name"});
  EXPECT_EQ(blocked.status, 404u);
  EXPECT_EQ(blocked.body, miss.body);
  EXPECT_EQ(without_date(blocked.headers), without_date(miss.headers));
  EXPECT_EQ(entries(), count + 1);
  auto other_official = running_.official("clerk-civic");
  EXPECT_EQ(other_official.post(openings, request(code, {"family_name"})).status, 200u);
}

TEST_F(Openings, ARequestThatCannotBeMeantDependsOnNoRecord) {
  std::string const live = code_for({"family_name"});
  std::string const absent = "00000-00000";
  std::uint64_t const count = entries();
  auto const same = [&](json::object (*spoil)(json::object), std::string_view field) {
    Answer const hit = clerk_.post(openings, spoil(request(live, {"family_name"})));
    Answer const miss = clerk_.post(openings, spoil(request(absent, {"family_name"})));
    EXPECT_TRUE(is_problem(hit, 422, "invalid", field));
    EXPECT_EQ(hit.body, miss.body);
  };
  same(
      [](json::object r) {
        r["purpose"] = "police";
        return r;
      },
      "purpose");
  same(
      [](json::object r) {
        r["reference"] = "";
        return r;
      },
      "reference");
  same(
      [](json::object r) {
        r["reference"] = std::string(65, 'x');
        return r;
      },
      "reference");
  same(
      [](json::object r) {
        r["reference"] = "a\nb";
        return r;
      },
      "reference");
  same(
      [](json::object r) {
        r["fields"] = json::array{};
        return r;
      },
      "fields");
  same(
      [](json::object r) {
        r["fields"] = json::array{"document"};
        return r;
      },
      "fields");
  same(
      [](json::object r) {
        r["code"] = "123";
        return r;
      },
      "code");
  same(
      [](json::object r) {
        r["code"] = "UUUUU-UUUUU";
        return r;
      },
      "code");
  same(
      [](json::object r) {
        r["holder"] = "anna-eriksson";
        return r;
      },
      "holder");
  EXPECT_EQ(entries(), count);
}

TEST_F(Openings, ACodeIsReadAsPeopleTypeIt) {
  std::string typed = code_for({"family_name"});
  std::transform(typed.begin(), typed.end(), typed.begin(), [](char c) { return c == '0' ? 'o' : c == '1' ? 'l' : c; });
  EXPECT_EQ(open(" " + typed.substr(0, 3) + " " + typed.substr(3), {"family_name"}).status, 200u);
}

TEST_F(Openings, TheSameRequestAgainIsANewEntryAndANewRead) {
  json::object const wanted = request(code_for({"family_name"}), {"family_name"});
  Answer const first = clerk_.post(openings, wanted, "key");
  ASSERT_EQ(first.status, 200u);
  std::uint64_t const count = entries();
  EXPECT_EQ(clerk_.post(openings, wanted, "key").at("/fields"), first.at("/fields"));
  EXPECT_EQ(entries(), count + 1);
  EXPECT_EQ(clerk_.post(openings, wanted, "another key").status, 404u);
  EXPECT_EQ(clerk_.post(openings, request("00000-00000", {"family_name"}), "key").status, 409u);
  EXPECT_EQ(running_.official("clerk-civic").post(openings, wanted, "key").status, 404u);
}

// G9: what an official sees must not depend on a document, and must not tell of one.
TEST_F(Openings, ShowNothingOfDocumentOrNationality) {
  json::array const all{"family_name", "given_names",     "birth_date", "main_address",
                        "main_since",  "other_addresses", "assurance"};
  for (ApiClient* person : {&anna_, &peter_}) {
    ASSERT_EQ(person->post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}}).status, 201u);
    json::value const document = person->get("/api/v1/me").at("/person/document");
    Answer const opened = open(code_for(all, *person), all);
    ASSERT_EQ(opened.status, 200u) << opened.body;
    EXPECT_EQ(opened.at("/fields").as_object().size(), all.size());
    std::string const number{document.at("number").as_string()};
    for (std::string const& told :
         {number, std::string{"nationality"}, std::string{"document"}, std::string{"passport"},
          std::string{"identity-card"}, std::string{"UTO"}, std::string{"mrz"}})
      EXPECT_THAT(opened.body, Not(HasSubstr(told)));
  }
}

TEST_F(Openings, OfAPersonWhoRegisteredNothingShowNothing) {
  Answer const opened = open(code_for({"main_address", "main_since", "other_addresses", "assurance"}),
                             {"main_address", "main_since", "other_addresses", "assurance"});
  EXPECT_EQ(opened.at("/fields"), json::value({{"main_address", nullptr},
                                               {"main_since", nullptr},
                                               {"other_addresses", json::array{}},
                                               {"assurance", nullptr}}));
}

TEST_F(Openings, NoRouteGivesAnOfficialAList) {
  for (char const* path :
       {"/api/v1/staff/openings", "/api/v1/staff/people", "/api/v1/staff/records", "/api/v1/staff/history",
        "/api/v1/people", "/api/v1/registrations", "/api/v1/history", "/api/v1/inbox"})
    EXPECT_GE(clerk_.get(path).status, 401u) << path;
}

}  // namespace
}  // namespace abode::functional
