// Restore drills: nothing that was signed is contradicted, nothing in the backup is lost, and what cannot be known is
// refused.
#include <gmock/gmock.h>

#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "functional/backups.hpp"
#include "functional/database.hpp"
#include "log/history.hpp"
#include "log/restore_notice.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::string file_of(ApiClient& person) {
  Answer const answer = person.get("/api/v1/history/export");
  EXPECT_EQ(answer.status, 200u) << answer.body;
  return answer.body;
}

log::AuditReport audit(std::string const& file, std::string const& key_line) {
  return log::audit(log::decode_bundle(file).value(), log::VerifierKey::parse(key_line).value());
}

std::string key_line_of(ApiClient client) {
  std::string line = client.get("/log.vkey").body;
  line.pop_back();
  return line;
}

/// A register with a few people's acts, its backups, and what a person kept.
class Restore : public testing::Test {
 protected:
  Restore() {
    auto person = running_.person();
    for (unsigned i = 1; i <= 3; ++i) acknowledged_.push_back(file(person, i));
    person.await_provable(acknowledged_.back());
    backups_.take();
    old_file_ = file_of(person);
    old_key_ = key_line_of(running_.anyone());
  }

  static std::uint64_t file(ApiClient& person, unsigned number) {
    return person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(number)}})
        .number("/receipt/entry");
  }
  /// More is written and published after the backup, then the machine is lost.
  void go_on_and_stop() {
    auto person = running_.person();
    for (unsigned i = 4; i <= 9; ++i) person.await_provable(file(person, i));
    EXPECT_EQ(running_.stop(), 0);
  }
  fs::path old_log() const { return running_.directory() / "log"; }
  std::string newest_checkpoint() const { return (old_log() / "checkpoint").string(); }
  void expect_refused(std::vector<std::string> const& with, std::string const& why) const {
    Outcome const refused = backups_.restore(with);
    EXPECT_EQ(refused.status, 1) << refused.output;
    EXPECT_THAT(refused.errors, HasSubstr(why));
    EXPECT_TRUE(!fs::exists(backups_.restored()) || fs::is_empty(backups_.restored())) << "nothing is left of it";
  }
  void expect_restored(std::vector<std::string> const& with) const {
    Outcome const restored = backups_.restore(with);
    ASSERT_EQ(restored.status, 0) << restored.errors;
    expect_well();
  }
  void expect_well() const {
    Outcome const checked = run_abode({"doctor", backups_.restored().string()});
    EXPECT_EQ(checked.status, 0) << checked.output;
  }
  /// The restored register works: the person signs in, files, and everything of theirs is proven.
  void expect_at_work() {
    {
      Served served = serve_by({executable, "serve", backups_.restored().string(), "--listen", "localhost:0"});
      ApiClient person = sign_in(served.host, served.port, "/api/v1/sessions", "test_person", "anna-eriksson");
      person.await_provable(file(person, 100));
      log::AuditReport const report = audit(file_of(person), key_line_of({served.host, served.port}));
      EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
      EXPECT_EQ(report.rows.size(), acknowledged_.back() + 2) << "what was in the backup, and the new entry";
      EXPECT_EQ(audit(old_file_, old_key_).verdict, log::AuditVerdict::accepted) << "what a person kept still holds";
      EXPECT_EQ(served.process.stop(), 0);
    }
    expect_well();
  }
  std::vector<log::RestoreNotice> notices() const {
    std::vector<log::RestoreNotice> found;
    for (base::Bytes const& leaf : leaves_in(backups_.restored() / "log"))
      if (auto const notice = log::parse_restore_leaf(leaf).value()) found.push_back(*notice);
    return found;
  }
  /// No checkpoint of the old log is contradicted by the new one.
  void expect_consistent() const {
    auto const leaves = leaves_in(backups_.restored() / "log");
    log::Checkpoint const old = checkpoint_in(old_log());
    ASSERT_LE(old.size, leaves.size());
    EXPECT_EQ(root_at(leaves, old.size), old.root);
  }

  RunningRegister running_;
  Backups backups_{running_.directory()};
  std::vector<std::uint64_t> acknowledged_;
  std::string old_file_;
  std::string old_key_;
};

TEST_F(Restore, GoesOnWithTheSameLogIfItIsKnownToReachNoFurther) {
  EXPECT_EQ(running_.stop(), 0);
  fs::path const backup = backups_.data();
  fs::remove_all(backup);
  backups_.take();
  expect_restored({"--known-checkpoint", newest_checkpoint()});
  expect_consistent();
  ASSERT_EQ(notices().size(), 1u);
  log::Checkpoint const old = checkpoint_in(old_log());
  EXPECT_EQ(notices()[0].previous_origin, old.origin);
  EXPECT_EQ(notices()[0].backup, (log::TreeHead{old.size, old.root}));
  EXPECT_EQ(notices()[0].known, (log::TreeHead{old.size, old.root}));
  EXPECT_EQ(checkpoint_in(backups_.restored() / "log").origin, old.origin);
  expect_at_work();
  expect_consistent();
}

TEST_F(Restore, BringsGuardiansBackToWhatTheyFiled) {
  std::string child;
  {
    auto peter = running_.person("peter-stevenson");
    child = peter.get("/api/v1/children").text("/children/0/id");
    ASSERT_EQ(
        peter.post("/api/v1/children/" + child + "/registrations", {{"kind", "main"}, {"address", sample_address(40)}})
            .status,
        201u);
  }
  EXPECT_EQ(running_.stop(), 0);
  fs::remove_all(backups_.data());
  backups_.take();
  expect_restored({"--known-checkpoint", newest_checkpoint()});
  Served served = serve_by({executable, "serve", backups_.restored().string(), "--listen", "localhost:0"});
  auto const filed_by = [&](std::string const& who) {
    ApiClient client = sign_in(served.host, served.port, "/api/v1/sessions", "test_person", who);
    std::string const of = client.get("/api/v1/children").text("/children/0/id");
    return client.get("/api/v1/children/" + of + "/registrations").at("/registrations").as_array().size();
  };
  EXPECT_EQ(filed_by("peter-stevenson"), 1u);
  EXPECT_EQ(filed_by("anna-eriksson"), 0u) << "the other guardian still sees nothing of it";
  EXPECT_EQ(served.process.stop(), 0);
}

TEST_F(Restore, NeverFallsBehindWhatIsKnownToBePublished) {
  go_on_and_stop();
  expect_refused({}, "--known-checkpoint");
  expect_refused({"--known-checkpoint", newest_checkpoint()}, "would contradict what was signed");
  expect_refused({"--known-checkpoint", (backups_.data() / "log" / "checkpoint").string(), "--known-checkpoint",
                  newest_checkpoint()},
                 "would contradict what was signed");
  expect_refused({"--known-checkpoint", (running_.directory() / "abode.toml").string()}, "is not a checkpoint");
}

TEST_F(Restore, GoesOnAfterTheLogThatSurvived) {
  go_on_and_stop();
  log::Checkpoint const old = checkpoint_in(old_log());
  expect_restored({"--log", old_log().string(), "--known-checkpoint", newest_checkpoint()});
  expect_consistent();
  ASSERT_EQ(notices().size(), 1u);
  EXPECT_LT(notices()[0].backup.size, notices()[0].known.size);
  EXPECT_EQ(notices()[0].known, (log::TreeHead{old.size, old.root}));
  expect_at_work();
  expect_consistent();
}

TEST_F(Restore, BeginsANewLogIfAskedTo) {
  go_on_and_stop();
  log::Checkpoint const old = checkpoint_in(old_log());
  expect_restored({"--new-origin", "--known-checkpoint", newest_checkpoint()});
  log::Checkpoint const fresh = checkpoint_in(backups_.restored() / "log");
  EXPECT_NE(fresh.origin, old.origin);
  EXPECT_TRUE(log::is_test_origin(fresh.origin));
  ASSERT_EQ(notices().size(), 1u);
  EXPECT_EQ(notices()[0].previous_origin, old.origin);
  EXPECT_EQ(notices()[0].known, (log::TreeHead{old.size, old.root}));
  expect_at_work();
}

TEST_F(Restore, EndsSessionsAndOpeningCodes) {
  auto person = running_.person();
  person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}});
  EXPECT_EQ(running_.stop(), 0);
  fs::remove_all(backups_.data());
  backups_.take();
  expect_restored({"--known-checkpoint", newest_checkpoint()});
  fs::path const data = backups_.restored() / "abode.db";
  EXPECT_EQ(run_sql(data, "SELECT count(*) FROM session")[0][0], "0");
  EXPECT_EQ(run_sql(data, "SELECT count(*) FROM opening_code WHERE expires_at > unixepoch()")[0][0], "0");
  Served served = serve_by({executable, "serve", backups_.restored().string(), "--listen", "localhost:0"});
  EXPECT_EQ((ApiClient{served.host, served.port, person.token()}.get("/api/v1/me").status), 401u);
}

TEST_F(Restore, G10ErasesAgainWhatWasErasedSinceTheBackup) {
  EXPECT_EQ(running_.person("peter-stevenson").post("/api/v1/erasure", json::object{}).status, 201u);
  EXPECT_EQ(running_.stop(), 0);
  fs::path const data = running_.directory() / "abode.db";
  run_sql(data, "UPDATE record SET erasure_due = 1 WHERE erasure_due IS NOT NULL");
  running_.start();
  auto const until = std::chrono::steady_clock::now() + patience;
  while (run_sql(data, "SELECT count(*) FROM record WHERE erased_at IS NOT NULL")[0][0] == "0")
    ASSERT_LT(std::chrono::steady_clock::now(), until) << "the job does not come";
  EXPECT_EQ(running_.stop(), 0);
  backups_.take_keys();

  fs::path const backup = backups_.data() / "abode.db";
  EXPECT_EQ(run_sql(backup, "SELECT count(*) FROM record WHERE length(sealed_state) = 0")[0][0], "0");
  Outcome const restored = backups_.restore({"--log", old_log().string()});
  ASSERT_EQ(restored.status, 0) << restored.errors;
  EXPECT_THAT(restored.output, HasSubstr("1 records were erased before the backup of keys was made, and stay so"));
  expect_well();
  Outcome const doctor = run_abode({"doctor", backups_.restored().string()});
  EXPECT_THAT(doctor.output, HasSubstr("1 erased with"));
  EXPECT_EQ(run_sql(backups_.restored() / "abode.db",
                    "SELECT count(*) FROM record WHERE erased_at IS NOT NULL AND length(sealed_state) = 0")[0][0],
            "1");
}

TEST_F(Restore, RefusesWhatDoesNotBelongTogether) {
  EXPECT_EQ(running_.stop(), 0);
  std::vector<std::string> const known{"--known-checkpoint", newest_checkpoint()};

  RunningRegister other;
  Backups const others{other.directory()};
  others.take();
  fs::path const aside = backups_.home() / "aside";
  fs::rename(backups_.keys(), aside);
  fs::copy(others.keys(), backups_.keys());
  expect_refused(known, "of another register");
  fs::remove_all(backups_.keys());
  fs::copy(backups_.data(), backups_.keys(), fs::copy_options::recursive);
  expect_refused(known, "one of keys is wanted");
  fs::remove_all(backups_.keys());
  fs::rename(aside, backups_.keys());

  fs::rename(backups_.key_files(), aside);
  fs::copy(others.key_files(), backups_.key_files());
  expect_refused(known, "are not the keys of this register");
  fs::remove_all(backups_.key_files());
  fs::rename(aside, backups_.key_files());
  std::string const key = read_text(backups_.key_files() / "encryption.key");
  write_text(backups_.key_files() / "encryption.key", key.substr(0, 20));
  expect_refused(known, "is not a key");
  write_text(backups_.key_files() / "encryption.key", std::string(64, '7') + "\n");
  expect_refused(known, "another key-encryption key");
  write_text(backups_.key_files() / "encryption.key", key);

  expect_restored(known);
  Outcome const again = backups_.restore(known);
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.errors, HasSubstr("is not empty"));
  expect_well();
}

TEST_F(Restore, RefusesKeysThatAreOlderThanTheDataOrTooOld) {
  EXPECT_EQ(running_.stop(), 0);
  std::vector<std::string> const known{"--known-checkpoint", newest_checkpoint()};
  auto const date = [](fs::path const& backup, std::string const& year) {
    std::string text = read_text(backup / "manifest");
    text.replace(text.find("\"made_at\":\"") + 11, 4, year);
    std::string const line = text.substr(0, text.find('\n'));
    write_text(backup / "manifest", line + "\n" + codec::to_hex(digest::sha256(base::as_bytes(line))) + "\n");
  };
  date(backups_.keys(), "2020");
  expect_refused(known, "older than that of the data");
  date(backups_.data(), "2020");
  expect_refused(known, "older than 30 days");
}

TEST_F(Restore, RefusesABackupThatIsDamaged) {
  EXPECT_EQ(running_.stop(), 0);
  fs::path const entries = backups_.data() / "log" / "tile" / "entries";
  for (auto const& file : fs::recursive_directory_iterator{entries})
    if (file.is_regular_file()) write_text(file.path(), "");
  expect_refused({"--known-checkpoint", newest_checkpoint()}, "missing or damaged");
}

}  // namespace
}  // namespace abode::functional
