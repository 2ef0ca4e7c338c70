// From a list of people to people who sign in: enrol, cards, invite, generate, as operators run them and people meet
// what they made.
#include <gmock/gmock.h>

#include <map>
#include <sstream>

#include "functional/database.hpp"
#include "functional/passkeys.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

json::value parsed(std::string_view text) {
  return codec::parse_json(text).value();
}

/// Runs another program, found by its name, to its end.
Outcome run_program(std::vector<std::string> command) {
  command.insert(command.begin(), "/usr/bin/env");
  auto process = system::ChildProcess::start(command).value();
  std::string output;
  while (auto const line = process.read_line(patience)) output += *line + "\n";
  int const status = process.wait();
  return {status, std::move(output), process.errors()};
}

constexpr fs::perms private_file = fs::perms::owner_read | fs::perms::owner_write;

/// A stopped register of test mode, a print shop with its key, and a place for files.
class Enrolment : public ::testing::Test {
 protected:
  Enrolment() { register_.stop(); }

  std::string directory() const { return register_.directory().string(); }
  std::string file(std::string const& name) const { return (files_.path() / name).string(); }
  std::string list(std::string const& text) const {
    write_text(file("people.csv"), text);
    return file("people.csv");
  }
  /// Makes a key and a certificate of the kind that `openssl req -newkey` knows.
  std::string print_key(std::vector<std::string> const& kind) const {
    std::vector<std::string> command{"openssl",        "req",     "-x509",         "-nodes", "-subj",
                                     "/CN=Print shop", "-keyout", file("key.pem"), "-out",   file("print.pem")};
    command.insert(command.end(), kind.begin(), kind.end());
    Outcome const made = run_program(command);
    EXPECT_EQ(made.status, 0) << made.errors;
    return file("print.pem");
  }
  std::string decrypted(std::string const& sealed) const {
    Outcome const opened =
        run_program({"openssl", "cms", "-decrypt", "-inform", "PEM", "-in", sealed, "-inkey", file("key.pem")});
    EXPECT_EQ(opened.status, 0) << opened.errors;
    std::string text = opened.output;
    std::erase(text, '\r');
    return text;
  }
  /// The codes by the cards of a decrypted file.
  static std::map<std::string, std::string> codes_in(std::string const& text) {
    std::map<std::string, std::string> codes;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
      std::size_t const comma = line.find(',');
      codes[line.substr(0, comma)] = line.substr(comma + 1, line.find(',', comma + 1) - comma - 1);
    }
    codes.erase("card");
    return codes;
  }
  Outcome make_cards(std::string const& out, std::vector<std::string> const& more = {}) const {
    std::vector<std::string> command{"cards", directory(), "--out", out, "--print-key", file("print.pem")};
    command.insert(command.end(), more.begin(), more.end());
    return run_abode(command);
  }
  Answer sign_in(std::string const& card, std::string const& code, std::string const& key = {}) {
    return register_.anyone().post("/api/v1/sessions", json::object{{"card", card}, {"code", code}}, key);
  }

  RunningRegister register_;
  TemporaryDirectory files_;
};

char const* const two_people =
    "card,document_kind,document_number,mrz,family_name,given_names,birth_date,contact\r\n"
    "C-1001,passport,X 100-1,,Specimen,Alpha,1990-01-02,alpha@example.org\r\n"
    "C-1002,,,\"I<UTOD231458907<<<<<<<<<<<<<<<\r\n7408122F1204159UTO<<<<<<<<<<<6\r\nERIKSSON<<ANNA<MARIA<<<<<<<<<<\","
    "Эрикссон,Анна,,\r\n";

TEST_F(Enrolment, APersonOfTheListSignsInWithTheCodeFromTheLetter) {
  Outcome const enrolled = run_abode({"enrol", directory(), list(two_people)});
  EXPECT_EQ(enrolled.status, 0) << enrolled.errors;
  EXPECT_THAT(enrolled.output, HasSubstr("2 people accepted."));
  EXPECT_EQ(enrolled.errors, "") << "no progress bar but on a terminal";
  print_key({"-newkey", "rsa:2048"});
  Outcome const made = make_cards(file("codes.cms"));
  ASSERT_EQ(made.status, 0) << made.errors;
  EXPECT_EQ(fs::status(file("codes.cms")).permissions(), private_file);
  std::string const letters = decrypted(file("codes.cms"));
  EXPECT_THAT(letters, AllOf(HasSubstr("card,activation_code,family_name,given_names\n"),
                             HasSubstr(",Specimen,Alpha\n"), HasSubstr(",Эрикссон,Анна\n")));
  auto const codes = codes_in(letters);
  ASSERT_EQ(codes.size(), 2u);
  EXPECT_THAT(made.output + made.errors + read_text(file("codes.cms")),
              AllOf(Not(HasSubstr(codes.at("C1001"))), Not(HasSubstr("Specimen"))));

  register_.start();
  Answer const session = sign_in("c-1001", codes.at("C1001"));
  ASSERT_EQ(session.status, 201) << session.body;
  EXPECT_THAT(session.header("Set-Cookie"), HasSubstr("abode_session="));
  ApiClient alpha = register_.with_token(session.text("/token"));
  Answer const me = alpha.get("/api/v1/me");
  EXPECT_EQ(me.text("/person/family_name"), "Specimen");
  EXPECT_EQ(me.text("/person/document/number"), "X1001");
  EXPECT_EQ(me.text("/card"), "C1001");
  EXPECT_EQ(me.text("/contact"), "alpha@example.org");
  EXPECT_EQ(alpha
                .post("/api/v1/registrations", parsed(R"({"kind": "main", "address":
            {"country": "DE", "lines": ["Chausseestr. 1"]}})"))
                .status,
            201);
  std::string const history = alpha.get("/api/v1/history").body;
  EXPECT_THAT(history, AllOf(HasSubstr("\"enrol\""), HasSubstr("\"activation-code\""), HasSubstr("\"sign-in\"")));
}

TEST_F(Enrolment, ACodeIsGoodOnceAndItsRequestMayComeAgain) {
  run_abode({"enrol", directory(), list(two_people)});
  print_key({"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"});
  ASSERT_EQ(make_cards(file("codes.cms")).status, 0);
  std::string const code = codes_in(decrypted(file("codes.cms"))).at("C1001");
  register_.start();
  EXPECT_EQ(sign_in("C1001", code, "first").status, 201);
  EXPECT_EQ(sign_in("C1001", code, "first").status, 201) << "its answer was lost";
  EXPECT_TRUE(is_problem(sign_in("C1001", code, "second"), 401, "unauthenticated"));
  EXPECT_TRUE(is_problem(sign_in("C1001", code), 401, "unauthenticated"));
}

// G11
TEST_F(Enrolment, EveryRefusalOfACardLooksTheSame) {
  run_abode({"enrol", directory(), list(two_people)});
  print_key({"-newkey", "rsa:2048"});
  ASSERT_EQ(make_cards(file("codes.cms")).status, 0);
  std::string const code = codes_in(decrypted(file("codes.cms"))).at("C1001");
  register_.start();
  EXPECT_EQ(sign_in("C1001", code).status, 201);
  Answer const used = sign_in("C1001", code);
  for (Answer const& other : {sign_in("C1002", "0000-0000-0000"), sign_in("C9999", code)}) {
    EXPECT_EQ(other.status, used.status);
    EXPECT_EQ(other.body, used.body);
    ASSERT_EQ(other.headers.size(), used.headers.size());
    for (std::size_t i = 0; i < used.headers.size(); ++i) {
      EXPECT_EQ(other.headers[i].first, used.headers[i].first);
      if (used.headers[i].first == "Date") continue;
      EXPECT_EQ(other.headers[i].second, used.headers[i].second);
    }
  }
  EXPECT_TRUE(is_problem(used, 401, "unauthenticated"));
}

TEST_F(Enrolment, WrongCodesAreCountedOverARestartAndKeepNobodyOut) {
  run_abode({"enrol", directory(), list(two_people)});
  print_key({"-newkey", "rsa:2048"});
  ASSERT_EQ(make_cards(file("codes.cms")).status, 0);
  std::string const code = codes_in(decrypted(file("codes.cms"))).at("C1001");
  register_.start();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in("C1001", "000000000000").status, 401);
  register_.kill();
  EXPECT_EQ(run_sql(register_.directory() / "abode.db", "SELECT max(misses) FROM card").at(0).at(0), "10");
  register_.start();
  EXPECT_EQ(sign_in("C1001", code).status, 201);
}

TEST_F(Enrolment, BadLinesAreReportedAndGoodOnesLand) {
  std::string text = two_people;
  text += "C-1003,licence,SECRET1,,Sample,Bravo,,\r\n";
  text += "C-1004,passport,\"SECRET2,,Sample,Charlie,,\r\n";
  text += "C-1005,passport,X1005,,Sample,Delta,,delta@example.org\r\n";
  Outcome const outcome = run_abode({"enrol", directory(), list(text)});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("3 people accepted."), HasSubstr("2 lines were not taken.")));
  std::string const report = read_text(file("people.csv.report"));
  EXPECT_THAT(report, AllOf(HasSubstr("accepted: 3\nnot taken: 2\n"), HasSubstr("line 6: document_kind: "),
                            HasSubstr("line 7: "), Not(HasSubstr("SECRET")), Not(HasSubstr("Sample"))));
  EXPECT_EQ(fs::status(file("people.csv.report")).permissions(), private_file);
}

TEST_F(Enrolment, ARerunChangesNothingAndTellsNobodyApart) {
  ASSERT_EQ(run_abode({"enrol", directory(), list(two_people)}).status, 0);
  std::string const first = read_text(file("people.csv.report"));
  auto const rows = [&] {
    return run_sql(
        register_.directory() / "abode.db",
        "SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM card), (SELECT count(*) FROM document), "
        "(SELECT count(*) FROM entry), (SELECT sum(version) FROM record)");
  };
  auto const before = rows();
  std::string changed = two_people;
  changed.replace(changed.find("alpha@"), 6, "other@");
  Outcome const again = run_abode({"enrol", directory(), list(changed)});
  EXPECT_EQ(again.status, 0) << again.errors;
  EXPECT_EQ(read_text(file("people.csv.report")), first);
  EXPECT_EQ(rows(), before);
}

TEST_F(Enrolment, CodesAreMadeOnceUntilOneIsAskedForAgain) {
  run_abode({"enrol", directory(), list(two_people)});
  print_key({"-newkey", "rsa:2048"});
  ASSERT_EQ(make_cards(file("codes.cms"), {"--limit", "1"}).status, 0);
  ASSERT_EQ(make_cards(file("more.cms")).status, 0);
  auto const first = codes_in(decrypted(file("codes.cms")));
  auto const second = codes_in(decrypted(file("more.cms")));
  ASSERT_EQ(first.size(), 1u);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_NE(first.begin()->first, second.begin()->first);
  Outcome const none = make_cards(file("none.cms"));
  EXPECT_EQ(none.status, 0);
  EXPECT_FALSE(fs::exists(file("none.cms")));
  EXPECT_EQ(make_cards(file("codes.cms")).status, 1) << "nothing is written over";

  ASSERT_EQ(make_cards(file("new.cms"), {"--card", "c 1001"}).status, 0);
  auto const fresh = codes_in(decrypted(file("new.cms")));
  ASSERT_EQ(fresh.size(), 1u);
  std::string const old_code = first.contains("C1001") ? first.at("C1001") : second.at("C1001");
  register_.start();
  EXPECT_EQ(sign_in("C1001", old_code).status, 401);
  EXPECT_EQ(sign_in("C1001", fresh.at("C1001")).status, 201);
}

TEST_F(Enrolment, AStolenSheetIsMadeVoidByTheOffice) {
  run_abode({"enrol", directory(), list(two_people)});
  print_key({"-newkey", "rsa:2048"});
  ASSERT_EQ(make_cards(file("codes.cms")).status, 0);
  std::string const code = codes_in(decrypted(file("codes.cms"))).at("C1001");
  register_.start();
  std::string const token = sign_in("C1001", code).text("/token");
  Answer const sheet = register_.with_token(token).post("/api/v1/printed-codes", json::object{});
  ASSERT_EQ(sheet.status, 201) << sheet.body;
  EXPECT_EQ(sign_in("C1001", sheet.text("/sheet/codes/0")).status, 201);
  register_.kill();
  Outcome const alone = run_abode({"cards", directory(), "--out", file("x.cms"), "--void-sheet"});
  EXPECT_EQ(alone.status, 2) << "whose sheet?";
  ASSERT_EQ(make_cards(file("new.cms"), {"--card", "C1001", "--void-sheet"}).status, 0);
  register_.start();
  EXPECT_EQ(register_.with_token(token).get("/api/v1/me").status, 401);
  EXPECT_EQ(sign_in("C1001", sheet.text("/sheet/codes/1")).status, 401);
  EXPECT_EQ(sign_in("C1001", codes_in(decrypted(file("new.cms"))).at("C1001")).status, 401) << "good after a day";
}

TEST_F(Enrolment, CardsWantsAKeyThatCanReceive) {
  run_abode({"enrol", directory(), list(two_people)});
  Outcome const none = run_abode({"cards", directory(), "--out", file("codes.cms")});
  EXPECT_EQ(none.status, 1);
  EXPECT_THAT(none.errors, HasSubstr("--print-key"));
  write_text(file("print.pem"), "not a certificate\n");
  EXPECT_EQ(make_cards(file("codes.cms")).status, 1);
  print_key({"-newkey", "ed25519"});
  EXPECT_THAT(make_cards(file("codes.cms")).errors, HasSubstr("can sign but not receive"));
  print_key({"-newkey", "rsa:1024"});
  EXPECT_THAT(make_cards(file("codes.cms")).errors, HasSubstr("too weak"));
  EXPECT_FALSE(fs::exists(file("codes.cms")));

  print_key({"-newkey", "rsa:2048"});
  fs::copy_file(file("print.pem"), register_.directory() / "print.pem");
  replace_text(register_.directory() / "abode.toml", "# print_key", "print_key");
  EXPECT_EQ(run_abode({"cards", directory(), "--out", file("codes.cms")}).status, 0) << "the key of abode.toml";
}

TEST_F(Enrolment, CommandsSayThatTheRegisterIsBeingServed) {
  register_.start();
  print_key({"-newkey", "rsa:2048"});
  Outcome const outcomes[] = {run_abode({"enrol", directory(), list(two_people)}), make_cards(file("codes.cms")),
                              run_abode({"invite", directory(), "--official", "clerk-7", "--name", "Kim Clerk",
                                         "--office", "civic-office", "--out", file("invitation")})};
  for (Outcome const& outcome : outcomes) {
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.errors, HasSubstr("being served"));
  }
}

TEST_F(Enrolment, AnInvitedOfficialAddsAPasskeyAndOpensNothingBeforeTheyUseIt) {
  Outcome const invited = run_abode({"invite", directory(), "--official", "clerk-7", "--name", "Kim Clerk", "--office",
                                     "civic-office", "--role", "clerk", "--out", file("invitation")});
  ASSERT_EQ(invited.status, 0) << invited.errors;
  EXPECT_THAT(invited.output, HasSubstr("a supervisor approves it"));
  EXPECT_THAT(run_abode({"invite", directory(), "--official", "clerk-8", "--name", "X", "--office", "civic-office",
                         "--role", "police", "--out", file("other")})
                  .errors,
              HasSubstr("There is no role \"police\""));
  EXPECT_EQ(fs::status(file("invitation")).permissions(), private_file);
  std::string const invitation = read_text(file("invitation"));
  EXPECT_THAT(invited.output, Not(HasSubstr(invitation.substr(0, 43))));
  EXPECT_EQ(run_abode({"invite", directory(), "--official", "holder", "--name", "X", "--office", "civic-office",
                       "--out", file("other")})
                .status,
            1);
  EXPECT_EQ(run_abode({"invite", directory(), "--official", "clerk-8", "--name", "X", "--office", "police", "--out",
                       file("other")})
                .status,
            1);
  register_.start();
  auto const accept = [&] {
    return register_.anyone().post("/api/v1/staff/sessions", json::object{{"invitation", invitation}});
  };
  Answer const session = accept();
  ASSERT_EQ(session.status, 201) << session.body;
  ApiClient newcomer = register_.with_token(session.text("/token"));
  auto const open_as = [](ApiClient& client) {
    return client.post("/api/v1/staff/openings", parsed(R"({"code": "0000000000",
      "purpose": "counter-help", "reference": "1", "fields": ["family_name"]})"));
  };
  EXPECT_TRUE(is_problem(open_as(newcomer), 403, "forbidden"));
  EXPECT_TRUE(is_problem(newcomer.get("/api/v1/staff/passkeys"), 403, "forbidden"));
  EXPECT_TRUE(is_problem(accept(), 401, "unauthenticated"));

  Authenticator key;
  ASSERT_EQ(add_staff_passkey(register_, newcomer, key).status, 201u);
  EXPECT_TRUE(is_problem(open_as(newcomer), 401, "unauthenticated")) << "the invitation has served";
  auto const sign_in = [&] {
    return register_.anyone().post("/api/v1/staff/sessions", staff_passkey_answer(register_, key));
  };
  Answer const signed_in = sign_in();
  ASSERT_EQ(signed_in.status, 201u) << signed_in.body;
  ApiClient clerk = register_.with_token(signed_in.text("/token"));
  EXPECT_TRUE(is_problem(open_as(clerk), 403, "forbidden")) << "no supervisor has approved the role yet";
  ApiClient supervisor = register_.official("supervisor-civic");
  EXPECT_EQ(supervisor.post("/api/v1/staff/roles/clerk-7/clerk/approve", json::object{}).status, 204u);
  EXPECT_TRUE(is_problem(open_as(clerk), 404, "opening-refused"));
  EXPECT_TRUE(
      is_problem(register_.anyone().post("/api/v1/sessions", passkey_answer(register_, key)), 401, "unauthenticated"))
      << "an official's passkey is no person's";

  register_.stop();
  ASSERT_EQ(run_abode({"invite", directory(), "--official", "clerk-7", "--name", "Kim Clerk", "--office",
                       "civic-office", "--void-passkeys", "--revoke-roles", "--out", file("after-loss")})
                .status,
            0);
  register_.start();
  Answer const staff = register_.official("auditor-civic").get("/api/v1/staff/roles");
  EXPECT_THAT(staff.body, HasSubstr(R"({"official":"clerk-7","name":"Kim Clerk","office":"civic-office","roles":[]})"));
  EXPECT_TRUE(is_problem(sign_in(), 401, "unauthenticated"));
  EXPECT_EQ(register_.with_token(signed_in.text("/token")).get("/api/v1/staff/passkeys").status, 401u);
}

TEST_F(Enrolment, ALiveRegisterHasNoSpecimensAndTakesRealPeople) {
  std::string const live = file("live");
  Outcome const made = run_abode({"init", live, "--profile", "generic"});
  ASSERT_EQ(made.status, 0) << made.errors;
  EXPECT_THAT(made.output, AllOf(HasSubstr("live mode"), HasSubstr("abode enrol")));
  EXPECT_THAT(run_abode({"init", file("other"), "--profile", "moscow-model"}).errors, HasSubstr("--profile NAME"));
  ASSERT_EQ(run_abode({"enrol", live, list(two_people)}).status, 0);
  print_key({"-newkey", "rsa:2048"});
  ASSERT_EQ(run_abode({"cards", live, "--out", file("codes.cms"), "--print-key", file("print.pem")}).status, 0);
  std::string const code = codes_in(decrypted(file("codes.cms"))).at("C1001");

  auto served = system::ChildProcess::start({executable, "serve", live, "--listen", "localhost:0"}).value();
  std::string const line = served.read_line(patience).value_or("");
  ASSERT_THAT(line, HasSubstr("localhost:"));
  ApiClient anyone{"localhost", static_cast<unsigned short>(std::stoul(line.substr(line.rfind(':') + 1)))};
  Answer const specimen = anyone.post("/api/v1/sessions", json::object{{"test_person", "anna-eriksson"}});
  EXPECT_EQ(specimen.status, 403) << specimen.body;
  Answer const session = anyone.post("/api/v1/sessions", json::object{{"card", "C1001"}, {"code", code}});
  EXPECT_EQ(session.status, 201) << session.body;
  EXPECT_EQ(session.text("/mode"), "live");
  EXPECT_EQ(session.header("Abode-Mode"), "live");
  EXPECT_EQ(served.stop(), 0);
}

TEST_F(Enrolment, MadeUpPeopleAreAllTaken) {
  ASSERT_EQ(run_abode({"generate", "1200", "--out", file("a.csv"), "--seed", "7"}).status, 0);
  ASSERT_EQ(run_abode({"generate", "1200", "--out", file("b.csv"), "--seed", "7"}).status, 0);
  EXPECT_EQ(read_text(file("a.csv")), read_text(file("b.csv")));
  EXPECT_EQ(run_abode({"generate", "1", "--out", file("a.csv")}).status, 1) << "nothing is written over";
  Outcome const enrolled = run_abode({"enrol", directory(), file("a.csv"), "--report", file("report")});
  EXPECT_EQ(enrolled.status, 0) << enrolled.errors << enrolled.output;
  EXPECT_EQ(read_text(file("report")), "accepted: 1200\nnot taken: 0\n");
  EXPECT_EQ(run_abode({"doctor", directory()}).status, 0);
}

}  // namespace
}  // namespace abode::functional
