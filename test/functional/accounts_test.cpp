// How people get into their own record and keep others out, as a client meets it: over HTTP, over kills, at once.
#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "functional/database.hpp"
#include "support/running_register.hpp"

namespace abode {
namespace {

using namespace test;
using functional::run_sql;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char const* annas_card = "SPECIMEN1";

class Accounts : public ::testing::Test {
 protected:
  Answer sign_in(std::string const& code, std::string const& key = {}) {
    return register_.anyone().post("/api/v1/sessions", json::object{{"card", annas_card}, {"code", code}}, key);
  }
  Answer freeze(std::string const& code) {
    return register_.anyone().post("/api/v1/freeze", json::object{{"card", annas_card}, {"code", code}});
  }
  Answer make_sheet() {
    Answer sheet = register_.person().post("/api/v1/printed-codes", json::object{});
    EXPECT_EQ(sheet.status, 201u) << sheet.body;
    return sheet;
  }
  static std::string code(Answer const& sheet, int number) {
    return sheet.text("/sheet/codes/" + std::to_string(number - 1));
  }
  std::uint64_t codes_left() {
    return std::stoull(
        run_sql(register_.directory() / "abode.db", "SELECT count(*) FROM printed_code WHERE used_by IS NULL")
            .at(0)
            .at(0));
  }

  RunningRegister register_;
};

// G12
TEST_F(Accounts, ACodeThatLetSomebodyInIsUsedUpWhateverHappensToTheMachine) {
  Answer const sheet = make_sheet();
  register_.kill();
  register_.start();
  std::string const token = sign_in(code(sheet, 1)).text("/token");
  register_.kill();
  register_.start();
  EXPECT_TRUE(is_problem(sign_in(code(sheet, 1)), 401, "unauthenticated"));
  EXPECT_EQ(register_.with_token(token).get("/api/v1/me").status, 200u);
  EXPECT_EQ(sign_in(code(sheet, 2)).status, 201u);
}

TEST_F(Accounts, AFreezeThatWasAnsweredHoldsOverAKill) {
  Answer const sheet = make_sheet();
  Answer const frozen = freeze(sheet.text("/sheet/freeze_code"));
  ASSERT_EQ(frozen.status, 200u) << frozen.body;
  register_.kill();
  register_.start();
  auto person = register_.person();
  EXPECT_EQ(person.get("/api/v1/printed-codes").at("/frozen_until"), frozen.at("/frozen_until"));
  EXPECT_TRUE(is_problem(person.post("/api/v1/printed-codes", json::object{}), 409, "conflict"));
}

TEST_F(Accounts, OneCodeLetsOneIn) {
  std::string const once = code(make_sheet(), 1);
  std::atomic<int> let_in = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> all;
  for (int i = 0; i < 8; ++i)
    all.emplace_back([&] {
      auto const status = sign_in(once).status;
      if (status == 201) ++let_in;
      if (status == 401) ++refused;
    });
  for (std::thread& one : all) one.join();
  EXPECT_EQ(let_in, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_EQ(codes_left(), 10u) << "nine codes and the freeze code";
}

TEST_F(Accounts, TwoSheetsMadeAtOnceLeaveOneInUseAndOneThatWaits) {
  auto person = register_.person();
  std::string const token = person.token();
  std::vector<std::thread> all;
  std::atomic<int> made = 0;
  for (int i = 0; i < 4; ++i)
    all.emplace_back([&] {
      if (register_.with_token(token).post("/api/v1/printed-codes", json::object{}).status == 201) ++made;
    });
  for (std::thread& one : all) one.join();
  EXPECT_EQ(made, 4);
  Answer const sheets = person.get("/api/v1/printed-codes");
  EXPECT_TRUE(sheets.at("/in_use").is_object() && sheets.at("/waiting").is_object()) << sheets.body;
  EXPECT_EQ(codes_left(), 22u) << "of two sheets, and of no others";
}

// Enumeration: the refusal of a freeze says nothing of the card.
TEST_F(Accounts, WhatDoesNotFreezeLooksTheSame) {
  Answer const sheet = make_sheet();
  Answer const wrong = freeze("000000000000");
  Answer const of_nobody = register_.anyone().post(
      "/api/v1/freeze", json::object{{"card", "C9999"}, {"code", sheet.text("/sheet/freeze_code")}});
  Answer const to_sign_in = freeze(code(sheet, 1));
  EXPECT_TRUE(is_problem(wrong, 401, "unauthenticated"));
  for (Answer const& other : {of_nobody, to_sign_in}) {
    EXPECT_EQ(other.status, wrong.status);
    EXPECT_EQ(other.body, wrong.body);
  }
}

// The codes are nowhere in the register's files.
TEST_F(Accounts, OnlyHashesOfTheCodesAreKept) {
  Answer const sheet = make_sheet();
  ASSERT_EQ(sign_in(code(sheet, 1)).status, 201u);
  register_.stop();
  for (auto const& entry : std::filesystem::recursive_directory_iterator{register_.directory()}) {
    if (!entry.is_regular_file()) continue;
    std::string const content = read_text(entry.path());
    for (int number = 1; number <= 10; ++number) {
      std::string plain = code(sheet, number);
      EXPECT_THAT(content, Not(HasSubstr(plain))) << entry.path();
      std::erase(plain, '-');
      EXPECT_THAT(content, Not(HasSubstr(plain))) << entry.path();
    }
  }
}

// G9
TEST_F(Accounts, WhatAnOfficialSeesIsTheSameBeforeAndAfterAHundredSignIns) {
  auto person = register_.person();
  person.post("/api/v1/registrations", json::object{{"kind", "main"}, {"address", sample_address()}});
  json::array const fields{"family_name", "given_names", "birth_date", "main_address", "main_since", "assurance"};
  auto clerk = register_.official();
  auto const open = [&] {
    Answer const made = person.post("/api/v1/opening-codes", json::object{{"fields", fields}});
    Answer const opened = clerk.post("/api/v1/staff/openings", json::object{{"code", made.at("/opening_code/code")},
                                                                            {"purpose", "counter-help"},
                                                                            {"reference", "1"},
                                                                            {"fields", fields}});
    EXPECT_EQ(opened.status, 200u) << opened.body;
    return json::serialize(opened.at("/fields"));
  };
  std::string const before = open();
  Answer const sheet = make_sheet();
  for (int number = 1; number <= 10; ++number) EXPECT_EQ(sign_in(code(sheet, number)).status, 201u);
  for (int i = 0; i < 45; ++i) EXPECT_EQ(sign_in("000000000000").status, 401u);
  for (int i = 0; i < 90; ++i) (void)register_.person();
  EXPECT_EQ(freeze(sheet.text("/sheet/freeze_code")).status, 200u);
  EXPECT_EQ(open(), before);
}

}  // namespace
}  // namespace abode
