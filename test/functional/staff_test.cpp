// Roles, identification in person and counts of openings, over HTTP and across a power cut.
#include <gmock/gmock.h>

#include "functional/database.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char const* propose = "/api/v1/staff/roles/clerk-civic/reviewer/propose";
constexpr char const* approve = "/api/v1/staff/roles/clerk-civic/reviewer/approve";
constexpr char const* revoke = "/api/v1/staff/roles/clerk-civic/reviewer/revoke";
json::object const nothing;

std::string roles_of_clerk(RunningRegister const& running) {
  return json::serialize(running.official("clerk-civic").get("/api/v1/staff/me").at("/roles"));
}

TEST(Staff, ARoleTakesTwoPeopleAndSurvivesAPowerCut) {
  RunningRegister running;
  auto kim = running.official("supervisor-school");
  EXPECT_EQ(kim.post(propose, nothing).status, 204u);
  EXPECT_TRUE(is_problem(kim.post(approve, nothing), 403, "forbidden"));
  running.kill();
  running.start();
  EXPECT_EQ(roles_of_clerk(running), R"(["clerk"])");
  EXPECT_EQ(running.official("supervisor-civic").post(approve, nothing).status, 204u);
  running.kill();
  running.start();
  EXPECT_EQ(roles_of_clerk(running), R"(["clerk","reviewer"])");
  EXPECT_EQ(running.official("supervisor-school").post(revoke, nothing).status, 204u);
  running.kill();
  running.start();
  EXPECT_EQ(roles_of_clerk(running), R"(["clerk"])");
}

TEST(Staff, ARoleIsTakenFromASessionThatIsOpen) {
  RunningRegister const running;
  auto clerk = running.official("clerk-school");
  json::object const opening{
      {"code", "0000000000"}, {"purpose", "counter-help"}, {"reference", "1"}, {"fields", json::array{"family_name"}}};
  EXPECT_TRUE(is_problem(clerk.post("/api/v1/staff/openings", opening), 404, "opening-refused"));
  auto supervisor = running.official("supervisor-civic");
  EXPECT_EQ(supervisor.post("/api/v1/staff/roles/clerk-school/clerk/revoke", nothing).status, 204u);
  EXPECT_TRUE(is_problem(clerk.post("/api/v1/staff/openings", opening), 403, "forbidden"));
  EXPECT_TRUE(is_problem(clerk.post("/api/v1/staff/identifications",
                                    {{"card", "SPECIMEN1"}, {"card_again", "SPECIMEN1"}, {"reference", "1"}}),
                         403, "forbidden"));
}

TEST(Staff, AnAuditorSeesOfficialsAndNeverAPerson) {
  RunningRegister const running;
  running.person();
  auto auditor = running.official("auditor-civic");
  Answer const seen = auditor.get("/api/v1/staff/roles");
  EXPECT_EQ(seen.status, 200u);
  EXPECT_THAT(seen.body, HasSubstr("clerk-school"));
  EXPECT_THAT(seen.body, Not(HasSubstr("Eriksson")));
  EXPECT_TRUE(is_problem(auditor.post("/api/v1/staff/openings", {{"code", "0000000000"},
                                                                 {"purpose", "counter-help"},
                                                                 {"reference", "1"},
                                                                 {"fields", json::array{"family_name"}}}),
                         403, "forbidden"));
  EXPECT_TRUE(is_problem(auditor.post(propose, nothing), 403, "forbidden"));
}

TEST(Staff, TheCountsOfAWeekArePublicOnceItIsOver) {
  RunningRegister const running;
  auto person = running.person();
  auto clerk = running.official("clerk-school");
  for (int i = 0; i < 6; ++i) {
    Answer const code = person.post("/api/v1/opening-codes", {{"fields", json::array{"family_name"}}});
    EXPECT_EQ(clerk
                  .post("/api/v1/staff/openings", {{"code", code.text("/opening_code/code")},
                                                   {"purpose", "counter-help"},
                                                   {"reference", "1"},
                                                   {"fields", json::array{"family_name"}}})
                  .status,
              200u);
  }
  auto anyone = running.anyone();
  EXPECT_THAT(anyone.get("/api/v1/openings/weekly").body, Not(HasSubstr("counter-help")));
  run_sql(running.directory() / "abode.db", "UPDATE opening_count SET week = week - 604800");
  Answer const told = anyone.get("/api/v1/openings/weekly?weeks=1");
  EXPECT_EQ(told.status, 200u);
  EXPECT_THAT(told.body, HasSubstr(R"("counts":[{"office":"school-office","purpose":"counter-help","openings":10}])"));
  for (char const* wrong : {"weeks=0", "weeks=156", "weeks=x", "weeks=-1", "office=school-office"})
    EXPECT_TRUE(is_problem(anyone.get("/api/v1/openings/weekly?" + std::string{wrong}), 422, "invalid")) << wrong;
}

TEST(Staff, ACodeFromTheCounterLetsItsHolderInADayLaterAndTheyWereTold) {
  RunningRegister running;
  auto clerk = running.official("clerk-civic");
  json::object const request{{"card", "SPECIMEN1"}, {"card_again", "specimen 1"}, {"reference", "C-7"}};
  Answer const made = clerk.post("/api/v1/staff/identifications", request);
  ASSERT_EQ(made.status, 201u) << made.body;
  running.kill();
  running.start();
  json::object const credentials{{"card", "SPECIMEN1"}, {"code", made.text("/activation_code")}};
  EXPECT_TRUE(is_problem(running.anyone().post("/api/v1/sessions", credentials), 401, "unauthenticated"));
  auto anna = running.person();
  EXPECT_THAT(anna.get("/api/v1/inbox").body, HasSubstr("identified-in-person"));
  EXPECT_EQ(anna.get("/api/v1/activation-code").at("/good_from").as_string(), made.text("/good_from"));
  run_sql(running.directory() / "abode.db", "UPDATE card SET good_from = good_from - 86400 WHERE good_from > 0");
  EXPECT_EQ(running.anyone().post("/api/v1/sessions", credentials).status, 201u);
}

}  // namespace
}  // namespace abode::functional
