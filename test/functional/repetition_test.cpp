// A request that comes twice has one effect; two that contradict each other have one winner (G12).
#include <gmock/gmock.h>

#include <latch>
#include <thread>

#include "functional/database.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;

constexpr char const* registrations = "/api/v1/registrations";

json::object secondary(unsigned number) {
  return {{"kind", "secondary"}, {"address", sample_address(number)}};
}

TEST(Repetition, TheSameRequestAgainAnswersWithTheSameReceiptAndHasOneEffect) {
  RunningRegister running;
  auto person = running.person();
  Answer const first = person.post(registrations, secondary(1), "key-1");
  ASSERT_EQ(first.status, 201u);
  std::uint64_t const entries = entries_in(running.directory());
  Answer const again = person.post(registrations, secondary(1), "key-1");
  EXPECT_EQ(again.status, first.status);
  EXPECT_EQ(again.at("/receipt"), first.at("/receipt"));
  EXPECT_EQ(again.text("/registration/id"), first.text("/registration/id"));
  EXPECT_EQ(entries_in(running.directory()), entries);

  running.kill();  // and after a crash as well
  running.start();
  auto later = running.with_token(person.token());
  EXPECT_EQ(later.post(registrations, secondary(1), "key-1").at("/receipt"), first.at("/receipt"));
  EXPECT_EQ(later.get("/api/v1/me").at("/registrations").as_array().size(), 1u);
}

TEST(Repetition, EveryWriteCanBeRepeated) {
  RunningRegister const running;
  auto person = running.person();
  unsigned count = 0;
  auto const twice = [&](std::string const& target, json::object const& body) {
    std::string const key = "key " + std::to_string(++count);
    Answer const first = person.post(target, body, key);
    EXPECT_LT(first.status, 300u) << target << first.body;
    std::uint64_t const entries = entries_in(running.directory());
    Answer const again = person.post(target, body, key);
    EXPECT_EQ(again.status, first.status) << target;
    EXPECT_EQ(again.at("/receipt"), first.at("/receipt")) << target;
    EXPECT_EQ(entries_in(running.directory()), entries) << target;
    return first;
  };
  std::string const one = twice(registrations, secondary(1)).text("/registration/id");
  std::string const base = std::string{registrations} + "/";
  twice(base + one + "/correct", {{"since", "2024-01-01"}});
  std::string const two = twice(base + one + "/move", {{"address", sample_address(2)}}).text("/registration/id");
  twice(base + two + "/end", {});
  twice(base + two + "/undo", {});
  Answer const code = twice("/api/v1/opening-codes", {{"fields", {"family_name"}}});
  twice("/api/v1/opening-codes/" + std::to_string(code.number("/opening_code/entry")) + "/revoke", {});
}

TEST(Repetition, AKeyGoesForOneRequestOnly) {
  RunningRegister const running;
  auto person = running.person();
  std::string const id = person.post(registrations, secondary(1), "key").text("/registration/id");
  std::string const before = person.get("/api/v1/me").body;
  EXPECT_TRUE(is_problem(person.post(registrations, secondary(2), "key"), 409, "key-reused"));
  EXPECT_TRUE(is_problem(person.post(std::string{registrations} + "/" + id + "/end", json::object{}, "key"), 409,
                         "key-reused"));
  EXPECT_TRUE(
      is_problem(person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}}, "key"), 409, "key-reused"));
  EXPECT_EQ(person.get("/api/v1/me").body, before);
}

TEST(Repetition, OnePersonsKeyIsNoOther) {
  RunningRegister const running;
  auto anna = running.person();
  auto peter = running.person("peter-stevenson");
  EXPECT_EQ(anna.post(registrations, secondary(1), "key").status, 201u);
  EXPECT_EQ(peter.post(registrations, secondary(2), "key").status, 201u);
}

TEST(Repetition, ARefusedRequestLeavesItsKeyFree) {
  RunningRegister const running;
  auto person = running.person();
  EXPECT_EQ(
      person
          .post(registrations, {{"kind", "main"}, {"address", json::object{{"country", "DE"}, {"lines", {""}}}}}, "key")
          .status,
      422u);
  EXPECT_EQ(person.post(registrations, secondary(1), "key").status, 201u);
}

/// Runs `first` and `second` at the same moment, each with a client of its own.
template <class Act>
std::pair<Answer, Answer> at_once(RunningRegister const& running, std::string const& token, Act const& act) {
  std::latch ready{2};
  std::pair<Answer, Answer> answers;
  auto const run = [&](Answer& answer, int number) {
    auto client = running.with_token(token);
    client.get("/healthz");  // connects
    ready.arrive_and_wait();
    answer = act(client, number);
  };
  std::thread other{[&] { run(answers.second, 2); }};
  run(answers.first, 1);
  other.join();
  return answers;
}

TEST(Repetition, OfTwoMovesAtOnceOneWinsAndTheOtherIsToldWhy) {
  RunningRegister const running;
  auto person = running.person();
  for (unsigned round = 0; round < 10; ++round) {
    std::string const id = person.post(registrations, secondary(round)).text("/registration/id");
    auto const [first, second] = at_once(running, person.token(), [&](ApiClient& client, int number) {
      return client.post(std::string{registrations} + "/" + id + "/move",
                         {{"address", sample_address(100 * (round + 1) + static_cast<unsigned>(number))}});
    });
    EXPECT_EQ(first.status + second.status, 200u + 409u);
    EXPECT_TRUE(is_problem(first.status == 409 ? first : second, 409, "conflict"));
    std::string const new_id = (first.status == 200 ? first : second).text("/registration/id");
    EXPECT_EQ(person.get(std::string{registrations} + "/" + id).text("/registration/ended/moved_to"), new_id);
  }
  EXPECT_EQ(person.get("/api/v1/me").at("/registrations").as_array().size(), 20u);
}

TEST(Repetition, OfTwoMainResidencesAtOnceOneIsTaken) {
  RunningRegister const running;
  auto const [first, second] = at_once(running, running.person().token(), [&](ApiClient& client, int number) {
    return client.post(registrations, {{"kind", "main"}, {"address", sample_address(static_cast<unsigned>(number))}});
  });
  EXPECT_EQ(first.status + second.status, 201u + 409u);
  EXPECT_TRUE(is_problem(first.status == 409 ? first : second, 409, "conflict", "kind"));
}

TEST(Repetition, TheSameKeyTwiceAtOnceHasOneEffect) {
  RunningRegister const running;
  auto person = running.person();
  for (unsigned round = 0; round < 10; ++round) {
    auto const [first, second] = at_once(running, person.token(), [&](ApiClient& client, int) {
      return client.post(registrations, secondary(round), "round " + std::to_string(round));
    });
    EXPECT_EQ(first.status, 201u);
    EXPECT_EQ(second.body, first.body);
  }
  EXPECT_EQ(person.get("/api/v1/me").at("/registrations").as_array().size(), 10u);
}

TEST(Repetition, ARecordsLimitsAreToldClearly) {
  RunningRegister const running;
  auto person = running.person();
  for (unsigned i = 0; i < 20; ++i)
    ASSERT_EQ(person.post("/api/v1/opening-codes", {{"fields", {"assurance"}}}).status, 201u);
  EXPECT_TRUE(is_problem(person.post("/api/v1/opening-codes", {{"fields", {"assurance"}}}), 409, "conflict"));
  for (unsigned i = 0; i < 200; ++i) ASSERT_EQ(person.post(registrations, secondary(i)).status, 201u);
  EXPECT_TRUE(is_problem(person.post(registrations, secondary(200)), 409, "conflict"));
  EXPECT_EQ(person.get("/api/v1/me").at("/registrations").as_array().size(), 200u);
}

}  // namespace
}  // namespace abode::functional
