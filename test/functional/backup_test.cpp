// `abode backup` and `abode keys backup`: copies of a register at work, without keys, verified, whole or not there.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "functional/backups.hpp"
#include "functional/database.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::vector<fs::path> files_in(fs::path const& directory) {
  std::vector<fs::path> files;
  for (auto const& entry : fs::recursive_directory_iterator{directory})
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

Outcome verify(fs::path const& backup) {
  return run_abode({"backup", "--verify", backup.string()});
}

TEST(Backup, IsTakenWhileTheRegisterIsWrittenTo) {
  RunningRegister running;
  Backups const backups{running.directory()};
  std::atomic<bool> stop = false;
  std::atomic<unsigned> filed = 0;
  std::thread client{[&] {
    auto person = running.person();
    for (unsigned i = 1; !stop && i < 150; ++i)
      if (person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(i)}}).status == 201)
        ++filed;
  }};
  while (filed < 5) std::this_thread::yield();
  backups.take();
  stop = true;
  client.join();
  EXPECT_EQ(running.stop(), 0);
  EXPECT_GE(entries_in(backups.data()), 5u);
  for (fs::path const& backup : {backups.data(), backups.keys()}) {
    Outcome const verified = verify(backup);
    EXPECT_EQ(verified.status, 0) << verified.errors;
    EXPECT_THAT(verified.output, HasSubstr("is whole"));
  }
}

TEST(Backup, OfTheDataHoldsNoKeysAndIsItsOwnersOnly) {
  RunningRegister running;
  Backups const backups{running.directory()};
  running.person().post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  backups.take();
  std::vector<std::string> secrets;
  for (auto const& file : fs::directory_iterator{running.directory() / "keys"})
    if (file.path().extension() == ".key") secrets.push_back(read_text(file.path()).substr(0, 64));
  std::vector<std::string> pems;
  for (char const* const name : {"keys/proofs.pem", "keys/status.pem", "roots/proofs.pem", "roots/status.pem"}) {
    std::string const text = read_text(running.directory() / name);
    pems.push_back(text.substr(text.find('\n') + 1, 64));
  }
  for (auto const& row : run_sql(running.directory() / "keys.db", "SELECT hex(wrapped) FROM record_key"))
    secrets.push_back(codec::json::serialize(codec::json::value(row.at(0))).substr(1, 64));
  ASSERT_GT(secrets.size(), 4u);
  for (fs::path const& file : files_in(backups.data())) {
    std::string const content = read_text(file);
    for (std::string const& pem : pems) EXPECT_EQ(content.find(pem), std::string::npos) << file;
    for (std::string const& secret : secrets) {
      EXPECT_EQ(content.find(secret), std::string::npos) << file;
      std::string bytes;
      for (std::size_t i = 0; i + 1 < secret.size(); i += 2)
        bytes.push_back(static_cast<char>(std::stoi(secret.substr(i, 2), nullptr, 16)));
      EXPECT_EQ(content.find(bytes), std::string::npos) << file;
    }
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write) << file;
  }
  EXPECT_EQ(fs::status(backups.data()).permissions(), fs::perms::owner_all);
  std::vector<std::string> names;
  for (fs::path const& file : files_in(backups.keys())) names.push_back(file.filename());
  EXPECT_THAT(names, testing::UnorderedElementsAre("keys.db", "manifest"));
}

TEST(Backup, IsRefusedIfAnyByteOrFileOfItIsNotAsItWas) {
  RunningRegister running;
  Backups const backups{running.directory()};
  auto person = running.person();
  person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  person.await_provable(1);
  backups.take();
  for (fs::path const& backup : {backups.data(), backups.keys()})
    for (fs::path const& file : files_in(backup)) {
      SCOPED_TRACE(file);
      std::string const good = read_text(file);
      for (std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 2}) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        write_text(file, bad);
        EXPECT_EQ(verify(backup).status, 1) << at;
      }
      fs::remove(file);
      EXPECT_EQ(verify(backup).status, 1);
      write_text(file, good);
    }
  EXPECT_EQ(verify(backups.data()).status, 0);
  write_text(backups.data() / "log" / "more", "x");
  Outcome const more = verify(backups.data());
  EXPECT_EQ(more.status, 1);
  EXPECT_THAT(more.errors, HasSubstr("log/more"));
}

TEST(Backup, NeverWritesOverAnything) {
  RunningRegister running;
  Backups const backups{running.directory()};
  fs::create_directories(backups.data());
  Outcome const refused = run_abode({"backup", running.directory().string(), backups.data().string()});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.errors, HasSubstr("is there already"));
  EXPECT_TRUE(fs::is_empty(backups.data()));
  Outcome const none = run_abode({"backup", backups.home().string(), backups.data().string() + "2"});
  EXPECT_EQ(none.status, 1);
  EXPECT_THAT(none.errors, HasSubstr("holds no register"));
  EXPECT_EQ(run_abode({"backup", running.directory().string()}).status, 2);
  EXPECT_EQ(run_abode({"backup"}).status, 2);
}

TEST(Backup, LeavesNothingOnAFullDisk) {
  RunningRegister running;
  TemporaryDirectory const place;
  auto const on_a_tiny_disk = [&](char const* script) {
    auto process =
        system::ChildProcess::start({"/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c",
                                     std::string{"mount -t tmpfs -o size=64k tmpfs \"$1\" || exit 77; "} + script,
                                     executable, place.path().string(), running.directory().string()});
    int const status = process ? process->wait() : 77;
    return std::pair{status, process ? process->errors() : std::string{}};
  };
  if (on_a_tiny_disk("exit 0").first == 77) GTEST_SKIP() << "no right to mount a small disk in a namespace of its own";
  auto const [status, errors] =
      on_a_tiny_disk("\"$0\" backup \"$2\" \"$1/backup\" && exit 5; [ -z \"$(ls -A \"$1\")\" ] || exit 6; exit 0");
  EXPECT_EQ(status, 0) << "5: it was taken; 6: something is left. " << errors;
  EXPECT_THAT(errors, HasSubstr("the disk is full"));
}

}  // namespace
}  // namespace abode::functional
