// Letters that confirm an address, from the wish to the opened record: as people ask, operators print, print shops
// open, and people type. The letter is read by poppler.
#include <gmock/gmock.h>

#include <sstream>

#include "functional/database.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

/// Runs another program, found by its name, to its end.
Outcome run_program(std::vector<std::string> command) {
  command.insert(command.begin(), "/usr/bin/env");
  auto process = system::ChildProcess::start(command).value();
  std::string output;
  while (auto const line = process.read_line(patience)) output += *line + "\n";
  int const status = process.wait();
  return {status, std::move(output), process.errors()};
}

/// A register with Anna registered at an address, and a print shop with its key.
class PrintedLetters : public ::testing::Test {
 protected:
  explicit PrintedLetters(std::string const& profile = "specimen") : register_(profile) {
    Outcome const made = run_program({"openssl", "req", "-x509", "-nodes", "-subj", "/CN=Print shop", "-newkey",
                                      "rsa:2048", "-keyout", file("key.pem"), "-out", file("print.pem")});
    EXPECT_EQ(made.status, 0) << made.errors;
    home = file_address(anna, json::object{{"country", "DE"}, {"lines", {"c/o Ясля Nord", "Invalidenstr. 1"}}});
  }

  std::string file(std::string const& name) const { return (files_.path() / name).string(); }
  static std::string file_address(ApiClient& person, json::object address, char const* kind = "main") {
    Answer const filed =
        person.post("/api/v1/registrations", json::object{{"kind", kind}, {"address", std::move(address)}});
    EXPECT_EQ(filed.status, 201u) << filed.body;
    return filed.text("/registration/id");
  }
  static std::string at(std::string const& id, std::string const& act) {
    return "/api/v1/registrations/" + id + "/" + act;
  }
  Answer ask(std::string const& id, char const* delivery = "post") {
    return anna.post(at(id, "letter"), json::object{{"delivery", delivery}});
  }
  Answer type(ApiClient& person, std::string const& id, std::string const& code, std::string const& key = {}) {
    return person.post(at(id, "confirm-by-code"), json::object{{"code", code}}, key);
  }
  /// Starts again; sessions go on.
  void start() {
    register_.start();
    anna = register_.with_token(anna.token());
  }
  Outcome print(std::string const& out, std::vector<std::string> const& more = {}) const {
    std::vector<std::string> command{
        "letters", register_.directory().string(), "--out", file(out), "--print-key", file("print.pem")};
    command.insert(command.end(), more.begin(), more.end());
    return run_abode(command);
  }
  /// The text of the letters in a file for the print shop.
  std::string opened(std::string const& sealed) const {
    Outcome const done = run_program({"openssl", "cms", "-decrypt", "-inform", "PEM", "-in", file(sealed), "-inkey",
                                      file("key.pem"), "-out", file("letters.pdf")});
    EXPECT_EQ(done.status, 0) << done.errors;
    Outcome const text = run_program({"pdftotext", "-layout", file("letters.pdf"), "-"});
    EXPECT_EQ(text.status, 0) << text.errors;
    return text.output;
  }
  /// What stands on a line of its own and looks like a code.
  static std::vector<std::string> codes_in(std::string const& text) {
    constexpr std::string_view signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::vector<std::string> codes;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
      line.erase(0, line.find_first_not_of(" \f"));
      if (line.size() == 9 && line[4] == '-' &&
          (line.substr(0, 4) + line.substr(5)).find_first_not_of(signs) == std::string::npos)
        codes.push_back(line);
    }
    return codes;
  }
  /// Stops the register, prints what waits, starts it again.
  std::string printed_code(std::string const& id) {
    EXPECT_EQ(ask(id).status, 201u);
    register_.stop();
    std::string const out = "letters-" + std::to_string(++files_made_) + ".cms";
    Outcome const made = print(out);
    EXPECT_EQ(made.status, 0) << made.errors;
    start();
    return codes_in(opened(out)).at(0);
  }
  std::string state(std::string const& id) { return anna.get(at(id, "letter")).text("/letter/state"); }
  std::string assurance(std::string const& id) {
    return anna.get("/api/v1/registrations/" + id).text("/registration/assurance");
  }
  /// What an official gets of her record, by a code for this purpose.
  std::string opening() {
    std::string const code =
        anna.post("/api/v1/opening-codes", json::object{{"fields",
                                                         {"family_name", "given_names", "birth_date", "main_address",
                                                          "main_since", "other_addresses", "assurance"}}})
            .text("/opening_code/code");
    Answer const shown =
        register_.official("clerk-civic")
            .post("/api/v1/staff/openings", json::object{{"code", code},
                                                         {"purpose", "counter-help"},
                                                         {"reference", "7"},
                                                         {"fields",
                                                          {"family_name", "given_names", "birth_date", "main_address",
                                                           "main_since", "other_addresses", "assurance"}}});
    EXPECT_EQ(shown.status, 200u) << shown.body;
    return json::serialize(shown.at("/fields"));
  }

  RunningRegister register_;
  TemporaryDirectory files_;
  ApiClient anna = register_.person();
  std::string home;

 private:
  int files_made_ = 0;
};

class PrintedLettersInMoscow : public PrintedLetters {
 protected:
  PrintedLettersInMoscow() : PrintedLetters("moscow-model") {}
};

std::string another(std::string code) {
  code[0] = code[0] == '7' ? '8' : '7';
  return code;
}

TEST_F(PrintedLetters, CodeFromTheLetterConfirmsTheAddressAndOfficialsSeeIt) {
  EXPECT_THAT(opening(), HasSubstr("\"declared\""));
  Answer const asked = ask(home);
  ASSERT_EQ(asked.status, 201u) << asked.body;
  EXPECT_EQ(asked.text("/letter/state"), "asked");
  register_.stop();
  Outcome const made = print("letters.cms");
  ASSERT_EQ(made.status, 0) << made.errors;
  EXPECT_THAT(made.output, HasSubstr("Letters by post: 1; to be picked up, after them: 0."));
  EXPECT_EQ(fs::status(file("letters.cms")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  std::string const letter = opened("letters.cms");
  EXPECT_THAT(letter, AllOf(HasSubstr("ANNA MARIA ERIKSSON\n"), HasSubstr("c/o Ясля Nord\n"),
                            HasSubstr("Invalidenstr. 1\n"), HasSubstr("Germany\n"), HasSubstr("no legal effect")));
  EXPECT_THAT(letter, testing::ContainsRegex("through [0-9]+ [A-Z][a-z]+ 20")) << "day before month, as on the pages";
  auto const codes = codes_in(letter);
  ASSERT_EQ(codes.size(), 1u) << letter;
  EXPECT_THAT(made.output + made.errors + read_text(file("letters.cms")), Not(HasSubstr(codes[0])));
  Outcome const none = print("none.cms");
  EXPECT_EQ(none.status, 0) << none.errors;
  EXPECT_THAT(none.output, HasSubstr("No letter waits."));
  EXPECT_FALSE(fs::exists(file("none.cms")));

  start();
  EXPECT_EQ(state(home), "printed");
  Answer const confirmed = type(anna, home, codes[0], "k");
  ASSERT_EQ(confirmed.status, 200u) << confirmed.body;
  EXPECT_EQ(confirmed.text("/registration/assurance"), "code-confirmed");
  EXPECT_EQ(type(anna, home, codes[0], "k").number("/receipt/entry"), confirmed.number("/receipt/entry"));
  EXPECT_TRUE(is_problem(type(anna, home, codes[0]), 409, "conflict")) << "a code is good once";
  EXPECT_THAT(opening(), HasSubstr("\"code-confirmed\""));
  EXPECT_THAT(anna.get("/api/v1/history").body,
              AllOf(HasSubstr("\"letter-request\""), HasSubstr("\"letter\""), HasSubstr("\"confirm-by-code\"")));
  EXPECT_THAT(read_text(register_.directory() / "abode.db"), Not(HasSubstr(codes[0])));
}

TEST_F(PrintedLetters, InterceptedLetterGivesNothingToWhoeverHasNoSession) {
  std::string const code = printed_code(home);
  auto thief = register_.person("peter-stevenson");
  std::string const same_place =
      file_address(thief, json::object{{"country", "DE"}, {"lines", {"c/o Ясля Nord", "Invalidenstr. 1"}}});
  EXPECT_TRUE(is_problem(type(thief, home, code), 404, "not-found"));
  EXPECT_TRUE(is_problem(type(thief, same_place, code), 409, "conflict"));
  auto nobody = register_.anyone();
  EXPECT_EQ(type(nobody, home, code).status, 401u);
  EXPECT_EQ(assurance(home), "declared");
  EXPECT_THAT(anna.get("/api/v1/history").body, HasSubstr("\"letter\"")) << "she sees that it was made";
  EXPECT_EQ(type(anna, home, code).status, 200u) << "and who did not take it from her can still type it";
}

TEST_F(PrintedLetters, FiveWrongCodesAreCountedOverKillsAndMakeItVoid) {
  std::string const code = printed_code(home);
  for (int left = 4; left >= 0; --left) {
    EXPECT_TRUE(is_problem(type(anna, home, another(code)), 422, "invalid"));
    register_.kill();
    start();
    EXPECT_EQ(anna.get(at(home, "letter")).number("/letter/tries_left"), left);
  }
  EXPECT_EQ(state(home), "spent");
  EXPECT_TRUE(is_problem(type(anna, home, code), 409, "conflict"));
  EXPECT_EQ(assurance(home), "declared");
  EXPECT_EQ(type(anna, home, printed_code(home)).status, 200u) << "a new letter is a new chance";
}

TEST_F(PrintedLetters, CodeDoesNotConfirmAnAddressThatWasCorrectedOnTheWay) {
  std::string const code = printed_code(home);
  EXPECT_EQ(anna.post(at(home, "correct"), json::object{{"address", sample_address(2)}}).status, 200u);
  EXPECT_EQ(state(home), "elsewhere");
  EXPECT_TRUE(is_problem(type(anna, home, code), 409, "conflict"));
  EXPECT_EQ(assurance(home), "declared");
}

TEST_F(PrintedLetters, ForTheCounterComeAfterThoseByPost) {
  std::string const second = file_address(anna, sample_address(2), "secondary");
  std::string const third = file_address(anna, sample_address(3), "temporary");
  EXPECT_EQ(ask(home, "counter").status, 201u);
  EXPECT_EQ(ask(second).status, 201u);
  EXPECT_EQ(ask(third).status, 201u);
  register_.stop();
  Outcome const made = print("letters.cms");
  ASSERT_EQ(made.status, 0) << made.errors;
  EXPECT_THAT(made.output, HasSubstr("Letters by post: 2; to be picked up, after them: 1."));
  std::string const text = opened("letters.cms");
  std::size_t const last_page = text.rfind('\f', text.size() - 2);
  EXPECT_EQ(text.find("To be picked up"), text.rfind("To be picked up"));
  EXPECT_GT(text.find("To be picked up"), last_page);
  auto const codes = codes_in(text);
  ASSERT_EQ(codes.size(), 3u);
  start();
  EXPECT_EQ(type(anna, second, codes[0]).status, 200u);
  EXPECT_EQ(type(anna, third, codes[1]).status, 200u);
  EXPECT_EQ(type(anna, home, codes[2]).status, 200u);
}

TEST_F(PrintedLettersInMoscow, AreInTheLanguageOfTheProfileForWhoNamedNone) {
  EXPECT_EQ(ask(home).status, 201u);
  register_.stop();
  Outcome const made = print("letters.cms");
  ASSERT_EQ(made.status, 0) << made.errors;
  EXPECT_THAT(made.output + made.errors, Not(HasSubstr("ru"))) << "nothing but the file tells it";
  std::string const text = opened("letters.cms");
  EXPECT_THAT(text, AllOf(HasSubstr("Ваш код подтверждения"), HasSubstr("«Confirm by a letter»"),
                          HasSubstr("Тестовый режим: это письмо не имеет юридической силы."), HasSubstr("Germany"),
                          Not(HasSubstr("Your code"))));
  start();
  EXPECT_EQ(type(anna, home, codes_in(text).at(0)).status, 200u);
}

TEST_F(PrintedLetters, AFileThatCannotBeWrittenMakesNoCodeGood) {
  EXPECT_EQ(ask(home).status, 201u);
  register_.stop();
  Outcome const failed = print("no/such/folder/letters.cms");
  EXPECT_EQ(failed.status, 1);
  EXPECT_THAT(failed.errors, HasSubstr("abode: "));
  write_text(file("there.cms"), "something");
  Outcome const taken = print("there.cms");
  EXPECT_EQ(taken.status, 1);
  EXPECT_THAT(taken.errors, HasSubstr("is there already"));
  EXPECT_EQ(read_text(file("there.cms")), "something");
  start();
  EXPECT_EQ(state(home), "asked");
  register_.stop();
  ASSERT_EQ(print("letters.cms").status, 0) << "the next run prints it";
  start();
  EXPECT_EQ(type(anna, home, codes_in(opened("letters.cms")).at(0)).status, 200u);
}

// A disk that only the command sees, too small for the file.
TEST_F(PrintedLetters, AFullDiskMakesNoCodeGoodAndIsTold) {
  EXPECT_EQ(ask(home).status, 201u);
  register_.stop();
  fs::create_directory(file("small"));
  Outcome const failed = run_program({"unshare", "--map-root-user", "--mount", "/bin/sh", "-c",
                                      "mount -t tmpfs -o size=8k tmpfs \"$1\" || exit 77; exec \"$0\" letters \"$2\" "
                                      "--out \"$1/letters.cms\" --print-key \"$3\"",
                                      executable, file("small"), register_.directory().string(), file("print.pem")});
  if (failed.status == 77 || failed.errors.find("unshare") != std::string::npos)
    GTEST_SKIP() << "may mount nothing here";
  EXPECT_EQ(failed.status, 1) << failed.output;
  EXPECT_THAT(failed.errors, HasSubstr("No space left"));
  ASSERT_EQ(print("letters.cms").status, 0) << "the next run prints it";
  start();
  EXPECT_EQ(type(anna, home, codes_in(opened("letters.cms")).at(0)).status, 200u);
}

// A crash between the making of codes and the moment that they are good, at each step that makes something durable.
TEST_F(PrintedLetters, ACodeIsGoodOnlyIfItsFileIsWhole) {
  EXPECT_EQ(ask(home).status, 201u);
  register_.stop();
  write_text(file("armed"), "");
  std::vector<std::string> lost;
  std::string good;
  unsigned deaths = 0;
  for (unsigned step = 1; good.empty() && step < 100; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    std::string const out = "step-" + std::to_string(step) + ".cms";
    Outcome const made = run_program(
        {"LD_PRELOAD=" ABODE_KILL_AT_STEP, "KILL_AT_STEP=" + std::to_string(step), "KILL_WHILE=" + file("armed"),
         executable, "letters", register_.directory().string(), "--out", file(out), "--print-key", file("print.pem")});
    if (made.status != 0) ++deaths;
    ASSERT_TRUE(made.status == 0 || made.status == 128 + 9) << made.errors;
    bool const is_whole = fs::exists(file(out));
    std::string const code = is_whole ? codes_in(opened(out)).at(0) : "";
    bool const is_good =
        run_sql(register_.directory() / "abode.db", "SELECT code_tag IS NOT NULL FROM letter").at(0).at(0) == "1";
    if (is_good) {
      ASSERT_TRUE(is_whole) << "a code that nobody has";
      good = code;
    } else if (is_whole) {
      lost.push_back(code);
    }
  }
  EXPECT_GT(deaths, 4u) << "fewer, and none was counted";
  EXPECT_FALSE(lost.empty()) << "no death between the file and its codes";
  start();
  EXPECT_EQ(type(anna, home, lost.back()).status, 422u);
  EXPECT_EQ(type(anna, home, good).status, 200u);
}

TEST_F(PrintedLetters, WantAPrintKeyAndAreLimited) {
  EXPECT_EQ(ask(home).status, 201u);
  EXPECT_EQ(ask(file_address(anna, sample_address(2), "secondary")).status, 201u);
  register_.stop();
  Outcome const keyless = run_abode({"letters", register_.directory().string(), "--out", file("letters.cms")});
  EXPECT_EQ(keyless.status, 1);
  EXPECT_THAT(keyless.errors, HasSubstr("There is no print key."));
  Outcome const first = print("first.cms", {"--limit", "1"});
  EXPECT_THAT(first.output, HasSubstr("There may be more"));
  EXPECT_EQ(codes_in(opened("first.cms")).size(), 1u);
  EXPECT_EQ(print("second.cms").status, 0);
  EXPECT_EQ(codes_in(opened("second.cms")).size(), 1u);
}

// "My landlord refuses": G2, and nothing for officials to see.
TEST_F(PrintedLetters, ALandlordsRefusalChangesNoByteOfAnOpening) {
  std::string const before = opening();
  Answer const noted = anna.post(at(home, "landlord-refusal"), json::object{}, "k");
  ASSERT_EQ(noted.status, 201u) << noted.body;
  EXPECT_EQ(anna.post(at(home, "landlord-refusal"), json::object{}, "k").number("/receipt/entry"),
            noted.number("/receipt/entry"));
  EXPECT_EQ(anna.post(at(home, "landlord-refusal"), json::object{}).status, 201u);
  EXPECT_EQ(opening(), before);
  EXPECT_THAT(anna.get("/api/v1/me/export").body, HasSubstr("\"landlord-refused\""));
}

TEST_F(PrintedLetters, AskingAndWrongCodesChangeNoByteOfAnOpening) {
  std::string const before = opening();
  std::string const code = printed_code(home);
  EXPECT_EQ(type(anna, home, another(code)).status, 422u);
  EXPECT_EQ(opening(), before);
}

// Returned mail has nowhere to be written down (G2).
TEST_F(PrintedLetters, NoColumnIsForALetterThatCameBack) {
  std::string columns;
  for (auto const& row :
       run_sql(register_.directory() / "abode.db", "SELECT name FROM pragma_table_info('letter') ORDER BY name"))
    columns += row.at(0) + " ";
  EXPECT_EQ(columns, "code_tag delivery good_until misses place_tag record seq ");
}

}  // namespace
}  // namespace abode::functional
