// Passkeys as a browser meets them: over HTTP, over kills, at once, and in what the files hold.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "functional/database.hpp"
#include "functional/passkeys.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

class PasskeysOverHttp : public ::testing::Test {
 protected:
  Answer sign_in(json::object const& body) { return register_.anyone().post("/api/v1/sessions", body); }

  RunningRegister register_;
  Authenticator phone;
};

TEST_F(PasskeysOverHttp, AnybodySignsInWithOneThatTheyMade) {
  auto person = register_.person();
  Answer const added = add_passkey(register_, person, phone, "Annas Handy");
  ASSERT_EQ(added.status, 201u) << added.body;
  Answer const signed_in = sign_in(passkey_answer(register_, phone));
  ASSERT_EQ(signed_in.status, 201u) << signed_in.body;
  EXPECT_THAT(signed_in.header("Set-Cookie"), HasSubstr("HttpOnly"));
  auto again = register_.with_token(signed_in.text("/token"));
  EXPECT_EQ(again.get("/api/v1/me").at("/person"), person.get("/api/v1/me").at("/person"));
  Answer const list = again.get("/api/v1/passkeys");
  EXPECT_EQ(list.text("/passkeys/0/name"), "Annas Handy");
  EXPECT_EQ(list.text("/passkeys/0/last_used").size(), std::string{"2026-11"}.size());
}

TEST_F(PasskeysOverHttp, TheOptionsAskForAVerifiedPersonAndNothingOfTheDevice) {
  auto person = register_.person();
  Answer const made = person.post("/api/v1/passkeys/options", json::object{{"name", "My phone"}});
  EXPECT_EQ(made.text("/options/authenticatorSelection/userVerification"), "required");
  EXPECT_EQ(made.text("/options/attestation"), "none");
  EXPECT_EQ(made.text("/options/rp/id"), "localhost");
  Answer const used = register_.anyone().post("/api/v1/sessions/passkey-options", json::object{});
  EXPECT_EQ(used.text("/options/userVerification"), "required");
  EXPECT_EQ(used.text("/options/rpId"), "localhost");
  EXPECT_NE(used.text("/options/challenge"),
            register_.anyone().post("/api/v1/sessions/passkey-options", json::object{}).text("/options/challenge"));
}

// G12
TEST_F(PasskeysOverHttp, AnAnswerThatLetSomebodyInIsUsedUpWhateverHappensToTheMachine) {
  auto person = register_.person();
  ASSERT_EQ(add_passkey(register_, person, phone).status, 201u);
  json::object const answer = passkey_answer(register_, phone);
  json::object const kept = passkey_answer(register_, phone);
  std::string const token = sign_in(answer).text("/token");
  register_.kill();
  register_.start();
  EXPECT_TRUE(is_problem(sign_in(answer), 401, "unauthenticated"));
  EXPECT_EQ(register_.with_token(token).get("/api/v1/me").status, 200u);
  EXPECT_EQ(sign_in(kept).status, 401u) << "it names the port of before";
  EXPECT_EQ(sign_in(passkey_answer(register_, phone)).status, 201u);
}

TEST_F(PasskeysOverHttp, OneAnswerLetsOneIn) {
  auto person = register_.person();
  ASSERT_EQ(add_passkey(register_, person, phone).status, 201u);
  json::object const answer = passkey_answer(register_, phone);
  std::atomic<int> let_in = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> all;
  for (int i = 0; i < 8; ++i)
    all.emplace_back([&] {
      auto const status = sign_in(answer).status;
      if (status == 201) ++let_in;
      if (status == 401) ++refused;
    });
  for (std::thread& one : all) one.join();
  EXPECT_EQ(let_in, 1);
  EXPECT_EQ(refused, 7);
}

TEST_F(PasskeysOverHttp, WhatIsNotRightHasOneAnswer) {
  auto person = register_.person();
  ASSERT_EQ(add_passkey(register_, person, phone).status, 201u);
  json::object forged = passkey_answer(register_, phone);
  Authenticator stranger;
  json::object const unknown = passkey_answer(register_, stranger);
  forged["passkey"].as_object()["response"].as_object()["signature"] =
      unknown.at("passkey").at("response").at("signature");
  Answer const one = sign_in(forged);
  Answer const other = sign_in(unknown);
  EXPECT_TRUE(is_problem(one, 401, "unauthenticated"));
  EXPECT_EQ(one.body, other.body);
  Ceremony const elsewhere{.origin = "https://abode.example.com"};
  Answer const options = register_.anyone().post("/api/v1/sessions/passkey-options", json::object{});
  EXPECT_EQ(sign_in({{"passkey", to_json(phone.get(challenge_of(options), elsewhere))}}).body, one.body)
      << "a page that only looks like ours";
}

TEST_F(PasskeysOverHttp, WhatIsNotWholeIsToldWhereAndChangesNothing) {
  auto person = register_.person();
  Answer const options = person.post("/api/v1/passkeys/options", json::object{{"name", "My phone"}});
  json::object credential =
      to_json(phone.create(challenge_of(options), {.origin = register_.origin()}), phone.credential_id());
  credential["response"].as_object().erase("attestationObject");
  json::object const body{{"name", "My phone"}, {"credential", credential}};
  EXPECT_TRUE(
      is_problem(person.post("/api/v1/passkeys", body), 422, "invalid", "credential.response.attestationObject"));
  EXPECT_TRUE(is_problem(person.post("/api/v1/passkeys/options", json::object{{"name", " "}}), 422, "invalid", "name"));
  EXPECT_TRUE(is_problem(sign_in({{"passkey", "none"}}), 422, "invalid", "passkey.rawId"));
  EXPECT_TRUE(
      is_problem(sign_in({{"passkey", json::object{}}, {"test_person", "anna-eriksson"}}), 422, "invalid", "passkey"));
  EXPECT_EQ(person.get("/api/v1/passkeys").at("/passkeys"), json::value(json::array{}));
}

TEST_F(PasskeysOverHttp, OfOfficialsAndOfPersonsOpenTheirOwnDoorOnly) {
  auto person = register_.person();
  auto official = register_.official();
  Authenticator key;
  ASSERT_EQ(add_passkey(register_, person, phone).status, 201u);
  ASSERT_EQ(add_staff_passkey(register_, official, key).status, 201u);
  auto const staff_sign_in = [&](json::object const& body) {
    return register_.anyone().post("/api/v1/staff/sessions", body);
  };
  Answer const refused = staff_sign_in(staff_passkey_answer(register_, phone));
  EXPECT_TRUE(is_problem(refused, 401, "unauthenticated"));
  Authenticator stranger;
  EXPECT_EQ(staff_sign_in(staff_passkey_answer(register_, stranger)).body, refused.body);
  EXPECT_EQ(sign_in(passkey_answer(register_, key)).status, 401u);
  Answer const at_work = staff_sign_in(staff_passkey_answer(register_, key));
  ASSERT_EQ(at_work.status, 201u) << at_work.body;
  EXPECT_THAT(at_work.header("Set-Cookie"), HasSubstr("abode_staff="));
  EXPECT_EQ(register_.with_token(at_work.text("/token")).get("/api/v1/staff/passkeys").text("/passkeys/0/name"), "Key");
  EXPECT_EQ(register_.with_token(at_work.text("/token")).get("/api/v1/me").status, 401u);
}

// Session fixation and login CSRF: signing in ends the session that came along, and another site cannot do it.
TEST_F(PasskeysOverHttp, SigningInEndsTheSessionThatCameAlongAndNeedsOurOwnPage) {
  auto person = register_.person();
  ASSERT_EQ(add_passkey(register_, person, phone).status, 201u);
  EXPECT_EQ(person.post("/api/v1/sessions", passkey_answer(register_, phone)).status, 201u);
  EXPECT_EQ(person.get("/api/v1/me").status, 401u);
  http::Pairs const elsewhere{{"Origin", "https://evil.example"}, {"Content-Type", "application/json"}};
  Answer const forced = register_.anyone().send(http::Method::post, "/api/v1/sessions", elsewhere,
                                                json::serialize(passkey_answer(register_, phone)));
  EXPECT_TRUE(is_problem(forced, 403, "forbidden"));
}

TEST_F(PasskeysOverHttp, OnceMoreIsForTheSamePersonOnly) {
  auto anna = register_.person();
  auto peter = register_.person("peter-stevenson");
  Authenticator peters;
  ASSERT_EQ(add_passkey(register_, anna, phone).status, 201u);
  ASSERT_EQ(add_passkey(register_, peter, peters).status, 201u);
  auto const again = [&](ApiClient& client, Authenticator& device) {
    json::object body = passkey_answer(register_, device);
    body["again"] = true;
    return client.post("/api/v1/sessions", body);
  };
  EXPECT_TRUE(is_problem(again(anna, peters), 403, "forbidden", "passkey"));
  EXPECT_EQ(anna.get("/api/v1/me").status, 200u) << "and nothing was changed";
  auto nobody = register_.anyone();
  EXPECT_TRUE(is_problem(again(nobody, phone), 401, "unauthenticated"));
  EXPECT_EQ(again(anna, phone).status, 201u);
  EXPECT_TRUE(is_problem(sign_in({{"again", true}, {"test_person", "anna-eriksson"}}), 422, "invalid", "again"));
}

// G9
TEST_F(PasskeysOverHttp, TheFilesHoldNeitherItsNameNorItsIdNorWhenItWasUsed) {
  auto person = register_.person();
  ASSERT_EQ(add_passkey(register_, person, phone, "Annas unverwechselbares Handy").status, 201u);
  auto const before = run_sql(register_.directory() / "abode.db",
                              "SELECT tag, record, seq, public_key, good_from, good_until FROM passkey");
  ASSERT_EQ(sign_in(passkey_answer(register_, phone)).status, 201u);
  EXPECT_EQ(run_sql(register_.directory() / "abode.db",
                    "SELECT tag, record, seq, public_key, good_from, good_until FROM passkey"),
            before);
  register_.stop();
  std::string const id{base::as_text(phone.credential_id())};
  for (auto const& file : std::filesystem::recursive_directory_iterator{register_.directory()}) {
    if (!file.is_regular_file()) continue;
    std::string const content = read_text(file.path());
    EXPECT_EQ(content.find("unverwechselbares"), std::string::npos) << file.path();
    EXPECT_EQ(content.find(id), std::string::npos) << file.path();
  }
}

}  // namespace
}  // namespace abode::functional
