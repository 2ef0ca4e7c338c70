// `abode keys rotate`: the key-encryption key changes under the register's feet, and nothing is lost.
#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "functional/backups.hpp"
#include "functional/database.hpp"
#include "support/fakes.hpp"

namespace abode::functional {
namespace {

using namespace test;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::set<std::string> key_ids(fs::path const& directory) {
  std::set<std::string> ids;
  for (auto const& row : run_sql(directory / "keys.db", "SELECT hex(substr(wrapped, 1, 4)) FROM record_key"))
    ids.insert(row.at(0));
  return ids;
}

class KeysRotate : public testing::Test {
 protected:
  fs::path keys() const { return running_.directory() / "keys"; }
  Outcome rotate() const { return run_abode({"keys", "rotate", running_.directory().string()}); }
  void expect_well() const {
    Outcome const checked = run_abode({"doctor", running_.directory().string()});
    EXPECT_EQ(checked.status, 0) << checked.output;
  }
  RunningRegister running_;
};

TEST_F(KeysRotate, PutsANewKeyInThePlaceOfTheOldAtRest) {
  EXPECT_EQ(running_.stop(), 0);
  std::string const old = read_text(keys() / "encryption.key");
  auto const old_ids = key_ids(running_.directory());
  ASSERT_EQ(old_ids.size(), 1u);
  Outcome const rotated = rotate();
  EXPECT_EQ(rotated.status, 0) << rotated.errors;
  EXPECT_THAT(rotated.output, HasSubstr("destroyed"));
  EXPECT_NE(read_text(keys() / "encryption.key"), old);
  EXPECT_EQ(fs::status(keys() / "encryption.key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(keys() / "encryption.next.key"));
  auto const new_ids = key_ids(running_.directory());
  EXPECT_EQ(new_ids.size(), 1u);
  EXPECT_NE(new_ids, old_ids);
  expect_well();
  std::string const fresh = read_text(keys() / "encryption.key");
  write_text(keys() / "encryption.key", old);
  EXPECT_EQ(run_abode({"doctor", running_.directory().string()}).status, 1) << "the old key opens nothing any more";
  write_text(keys() / "encryption.key", fresh);
  running_.start();
}

TEST_F(KeysRotate, WorksWhileTheRegisterServes) {
  auto person = running_.person();
  std::string const old = read_text(keys() / "encryption.key");
  std::atomic<bool> stop = false;
  std::atomic<unsigned> filed = 0;
  std::thread client{[&] {
    for (unsigned i = 1; !stop && i < 150; ++i) {
      Answer const answer =
          person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(i)}});
      EXPECT_EQ(answer.status, 201u) << answer.body;
      EXPECT_EQ(person.get("/api/v1/me").status, 200u);
      ++filed;
    }
  }};
  while (filed < 3) std::this_thread::yield();
  Outcome const rotated = rotate();
  EXPECT_EQ(rotated.status, 0) << rotated.errors;
  EXPECT_THAT(rotated.output, HasSubstr("serves the register"));
  unsigned const at_the_end = filed;
  while (filed < at_the_end + 3 && filed < 149) std::this_thread::yield();
  stop = true;
  client.join();
  EXPECT_NE(read_text(keys() / "encryption.key"), old);
  EXPECT_EQ(key_ids(running_.directory()).size(), 1u);
  EXPECT_THAT(running_.errors(), HasSubstr("keys-rotated"));
  EXPECT_THAT(running_.errors(), testing::Not(HasSubstr("rotation-waits")));
  EXPECT_EQ(running_.stop(), 0);
  expect_well();
}

TEST_F(KeysRotate, GoesOnAfterKillsAtAnyPointUnderLoad) {
  SeededRandom random{20'261'126};
  std::string const token = running_.person().token();
  std::vector<std::string> commitments;
  std::mutex mutex;
  for (unsigned round = 0; round < 8; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    std::thread client{[&, round] {
      ApiClient person = running_.with_token(token);
      for (unsigned i = round * 20; i < round * 20 + 20; ++i) {
        json::object const body{{"kind", "secondary"}, {"address", sample_address(i)}};
        auto const answer = person.try_send(http::Method::post, "/api/v1/registrations",
                                            {{"Content-Type", "application/json"}}, json::serialize(body));
        if (!answer) return;
        if (answer->status != 201) continue;
        std::lock_guard const lock{mutex};
        commitments.push_back(answer->text("/receipt/commitment"));
      }
    }};
    auto rotating = system::ChildProcess::start({executable, "keys", "rotate", running_.directory().string()}).value();
    // From the writing of the next key to the end of the rotation takes about as long as this.
    (void)rotating.read_line(std::chrono::milliseconds{random.below(500)});
    if (random.below(2) == 0) rotating.kill_at_once();
    running_.kill();
    client.join();
    rotating.kill_at_once();
    running_.start();
  }
  EXPECT_EQ(running_.stop(), 0);
  EXPECT_EQ(rotate().status, 0);
  EXPECT_EQ(key_ids(running_.directory()).size(), 1u);
  EXPECT_FALSE(fs::exists(keys() / "encryption.next.key"));
  expect_well();
  std::set<std::string> kept;
  for (auto const& row : run_sql(running_.directory() / "abode.db", "SELECT lower(hex(commitment)) FROM entry"))
    kept.insert(row.at(0));
  EXPECT_FALSE(commitments.empty());
  for (std::string const& commitment : commitments) EXPECT_TRUE(kept.contains(commitment));
}

TEST_F(KeysRotate, RefusesANextKeyThatIsTorn) {
  EXPECT_EQ(running_.stop(), 0);
  write_text(keys() / "encryption.next.key", "0123");
  fs::permissions(keys() / "encryption.next.key", fs::perms::owner_read | fs::perms::owner_write);
  Outcome const refused = rotate();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.errors, HasSubstr("encryption.next.key is not a key"));
  Outcome const serve = run_abode({"serve", running_.directory().string(), "--listen", "localhost:0"});
  EXPECT_EQ(serve.status, 1);
  fs::remove(keys() / "encryption.next.key");
  expect_well();
}

}  // namespace
}  // namespace abode::functional
