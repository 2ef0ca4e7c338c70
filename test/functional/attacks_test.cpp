// What people do to each other, tried on the real register over HTTP; each test is named after the attack. What takes
// time to pass, or a second party in the office, is in the tests of its own room (docs/threat-model.md names them).
#include <gmock/gmock.h>

#include "functional/database.hpp"
#include "functional/passkeys.hpp"

namespace abode::functional {
namespace {

using namespace test;

constexpr char const* annas_passport = "L898902C3";
constexpr char const* annas_passport_zone =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

class Attacks : public ::testing::Test {
 protected:
  Answer sign_in(json::object const& body) { return register_.anyone().post("/api/v1/sessions", body); }
  /// As if these sessions had begun that long ago.
  void age_sessions(std::chrono::seconds by) {
    run_sql(register_.directory() / "abode.db",
            "UPDATE session SET begun_at = begun_at - " + std::to_string(by.count()));
  }
  std::string file(ApiClient& person) {
    Answer const filed =
        person.post("/api/v1/registrations", json::object{{"kind", "main"}, {"address", sample_address()}});
    EXPECT_EQ(filed.status, 201u) << filed.body;
    return filed.text("/registration/id");
  }

  RunningRegister register_;
};

// Who holds the passport has a number and a zone, and neither opens anything.
TEST_F(Attacks, HeldPassport) {
  Answer const unknown = sign_in({{"card", "C9999"}, {"code", "000000000000"}});
  ASSERT_TRUE(is_problem(unknown, 401, "unauthenticated"));
  Answer const as_card = sign_in({{"card", annas_passport}, {"code", "000000000000"}});
  EXPECT_EQ(as_card.status, unknown.status);
  EXPECT_EQ(as_card.body, unknown.body) << "a passport's number is no card's";
  for (char const* member : {"document", "mrz", "passport", "birth_date"})
    EXPECT_TRUE(is_problem(sign_in({{member, annas_passport_zone}}), 422, "invalid", member)) << member;
}

// A landlord or an employer files for somebody: there is no way to name whose record it is.
TEST_F(Attacks, ProxyFiling) {
  json::object const registration{{"kind", "main"}, {"address", sample_address()}};
  auto clerk = register_.official();
  auto landlord = register_.person("peter-stevenson");
  EXPECT_TRUE(is_problem(register_.anyone().post("/api/v1/registrations", registration), 401, "unauthenticated"));
  EXPECT_TRUE(is_problem(clerk.post("/api/v1/registrations", registration), 401, "unauthenticated"));
  for (char const* member : {"person", "card", "document", "for"}) {
    json::object body = registration;
    body[member] = "anna-eriksson";
    EXPECT_TRUE(is_problem(landlord.post("/api/v1/registrations", body), 422, "invalid", member)) << member;
  }
  auto anna = register_.person();
  std::string const id = file(anna);
  for (char const* act : {"move", "correct"})
    EXPECT_TRUE(is_problem(
        landlord.post("/api/v1/registrations/" + id + "/" + act, json::object{{"address", sample_address(2)}}), 404,
        "not-found"));
  for (char const* act : {"end", "undo", "confirm"})
    EXPECT_TRUE(is_problem(landlord.post("/api/v1/registrations/" + id + "/" + act, json::object{}), 404, "not-found"));
  EXPECT_EQ(anna.get("/api/v1/registrations").at("/registrations").as_array().size(), 1u);
  EXPECT_EQ(landlord.get("/api/v1/registrations").at("/registrations").as_array().size(), 0u);
}

// A phone that was left open, or a cookie that was copied, a quarter of an hour after its owner signed in.
TEST_F(Attacks, StolenSession) {
  auto thief = register_.person();
  std::string const id = file(thief);
  age_sessions(std::chrono::minutes{15});
  std::string const registration = "/api/v1/registrations/" + id;
  Answer const before = thief.get("/api/v1/registrations");
  json::object const elsewhere{{"address", sample_address(2)}};
  EXPECT_TRUE(is_problem(thief.post(registration + "/move", elsewhere), 403, "stale-sign-in"));
  EXPECT_TRUE(is_problem(thief.post(registration + "/correct", elsewhere), 403, "stale-sign-in"));
  EXPECT_TRUE(is_problem(thief.post(registration + "/end", json::object{}), 403, "stale-sign-in"));
  EXPECT_TRUE(is_problem(thief.post(registration + "/undo", json::object{}), 403, "stale-sign-in"));
  EXPECT_TRUE(is_problem(thief.post("/api/v1/printed-codes", json::object{}), 403, "stale-sign-in"));
  EXPECT_TRUE(is_problem(thief.post("/api/v1/passkeys/options", json::object{{"name", "Mine"}}), 403, "stale-sign-in"));
  EXPECT_EQ(thief.get("/api/v1/registrations").body, before.body);
  auto owner = register_.person();
  EXPECT_EQ(owner.post("/api/v1/sessions/end-others", json::object{}).status, 200u);
  EXPECT_TRUE(is_problem(thief.get("/api/v1/me"), 401, "unauthenticated"));
  EXPECT_EQ(owner.post(registration + "/move", elsewhere).status, 200u) << "who signed in just now";
}

// Erasing somebody to be rid of them.
TEST_F(Attacks, StolenSessionAsksForErasure) {
  auto thief = register_.person();
  age_sessions(std::chrono::minutes{15});
  EXPECT_TRUE(is_problem(thief.post("/api/v1/erasure", json::object{}), 403, "stale-sign-in"));
}

// A phone whose PIN is not known: its passkey answers, but says that nobody was verified.
TEST_F(Attacks, HeldPhone) {
  Authenticator phone;
  auto owner = register_.person();
  ASSERT_EQ(add_passkey(register_, owner, phone).status, 201u);
  Answer const options = register_.anyone().post("/api/v1/sessions/passkey-options", json::object{});
  auto const unverified = phone.get(challenge_of(options), {.origin = register_.origin(), .verified = false});
  EXPECT_TRUE(is_problem(sign_in({{"passkey", to_json(unverified)}}), 401, "unauthenticated"));
  EXPECT_EQ(sign_in(passkey_answer(register_, phone)).status, 201u) << "with its owner's finger";
}

// Cards and passkeys that nobody has answer like those whose code is wrong.
TEST_F(Attacks, Enumeration) {
  Answer const known = sign_in({{"card", "SPECIMEN1"}, {"code", "000000000000"}});
  Answer const unknown = sign_in({{"card", "SPECIMEN9"}, {"code", "000000000000"}});
  EXPECT_TRUE(is_problem(known, 401, "unauthenticated"));
  EXPECT_EQ(known.body, unknown.body);
  EXPECT_EQ(known.headers.size(), unknown.headers.size());
  Authenticator phone;
  Authenticator stranger;
  auto owner = register_.person();
  ASSERT_EQ(add_passkey(register_, owner, phone).status, 201u);
  json::object wrong = passkey_answer(register_, phone);
  json::object const nobodys = passkey_answer(register_, stranger);
  wrong["passkey"].as_object()["response"].as_object()["signature"] =
      nobodys.at("passkey").at("response").at("signature");
  EXPECT_EQ(sign_in(wrong).body, sign_in(nobodys).body);
}

// A thousand wrong codes keep nobody out who has a right one.
TEST_F(Attacks, GuessingAsALockOut) {
  auto owner = register_.person();
  Answer const sheet = owner.post("/api/v1/printed-codes", json::object{});
  auto guesser = register_.anyone();
  for (int i = 0; i < 1000; ++i) {
    std::string guess = std::to_string(i);
    guess.insert(0, 12 - guess.size(), '0');
    ASSERT_EQ(guesser.post("/api/v1/sessions", json::object{{"card", "SPECIMEN1"}, {"code", guess}}).status, 401u);
  }
  EXPECT_EQ(sign_in({{"card", "SPECIMEN1"}, {"code", sheet.at("/sheet/codes/0")}}).status, 201u);
  EXPECT_EQ(owner.get("/api/v1/activation-code").number("/wrong_codes"), 1000u) << "and its owner sees them";
}

// Another site makes somebody's browser sign in as the attacker, or act as somebody who is signed in.
TEST_F(Attacks, LoginCsrf) {
  http::Pairs const from_elsewhere{{"Origin", "https://evil.example"}, {"Content-Type", "application/json"}};
  Answer const forced = register_.anyone().send(http::Method::post, "/api/v1/sessions", from_elsewhere,
                                                R"({"test_person":"peter-stevenson"})");
  EXPECT_TRUE(is_problem(forced, 403, "forbidden"));
  EXPECT_EQ(forced.header("Set-Cookie"), "");
  http::Pairs const form{{"Origin", "https://evil.example"}, {"Content-Type", "application/x-www-form-urlencoded"}};
  EXPECT_EQ(register_.anyone().send(http::Method::post, "/sign-in", form, "test_person=peter-stevenson").status, 403u);
  EXPECT_EQ(register_.anyone().send(http::Method::post, "/leave", form, "").status, 403u) << "nor out";
}

// A session that the attacker planted before the victim signs in is worth nothing after it.
TEST_F(Attacks, SessionFixation) {
  auto planted = register_.person("peter-stevenson");
  Answer const signed_in = planted.post("/api/v1/sessions", json::object{{"test_person", "anna-eriksson"}});
  ASSERT_EQ(signed_in.status, 201u);
  EXPECT_NE(signed_in.text("/token"), planted.token());
  EXPECT_TRUE(is_problem(planted.get("/api/v1/me"), 401, "unauthenticated"));
}

// The freeze code in the wrong hands: its owner gets in, moves, and is out of the freeze after three days.
TEST_F(Attacks, FreezeAsHarassment) {
  auto owner = register_.person();
  Answer const sheet = owner.post("/api/v1/printed-codes", json::object{});
  json::object const harass{{"card", "SPECIMEN1"}, {"code", sheet.at("/sheet/freeze_code")}};
  ASSERT_EQ(register_.anyone().post("/api/v1/freeze", harass).status, 200u);
  EXPECT_TRUE(is_problem(register_.anyone().post("/api/v1/freeze", harass), 401, "unauthenticated")) << "good once";
  EXPECT_EQ(owner.get("/api/v1/me").status, 200u) << "no session ends";
  Answer const in = sign_in({{"card", "SPECIMEN1"}, {"code", sheet.at("/sheet/codes/0")}});
  ASSERT_EQ(in.status, 201u);
  auto again = register_.with_token(in.text("/token"));
  std::string const id = file(again);
  EXPECT_EQ(again.post("/api/v1/registrations/" + id + "/move", json::object{{"address", sample_address(2)}}).status,
            200u);
}

// Lines smuggled into what comes back as a header, or into what is kept.
TEST_F(Attacks, HeaderInjection) {
  auto person = register_.person();
  for (char const* name : {"Phone\r\nSet-Cookie: a=b", "Phone\nX: y", "Phone\r"}) {
    Answer const answer = person.post("/api/v1/passkeys/options", json::object{{"name", name}});
    EXPECT_TRUE(is_problem(answer, 422, "invalid", "name"));
    EXPECT_EQ(answer.header("Set-Cookie"), "");
  }
  Answer const smuggled = register_.anyone().send(http::Method::get, "/%0d%0aSet-Cookie:%20a=b");
  EXPECT_EQ(smuggled.header("Set-Cookie"), "");
  EXPECT_EQ(smuggled.status, 404u);
}

}  // namespace
}  // namespace abode::functional
