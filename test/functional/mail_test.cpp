// Mails that say that something changed, through a real mail server (aiosmtpd): what is in them, over what they go, and
// what becomes of them when the register or the server dies.
#include <gmock/gmock.h>

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include "base/time.hpp"
#include "codec/text.hpp"
#include "functional/database.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace std::chrono_literals;
using namespace test;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

struct Kept {
  std::string envelope;  ///< sender, recipients, tls=, helo=
  std::string headers;
  std::string body;

  std::string field(std::string_view name) const {
    std::size_t const at = headers.find("\n" + std::string{name} + ": ") + 1;
    std::size_t const from = at + name.size() + 2;
    return headers.substr(from, headers.find("\r\n", from) - from);
  }
};

Kept read_mail(fs::path const& file) {
  std::string const text = read_text(file);
  std::size_t const line = text.find('\n');
  std::size_t const end = text.find("\r\n\r\n");
  std::string encoded = text.substr(end);
  std::erase_if(encoded, [](char c) { return c == '\r' || c == '\n'; });
  auto const body = codec::from_base64(encoded);
  return {text.substr(0, line), text.substr(line, end + 2 - line), std::string{base::as_text(body.value())}};
}

/// A mail server in a process of its own; after a kill on the same port.
class MailServer {
 public:
  explicit MailServer(std::vector<std::string> more = {}) : more_(std::move(more)) { start(); }

  void start() {
    std::vector<std::string> command{"/usr/bin/python3", ABODE_SOURCE_DIR "/test/support/mail_server.py",
                                     home_.path().string(), std::to_string(port_)};
    command.insert(command.end(), more_.begin(), more_.end());
    process_.emplace(system::ChildProcess::start(command).value());
    auto const line = process_->read_line(patience);
    if (!line) throw std::runtime_error("the mail server does not start: " + process_->errors());
    port_ = static_cast<unsigned short>(std::stoul(line->substr(line->find(' ') + 1)));
  }
  void kill() { process_->kill_at_once(); }
  /// Lets it answer to mails for "slow...".
  void go() const { write_text(home_.path() / "go", ""); }
  std::string port() const { return std::to_string(port_); }

  /// All mails so far, oldest first, once there are `count`.
  std::vector<Kept> await(std::size_t count) const {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (!fs::exists(file(count - 1)) && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(20ms);
    std::vector<Kept> mails;
    for (std::size_t i = 0; fs::exists(file(i)); ++i) mails.push_back(read_mail(file(i)));
    EXPECT_GE(mails.size(), count) << "mails that should have come did not";
    return mails;
  }
  std::size_t count() const {
    std::size_t kept = 0;
    while (fs::exists(file(kept))) ++kept;
    return kept;
  }

 private:
  fs::path file(std::size_t number) const { return home_.path() / (std::to_string(number) + ".eml"); }

  TemporaryDirectory home_;
  std::vector<std::string> more_;
  unsigned short port_ = 0;
  std::optional<system::ChildProcess> process_;
};

std::string code_in(Kept const& mail) {
  std::size_t const end = mail.body.find("-") + 5;  // the first hyphen of the English text is the code's
  return mail.body.substr(end - 9, 9);
}

/// The value of a series in the operator's numbers.
double number_of(RunningRegister& running, std::string const& series) {
  std::string const numbers = running.numbers();
  std::size_t const at = numbers.find("\n" + series + " ");
  return at == std::string::npos ? -1 : std::stod(numbers.substr(at + series.size() + 2));
}

void await_number(RunningRegister& running, std::string const& series, double wanted) {
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (number_of(running, series) != wanted && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(20ms);
  EXPECT_EQ(number_of(running, series), wanted) << series;
}

class Mails : public testing::Test {
 protected:
  static std::string settings_of(MailServer const& server, std::string const& more = "starttls = \"none\"\n") {
    return "[mail]\nserver = \"localhost\"\nport = " + server.port() + "\nfrom = \"register@abode.example\"\n" + more +
           "wait_s = 0\n";
  }
  void configure(std::string const& mail) {
    running.stop();
    write_text(running.directory() / "abode.toml", read_text(running.directory() / "abode.toml") + mail);
    running.start();
  }
  static Answer name(ApiClient& person, std::string const& address, std::string const& language = "en") {
    Answer const answer =
        person.post("/api/v1/contact", {{"address", address}, {"language", language}, {"reminders", true}});
    EXPECT_EQ(answer.status, 200u) << answer.body;
    return answer;
  }
  /// The mail with the code, which may come after the one that tells an old address.
  static Kept await_code(MailServer const& server, std::size_t before, std::string const& address) {
    auto const is_it = [&](Kept const& mail) { return mail.envelope.find(address) != std::string::npos; };
    for (std::size_t count = before + 1;; ++count) {
      auto const mails = server.await(count);
      auto const found = std::find_if(mails.begin() + static_cast<std::ptrdiff_t>(before), mails.end(), is_it);
      if (found != mails.end()) return *found;
      if (mails.size() < count) throw std::runtime_error("no code comes to " + address);
    }
  }
  /// Names an address of the specimen and confirms it; two mails come of it: the code, and that something changed.
  static void confirm(MailServer const& server, ApiClient& person, std::string const& address) {
    std::size_t const before = server.count();
    name(person, address);
    Answer const done =
        person.post("/api/v1/contact/confirm", {{"code", code_in(await_code(server, before, address))}});
    ASSERT_EQ(done.status, 200u) << done.body;
    server.await(before + 2);
  }
  /// An official opens the record: a notice.
  void be_opened(ApiClient& person) const {
    Answer const code = person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}});
    json::object const opening{{"code", code.text("/opening_code/code")},
                               {"purpose", "counter-help"},
                               {"reference", "A 1"},
                               {"fields", {"family_name"}}};
    Answer const opened = running.official().post("/api/v1/staff/openings", opening);
    EXPECT_EQ(opened.status, 200u) << opened.body;
  }

  RunningRegister running;
};

/// A certificate for localhost, by openssl.
struct Certificate {
  TemporaryDirectory home;
  std::string chain = (home.path() / "chain.pem").string();
  std::string key = (home.path() / "key.pem").string();
  Certificate() {
    Outcome const made = run_command({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                                      "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", chain, "-days", "2",
                                      "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"});
    EXPECT_EQ(made.status, 0) << made.errors;
  }
};

TEST_F(Mails, GoOverTlsWithALoginAndSayThatSomethingChangedAndNothingElse) {
  Certificate const certificate;
  MailServer const server{{"--tls", certificate.chain, certificate.key, "--login", "abode", "s3cret"}};
  write_text(running.directory() / "keys" / "mail.password", "s3cret\n");
  ASSERT_EQ(::chmod((running.directory() / "keys" / "mail.password").c_str(), 0600), 0);
  configure(settings_of(
      server, "user = \"abode\"\npassword = \"keys/mail.password\"\nauthorities = \"" + certificate.chain + "\"\n"));
  ApiClient anna = running.person();
  ApiClient peter = running.person("peter-stevenson");
  confirm(server, anna, "anna@example.org");
  confirm(server, peter, "peter@example.net");
  std::size_t const before = server.count();
  be_opened(anna);
  be_opened(peter);
  auto const mails = server.await(before + 2);
  Kept const& one = mails[before];
  Kept const& other = mails[before + 1];
  EXPECT_EQ(one.envelope, "register@abode.example anna@example.org tls=True helo=abode.example");
  EXPECT_EQ(one.body, other.body) << "the same words for everybody";
  EXPECT_EQ(one.field("Subject"), other.field("Subject"));
  EXPECT_EQ(one.field("Auto-Submitted"), "auto-generated");
  EXPECT_NE(one.field("Message-ID"), other.field("Message-ID"));
  EXPECT_THAT(one.body, HasSubstr("http://localhost:8080"));
  for (char const* const of_the_record : {"Anna", "Eriksson", "school", "opening", "A 1", "counter", "family"})
    EXPECT_THAT(one.body + one.headers, Not(HasSubstr(of_the_record)));
  for (Kept const& mail : mails) EXPECT_THAT(mail.envelope, HasSubstr("tls=True"));
  EXPECT_THAT(running.errors(), Not(HasSubstr("example.org"))) << "the operator's log holds no address";
}

// Attack: somebody between the register and the mail server.
TEST_F(Mails, AreNotSentToAServerThatIsNotTheRightOne) {
  Certificate const real;
  Certificate const forged;
  MailServer const server{{"--tls", forged.chain, forged.key}};
  MailServer const plain;
  configure(settings_of(server, "authorities = \"" + real.chain + "\"\n"));
  ApiClient anna = running.person();
  name(anna, "anna@example.org");
  await_number(running, "abode_mails_total{outcome=\"failed-attempt\"}", 1);
  EXPECT_EQ(server.count(), 0u);
  EXPECT_THAT(running.errors(), HasSubstr("mail-waits"));
  EXPECT_THAT(running.errors(), Not(HasSubstr("anna@")));
  replace_text(running.directory() / "abode.toml", "port = " + server.port(), "port = " + plain.port());
  running.stop();
  running.start();
  ApiClient again = running.with_token(anna.token());
  name(again, "anna@example.net");
  await_number(running, "abode_mails_total{outcome=\"failed-attempt\"}", 1);
  EXPECT_EQ(plain.count(), 0u) << "a server that offers no TLS gets nothing";
}

TEST_F(Mails, WaitForAServerThatIsDown) {
  MailServer server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  confirm(server, anna, "anna@example.org");
  await_number(running, "abode_waiting_mails", 0);
  server.kill();
  be_opened(anna);
  await_number(running, "abode_mails_total{outcome=\"failed-attempt\"}", 1);
  EXPECT_GE(number_of(running, "abode_waiting_mails"), 1);
  std::size_t const before = server.count();
  server.start();
  server.await(before + 1);
  await_number(running, "abode_waiting_mails", 0);
  EXPECT_THAT(running.errors(), HasSubstr("mail-goes-on"));
}

TEST_F(Mails, SurviveAKillBetweenCommitAndSending) {
  MailServer server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  confirm(server, anna, "anna@example.org");
  await_number(running, "abode_waiting_mails", 0);
  std::size_t const before = server.count();
  running.stop();
  replace_text(running.directory() / "abode.toml", "wait_s = 0", "wait_s = 3");
  running.start();
  ApiClient again = running.with_token(anna.token());
  be_opened(again);
  running.kill();
  EXPECT_EQ(server.count(), before) << "it was acknowledged, and not yet sent";
  running.start();
  server.await(before + 1);
  await_number(running, "abode_waiting_mails", 0);
  EXPECT_EQ(server.count(), before + 1);
}

TEST_F(Mails, AreRepeatedUnderTheSameNameAfterAKillBetweenSendingAndNoting) {
  MailServer server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  name(anna, "slow@example.org");
  server.await(1);  // it has the mail, and the register has no answer
  running.kill();
  server.go();
  running.start();
  auto const mails = server.await(2);
  EXPECT_EQ(mails[0].field("Message-ID"), mails[1].field("Message-ID"));
  auto const until_hours = [](Kept const& mail) { return mail.body.substr(0, mail.body.find("It is good for")); };
  EXPECT_EQ(until_hours(mails[0]), until_hours(mails[1])) << "24 hours may have become 23";
  await_number(running, "abode_waiting_mails", 0);
  EXPECT_EQ(server.count(), 2u);
}

TEST_F(Mails, OfOnePersonAreTakenTogether) {
  MailServer const server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  confirm(server, anna, "anna@example.org");
  await_number(running, "abode_waiting_mails", 0);
  std::size_t const before = server.count();
  running.stop();
  replace_text(running.directory() / "abode.toml", "wait_s = 0", "wait_s = 3");
  running.start();
  ApiClient again = running.with_token(anna.token());
  for (int i = 0; i < 3; ++i) be_opened(again);
  server.await(before + 1);
  await_number(running, "abode_waiting_mails", 0);
  EXPECT_EQ(server.count(), before + 1);
}

// G2: a mail that comes back, or is refused, has no consequence and leaves no trace but a number.
TEST_F(Mails, ThatAreRefusedForGoodLeaveANumberOnly) {
  MailServer const server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  name(anna, "refuse@example.org");
  await_number(running, "abode_mails_total{outcome=\"given-up\"}", 1);
  name(anna, "spam@example.org");
  await_number(running, "abode_mails_total{outcome=\"given-up\"}", 2);
  name(anna, "later@example.org");
  await_number(running, "abode_mails_total{outcome=\"failed-attempt\"}", 1);
  EXPECT_EQ(number_of(running, "abode_waiting_mails"), 1) << "the one that is tried again";
  EXPECT_THAT(running.errors(), HasSubstr(R"("event":"mail-given-up","mails":1})"));
  EXPECT_THAT(running.errors(), Not(HasSubstr("@example.org")));
  Answer const contact = anna.get("/api/v1/contact");
  EXPECT_EQ(contact.text("/unconfirmed/address"), "later@example.org");
  std::string const copy = anna.get("/api/v1/me/export").body;
  for (char const* const trace : {"refused", "bounce", "given-up"}) EXPECT_THAT(copy, Not(HasSubstr(trace)));
}

// Attack: header injection.
TEST_F(Mails, TakeNoAddressThatIsMoreThanOne) {
  MailServer const server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  for (char const* const typed :
       {"anna@example.org\r\nBcc: victim@example.net", "anna@example.org\nSubject: x", "anna@example.org\r",
        "anna@example.org,victim@example.net", "anna@example.org victim@example.net", "<anna@example.org>",
        "anna@example.org>\r\nRCPT TO:<victim@example.net", "anna\r\n@example.org", "anna\xc2\x85@example.org"}) {
    Answer const answer = anna.post("/api/v1/contact", {{"address", typed}, {"language", "en"}, {"reminders", true}});
    EXPECT_TRUE(is_problem(answer, 422, "invalid", "address")) << typed;
  }
  EXPECT_EQ(anna.get("/api/v1/contact").at("/unconfirmed"), nullptr);
  await_number(running, "abode_waiting_mails", 0);
  EXPECT_EQ(server.count(), 0u);
}

// Attack: abusive old contact. G9: an official sees the same whatever a person has for a contact.
TEST_F(Mails, ToAnOldAddressAreTheSameForEveryChange) {
  MailServer const server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  confirm(server, anna, "old@example.org");
  await_number(running, "abode_waiting_mails", 0);
  be_opened(anna);
  await_number(running, "abode_waiting_mails", 0);
  confirm(server, anna, "new@example.org");
  await_number(running, "abode_waiting_mails", 0);
  std::set<std::string> words;
  std::size_t to_old = 0;
  for (Kept const& mail : server.await(1)) {
    if (mail.envelope.find("old@") == std::string::npos || mail.body.find("type this code") != std::string::npos)
      continue;
    ++to_old;
    words.insert(mail.field("Subject") + mail.body);
  }
  EXPECT_GE(to_old, 3u) << "its own confirmation, the opening, and the change";
  EXPECT_EQ(words.size(), 1u);
  std::size_t const before = server.count();
  be_opened(anna);
  await_number(running, "abode_waiting_mails", 0);
  ASSERT_EQ(server.count(), before + 1);
  EXPECT_THAT(server.await(before + 1).back().envelope, HasSubstr("new@example.org"));
}

/// What waits to remind people, by moment.
std::vector<std::vector<std::string>> reminders_in(RunningRegister const& running) {
  return run_sql(running.directory() / "abode.db",
                 "SELECT contact, next_try_at - queued_at FROM outbox WHERE kind = 4 ORDER BY contact");
}

/// Has the first moment be that long ago.
void let_come(RunningRegister& running, std::chrono::seconds ago) {
  running.stop();
  std::string const then = "unixepoch() - " + std::to_string(ago.count());
  run_sql(running.directory() / "abode.db", "UPDATE outbox SET contact = " + then + ", queued_at = " + then +
                                                ", next_try_at = " + then +
                                                " WHERE kind = 4 AND contact = (SELECT min(contact) FROM outbox WHERE "
                                                "kind = 4)");
  running.start();
}

// G2 and G9: a reminder says neither which date nor where, and the registration stays as it is.
TEST_F(Mails, RemindOfADateThatItsHolderSetAndSayNoMore) {
  MailServer const server;
  configure(settings_of(server));
  ApiClient anna = running.person();
  confirm(server, anna, "anna@example.org");
  base::Date const until =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days{40};
  Answer const filed =
      anna.post("/api/v1/registrations",
                {{"kind", "temporary"}, {"address", sample_address(1)}, {"until", base::format_date(until)}});
  ASSERT_EQ(filed.status, 201u) << filed.body;
  await_number(running, "abode_waiting_mails", 0);
  ASSERT_EQ(reminders_in(running).size(), 4u);
  EXPECT_EQ(number_of(running, "abode_waiting_mails"), 0) << "what is to come waits for nothing";
  std::string const registrations = anna.get("/api/v1/registrations").body;
  std::size_t const before = server.count();
  let_come(running, 10s);
  auto const mails = server.await(before + 1);
  EXPECT_THAT(mails.back().envelope, HasSubstr("anna@example.org"));
  EXPECT_THAT(mails.back().body, HasSubstr("A date that you set yourself"));
  EXPECT_THAT(mails.back().body, HasSubstr("nothing happens by itself"));
  for (std::string const& of_the_record : {base::format_date(until), std::string{"202"}, std::string{"Anna"},
                                           std::string{"Berlin"}, std::string{"http://localhost:8080/"}})
    EXPECT_THAT(mails.back().body + mails.back().field("Subject"), Not(HasSubstr(of_the_record)));
  await_number(running, "abode_waiting_mails", 0);
  EXPECT_EQ(reminders_in(running).size(), 3u);

  let_come(running, 24h);  // the server was down for its day
  await_number(running, "abode_mails_total{outcome=\"given-up\"}", 1);
  EXPECT_EQ(server.count(), before + 1);
  EXPECT_EQ(reminders_in(running).size(), 2u);
  ApiClient again = running.with_token(anna.token());
  EXPECT_EQ(again.get("/api/v1/registrations").body, registrations);
  std::string const id = filed.text("/registration/id");
  EXPECT_EQ(again.post("/api/v1/registrations/" + id + "/end", json::object{}).status, 200u);
  EXPECT_EQ(reminders_in(running).size(), 0u);
}

TEST_F(Mails, NeedSettingsThatKeepThemPrivate) {
  running.stop();
  std::string const settings = read_text(running.directory() / "abode.toml");
  auto const refusal = [&](std::string const& mail) {
    write_text(running.directory() / "abode.toml", settings + mail);
    Outcome const outcome = run_abode({"serve", running.directory().string(), "--listen", "localhost:0"});
    EXPECT_EQ(outcome.status, 1) << mail;
    return outcome.errors;
  };
  std::string const good = "[mail]\nserver = \"smtp.example.org\"\nport = 587\nfrom = \"register@abode.example\"\n";
  EXPECT_THAT(refusal(good + "starttls = \"none\"\n"), HasSubstr("only for a server on this machine"));
  EXPECT_THAT(refusal(good + "starttls = \"maybe\"\n"), HasSubstr("mail.starttls"));
  EXPECT_THAT(refusal(good + "startls = \"none\"\n"), HasSubstr("mail.startls is not a setting"));
  EXPECT_THAT(refusal(good + "user = \"abode\"\n"), HasSubstr("go together"));
  EXPECT_THAT(refusal(good + "user = \"abode\"\npassword = \"keys/none\"\n"), HasSubstr("keys/none"));
  EXPECT_THAT(refusal("[mail]\nserver = \"x y\"\nport = 1\nfrom = \"a@b.c\"\n"), HasSubstr("mail.server"));
  EXPECT_THAT(refusal("[mail]\nserver = \"x\"\nport = 0\nfrom = \"a@b.c\"\n"), HasSubstr("mail.port"));
  EXPECT_THAT(refusal("[mail]\nserver = \"x\"\nport = 25\nfrom = \"a@b.c\\r\\nBcc: d@e.f\"\n"), HasSubstr("mail.from"));
  EXPECT_THAT(refusal("mail = 3\n"), HasSubstr("mail"));
  write_text(running.directory() / "keys" / "mail.password", "s3cret\n");
  ASSERT_EQ(::chmod((running.directory() / "keys" / "mail.password").c_str(), 0644), 0);
  EXPECT_THAT(refusal(good + "user = \"abode\"\npassword = \"keys/mail.password\"\n"), HasSubstr("mail.password"));
  Outcome const checked = run_abode({"doctor", running.directory().string()});
  EXPECT_EQ(checked.status, 1) << "doctor says so as well";
  EXPECT_THAT(checked.output, HasSubstr("BAD  mail"));
}

TEST_F(Mails, AreNotQueuedWithoutAServer) {
  ApiClient anna = running.person();
  EXPECT_EQ(anna.get("/api/v1/contact").at("/sends_mail"), false);
  json::object body{{"address", "a@example.org"}, {"language", "en"}};
  EXPECT_TRUE(is_problem(anna.post("/api/v1/contact", body), 422, "invalid", "reminders")) << "a choice, no default";
  body["reminders"] = "yes";
  EXPECT_TRUE(is_problem(anna.post("/api/v1/contact", body), 422, "invalid", "reminders"));
  body["reminders"] = true;
  Answer const refused = anna.post("/api/v1/contact", body);
  EXPECT_TRUE(is_problem(refused, 409, "conflict"));
  be_opened(anna);
  EXPECT_EQ(anna.get("/api/v1/me/export").at("/mails").as_array().size(), 0u);
  EXPECT_EQ(number_of(running, "abode_waiting_mails"), -1);
  running.stop();
  EXPECT_THAT(run_abode({"doctor", running.directory().string()}).output, HasSubstr("no mail is queued or sent"));
}

}  // namespace
}  // namespace abode::functional
