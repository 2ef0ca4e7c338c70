// A register and its witnesses, each a process of its own.
#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "log/history.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace std::chrono_literals;
using namespace test;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

/// A witness in a directory of its own, served on a free port of this machine; after a kill on the same one.
class RunningWitness {
 public:
  RunningWitness(std::string const& name, std::string const& log_key) : name_(name) {
    Outcome const made = run_abode({"witness", directory(), "--create", "witness.example/" + name, "--log", log_key});
    EXPECT_EQ(made.status, 0) << made.errors;
    start();
    key_ = anyone().get("/witness.vkey").body;
    key_.pop_back();
  }

  void start() {
    process_.emplace(system::ChildProcess::start(
                         {executable, "witness", directory(), "--listen", "localhost:" + std::to_string(port_)})
                         .value());
    auto const line = process_->read_line(patience);
    if (!line) throw std::runtime_error("the witness does not start: " + process_->errors());
    port_ = static_cast<unsigned short>(std::stoul(line->substr(line->rfind(':') + 1)));
  }
  void kill() { process_->kill_at_once(); }
  int stop() { return process_->stop(); }

  ApiClient anyone() const { return {"localhost", port_}; }
  std::string directory() const { return (home_.path() / "witness").string(); }
  std::string policy_line() const {
    return "witness " + name_ + " " + key_ + " http://localhost:" + std::to_string(port_) + "/\n";
  }
  std::string key_name() const { return "witness.example/" + name_; }

 private:
  std::string name_;
  TemporaryDirectory home_;
  unsigned short port_ = 0;
  std::string key_;
  std::optional<system::ChildProcess> process_;
};

std::string log_key_of(RunningRegister const& running) {
  std::string key = running.anyone().get("/log.vkey").body;
  key.pop_back();
  return key;
}

void register_address(ApiClient& person, unsigned number) {
  json::object const body{{"kind", "secondary"}, {"address", sample_address(number)}};
  Answer const answer = person.post("/api/v1/registrations", body);
  ASSERT_EQ(answer.status, 201u) << answer.body;
}

/// Three witnesses, of which two make a quorum.
class Witnessed : public testing::Test {
 protected:
  Witnessed() {
    running.stop();
    policy = "log " + log_key + "\n" + a.policy_line() + b.policy_line() + c.policy_line() +
             "group two 2 a b c\nquorum two\n";
    write_text(policy_file(), policy);
    write_text(settings(), read_text(settings()) + "witnesses = \"witnesses.policy\"\n");
    running.start();
  }

  fs::path policy_file() const { return running.directory() / "witnesses.policy"; }
  fs::path settings() const { return running.directory() / "abode.toml"; }

  std::string checkpoint() const { return running.anyone().get("/checkpoint").body; }
  log::Cosigned cosigned(std::string const& note) const {
    return log::verify_cosigned(log::parse_note(note).value(), log::TrustPolicy::parse(policy).value()).value();
  }
  /// The first checkpoint shown that holds all that was signed when this was called and that is as `wanted` says.
  std::string await_checkpoint(std::function<bool(log::Cosigned const&)> const& wanted) const {
    auto const size = running.anyone().get("/readyz").number("/log_size");
    auto const deadline = std::chrono::steady_clock::now() + 2 * patience;
    while (std::chrono::steady_clock::now() < deadline) {
      Answer const shown = running.anyone().get("/checkpoint");
      if (shown.status == 200 && cosigned(shown.body).checkpoint.size >= size && wanted(cosigned(shown.body)))
        return shown.body;
      std::this_thread::sleep_for(20ms);
    }
    ADD_FAILURE() << "no such checkpoint came: " << running.errors();
    return {};
  }
  /// The operator's line for what a checkpoint shows already may come a moment later.
  void await_event(std::string const& name) const {
    std::string const line = "\"event\":\"" + name + "\"";
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (running.errors().find(line) == std::string::npos && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(20ms);
    EXPECT_THAT(running.errors(), HasSubstr(line));
  }
  Outcome audit(ApiClient& person) const {
    fs::path const file = running.directory() / "history.json";
    write_text(file, person.get("/api/v1/history/export").body);
    return run_abode({"audit", file.string(), "--policy", policy_file().string()});
  }
  static bool has_quorum(log::Cosigned const& cosigned) { return cosigned.quorum; }
  static bool lacks_quorum(log::Cosigned const& cosigned) { return !cosigned.quorum; }

  RunningRegister running;
  std::string log_key = log_key_of(running);
  RunningWitness a{"a", log_key};
  RunningWitness b{"b", log_key};
  RunningWitness c{"c", log_key};
  std::string policy;
};

TEST_F(Witnessed, IsCosignedAndItsHistoriesHoldByTheSamePolicy) {
  auto person = running.person();
  for (unsigned i = 1; i <= 3; ++i) {
    register_address(person, i);
    person.await_provable(i);
    EXPECT_FALSE(await_checkpoint(has_quorum).empty());
  }
  Outcome const outcome = audit(person);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("accepted: "));
  EXPECT_THAT(outcome.output, HasSubstr("of 3 cosigned, as the policy asks"));
  EXPECT_THAT(running.numbers(), HasSubstr("abode_witness_quorum_age_seconds"));
  Answer const status = running.anyone().get("/api/v1/log");
  EXPECT_EQ(status.at("/witnesses").as_array().size(), 3u);
  EXPECT_GE(status.at("/cosigners").as_array().size(), 2u);
  EXPECT_TRUE(status.at("/quorum_at").is_string());
  EXPECT_THAT(running.anyone().get("/log").body, HasSubstr("witness.example/c"));
  EXPECT_EQ(read_text(running.directory() / "log" / "checkpoint"), checkpoint()) << "static hosts show the same";
}

TEST_F(Witnessed, IsShownByEachWitnessToMonitors) {
  std::string const note = await_checkpoint(has_quorum);
  log::Cosigned const shown = cosigned(note);
  std::string const origin = shown.checkpoint.origin;
  std::size_t agree = 0;
  for (RunningWitness const* witness : {&a, &b, &c}) {
    std::string const hash =
        run_command({"/bin/sh", "-c", "printf %s '" + origin + "' | sha256sum | cut -c1-64"}).output;
    Answer const seen = witness->anyone().get("/" + hash.substr(0, 64) + "/checkpoint");
    if (seen.status != 200) continue;
    auto const theirs = cosigned(seen.body).checkpoint;
    if (theirs.size == shown.checkpoint.size) {
      EXPECT_EQ(theirs.root, shown.checkpoint.root);
    }
    ++agree;
  }
  EXPECT_GE(agree, 2u);
}

TEST_F(Witnessed, GoesOnWithoutItsWitnessesAndSaysSo) {
  auto person = running.person();
  await_checkpoint(has_quorum);
  b.kill();
  c.kill();
  register_address(person, 1);
  person.await_provable(1);
  await_checkpoint(lacks_quorum);
  Outcome const outcome = audit(person);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("incomplete: "));
  EXPECT_THAT(outcome.output, HasSubstr("1 of 3 witnesses"));
  await_event("quorum-waits");
  await_event("witness-waits");
  c.start();
  await_checkpoint(has_quorum);
  await_event("quorum-goes-on");
  EXPECT_THAT(audit(person).output, HasSubstr("accepted: "));
  EXPECT_EQ(running.stop(), 0);
}

TEST_F(Witnessed, IsCosignedAfterKillsOfEverybody) {
  auto person = running.person();
  std::string const token = person.token();
  for (unsigned i = 1; i <= 4; ++i) {
    register_address(person, i);
    running.kill();
    RunningWitness& one = i % 2 == 0 ? a : b;
    one.kill();
    one.start();
    running.start();
    person = running.with_token(token);
    person.await_provable(i);
    await_checkpoint(has_quorum);
  }
  EXPECT_THAT(audit(person).output, HasSubstr("accepted: "));
}

TEST_F(Witnessed, AnOldCopyOfTheWholeRegisterIsNotCosigned) {
  await_checkpoint(has_quorum);
  running.stop();
  fs::path const copy = running.directory().parent_path() / "copy";
  fs::copy(running.directory(), copy, fs::copy_options::recursive);
  running.start();
  auto person = running.person();
  register_address(person, 1);
  person.await_provable(1);
  await_checkpoint(has_quorum);
  running.kill();
  fs::remove_all(running.directory());
  fs::rename(copy, running.directory());
  running.start();
  auto again = running.person();
  register_address(again, 2);
  again.await_provable(1);
  std::string const shown = await_checkpoint(lacks_quorum);
  EXPECT_TRUE(cosigned(shown).cosigners.empty()) << "two histories of one size";
  EXPECT_THAT(running.errors(), HasSubstr("another copy of this register"));
  EXPECT_THAT(audit(again).output, HasSubstr("incomplete: "));
}

/// `abode monitor` of the register, by its policy.
Outcome monitor(RunningRegister const& running, fs::path const& policy, std::string const& state) {
  return run_abode({"monitor", running.origin() + "/", "--policy", policy.string(), "--state", state});
}

TEST_F(Witnessed, IsFollowedByAMonitorThatSeesAnOldCopy) {
  std::string const state = (running.directory().parent_path() / "monitor").string();
  await_checkpoint(has_quorum);
  running.stop();
  fs::path const copy = running.directory().parent_path() / "copy";
  fs::copy(running.directory(), copy, fs::copy_options::recursive);
  running.start();
  auto person = running.person();
  for (unsigned i = 1; i <= 2; ++i) {
    register_address(person, i);
    person.await_provable(i);
    await_checkpoint(has_quorum);
    Outcome const well = monitor(running, policy_file(), state);
    EXPECT_EQ(well.status, 0) << well.output << well.errors;
    EXPECT_THAT(well.output, HasSubstr("the log grew as it must"));
    EXPECT_THAT(well.output, Not(HasSubstr("Warning: Only")));
  }
  running.kill();
  fs::remove_all(running.directory());
  fs::rename(copy, running.directory());
  running.start();
  Outcome const rolled_back = monitor(running, policy_file(), state);
  EXPECT_EQ(rolled_back.status, 1) << rolled_back.output << rolled_back.errors;
  EXPECT_THAT(rolled_back.output, HasSubstr("ALARM: The log went back"));
  std::string evidence;
  for (auto const& file : fs::directory_iterator{state})
    if (file.path().filename().string().starts_with("evidence-")) evidence = read_text(file);
  EXPECT_THAT(evidence, HasSubstr(checkpoint())) << "both notes, as they were signed";
}

TEST_F(Witnessed, IsNoAlarmWhenItIsDown) {
  running.stop();
  Outcome const outcome = monitor(running, policy_file(), (running.directory().parent_path() / "m").string());
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.errors, HasSubstr("gave no answer"));
}

TEST_F(Witnessed, RefusesToStartByAPolicyThatDoesNotFit) {
  running.stop();
  struct Case {
    std::string policy;
    char const* says;
  };
  Case const cases[] = {
      {a.policy_line() + "quorum a\n", "Add the line: log "},
      {"log " + log_key + "\nquorum none\n", "names no witness"},
      {"log " + log_key + "\n" + a.policy_line() + "quorum b\n", "no line before it defines"},
      {"log " + log_key + "\nwitness a " + a.policy_line().substr(10, a.policy_line().rfind(' ') - 10) + "\nquorum a\n",
       "has no address"},
  };
  for (Case const& wrong : cases) {
    write_text(policy_file(), wrong.policy);
    Outcome const started = run_abode({"serve", running.directory().string(), "--listen", "localhost:0"});
    EXPECT_EQ(started.status, 1);
    EXPECT_THAT(started.errors, HasSubstr(wrong.says)) << wrong.policy;
  }
  fs::remove(policy_file());
  EXPECT_EQ(run_abode({"serve", running.directory().string(), "--listen", "localhost:0"}).status, 1);
  write_text(policy_file(), policy);
}

TEST(WitnessCommand, MakesAWitnessOnceAndRefusesWhatCannotBeOne) {
  RunningRegister const running;
  std::string const key = log_key_of(running);
  TemporaryDirectory const home;
  std::string const directory = (home.path() / "w").string();
  auto const create = [&](std::string const& name, std::string const& log) {
    return run_abode({"witness", directory, "--create", name, "--log", log});
  };
  EXPECT_THAT(create("w", "nonsense").errors, HasSubstr("not a verifier key"));
  EXPECT_THAT(create("two words", key).errors, HasSubstr("name without spaces"));
  EXPECT_THAT(run_abode({"witness", directory, "--create", "w"}).errors, HasSubstr("--log KEY"));
  EXPECT_FALSE(fs::exists(directory)) << "nothing is left of a refusal";
  Outcome const made = create("witness.example/w", key);
  EXPECT_EQ(made.status, 0) << made.errors;
  EXPECT_THAT(made.output, HasSubstr("witness.example/w+"));
  EXPECT_THAT(create("witness.example/w", key).errors, HasSubstr("is not empty"));
  EXPECT_EQ(run_abode({"witness", directory}).status, 2);
  EXPECT_THAT(run_abode({"witness", home.path().string(), "--listen", "localhost:0"}).errors,
              HasSubstr("holds no witness"));
  EXPECT_EQ(fs::status(fs::path{directory} / "keys" / "witness.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(WitnessCommand, RemembersWhatItSignedThroughAKill) {
  RunningRegister const running;
  RunningWitness witness{"w", log_key_of(running)};
  running.person().await_provable(0);
  std::string const note = running.anyone().get("/checkpoint").body;
  std::string const size = std::to_string(log::parse_checkpoint(log::parse_note(note).value().text).value().size);
  auto const submit = [&](std::string const& old) {
    return witness.anyone().send(http::Method::post, "/add-checkpoint", {}, "old " + old + "\n\n" + note);
  };
  ASSERT_EQ(submit("0").status, 200u);
  witness.kill();
  witness.start();
  Answer const again = submit("0");
  EXPECT_EQ(again.status, 409u);
  EXPECT_EQ(again.body, size + "\n");
  EXPECT_EQ(submit(size).status, 200u);
  Outcome const second = run_abode({"witness", witness.directory(), "--listen", "localhost:0"});
  EXPECT_EQ(second.status, 1);
  EXPECT_THAT(second.errors, HasSubstr("Another process uses"));
  EXPECT_EQ(witness.stop(), 0);
}

}  // namespace
}  // namespace abode::functional
