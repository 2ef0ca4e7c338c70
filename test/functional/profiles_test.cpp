// A register under each profile: what it serves by, what it refuses, what its receipts say.
#include <gmock/gmock.h>

#include "rules/profile.hpp"
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

/// A register that is stopped, with a changed profile beside it.
class ProfileChanges : public testing::Test {
 protected:
  ProfileChanges() {
    running.stop();
    std::string text = read_text(running.directory() / "profile.toml");
    std::string const before = "ended_registrations_days = 1825";
    text.replace(text.find(before), before.size(), "ended_registrations_days = 1000");
    write_text(changed(), text);
  }
  fs::path changed() const { return running.directory().parent_path() / "changed.toml"; }
  Outcome command(std::vector<std::string> const& more) const {
    std::vector<std::string> all{"profile", running.directory().string()};
    all.insert(all.end(), more.begin(), more.end());
    return run_abode(all);
  }
  /// What a monitor says of the register, from its first leaf on.
  std::string monitored() const {
    std::string key = running.anyone().get("/log.vkey").body;
    key.pop_back();
    fs::path const state = running.directory().parent_path() / "monitor";
    fs::remove_all(state);
    return run_abode({"monitor", running.origin(), "--key", key, "--state", state.string()}).output;
  }

  RunningRegister running{"germany"};
};

TEST_F(ProfileChanges, AreInThePublicLogAndAtOnceInTestMode) {
  Outcome const announced = command({"--change", changed().string()});
  ASSERT_EQ(announced.status, 0) << announced.errors;
  EXPECT_THAT(announced.output, HasSubstr("is in the public log"));
  running.start();
  Answer const now = running.anyone().get("/api/v1/profile");
  EXPECT_EQ(now.number("/profile/ended_registrations_are_kept_days"), 1000u);
  EXPECT_TRUE(now.at("/coming").is_null());
  EXPECT_EQ(running.anyone().get("/api/v1/profile/current.toml").body, read_text(changed()));
  EXPECT_THAT(running.anyone().get("/privacy").body, HasSubstr("1000 days after you filed the end"));
  EXPECT_THAT(monitored(), HasSubstr("with SHA-256 " + now.text("/profile/sha256") + " was announced"));
  EXPECT_EQ(read_text(running.directory() / "profile.toml"), read_text(changed()));
}

/// A register for real people, in which a change waits its thirty days.
TEST(LiveProfileChange, WaitsForItsDayAndCanBeWithdrawn) {
  TemporaryDirectory const home;
  std::string const directory = (home.path() / "live").string();
  ASSERT_EQ(run_abode({"init", directory, "--profile", "generic"}).status, 0);
  fs::path const changed = home.path() / "changed.toml";
  std::string text = read_text(fs::path{directory} / "profile.toml");
  std::string const office = "id = \"registration-office\"";
  text.replace(text.find(office), office.size(), "id = \"another-office\"");
  write_text(changed, text);
  auto const command = [&](std::vector<std::string> const& more) {
    std::vector<std::string> all{"profile", directory};
    all.insert(all.end(), more.begin(), more.end());
    return run_abode(all);
  };
  Outcome const announced = command({"--change", changed.string()});
  ASSERT_EQ(announced.status, 0) << announced.errors;
  EXPECT_THAT(announced.output, HasSubstr("the office \"registration-office\" is not in it any more"));
  {
    auto process = system::ChildProcess::start({executable, "serve", directory, "--listen", "localhost:0"}).value();
    std::string const line = process.read_line(patience).value_or("");
    ASSERT_THAT(line, HasSubstr("localhost:"));
    ApiClient anyone{"localhost", static_cast<unsigned short>(std::stoul(line.substr(line.rfind(':') + 1)))};
    Answer const waiting = anyone.get("/api/v1/profile");
    EXPECT_EQ(waiting.text("/profile/offices/0/id"), "registration-office");
    base::Time const from = base::parse_time(waiting.text("/coming/in_force_from")).value();
    auto const days = std::chrono::round<std::chrono::days>(from - std::chrono::system_clock::now());
    EXPECT_EQ(days, rules::profile_notice);
    EXPECT_EQ(anyone.get("/api/v1/profile/coming.toml").body, text);
    EXPECT_THAT(anyone.get("/rules").body, HasSubstr("coming.toml"));
    EXPECT_EQ(process.stop(), 0);
  }
  EXPECT_THAT(command({"--change", changed.string()}).errors, HasSubstr("Withdraw it first"));
  EXPECT_THAT(command({}).output, HasSubstr("From 20"));

  fs::path const note = fs::path{directory} / "profile.change.toml";
  std::string const noted = read_text(note);
  std::size_t const year = noted.find("in_force = \"") + 12;
  write_text(note, noted.substr(0, year) + "2026-02-01" + noted.substr(year + 10));
  EXPECT_THAT(command({}).errors, HasSubstr("not the change that the public log has announced")) << "a date by hand";
  write_text(note, noted);

  EXPECT_EQ(command({"--withdraw"}).status, 0);
  EXPECT_FALSE(fs::exists(note));
  EXPECT_THAT(command({"--withdraw"}).errors, HasSubstr("nothing to withdraw"));
}

TEST_F(ProfileChanges, ThatCannotServeChangeNothing) {
  std::string const good = read_text(changed());
  auto const refused = [&](std::string const& from, std::string const& to, char const* says) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    write_text(changed(), text);
    Outcome const outcome = command({"--change", changed().string()});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.errors, HasSubstr(says)) << to;
  };
  refused("name = \"germany\"", "name = \"other\"", "A change keeps the name");
  refused("ended_registrations_days = 1000", "ended_registrations_days = 1825", "nothing to change");
  refused("[undo]\nhours = 72", "[undo]\nhours = 71", "undo");
  EXPECT_EQ(command({"--change", "nowhere.toml"}).status, 1);
  EXPECT_FALSE(fs::exists(running.directory() / "profile.change.toml"));
  running.start();
  EXPECT_THAT(monitored(), Not(HasSubstr("was announced")));
}

TEST_F(ProfileChanges, OfWhichOnlyTheTextIsThereAreNone) {
  write_text(running.directory() / "profile.next.toml", read_text(changed()));
  running.start();
  EXPECT_NE(running.anyone().get("/api/v1/profile").number("/profile/ended_registrations_are_kept_days"), 1000u);
}

TEST_F(ProfileChanges, WhoseTextIsNotTheAnnouncedOneStopTheStart) {
  ASSERT_EQ(command({"--change", changed().string()}).status, 0);
  write_text(running.directory() / "profile.next.toml", read_text(changed()) + "\n");
  Outcome const started = run_abode({"serve", running.directory().string(), "--listen", "localhost:0"});
  EXPECT_EQ(started.status, 1);
  EXPECT_THAT(started.errors, HasSubstr("not the change that the public log has announced"));
}

}  // namespace
}  // namespace abode::functional
