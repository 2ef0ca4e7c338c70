// `abode verifier` as programs and wallets meet it: what it asks, what it takes, and what it keeps.
#include <gmock/gmock.h>

#include <thread>

#include "functional/running_verifier.hpp"

namespace abode::functional {
namespace {

using namespace std::chrono_literals;
using namespace test;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
namespace fs = std::filesystem;

TEST_F(Verifying, AsksForARegionAndGetsNothingElse) {
  Question const question = ask();
  EXPECT_THAT(question.link, StartsWith("openid4vp://?client_id=x509_hash%3A"));
  EXPECT_THAT(question.link, HasSubstr("request_uri=https%3A%2F%2Fcheck.school.example%2Fwallet%2Frequests%2F" +
                                       question.id + "&request_uri_method=post"));
  EXPECT_EQ(question.request.at("client_id"), json::value(running.client_id));
  EXPECT_EQ(question.request.at("response_uri"), json::value(running.public_url + "/wallet/answers/" + question.id));
  EXPECT_EQ(result(question).text("/state"), "waiting");
  Answer const sent = show(question, {"region", "country", "family_name"});
  EXPECT_EQ(sent.status, 200U) << sent.body;
  EXPECT_EQ(sent.body, "{}");
  EXPECT_EQ(sent.header("Content-Type"), "application/json");
  EXPECT_EQ(sent.header("Cache-Control"), "no-store");
  Answer const found = result(question);
  EXPECT_EQ(found.text("/state"), "done");
  EXPECT_EQ(found.text("/result/outcome"), "shown") << found.body;
  EXPECT_EQ(found.text("/result/verdict"), "valid");
  EXPECT_EQ(found.text("/result/claims/address/region"), "Berlin");
  EXPECT_TRUE(found.at("/result/showed_more").as_bool());
  EXPECT_THAT(found.body, Not(HasSubstr("ERIKSSON")));
}

TEST_F(Verifying, AnswersAWalletThatPostsWithItsNonce) {
  Question const question = ask();
  std::string const path = "/wallet/requests/" + question.id;
  Answer const posted = post_form(stranger, path, "wallet_nonce=n-7&wallet_metadata=%7B%7D&other=x");
  EXPECT_EQ(read_request(posted.body).at("wallet_nonce"), json::value("n-7"));
  EXPECT_EQ(read_request(posted.body).at("nonce"), question.request.at("nonce"));
  EXPECT_EQ(stranger.send(http::Method::post, path).status, 200U) << "a wallet with nothing to say";
  EXPECT_EQ(post_form(stranger, path, "wallet_nonce=a&wallet_nonce=b").status, 400U);
  EXPECT_EQ(post_form(stranger, path, "wallet_nonce=" + std::string(600, 'a')).status, 400U);
  EXPECT_EQ(stranger.send(http::Method::post, path, {{"Content-Type", "application/json"}}, "{}").status, 415U);
  EXPECT_EQ(stranger.send(http::Method::put, path).status, 405U);
}

TEST_F(Verifying, NamesWhatIsWrongWithAShowing) {
  auto const at = [&](std::chrono::seconds later) { return (running.now + later).time_since_epoch().count(); };
  json::object const wrong[] = {{{"aud", "https://bank.example"}},
                                {{"nonce", "n-1"}},
                                {{"sd_hash", "AAAA"}},
                                {{"iat", at(-11min)}},
                                {{"iat", at(11min)}}};
  for (json::object const& changes : wrong) {
    Question const question = ask();
    EXPECT_EQ(show(question, region_alone, changes).status, 200U)
        << "it was taken; what came of it is not the wallet's";
    Answer const found = result(question);
    EXPECT_EQ(found.text("/result/verdict"), "holder-not-bound") << json::serialize(changes);
    EXPECT_THAT(found.body, Not(HasSubstr("\"claims\"")));
  }
  Question const question = ask();
  std::string shown = present(running.world, question.request, region_alone);
  shown[shown.find('~') - 5] = shown[shown.find('~') - 5] == 'A' ? 'B' : 'A';
  EXPECT_EQ(answer(question, answer_with(shown, question.request)).status, 200U);
  EXPECT_EQ(result(question).text("/result/verdict"), "bad-signature");
  Question const less = ask("address");
  EXPECT_EQ(show(less, region_alone).status, 200U);
  EXPECT_EQ(result(less).text("/result/outcome"), "incomplete");
}

TEST_F(Verifying, TakesOneAnswerToItsOwnQuestion) {
  Question const first = ask();
  Question const second = ask();
  std::string const text = answer_with(present(running.world, first.request, region_alone), first.request);
  std::string const jwe = encrypt_answer(text, key_of(first.request));
  EXPECT_EQ(send(second.id, jwe).status, 400U) << "encrypted to another request's key";
  EXPECT_EQ(send("AAAAAAAAAAAAAAAAAAAAAA", jwe).status, 404U);
  EXPECT_EQ(answer(second, text).status, 403U) << "with another request's state";
  EXPECT_EQ(result(second).text("/state"), "waiting") << "the right wallet may still answer";
  EXPECT_EQ(send(first.id, jwe).status, 200U);
  Answer const replayed = send(first.id, jwe);
  EXPECT_EQ(replayed.status, 409U);
  EXPECT_EQ(replayed.text("/error"), "invalid_request");
  EXPECT_EQ(stranger.get("/wallet/requests/" + first.id).status, 409U) << "the request was for one answer";
  EXPECT_EQ(result(first).text("/result/outcome"), "shown");
}

TEST_F(Verifying, TakesNoAnswerThatIsNotEncrypted) {
  Question const question = ask();
  std::string const state{question.request.at("state").as_string()};
  std::string const path = "/wallet/answers/" + question.id;
  std::string const shown = present(running.world, question.request, region_alone);
  std::string const token = http::percent_encode(R"({"proof":[")" + shown + "\"]}");
  EXPECT_EQ(post_form(stranger, path, "vp_token=" + token + "&state=" + state).status, 400U);
  EXPECT_EQ(post_form(stranger, path, "").status, 400U);
  EXPECT_EQ(post_form(stranger, path, "response=a&response=b").status, 400U);
  EXPECT_EQ(post_form(stranger, path, "response=a.b.c").status, 400U);
  EXPECT_EQ(post_form(stranger, path, "error=access_denied&state=other").status, 403U);
  EXPECT_EQ(result(question).text("/state"), "waiting");
  EXPECT_EQ(post_form(stranger, path, "error=access_denied&error_description=ERIKSSON&state=" + state).status, 200U);
  Answer const declined = result(question);
  EXPECT_EQ(declined.text("/result/outcome"), "declined");
  EXPECT_THAT(declined.text("/result/why"), HasSubstr("said no"));
  EXPECT_THAT(declined.body, Not(HasSubstr("ERIKSSON")));
}

TEST_F(Verifying, ShowsAResultToWhoAskedOnly) {
  Question const question = ask();
  show(question, region_alone);
  std::string const path = "/api/requests/" + question.id;
  EXPECT_EQ(stranger.get(path).status, 404U) << "whoever has the link sees nothing";
  EXPECT_EQ(program.get(path).status, 404U) << "nor with the access key";
  Question const other = ask();
  EXPECT_EQ(stranger.send(http::Method::get, path, {{"Authorization", "Bearer " + other.secret}}).status, 404U);
  http::Pairs const own{{"Authorization", "Bearer " + question.secret}};
  EXPECT_EQ(stranger.send(http::Method::get, path, own).status, 200U);
  EXPECT_EQ(stranger.send(http::Method::delete_, path, own).status, 204U);
  EXPECT_EQ(stranger.send(http::Method::get, path, own).status, 404U) << "forgotten";
}

TEST_F(Verifying, LetsNobodyAskWithoutTheAccessKey) {
  json::object const body{{"query", "region"}};
  EXPECT_EQ(stranger.post("/api/requests", body).status, 401U);
  EXPECT_EQ(ApiClient(running.anyone())
                .send(http::Method::post, "/api/requests",
                      {{"Authorization", "Bearer " + running.access_key.substr(1)}}, "{}")
                .status,
            401U);
  auto const expect_refused = [&](json::object const& wish, char const* field) {
    Answer const answer = program.post("/api/requests", wish);
    EXPECT_EQ(answer.status, 400U) << json::serialize(wish);
    EXPECT_EQ(answer.text("/type"), "urn:abode:problem:invalid");
    EXPECT_EQ(answer.text("/field"), field);
  };
  expect_refused({{"query", "everything"}}, "query");
  expect_refused({{"query", "region"}, {"dcql_query", json::object{}}}, "dcql_query");
  for (char const* url : {"http://shop.example", "http://localhost.shop.example/", "javascript:alert(1)",
                          "https://shop.example/#x", "https://a b"})
    expect_refused({{"query", "region"}, {"return_to", url}}, "return_to");
}

TEST_F(Verifying, GivesTheResultToTheDeviceThatTheWalletIsOn) {
  Question const question = ask("region", "https://shop.example/done?order=7");
  Answer const sent = show(question, region_alone);
  std::string const target = sent.text("/redirect_uri");
  std::string const start = "https://shop.example/done?order=7&response_code=";
  ASSERT_THAT(target, StartsWith(start));
  std::string const code = target.substr(start.size());
  EXPECT_EQ(code.size(), 22U) << "128 random bits";
  EXPECT_EQ(result(question).text("/state"), "answered") << "who lured a holder into this does not get it";
  EXPECT_EQ(result(question, "?response_code=" + code.substr(1) + "A").status, 404U);
  EXPECT_EQ(result(question, "?response_code=" + code).text("/result/outcome"), "shown");
  EXPECT_EQ(result(question).text("/state"), "done");
}

/// Every file below, with its content and the time of its last change.
std::string whole_tree(fs::path const& directory) {
  std::map<std::string, std::string> files;
  for (auto const& entry : fs::recursive_directory_iterator{directory}) {
    auto const changed = std::to_string(entry.last_write_time().time_since_epoch().count());
    files[entry.path().string()] = changed + (entry.is_regular_file() ? read_text(entry.path()) : "");
  }
  std::string all;
  for (auto const& [name, content] : files) all.append(name).append("\n").append(content).append("\n");
  return all;
}

TEST_F(Verifying, LeavesTheDiskAsItWasAfterAThousandPresentations) {
  std::string const before = whole_tree(running.directory());
  std::string const written = running.bytes_written();
  Answer latest;
  for (int i = 0; i < 1000; ++i) {
    Question const question = ask("name-and-address");
    ASSERT_EQ(show(question, {"family_name", "given_name", "formatted", "country"}).status, 200U);
    latest = result(question);
    http::Pairs const own{{"Authorization", "Bearer " + question.secret}};
    ASSERT_EQ(stranger.send(http::Method::delete_, "/api/requests/" + question.id, own).status, 204U);
  }
  EXPECT_EQ(latest.text("/result/claims/family_name"), "ERIKSSON") << latest.body;
  EXPECT_EQ(whole_tree(running.directory()), before);
  EXPECT_EQ(running.bytes_written(), written) << "nor anywhere else";
  EXPECT_EQ(running.stop(), 0);
  EXPECT_EQ(whole_tree(running.directory()), before);
  EXPECT_EQ(running.errors(), "") << "its log says nothing of anybody";
}

TEST_F(Verifying, HoldsNoMoreThanItsLimit) {
  unsigned status = 201;
  for (int i = 0; i < 1001 && status == 201; ++i)
    status = program.post("/api/requests", json::object{{"query", "region"}}).status;
  EXPECT_EQ(status, 503U);
}

TEST_F(Verifying, TakesUpAChangedTrustFileAndKeepsTheOldOneIfItIsBroken) {
  fs::path const file = fs::path{running.directory()} / "trust.json";
  auto const await = [&](char const* words) {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (running.errors().find(words) == std::string::npos && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(20ms);
    EXPECT_THAT(running.errors(), HasSubstr(words));
  };
  write_text(file, "{\"issuers\": 7}");
  await("stays in use");
  Question const first = ask();
  show(first, region_alone);
  EXPECT_EQ(result(first).text("/result/verdict"), "valid");
  write_text(file, R"({"issuers": []})");
  await("of 0 issuers");
  Question const second = ask();
  show(second, region_alone);
  EXPECT_EQ(result(second).text("/result/verdict"), "untrusted-issuer");
  write_text(fs::path{running.directory()} / "status" / "list.jwt", "nonsense");
  await("is no status list");
}

TEST_F(Verifying, LooksAtListsOfStatuses) {
  running.stop();
  credential::StatusList list{2, 100};
  list.set(6, 1);
  write_text(fs::path{running.directory()} / "status" / "7.jwt",
             running.world.status_token(list, running.now - 1h) + "\n");
  running.start();
  stranger = running.anyone();
  program = running.program();
  for (std::uint64_t const index : {5U, 6U}) {
    Question const question = ask();
    auto lasting = running.world.lasting(index);
    lasting.holder_key = running.world.holder_key.public_key();
    running.world.challenge = {running.client_id, std::string{question.request.at("nonce").as_string()}};
    std::string const shown =
        running.world.signed_by_holder(ProofWorld::show_only(running.world.issue(lasting), region_alone));
    answer(question, answer_with(shown, question.request));
    EXPECT_EQ(result(question).text("/result/verdict"), index == 5 ? "valid" : "revoked");
  }
}

TEST_F(Verifying, GetsANewKeyUnderItsRoot) {
  std::string const roots = running.directory() + "-roots";
  fs::rename(running.directory() + "/roots", roots);
  EXPECT_EQ(run_abode({"verifier", running.directory(), "--renew", roots}).status, 1) << "it serves";
  running.stop();
  std::string const before = running.client_id;
  EXPECT_EQ(run_abode({"verifier", running.directory(), "--renew", running.directory() + "/keys"}).status, 1)
      << "that is no root";
  Outcome const renewed = run_abode({"verifier", running.directory(), "--renew", roots});
  EXPECT_EQ(renewed.status, 0) << renewed.errors;
  running.start();
  EXPECT_NE(running.client_id, before);
  EXPECT_THAT(running.greeting, HasSubstr("good until 20"));
  stranger = running.anyone();
  program = running.program();
  Question const question = ask();
  EXPECT_EQ(question.request.at("client_id"), json::value(running.client_id));
  show(question, region_alone);
  EXPECT_EQ(result(question).text("/result/outcome"), "shown");
}

TEST(Verifier, SaysWhatIsMissingBeforeItServes) {
  TemporaryDirectory const home;
  std::string const directory = (home.path() / "v").string();
  auto const expect = [&](std::vector<std::string> arguments, int status, char const* words) {
    arguments.insert(arguments.begin(), {"verifier", directory});
    Outcome const outcome = run_abode(arguments);
    EXPECT_EQ(outcome.status, status) << outcome.errors;
    EXPECT_THAT(outcome.errors, HasSubstr(words));
  };
  std::vector<std::string> const serve{"--listen", "localhost:0"};
  expect({}, 2, "--listen");
  expect({"--create", "School"}, 2, "--public-url");
  expect({"--create", "School", "--public-url", "http://school.example"}, 1, "https://");
  expect({"--create", "School", "--public-url", "https://school.example/path"}, 1, "only");
  expect({"--create", "A \"b\"", "--public-url", "https://school.example"}, 1, "name");
  EXPECT_FALSE(fs::exists(directory)) << "nothing is made that is not good";
  Outcome const made =
      run_abode({"verifier", directory, "--create", "School", "--public-url", "https://school.example"});
  ASSERT_EQ(made.status, 0) << made.errors;
  EXPECT_THAT(made.output, HasSubstr("trust.json"));
  expect({"--create", "School", "--public-url", "https://school.example"}, 1, "not empty");
  expect(serve, 1, "There is no ");
  write_text(directory + "/trust.json", "{}");
  expect(serve, 1, "trust.json");
  write_text(directory + "/trust.json", R"({"issuers": []})");
  fs::permissions(directory + "/keys/requests.pem", fs::perms::group_read, fs::perm_options::add);
  expect(serve, 1, "requests.pem");
  fs::permissions(directory + "/keys/requests.pem", fs::perms::group_read, fs::perm_options::remove);
  replace_text(directory + "/verifier.toml", "public_url = \"https://school.example\"", "public_url = \"ftp://x\"");
  expect(serve, 1, "https://");
}

}  // namespace
}  // namespace abode::functional
