// Epochs of a real register, which end every second here: in each person's file, in the log, over restarts and
// restores, and against an operator who has every key.
#include <gmock/gmock.h>

#include "functional/backups.hpp"
#include "functional/database.hpp"
#include "log/epoch.hpp"
#include "log/history.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class EpochsOfARegister : public testing::Test {
 protected:
  EpochsOfARegister() {
    EXPECT_EQ(running_.stop(), 0);
    replace_text(running_.directory() / "abode.toml", "epoch_length_s = 60", "epoch_length_s = 1");
    running_.start();
    auto person = running_.person();
    token_ = person.token();
    key_ = person.get("/log.vkey").body;
    key_.pop_back();
  }

  static std::uint64_t file(ApiClient& person, unsigned number) {
    return person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(number)}})
        .number("/receipt/entry");
  }
  /// Waits until an epoch that was closed after this is in the checkpoint; its number.
  std::uint64_t await_epoch(ApiClient client) const {
    auto const newest = [&client] {
      auto const log = client.get("/api/v1/log");
      return log.at("/epoch").is_null() ? 0 : log.number("/epoch/number");
    };
    std::uint64_t const before = newest();
    auto const until = std::chrono::steady_clock::now() + patience;
    // The one after the next was begun after this, whatever was going on.
    while (newest() < before + 2) {
      if (std::chrono::steady_clock::now() > until) throw std::runtime_error("no epoch ends");
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return newest();
  }
  log::AuditReport audit_of(ApiClient client) const {
    Answer const answer = client.get("/api/v1/history/export");
    EXPECT_EQ(answer.status, 200u) << answer.body;
    return log::audit(log::decode_bundle(answer.body).value(), log::VerifierKey::parse(key_).value());
  }
  log::AuditReport audit() const { return audit_of(running_.with_token(token_)); }
  Outcome monitor() const {
    return run_abode(
        {"monitor", running_.origin(), "--key", key_, "--state", running_.directory().string() + "-monitor"});
  }
  Outcome doctor() const { return run_abode({"doctor", running_.directory().string()}); }
  static void expect(Outcome const& outcome, int status, std::string const& words) {
    EXPECT_EQ(outcome.status, status) << outcome.output << outcome.errors;
    EXPECT_THAT(outcome.output, HasSubstr(words)) << outcome.errors;
  }
  fs::path data() const { return running_.directory() / "abode.db"; }
  /// The id of the person's record.
  std::string record() const {
    auto const file = running_.with_token(token_).get("/api/v1/history/export").body;
    std::string const position = std::to_string(log::decode_bundle(file).value().position);
    return run_sql(data(), "SELECT id FROM record WHERE position = " + position).at(0).at(0);
  }

  RunningRegister running_;
  std::string token_;
  std::string key_;
};

TEST_F(EpochsOfARegister, BindEveryEntryAndGoOnOverRestarts) {
  auto person = running_.person();
  person.await_provable(file(person, 1));
  std::uint64_t const first = await_epoch(running_.anyone());
  log::AuditReport report = audit();
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  EXPECT_EQ(report.epochs->bound, 2u);
  EXPECT_GE(report.epochs->newest->number, first);
  expect(monitor(), 0, "each after the one before");

  running_.kill();
  running_.start();
  await_epoch(running_.anyone());
  EXPECT_EQ(running_.stop(), 0);
  expect(doctor(), 0, "the journal leads to its head tree");
  running_.start();
  EXPECT_GT(await_epoch(running_.anyone()), first + 3);
  report = audit();
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  EXPECT_EQ(report.epochs->bound, 2u);
  expect(monitor(), 0, "each after the one before");

  fs::path const file = running_.directory().string() + "-file.json";
  write_text(file, running_.with_token(token_).get("/api/v1/history/export").body);
  Outcome const printed = run_abode({"audit", file.string(), "--key", key_});
  expect(printed, 0, "it binds entries 0 to 1");
}

TEST_F(EpochsOfARegister, OfWhichTheTreesWereLostInARestoreAreMissing) {
  auto person = running_.person();
  person.await_provable(file(person, 1));
  await_epoch(running_.anyone());
  Backups const backups{running_.directory()};
  backups.take();
  await_epoch(running_.anyone());
  expect(monitor(), 0, "each after the one before");
  EXPECT_EQ(running_.stop(), 0);
  Outcome const restored = backups.restore({"--log", (running_.directory() / "log").string()});
  ASSERT_EQ(restored.status, 0) << restored.errors;
  expect(run_abode({"doctor", backups.restored().string()}), 0, "were lost before a restore");

  Served served = serve_by({executable, "serve", backups.restored().string(), "--listen", "localhost:0"});
  await_epoch({served.host, served.port});
  log::AuditReport const report =
      audit_of(sign_in(served.host, served.port, "/api/v1/sessions", "test_person", "anna-eriksson"));
  EXPECT_EQ(report.verdict, log::AuditVerdict::incomplete);
  EXPECT_THAT(report.reason, HasSubstr("missing: what"));
  EXPECT_EQ(report.epochs->missing.size(), 1u);
  Outcome const looked = run_abode({"monitor", "http://" + served.host + ":" + std::to_string(served.port), "--key",
                                    key_, "--state", running_.directory().string() + "-monitor"});
  expect(looked, 0, "each after the one before");
  EXPECT_THAT(looked.output, HasSubstr("the register was restored"));
}

TEST_F(EpochsOfARegister, BeginAnewInANewLog) {
  auto person = running_.person();
  person.await_provable(file(person, 1));
  await_epoch(running_.anyone());
  Backups const backups{running_.directory()};
  backups.take();
  EXPECT_EQ(running_.stop(), 0);
  ASSERT_EQ(backups.restore({"--new-origin"}).status, 0);
  Served served = serve_by({executable, "serve", backups.restored().string(), "--listen", "localhost:0"});
  ApiClient anyone{served.host, served.port};
  key_ = anyone.get("/log.vkey").body;
  key_.pop_back();
  await_epoch({served.host, served.port});
  log::AuditReport const report =
      audit_of(sign_in(served.host, served.port, "/api/v1/sessions", "test_person", "anna-eriksson"));
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  EXPECT_EQ(report.epochs->bound, 2u);
}

TEST_F(EpochsOfARegister, ShowAHiddenTailTogetherWithWhatItMade) {
  auto person = running_.person();
  person.await_provable(file(person, 1));
  std::string const id = record();
  std::string const before =
      run_sql(data(),
              "SELECT 'version = ' || version || ', entries = ' || entries || ', last = x''' || hex(last) || "
              "''', last_at = ' || last_at || ', state_tag = x''' || hex(state_tag) || ''', sealed_state = x''' || "
              "hex(sealed_state) || '''' FROM record WHERE id = " +
                  id)
          .at(0)
          .at(0);
  person.await_provable(file(person, 2));
  await_epoch(running_.anyone());
  EXPECT_EQ(running_.stop(), 0);
  run_sql(data(), "DELETE FROM entry WHERE record = " + id + " AND seq = 2");
  run_sql(data(), "UPDATE record SET " + before + " WHERE id = " + id);
  expect(doctor(), 1, "Its head tree does not lead to its root");
  running_.start();
  log::AuditReport const report = audit();
  EXPECT_EQ(report.verdict, log::AuditVerdict::rejected);
  // The register proves what it now holds, which is not what the epoch bound.
  EXPECT_THAT(report.reason, HasSubstr("Its head tree does not bind these entries at this position"));
}

TEST_F(EpochsOfARegister, ShowARecordThatIsMovedToAnotherPosition) {
  auto person = running_.person();
  person.await_provable(file(person, 1));
  await_epoch(running_.anyone());
  std::string const id = record();
  EXPECT_EQ(running_.stop(), 0);
  run_sql(data(), "UPDATE record SET position = (position + 1) % 1024 WHERE id = " + id);
  expect(doctor(), 1, "Its head tree does not lead to its root");
  running_.start();
  log::AuditReport const report = audit();
  EXPECT_EQ(report.verdict, log::AuditVerdict::rejected);
  EXPECT_THAT(report.reason, HasSubstr("belongs to another record"));
}

TEST_F(EpochsOfARegister, HaveOneLeafEach) {
  std::uint64_t const newest = await_epoch(running_.anyone());
  expect(monitor(), 0, "each after the one before");
  EXPECT_EQ(running_.stop(), 0);
  // Another tree for an epoch that is in the log: the next row of the store, with a leaf that says it is the same.
  auto const rows = run_sql(data(), "SELECT max(number), hex(leaf) FROM epoch");
  std::string second = rows.at(0).at(1);
  second.back() = second.back() == '0' ? '1' : '0';  // of its root
  run_sql(data(), "INSERT INTO epoch VALUES (" + rows[0][0] + " + 1, x'" + second + "', NULL, NULL)");
  running_.start();
  auto const until = std::chrono::steady_clock::now() + patience;
  Outcome looked = monitor();
  while (looked.status == 0 && std::chrono::steady_clock::now() < until) looked = monitor();
  expect(looked, 1, "There is a second leaf for the epoch " + rows[0][0]);
  EXPECT_GE(std::stoull(rows[0][0]), newest);
}

}  // namespace
}  // namespace abode::functional
