// `abode doctor` finds damage anywhere in a register and names it.
#include <gmock/gmock.h>

#include <csignal>

#include "functional/database.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// A register with a few people's acts in it, at rest.
class Doctor : public testing::Test {
 protected:
  Doctor() {
    auto person = running_.person();
    person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
    person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}});
    person.await_provable(2);
    EXPECT_EQ(running_.stop(), 0);
    expect_well();
  }

  Outcome examine() const { return run_abode({"doctor", running_.directory().string()}); }
  void expect_well() const {
    Outcome const outcome = examine();
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("All is well."));
  }
  void expect_damage(std::string const& named) const {
    Outcome const outcome = examine();
    EXPECT_EQ(outcome.status, 1) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("BAD"));
    EXPECT_THAT(outcome.output, HasSubstr(named));
  }

  /// Flips one bit in the middle of a blob.
  void flip(std::string const& table, std::string const& column, std::string const& where,
            std::string const& file = "abode.db") const {
    auto const database = running_.directory() / file;
    std::string hex = run_sql(database, "SELECT hex(" + column + ") FROM " + table + " WHERE " + where).at(0).at(0);
    char& digit = hex.at(hex.size() / 2);
    digit = digit == '0' ? '1' : '0';
    run_sql(database, "UPDATE " + table + " SET " + column + " = x'" + hex + "' WHERE " + where);
  }
  static void flip(fs::path const& file, std::size_t at) {
    std::string bytes = read_text(file);
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
    write_text(file, bytes);
  }
  fs::path log() const { return running_.directory() / "log"; }
  /// The widest file of this kind: the one that the newest checkpoint rests on.
  fs::path newest(std::string const& kind) const {
    fs::path widest;
    for (auto const& file : fs::directory_iterator{log() / "tile" / kind / "000.p"})
      if (widest.empty() || std::stoi(file.path().filename()) > std::stoi(widest.filename())) widest = file.path();
    return widest;
  }

  RunningRegister running_;
};

TEST_F(Doctor, SeesAGuardianshipThatLeadsNowhere) {
  auto const database = running_.directory() / "abode.db";
  ASSERT_EQ(run_sql(database, "SELECT count(*) FROM guardianship").at(0).at(0), "2");
  run_sql(database,
          "PRAGMA foreign_keys = OFF; UPDATE guardianship SET guardian = 999999 WHERE id = "
          "(SELECT min(id) FROM guardianship)");
  expect_damage("a guardianship of it leads to a record that is not there");
}

TEST_F(Doctor, SeesDamageToASealedEntry) {
  flip("entry", "sealed", "record = 1 AND seq = 1");
  expect_damage("Record 1: entry 1 is damaged");
}

TEST_F(Doctor, SeesDamageToASealedState) {
  flip("record", "sealed_state", "id = 1");
  expect_damage("Record 1: its state is damaged");
}

TEST_F(Doctor, SeesDamageToAPersonsKey) {
  flip("record_key", "wrapped", "record = 1", "keys.db");
  expect_damage("Record 1");
}

TEST_F(Doctor, SeesACommitmentThatIsNotInTheLog) {
  flip("entry", "commitment", "record = 1 AND seq = 1");
  expect_damage("Record 1: entry 1 does not make the commitment");
}

TEST_F(Doctor, SeesAnEntryThatIsGone) {
  run_sql(running_.directory() / "abode.db", "DELETE FROM entry WHERE record = 1 AND seq = 1");
  expect_damage("Record 1: entry 1 is missing");
}

TEST_F(Doctor, SeesEntriesThatHaveChangedPlaces) {
  auto const data = running_.directory() / "abode.db";
  run_sql(data, "UPDATE entry SET seq = 100 WHERE record = 1 AND seq = 0");
  run_sql(data, "UPDATE entry SET seq = 0 WHERE record = 1 AND seq = 1");
  run_sql(data, "UPDATE entry SET seq = 1 WHERE record = 1 AND seq = 100");
  expect_damage("Record 1: entry 0 is damaged");
}

TEST_F(Doctor, SeesALeafThatIsOutOfPlace) {
  auto const data = running_.directory() / "abode.db";
  std::string const first = run_sql(data, "SELECT min(start) FROM batch WHERE entries > 1")[0][0];
  std::string const places = run_sql(data, "SELECT hex(places) FROM batch WHERE start = " + first)[0][0];
  std::string const swapped = places.substr(8, 8) + places.substr(0, 8) + places.substr(16);
  run_sql(data, "UPDATE batch SET places = x'" + swapped + "' WHERE start = " + first);
  expect_damage("is not in the log at its place");
}

TEST_F(Doctor, SeesAnEntryThatIsOneTooMany) {
  run_sql(running_.directory() / "abode.db",
          "INSERT INTO entry(record, seq, commitment, sealed) SELECT 1, entries, last, x'00' FROM record WHERE id = 1");
  expect_damage("is more than it counts");
}

TEST_F(Doctor, NamesEveryRecordThatIsDamaged) {
  flip("record", "sealed_state", "id = 1");
  flip("record", "sealed_state", "id = 2");
  expect_damage("Record 1: its state is damaged");
  expect_damage("Record 2: its state is damaged");
  expect_damage("2 of ");
}

TEST_F(Doctor, NamesAPageThatIsDamagedAndServeFailsCleanly) {
  fs::path const data = running_.directory() / "abode.db";
  constexpr std::size_t page_size = 4096;
  std::string const good = read_text(data);
  for (std::size_t page = 1; page < good.size() / page_size; page += 3) {
    std::string bad = good;
    for (std::size_t i = 0; i < 12; ++i)
      bad[page * page_size + i] = static_cast<char>(bad[page * page_size + i] ^ 0xff);
    write_text(data, bad);
    SCOPED_TRACE("page " + std::to_string(page + 1));
    Outcome const outcome = examine();
    EXPECT_EQ(outcome.status, 1) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("abode.db: "));
    auto served =
        system::ChildProcess::start({executable, "serve", running_.directory().string(), "--listen", "localhost:0"})
            .value();
    bool const greeted = [&] {
      while (auto const line = served.read_line(patience))
        if (line->find("Open") != std::string::npos) return true;
      return false;
    }();
    int const status = greeted ? served.stop() : served.wait();
    EXPECT_TRUE(status == 0 || status == 1 || status == 128 + SIGABRT) << status << served.errors();
    fs::remove(data.string() + "-wal");
    fs::remove(data.string() + "-shm");
  }
  write_text(data, good);
}

TEST_F(Doctor, SeesDamageToAnyByteOfTheEntriesFile) {
  fs::path const file = newest("entries");
  for (std::size_t at : {std::size_t{0}, std::size_t{2}, std::size_t{20}, fs::file_size(file) - 1}) {
    flip(file, at);
    expect_damage("log");
    flip(file, at);
  }
  expect_well();
}

TEST_F(Doctor, SeesDamageToAnyHashOfATile) {
  fs::path const file = newest("0");
  for (std::size_t at = 7; at < fs::file_size(file); at += 32) {
    flip(file, at);
    expect_damage("tile");
    flip(file, at);
  }
  expect_well();
}

TEST_F(Doctor, SeesAFileOfTheLogThatIsGone) {
  for (char const* kind : {"0", "entries"}) {
    fs::path const file = newest(kind);
    fs::rename(file, log() / "aside");
    expect_damage("tile");
    fs::rename(log() / "aside", file);
  }
  expect_well();
}

TEST_F(Doctor, SeesDamageToTheCheckpoint) {
  std::string const text = read_text(log() / "checkpoint");
  for (std::size_t at : {std::size_t{3}, text.find('\n') + 1, text.size() - 10}) {
    flip(log() / "checkpoint", at);
    expect_damage("checkpoint");
    flip(log() / "checkpoint", at);
  }
  expect_well();
  run_sql(running_.directory() / "abode.db",
          "UPDATE log SET checkpoint = replace(checkpoint, 'test-mode', 'test-made')");
  expect_damage("BAD  log");
}

TEST_F(Doctor, SeesAStoreThatIsOlderThanTheLog) {
  fs::copy(running_.directory() / "abode.db", running_.directory() / "older.db");
  running_.start();
  auto person = running_.person();
  std::uint64_t const entry =
      person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address()}})
          .number("/receipt/entry");
  person.await_provable(entry);
  EXPECT_EQ(running_.stop(), 0);
  fs::rename(running_.directory() / "older.db", running_.directory() / "abode.db");
  expect_damage("older than the log it published");
}

}  // namespace
}  // namespace abode::functional
