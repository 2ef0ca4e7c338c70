// G12: a full disk is told as such, changes nothing, and is over when there is room again.
#include <gmock/gmock.h>

#include <cstdio>
#include <thread>

#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;

// Runs a register on a disk of 8 MiB that only it and its children see.
constexpr char const* on_a_small_disk = R"(
  mount -t tmpfs -o size=8m tmpfs "$1" || exit 77
  echo "pid $$"
  "$0" init "$1/register" --test-mode || exit 1
  sed -i 's/^log_interval_ms = .*/log_interval_ms = 50/' "$1/register/abode.toml"
  exec "$0" serve "$1/register" --listen localhost:0)";

std::vector<std::string> in_its_own_mounts(std::vector<std::string> command) {
  std::vector<std::string> all{"/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c"};
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

bool may_mount(std::filesystem::path const& place) {
  auto tried = system::ChildProcess::start(in_its_own_mounts({"mount -t tmpfs tmpfs \"$0\"", place.string()}));
  return tried && tried->wait() == 0;
}

/// Takes all the room that is left.
void fill(std::filesystem::path const& file) {
  std::FILE* const out = std::fopen(file.c_str(), "wb");
  ASSERT_NE(out, nullptr);
  std::setvbuf(out, nullptr, _IONBF, 0);
  std::string const page(4096, 'x');
  while (std::fwrite(page.data(), 1, page.size(), out) == page.size()) {
  }
  std::fclose(out);
}

/// A request that writes, and what the person has after it.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path const& place)
      : served_(serve_by(in_its_own_mounts({on_a_small_disk, executable, place.string()}))),
        person_(sign_in(served_.host, served_.port, "/api/v1/sessions", "test_person", "anna-eriksson")) {
    // The disk as the register sees it.
    seen_ = "/proc/" + served_.lines.at(0).substr(4) + "/root" + place.string();
  }
  Answer file() {
    return person_.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(++count_)}});
  }
  /// Files until the answer has this status; the answers before it are put into `before`.
  Answer file_until(unsigned status, std::vector<Answer>& before) {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
      Answer answer = file();
      if (answer.status == status || std::chrono::steady_clock::now() > deadline) return answer;
      before.push_back(std::move(answer));
    }
  }
  ApiClient& person() { return person_; }
  ApiClient anyone() const { return {served_.host, served_.port}; }
  std::filesystem::path path() const { return seen_; }
  int stop() { return served_.process.stop(); }
  std::string errors() const { return served_.process.errors(); }

 private:
  Served served_;
  ApiClient person_;
  std::filesystem::path seen_;
  unsigned count_ = 0;
};

TEST(FullDisk, IsToldChangesNothingAndIsOverWhenThereIsRoomAgain) {
  TemporaryDirectory const place;
  if (!may_mount(place.path())) GTEST_SKIP() << "no right to mount a small disk, not even in a namespace of its own";
  SmallDisk disk{place.path()};
  std::vector<Answer> acknowledged{disk.file()};
  ASSERT_EQ(acknowledged[0].status, 201u) << acknowledged[0].body;
  if (!std::filesystem::exists(disk.path() / "register" / "abode.db"))
    GTEST_SKIP() << "no right to look into another process's disk";

  fill(disk.path() / "ballast");
  Answer const refused = disk.file_until(507, acknowledged);
  EXPECT_TRUE(is_problem(refused, 507, "out-of-space"));
  std::string const before = disk.person().get("/api/v1/me").body;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(is_problem(disk.file(), 507, "out-of-space"));
  EXPECT_TRUE(
      is_problem(disk.anyone().post("/api/v1/sessions", {{"test_person", "anna-eriksson"}}), 507, "out-of-space"));
  EXPECT_EQ(disk.person().get("/api/v1/me").body, before) << "reading goes on, and nothing was changed";

  std::filesystem::remove(disk.path() / "ballast");
  std::vector<Answer> while_it_frees;
  acknowledged.push_back(disk.file_until(201, while_it_frees));
  ASSERT_EQ(acknowledged.back().status, 201u) << disk.errors();
  disk.person().await_provable(acknowledged.back().number("/receipt/entry"));
  for (Answer const& answer : acknowledged) {
    ASSERT_EQ(answer.status, 201u) << answer.body;
    Answer const entry = disk.person().get("/api/v1/history/" + std::to_string(answer.number("/receipt/entry")));
    EXPECT_EQ(entry.at("/commitment"), answer.at("/receipt/commitment"));
  }
  EXPECT_EQ(disk.person().get("/api/v1/me").at("/registrations").as_array().size(), acknowledged.size());
  EXPECT_EQ(disk.stop(), 0) << disk.errors();
}

}  // namespace
}  // namespace abode::functional
