// What an operator meets: the commands, starting and stopping, and every reason not to start.
#include <gmock/gmock.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <sstream>

#include "base/time.hpp"
#include "log/note.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;

TEST(Commands, TellWhatTheyDo) {
  Outcome const help = run_abode({"--help"});
  EXPECT_EQ(help.status, 0);
  for (char const* command : {"init", "serve", "demo", "doctor", "audit", "deadline", "backup", "restore", "keys",
                              "enrol", "cards", "invite", "generate"}) {
    EXPECT_THAT(help.output, HasSubstr(command));
    Outcome const own = run_abode({command, "--help"});
    EXPECT_EQ(own.status, 0) << command;
    EXPECT_THAT(own.output, HasSubstr("Usage: ")) << command;
  }
  Outcome const version = run_abode({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.output, StartsWith("abode "));
}

TEST(Commands, ThatAreNotUnderstoodEndWithTwoAndSayWhy) {
  std::vector<std::vector<std::string>> const wrong{{},
                                                    {"serv"},
                                                    {"--verbose"},
                                                    {"init"},
                                                    {"serve"},
                                                    {"doctor"},
                                                    {"audit"},
                                                    {"deadline", "--profile", "germany"},
                                                    {"serve", "x", "--port", "1"},
                                                    {"init", "x", "y"}};
  for (auto const& arguments : wrong) {
    Outcome const outcome = run_abode(arguments);
    EXPECT_EQ(outcome.status, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(outcome.errors, HasSubstr("--help")) << testing::PrintToString(arguments);
  }
}

TEST(Init, MakesARegisterOnce) {
  TemporaryDirectory const home;
  std::string const directory = (home.path() / "register").string();
  Outcome const made = run_abode({"init", directory, "--test-mode"});
  EXPECT_EQ(made.status, 0) << made.errors;
  EXPECT_THAT(made.output, HasSubstr("abode serve " + directory));
  for (char const* key : {"encryption.key", "index.key", "log.key"})
    EXPECT_EQ(fs::status(home.path() / "register" / "keys" / key).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
  std::string const settings = read_text(home.path() / "register" / "abode.toml");
  Outcome const again = run_abode({"init", directory, "--test-mode"});
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.errors, HasSubstr("is not empty"));
  EXPECT_EQ(read_text(home.path() / "register" / "abode.toml"), settings);
  EXPECT_EQ(run_abode({"doctor", directory}).status, 0);
}

TEST(Init, DoesNotPretendToBeReadyForRealPeople) {
  TemporaryDirectory const home;
  Outcome const refused = run_abode({"init", (home.path() / "register").string()});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.errors, HasSubstr("--test-mode"));
  EXPECT_FALSE(fs::exists(home.path() / "register"));
}

TEST(Init, KeepsTheAddressThatPeopleWillType) {
  TemporaryDirectory const home;
  std::string const directory = (home.path() / "register").string();
  for (char const* wrong :
       {"localhost:8123", "http://localhost:8123/app", "ftp://localhost", "https://", "http://a\"b"}) {
    Outcome const refused = run_abode({"init", directory, "--test-mode", "--public-url", wrong});
    EXPECT_EQ(refused.status, 1) << wrong;
    EXPECT_THAT(refused.errors, HasSubstr("public_url")) << wrong;
    EXPECT_FALSE(std::filesystem::exists(directory)) << wrong;
  }
  ASSERT_EQ(run_abode({"init", directory, "--test-mode", "--public-url", "http://localhost:8123"}).status, 0);
  EXPECT_THAT(read_text(home.path() / "register/abode.toml"), HasSubstr("public_url = \"http://localhost:8123\"\n"));
}

TEST(Init, SaysSoIfItCannotWriteThere) {
  TemporaryDirectory const home;
  write_text(home.path() / "file", "in the way");
  Outcome const refused = run_abode({"init", (home.path() / "file" / "register").string(), "--test-mode"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.errors, StartsWith("abode: "));
}

/// A register that is not running, to be spoilt.
class Start : public testing::Test {
 protected:
  Start() { EXPECT_EQ(running_.stop(), 0); }

  fs::path file(std::string_view name) const { return running_.directory() / name; }
  void expect_refused(std::string const& why, std::vector<std::string> const& more = {}) {
    for (char const* command : {"serve", "doctor"}) {
      if (!more.empty() && std::string_view{command} == "doctor") continue;
      std::vector<std::string> arguments{command, running_.directory().string()};
      if (std::string_view{command} == "serve" && more.empty())
        arguments.insert(arguments.end(), {"--listen", "localhost:0"});
      arguments.insert(arguments.end(), more.begin(), more.end());
      Outcome const outcome = run_abode(arguments);
      EXPECT_EQ(outcome.status, 1) << command;
      EXPECT_THAT(outcome.output + outcome.errors, HasSubstr(why)) << command;
    }
  }

  RunningRegister running_;
};

TEST_F(Start, IsRefusedWithoutARegister) {
  fs::remove(file("abode.toml"));
  expect_refused("holds no register");
}

TEST_F(Start, IsRefusedForSettingsThatAreWrong) {
  std::string const good = read_text(file("abode.toml"));
  struct Case {
    char const* what;
    char const* with;
    char const* why;
  };
  Case const cases[] = {
      {"log_interval_ms = 50", "log_interval_ms = \"50\"", "log_interval_ms"},
      {"log_interval_ms = 50", "log_interval_ms = 49", "log_interval_ms"},
      {"log_interval_ms = 50", "log_interval = 50", "log_interval is not a setting"},
      {"mode = \"test\"", "mode = \"testing\"", "mode"},
      {"mode = \"test\"", "mode = test", "line"},
      {"mode = \"test\"", "", "mode is missing"},
      {"profile = \"specimen\"", "", "profile is missing"},
      {"profile = \"specimen\"", "profile = \"germany\"", "profile.toml holds \"specimen\""},
      {"mode = \"test\"", "mode = \"test\"\nmode = \"test\"", "abode.toml"},
      {"public_url = \"http://", "public_url = \"ftp://", "public_url"},
      {"http://localhost:8080", "http://localhost:8080/path", "public_url"},
      {"origin = \"test-mode.", "origin = \"", "test-mode."},
      {"origin = \"test-mode.", "origin = \"test-mode.other.", "belongs to the log"},
      {"mode = \"test\"", "mode = \"live\"", "test-mode."},
  };
  for (Case const& c : cases) {
    SCOPED_TRACE(c.with);
    write_text(file("abode.toml"), good);
    replace_text(file("abode.toml"), c.what, c.with);
    expect_refused(c.why);
  }
  replace_text(file("abode.toml"), "origin = \"test-mode.", "origin = \"");  // with the mode "live"
  expect_refused("serves only in test mode");
  write_text(file("abode.toml"), good);
  running_.start();
}

TEST_F(Start, IsRefusedForKeysThatAreNotItsOwn) {
  for (char const* key : {"keys/encryption.key", "keys/index.key", "keys/log.key"}) {
    SCOPED_TRACE(key);
    std::string const good = read_text(file(key));
    std::string other = good;
    other[0] = other[0] == '0' ? '1' : '0';
    write_text(file(key), other);
    expect_refused("not the keys of this register");
    write_text(file(key), good.substr(2));
    expect_refused("is not a key");
    write_text(file(key), good);

    fs::permissions(file(key), fs::perms::others_read, fs::perm_options::add);
    expect_refused("chmod");
    fs::permissions(file(key), fs::perms::others_read, fs::perm_options::remove);

    fs::rename(file(key), file("aside"));
    expect_refused(fs::path{key}.filename());
    fs::rename(file("aside"), file(key));
  }
  running_.start();
}

TEST_F(Start, IsRefusedForAStoreThatIsDamagedOrGone) {
  fs::rename(file("keys.db"), file("aside"));
  expect_refused("keys.db");
  fs::rename(file("aside"), file("keys.db"));
  std::string const good = read_text(file("abode.db"));
  write_text(file("abode.db"), "this is no database" + good.substr(19));
  expect_refused("damaged");
  fs::remove(file("abode.db"));
  expect_refused("store");
  write_text(file("abode.db"), good);
  running_.start();
}

TEST_F(Start, IsRefusedIfTheClockIsBehindWhatWasWritten) {
  fs::last_write_time(file("log/checkpoint"), fs::file_time_type::clock::now() + 3h);
  expect_refused("clock is behind");
}

TEST_F(Start, IsRefusedForAnAddressThatCannotBeHad) {
  expect_refused("HOST:PORT", {"--listen", "localhost:http"});
  expect_refused("HOST:PORT", {"--listen", "localhost:70000"});
  expect_refused("is not an address of this machine", {"--listen", "203.0.113.1:0"});
  RunningRegister const other;
  expect_refused("is taken by another program", {"--listen", other.host() + ":" + std::to_string(other.port())});
}

TEST_F(Start, IsRefusedWhileAnotherProcessServes) {
  running_.start();
  expect_refused("Another process");
  EXPECT_EQ(running_.anyone().get("/healthz").status, 200u);
}

TEST_F(Start, FindsEverythingAsItWasLeft) {
  running_.start();
  auto person = running_.person();
  person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}});
  person.await_provable(2);
  auto const seen = [](ApiClient client) {
    std::string all;
    for (char const* path : {"/api/v1/me", "/api/v1/history", "/api/v1/opening-codes", "/checkpoint", "/log.vkey"})
      all += client.get(path).body;
    return all;
  };
  std::string const before = seen(running_.with_token(person.token()));
  EXPECT_EQ(running_.stop(), 0);
  running_.start();
  EXPECT_EQ(seen(running_.with_token(person.token())), before);
}

/// A connection whose bytes are sent one piece at a time.
class Connection {
 public:
  Connection(std::string const& host, unsigned short port) {
    addrinfo* found = nullptr;
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) return;
    for (addrinfo const* at = found; at != nullptr && !connected_; at = at->ai_next) {
      if (socket_ >= 0) ::close(socket_);
      socket_ = ::socket(at->ai_family, at->ai_socktype, at->ai_protocol);
      connected_ = socket_ >= 0 && ::connect(socket_, at->ai_addr, at->ai_addrlen) == 0;
    }
    ::freeaddrinfo(found);
  }
  ~Connection() {
    if (socket_ >= 0) ::close(socket_);
  }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view bytes) {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  /// All that comes until the server closes.
  std::string receive() {
    std::string all;
    char block[4096];
    for (ssize_t got = 0; (got = ::recv(socket_, block, sizeof block, 0)) > 0;)
      all.append(block, static_cast<std::size_t>(got));
    return all;
  }

 private:
  int socket_ = -1;
  bool connected_ = false;
};

TEST(Stop, FinishesARequestThatHasBegun) {
  RunningRegister running;
  auto person = running.person();
  std::string const body = json::serialize(json::object{{"kind", "main"}, {"address", sample_address()}});
  Connection slow{running.host(), running.port()};
  ASSERT_TRUE(slow.connected());
  slow.send(
      "POST /api/v1/registrations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
      person.token() + "\r\nExpect: 100-continue\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  slow.send(body.substr(0, 10));
  person.get("/healthz");  // the server has seen what was sent before

  auto stopping = std::async(std::launch::async, [&] { return running.stop(); });
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (Connection{running.host(), running.port()}.connected() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::yield();
  slow.send(body.substr(10));
  std::string const answer = slow.receive();
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 201 "));
  EXPECT_EQ(stopping.get(), 0);

  running.start();
  EXPECT_EQ(running.with_token(person.token()).get("/api/v1/me").at("/registrations").as_array().size(), 1u);
}

/// The event of a line of the operator's log; fails the test if it is not one whole object with a time.
std::string event_of(std::string const& line) {
  auto const object = codec::parse_json(line);
  if (!object) return ADD_FAILURE() << line, std::string{};
  EXPECT_TRUE(base::parse_time(std::string{object->at("at").as_string()})) << line;
  return std::string{object->at("event").as_string()};
}

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Stop, DoesNotWaitForConnectionsThatAreIdle) {
  RunningRegister running;
  auto person = running.person();
  person.get("/api/v1/me");
  auto const begun = std::chrono::steady_clock::now();
  EXPECT_EQ(running.stop(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  for (std::string const& line : lines_of(running.errors()))
    EXPECT_THAT(event_of(line), AnyOf("started", "stopping", "stopped")) << line;
}

// By the word of systemd, where it is installed: 10 is "exposed to everything", below 2 "tight".
TEST(Service, ItsUnitLeavesLittleOpen) {
  std::string const judge = "/usr/bin/systemd-analyze";
  if (!fs::exists(judge)) GTEST_SKIP() << "systemd is not installed here";
  Outcome const judged = run_command(
      {judge, "security", "--no-pager", "--offline=true", "--threshold=20", ABODE_SOURCE_DIR "/deploy/abode.service"});
  EXPECT_EQ(judged.status, 0) << judged.output << judged.errors;
  EXPECT_THAT(judged.output, HasSubstr("Overall exposure level for abode.service"));
}

TEST(Stop, PublishesWhatWasWritten) {
  RunningRegister running;
  replace_text(running.directory() / "abode.toml", "log_interval_ms = 50", "log_interval_ms = 60000");
  running.stop();
  running.start();
  auto person = running.person();
  person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  Answer const early = person.get("/api/v1/history/1/proof");
  EXPECT_TRUE(is_problem(early, 409, "not-yet-provable"));
  EXPECT_EQ(running.stop(), 0);
  running.start();
  EXPECT_EQ(running.with_token(person.token()).get("/api/v1/history/1/proof").status, 200u);
}

}  // namespace
}  // namespace abode::functional
