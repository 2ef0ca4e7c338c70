// G12 and the log: a process dies at each single step that makes something durable, from the write of an entry to the
// checkpoint that covers it and the end of an epoch. Each time the next one goes on, and contradicts nothing.
#include <gmock/gmock.h>

#include "functional/backups.hpp"
#include "log/history.hpp"

namespace abode::functional {
namespace {

using namespace test;
namespace fs = std::filesystem;

class KilledAtEachStep : public testing::Test {
 protected:
  KilledAtEachStep() {
    EXPECT_EQ(made_.stop(), 0);
    replace_text(made_.directory() / "abode.toml", "epoch_length_s = 60", "epoch_length_s = 1");
  }

  /// Serves, to die at the n-th step from when it is armed.
  Served serve(unsigned step) const {
    fs::remove(armed());
    return serve_by({"/usr/bin/env", "LD_PRELOAD=" ABODE_KILL_AT_STEP, "KILL_AT_STEP=" + std::to_string(step),
                     "KILL_WHILE=" + armed().string(), executable, "serve", made_.directory().string(), "--listen",
                     "localhost:0"});
  }
  void arm() const { write_text(armed(), ""); }

  /// What was acknowledged is there and proven, and the monitor finds the log grown out of all that it ever saw.
  void expect_good(Served const& served, ApiClient& person) {
    ApiClient anyone{served.host, served.port};
    std::string key = anyone.get("/log.vkey").body;
    key.pop_back();
    person.await_provable(person.get("/api/v1/history?limit=1").number("/entries/0/entry"));
    log::Bundle const bundle = log::decode_bundle(person.get("/api/v1/history/export").body).value();
    log::AuditReport const report = log::audit(bundle, log::VerifierKey::parse(key).value());
    EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
    for (std::uint64_t const entry : acknowledged_) EXPECT_LT(entry, bundle.entries.size());
    Outcome const looked = run_abode({"monitor", "http://" + served.host + ":" + std::to_string(served.port), "--key",
                                      key, "--state", made_.directory().string() + "-monitor"});
    EXPECT_EQ(looked.status, 0) << looked.output << looked.errors;
  }

  /// Files until an entry of this life is in a checkpoint and a new epoch, too; false if the process died before.
  bool act(Served& served, ApiClient& person) {
    auto const until = std::chrono::steady_clock::now() + patience;
    std::optional<std::uint64_t> first_epoch;
    json::object const body{{"kind", "secondary"}, {"address", sample_address(++filed_)}};
    auto const filed = person.try_send(http::Method::post, "/api/v1/registrations",
                                       {{"Content-Type", "application/json"}}, json::serialize(body));
    if (!filed) return false;
    EXPECT_EQ(filed->status, 201u) << filed->body;
    acknowledged_.push_back(filed->number("/receipt/entry"));
    while (std::chrono::steady_clock::now() < until) {
      auto const log = ApiClient{served.host, served.port}.try_send(http::Method::get, "/api/v1/log");
      if (!log) return false;
      std::uint64_t const epoch = log->at("/epoch").is_null() ? 0 : log->number("/epoch/number");
      if (!first_epoch) first_epoch = epoch;
      if (epoch > *first_epoch + 1) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    ADD_FAILURE() << "no epoch ends";
    return true;
  }

  fs::path armed() const { return made_.directory().string() + "-armed"; }

  RunningRegister made_;
  unsigned filed_ = 0;
  std::vector<std::uint64_t> acknowledged_;
};

TEST_F(KilledAtEachStep, LosesNothingAndForksNothing) {
  constexpr unsigned least_steps = 25;  // of an entry, its batch and its checkpoint: fewer, and none was counted
  constexpr unsigned most_steps = 190;  // a record takes no more registrations
  unsigned step = 1;
  for (bool died = true; died && step < most_steps; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    Served served = serve(step);
    ApiClient person = sign_in(served.host, served.port, "/api/v1/sessions", "test_person", "anna-eriksson");
    expect_good(served, person);
    if (HasFailure()) return;
    arm();
    died = !act(served, person);
    fs::remove(armed());
    if (died) {
      EXPECT_EQ(served.process.wait(), 128 + 9);
    } else {
      EXPECT_EQ(served.process.stop(), 0);
    }
  }
  EXPECT_GE(step, least_steps);
  EXPECT_LT(step, most_steps);
  Outcome const checked = run_abode({"doctor", made_.directory().string()});
  EXPECT_EQ(checked.status, 0) << checked.output;
}

}  // namespace
}  // namespace abode::functional
