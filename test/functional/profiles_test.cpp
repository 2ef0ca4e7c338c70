// A register under each profile: what it serves by, what it refuses, what its receipts say.
#include <gmock/gmock.h>

#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

Answer file(ApiClient& person, std::string_view kind) {
  return person.post("/api/v1/registrations",
                     {{"kind", kind}, {"address", sample_address(1)}, {"since", "2025-01-10"}});
}

TEST(Profiles, EachServesSpecimenPeopleAndOfficialsInTestMode) {
  for (std::string const name : {"generic", "germany", "moscow-model", "specimen"}) {
    SCOPED_TRACE(name);
    RunningRegister const running{name};
    auto person = running.person();
    Answer const filed = file(person, "main");
    ASSERT_EQ(filed.status, 201u) << filed.body;
    EXPECT_EQ(filed.text("/receipt/legal_effect"), "none: test mode");
    bool const model = name == "moscow-model" || name == "specimen";
    EXPECT_EQ(filed.at("/receipt").as_object().contains("model_profile"), model);
    if (model) {
      EXPECT_EQ(filed.text("/receipt/model_profile"), name);
    }

    Answer const code = person.post("/api/v1/opening-codes", {{"fields", {"family_name", "main_address"}}});
    ASSERT_EQ(code.status, 201u) << code.body;
    Answer const opened = running.official().post("/api/v1/staff/openings", {{"code", code.text("/opening_code/code")},
                                                                             {"purpose", "school-enrolment"},
                                                                             {"reference", "17"},
                                                                             {"fields", {"family_name"}}});
    EXPECT_EQ(opened.status, 200u) << opened.body;
    EXPECT_EQ(opened.text("/fields/family_name"), "ERIKSSON");
  }
}

TEST(Profiles, AreWhatTheRegisterServesBy) {
  RunningRegister const moscow{"moscow-model"};
  auto official = moscow.official();
  EXPECT_THAT(moscow.anyone().get("/api/v1/purposes").body, Not(HasSubstr("tax-residence")));
  EXPECT_TRUE(is_problem(
      official.post(
          "/api/v1/staff/openings",
          {{"code", "AAAAA-AAAAA"}, {"purpose", "tax-residence"}, {"reference", "17"}, {"fields", {"family_name"}}}),
      422, "invalid", "purpose"));
  auto person = moscow.person();
  EXPECT_TRUE(is_problem(file(person, "secondary"), 422, "invalid", "kind")) << "there is no such kind there";
  EXPECT_EQ(file(person, "temporary").status, 201u);

  RunningRegister const germany{"germany"};
  auto other = germany.person();
  EXPECT_TRUE(is_problem(file(other, "secondary"), 409, "conflict", "kind")) << "needs a main residence";
  EXPECT_EQ(file(other, "main").status, 201u);
  EXPECT_EQ(file(other, "secondary").status, 201u);
}

TEST(Profiles, OfOnesOwnAreTakenFromAFile) {
  TemporaryDirectory const home;
  fs::path const own = home.path() / "own.toml";
  write_text(own, read_text(fs::path{ABODE_PROFILES} / "generic.toml"));
  replace_text(own, "name = \"generic\"", "name = \"own\"");
  RunningRegister running{own.string()};
  EXPECT_EQ(read_text(running.directory() / "profile.toml"), read_text(own)) << "byte for byte";
  fs::remove(own);
  EXPECT_EQ(running.stop(), 0);
  running.start();  // by its own copy
  EXPECT_EQ(running.anyone().get("/healthz").status, 200u);
}

void expect_no_register_by(std::string const& profile, std::string const& why) {
  TemporaryDirectory const home;
  Outcome const refused = run_abode({"init", (home.path() / "r").string(), "--test-mode", "--profile", profile});
  EXPECT_EQ(refused.status, 1) << profile;
  EXPECT_THAT(refused.errors, HasSubstr(why));
  EXPECT_FALSE(fs::exists(home.path() / "r")) << "nothing is left behind";
}

TEST(Profiles, BelowAFloorMakeNoRegister) {
  TemporaryDirectory const home;
  fs::path const weak = home.path() / "weak.toml";
  write_text(weak, read_text(fs::path{ABODE_PROFILES} / "generic.toml"));
  replace_text(weak, "reply_period_days = 14", "reply_period_days = 13");
  expect_no_register_by(weak.string(), "below the floor \"reply-period\"");
  replace_text(weak, "reply_period_days = 13", "reply_period_days = 14");
  replace_text(weak, "valid_from = \"2026-01-01\"", "valid_from = \"2999-01-01\"");
  expect_no_register_by(weak.string(), "the rule \"languages\" is in force only from 2999-01-01 on");
  expect_no_register_by("atlantis", "There are: generic, germany, moscow-model, specimen.");
  expect_no_register_by((home.path() / "none.toml").string(), "none.toml");
}

TEST(Profiles, ThatWereSpoiltStopTheStart) {
  RunningRegister running;
  EXPECT_EQ(running.stop(), 0);
  replace_text(running.directory() / "profile.toml", "officials = 2", "officials = 1");
  Outcome const refused = run_abode({"serve", running.directory().string(), "--listen", "localhost:0"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.errors, HasSubstr("below the floor \"two-officials\""));
}

}  // namespace
}  // namespace abode::functional
