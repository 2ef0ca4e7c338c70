// Guardians over HTTP: each sees what they filed and nothing else, until the child is 18.
#include <gmock/gmock.h>

#include <map>

#include "api/routes.hpp"
#include "functional/database.hpp"
#include "pages/pages.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

json::object place(std::string const& street, std::string const& kind) {
  return {{"kind", kind}, {"address", {{"country", "DE"}, {"lines", {street, "12047 Berlin"}}}}};
}

/// A person's client, and the guardianship by which they file for Emma.
struct Guardian {
  ApiClient client;
  std::string child;

  std::string path(std::string const& rest = {}) const { return "/api/v1/children/" + child + rest; }
};

Guardian guardian(RunningRegister const& running, std::string_view id) {
  ApiClient client = running.person(id);
  std::string child = client.get("/api/v1/children").text("/children/0/id");
  return {std::move(client), std::move(child)};
}

/// Every answer to a GET on the API and the pages, with each of `values` in the place of each {name}.
std::vector<std::pair<std::string, std::string>> everything_to_read(ApiClient& client,
                                                                    std::vector<std::string> const& values) {
  std::vector<std::pair<std::string, std::string>> answers;
  for (auto const& routes : {api::api_surface().routes, pages::page_surface().routes})
    for (api::Route const& route : routes) {
      if (route.method != http::Method::get || route.authority == api::Authority::anyone) continue;
      std::vector<std::string> targets{std::string{route.path}};
      for (bool open = true; open;) {
        open = false;
        std::vector<std::string> filled;
        for (std::string const& target : targets) {
          std::size_t const at = target.find('{');
          if (at == std::string::npos) {
            filled.push_back(target);
            continue;
          }
          open = true;
          for (std::string const& value : values)
            filled.push_back(std::string{target}.replace(at, target.find('}') - at + 1, value));
        }
        targets = std::move(filled);
      }
      for (std::string const& target : targets) {
        Answer const answer = client.send(http::Method::get, target, {{"Cookie", "abode_session=" + client.token()}});
        answers.emplace_back(target, answer.body);
      }
    }
  return answers;
}

TEST(Guardians, OneSeesNothingOfWhatTheOtherFiledOnAnyRoute) {
  RunningRegister const running;
  auto anna = guardian(running, "anna-eriksson");
  auto peter = guardian(running, "peter-stevenson");
  EXPECT_NE(anna.child, peter.child);
  Answer const by_anna = anna.client.post(anna.path("/registrations"), place("Haselnussgasse 1", "main"));
  ASSERT_EQ(by_anna.status, 201u) << by_anna.body;
  std::string const annas = by_anna.text("/registration/id");
  Answer const moved = anna.client.post(anna.path("/registrations/" + annas + "/move"),
                                        {{"address", {{"country", "DE"}, {"lines", {"Quittenpfad 2", "Berlin"}}}}});
  ASSERT_EQ(moved.status, 200u) << moved.body;
  Answer const code = anna.client.post(anna.path("/opening-codes"), {{"fields", {"given_names"}}});
  ASSERT_EQ(code.status, 201u) << code.body;
  Answer const by_peter = peter.client.post(peter.path("/registrations"), place("Ebereschenweg 3", "temporary"));
  ASSERT_EQ(by_peter.status, 201u) << by_peter.body;
  std::string const peters = by_peter.text("/registration/id");

  std::vector<std::string> const secrets{"Haselnussgasse",
                                         "Quittenpfad",
                                         annas,
                                         moved.text("/registration/id"),
                                         code.text("/opening_code/code"),
                                         by_anna.text("/receipt/commitment")};
  std::vector<std::string> const values{anna.child,
                                        peter.child,
                                        annas,
                                        peters,
                                        "1",
                                        "3",
                                        by_anna.text("/receipt/commitment"),
                                        by_peter.text("/receipt/commitment")};
  bool own = false;
  for (auto const& [target, body] : everything_to_read(peter.client, values)) {
    own = own || body.find("Ebereschenweg") != std::string::npos;
    for (std::string const& secret : secrets)
      if (target.find(secret) == std::string::npos) {  // an error may name what was asked for
        EXPECT_THAT(body, Not(HasSubstr(secret))) << target;
      }
    if (target.find(anna.child) == std::string::npos) {
      EXPECT_THAT(body, Not(HasSubstr(anna.child))) << target;
    }
  }
  EXPECT_TRUE(own) << "his own was never shown, so this test looks in the wrong places";
}

TEST(Guardians, NoNumberTellsHowMuchElseThereIs) {
  RunningRegister const running;
  auto anna = guardian(running, "anna-eriksson");
  Answer const filed = anna.client.post(anna.path("/registrations"), place("Haselnussgasse 1", "main"));
  EXPECT_EQ(filed.at("/receipt").as_object().count("entry"), 0u) << filed.body;
  Answer const history = anna.client.get(anna.path("/history"));
  ASSERT_EQ(history.at("/entries").as_array().size(), 1u) << history.body;
  EXPECT_EQ(history.at("/entries/0").as_object().count("entry"), 0u) << history.body;
  EXPECT_EQ(history.text("/entries/0/actor"), "guardian");
  EXPECT_EQ(history.text("/entries/0/guardianship"), anna.child);
}

TEST(Guardians, HearOfAnotherMainResidenceOnlyThatItStands) {
  RunningRegister const running;
  auto anna = guardian(running, "anna-eriksson");
  auto peter = guardian(running, "peter-stevenson");
  ASSERT_EQ(anna.client.post(anna.path("/registrations"), place("Haselnussgasse 1", "main")).status, 201u);
  Answer const second = peter.client.post(peter.path("/registrations"), place("Ebereschenweg 3", "main"));
  EXPECT_TRUE(is_problem(second, 409, "conflict", "kind"));
  EXPECT_THAT(second.body, Not(HasSubstr("Haselnuss")));
}

TEST(Guardians, WrongForeignAndOutlivedGuardianshipsAreAnsweredAlike) {
  RunningRegister const running;
  auto anna = guardian(running, "anna-eriksson");
  auto peter = guardian(running, "peter-stevenson");
  auto const answer_to = [&](std::string const& child) {
    return anna.client.get("/api/v1/children/" + child + "/history");
  };
  Answer const missing = answer_to("0000000000000000");
  EXPECT_TRUE(is_problem(missing, 404, "not-found"));
  EXPECT_EQ(answer_to(peter.child).body, missing.body);
  ASSERT_EQ(answer_to(anna.child).status, 200u);
  // As if the child were of age by now: Anna's guardianship leads to Peter, who is.
  run_sql(running.directory() / "abode.db",
          "UPDATE guardianship SET child = (SELECT guardian FROM guardianship WHERE id = '" + peter.child +
              "') WHERE id = '" + anna.child + "'");
  EXPECT_EQ(answer_to(anna.child).body, missing.body);
  EXPECT_EQ(anna.client.get("/api/v1/children").at("/children").as_array().size(), 0u);
  EXPECT_TRUE(
      is_problem(anna.client.post(anna.path("/registrations"), place("Haselnussgasse 1", "main")), 404, "not-found"));
  EXPECT_TRUE(
      is_problem(anna.client.post(anna.path("/opening-codes"), {{"fields", {"given_names"}}}), 404, "not-found"));
}

TEST(Guardians, AChildBelowTheAgeHasNoAccountAndIsToldWhy) {
  RunningRegister const running;
  Answer const answer = running.anyone().post("/api/v1/sessions", {{"test_person", "emma-eriksson"}});
  EXPECT_TRUE(is_problem(answer, 403, "forbidden"));
  EXPECT_THAT(answer.text("/detail"), HasSubstr("a guardian files for you until you are 16"));
  EXPECT_EQ(answer.header("Set-Cookie"), "");
  EXPECT_EQ(run_sql(running.directory() / "abode.db", "SELECT count(*) FROM session").at(0).at(0), "0");
}

TEST(Guardians, FromTheAgeOnTheChildSeesAllAndDecidesAll) {
  TemporaryDirectory const files;
  auto const profile = files.path() / "seven.toml";
  std::filesystem::copy_file(std::filesystem::path{ABODE_PROFILES} / "specimen.toml", profile);
  replace_text(profile, "age_years = 16", "age_years = 7");
  RunningRegister const running{profile.string()};
  auto anna = guardian(running, "anna-eriksson");
  auto peter = guardian(running, "peter-stevenson");
  Answer const by_anna = anna.client.post(anna.path("/registrations"), place("Haselnussgasse 1", "main"));
  Answer const by_peter = peter.client.post(peter.path("/registrations"), place("Ebereschenweg 3", "temporary"));
  ASSERT_EQ(by_peter.status, 201u) << by_peter.body;

  auto emma = running.person("emma-eriksson");
  Answer const all = emma.get("/api/v1/registrations");
  ASSERT_EQ(all.at("/registrations").as_array().size(), 2u) << all.body;
  EXPECT_EQ(all.text("/registrations/0/filed_by"), anna.child);
  EXPECT_EQ(all.text("/registrations/1/filed_by"), peter.child);
  EXPECT_EQ(emma.get("/api/v1/inbox").at("/notices").as_array().size(), 4u) << "two guardians, two acts";
  EXPECT_EQ(emma.get("/api/v1/me/export").at("/guardianships").as_array().size(), 2u);

  std::string const path = "/api/v1/registrations/" + by_anna.text("/registration/id");
  EXPECT_EQ(emma.post(path + "/correct", {{"address", sample_address(5)}}).status, 200u);
  EXPECT_EQ(anna.client.get(anna.path("/registrations")).at("/registrations").as_array().size(), 0u)
      << "what the child wrote is not a guardian's to see";
  EXPECT_EQ(peter.client.get(peter.path("/registrations")).at("/registrations").as_array().size(), 1u);
}

TEST(Guardians, MoveAChildAlongWithABrowser) {
  RunningRegister const running;
  auto anna = guardian(running, "anna-eriksson");
  std::string const mine =
      anna.client.post("/api/v1/registrations", place("Haselnussgasse 1", "main")).text("/registration/id");
  ASSERT_EQ(anna.client.post(anna.path("/registrations"), place("Haselnussgasse 1", "main")).status, 201u);
  Answer const moved = anna.client.post("/api/v1/registrations/" + mine + "/move",
                                        {{"address", {{"country", "DE"}, {"lines", {"Quittenpfad 2", "Berlin"}}}}});
  http::Pairs const cookie{{"Cookie", "abode_session=" + anna.client.token()}};
  Answer const receipt =
      anna.client.send(http::Method::get, "/receipts/" + std::to_string(moved.number("/receipt/entry")), cookie);
  EXPECT_THAT(receipt.body, HasSubstr("Who moved with you?"));
  EXPECT_THAT(receipt.body, HasSubstr("EMMA moved with me"));
  EXPECT_THAT(receipt.body, HasSubstr("/children/" + anna.child + "/move-along"));
  Answer const along = anna.client.post(anna.path("/move-along"), {{"registration", moved.text("/registration/id")}});
  EXPECT_EQ(along.status, 200u) << along.body;
  EXPECT_EQ(along.text("/registration/address/lines/0"), "Quittenpfad 2");
}

}  // namespace
}  // namespace abode::functional
