// `abode deadline`: the calculator on the person's side.
#include <gmock/gmock.h>

#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;

Outcome ask(std::string const& profile, std::string const& entry, std::vector<std::string> const& more = {}) {
  std::vector<std::string> arguments{"deadline", "--profile", profile, "--entry", entry};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_abode(arguments);
}

TEST(Deadline, IsAnsweredInWords) {
  Outcome const answered = ask("moscow-model", "2026-04-28");
  EXPECT_EQ(answered.status, 0) << answered.errors;
  EXPECT_THAT(answered.output, StartsWith("The last day is Thursday, 7 May 2026.\n"));
  EXPECT_THAT(answered.output, HasSubstr("Not counted, because they are days off: Friday, 1 May 2026;"));
  EXPECT_THAT(ask("moscow-model", "2026-04-28", {"--citizenship", "UZ"}).output,
              StartsWith("The last day is Tuesday, 12 May 2026.\n"));
  EXPECT_THAT(ask("moscow-model", "2026-04-28", {"--citizenship", "BY"}).output, HasSubstr("Sources differ."));
}

TEST(Deadline, CountsByTheCalendarOfAState) {
  EXPECT_THAT(ask("germany", "2026-05-21").output, StartsWith("The last day is Thursday, 4 June 2026.\n"));
  EXPECT_THAT(ask("germany", "2026-05-21", {"--calendar", "germany-by"}).output,
              StartsWith("The last day is Friday, 5 June 2026.\n"))
      << "Corpus Christi";
}

TEST(Deadline, SaysWhatToDoIfItCannotBeAnswered) {
  struct Case {
    Outcome outcome;
    char const* why;
  };
  Case const cases[] = {{ask("atlantis", "2026-04-28"), "There are: austria,"},
                        {ask("germany", "28.04.2026"), "YYYY-MM-DD"},
                        {ask("germany", "2026-05-21", {"--calendar", "moon"}), "There is no calendar \"moon\""},
                        {ask("moscow-model", "2027-12-29"), "does not cover 2028"},
                        {ask("moscow-model", "2026-04-28", {"--citizenship", "Uzbek"}), "two capital letters"},
                        {ask("germany", "2026-05-21", {"--profiles-dir", "/nowhere"}), "germany.toml"}};
  for (auto const& [outcome, why] : cases) {
    EXPECT_EQ(outcome.status, 1) << why;
    EXPECT_THAT(outcome.errors, HasSubstr(why));
  }
}

/// What a register answers to the same steps, up to what is random or tells the time.
std::string answers_of(RunningRegister const& running) {
  auto person = running.person();
  auto anyone = running.anyone();
  std::string all = read_text(running.directory() / "profile.toml");
  all += anyone.get("/api/v1/purposes").body + anyone.get("/api/v1/test-people").body;
  all += person.get("/api/v1/me").body + anyone.get("/openapi.json").body;
  return all;
}

TEST(Deadline, G9AnotherTableByCitizenshipChangesNothingThatTheServerAnswers) {
  TemporaryDirectory const home;
  fs::path const folder = home.path() / "profiles";
  fs::copy(ABODE_PROFILES, folder, fs::copy_options::recursive);
  auto const register_now = [&] { return RunningRegister{(folder / "moscow-model.toml").string()}; };
  std::vector<std::string> const by_folder{"--profiles-dir", folder.string(), "--citizenship", "UZ"};
  std::string const before = answers_of(register_now());
  std::string const told_before = ask("moscow-model", "2026-04-28", by_folder).output;
  replace_text(folder / "deadlines" / "moscow-model.toml", "count = 15", "count = 5");
  EXPECT_NE(ask("moscow-model", "2026-04-28", by_folder).output, told_before) << "the person's side goes by the table";
  EXPECT_EQ(answers_of(register_now()), before) << "the server does not";
}

}  // namespace
}  // namespace abode::functional
