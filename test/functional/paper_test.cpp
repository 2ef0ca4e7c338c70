// Proofs on paper of a register that runs: the page, what a verifier reads in it, and its withdrawal.
#include <gmock/gmock.h>

#include <thread>

#include "codec/text.hpp"
#include "credential/verification.hpp"
#include "functional/proving_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

class Paper : public ProvingRegister {
 protected:
  Answer make(json::object wish, std::string const& key = {}) {
    wish["form"] = "paper";
    return person.post("/api/v1/proofs", wish, key);
  }
  std::string page_of(Answer const& made) {
    auto const pdf = codec::from_base64(made.text("/page"));
    EXPECT_TRUE(pdf);
    return file("page.pdf", base::as_text(*pdf));
  }
  static std::string text_of(std::string const& page) { return run_command({"/usr/bin/pdftotext", page, "-"}).output; }

  ApiClient person = running.person();
};

TEST_F(Paper, ShowsWhatItsCodeSaysAndIsCheckedFromTheFile) {
  Answer const made = make({{"life", "fresh"}, {"fields", {"family_name", "address", "since"}}, {"language", "ru"}});
  ASSERT_EQ(made.status, 201u) << made.body;
  std::string const page = page_of(made);
  auto const found = verify_file(page);
  EXPECT_EQ(found.at("verdict"), "test-mode") << found;
  EXPECT_EQ(found.at("number").as_string(), made.text("/proof/number"));
  EXPECT_EQ(found.at_pointer("/person/family_name"), "ERIKSSON");
  EXPECT_FALSE(found.at("person").as_object().contains("given_name"));
  std::string const text = text_of(page);
  for (char const* part : {"Certificate of residence", "Справка о месте жительства", "ERIKSSON", "Test mode"})
    EXPECT_THAT(text, HasSubstr(part));
  EXPECT_THAT(text, Not(HasSubstr("ANNA")));
  EXPECT_THAT(text, HasSubstr(made.text("/proof/number").substr(0, 4)));
  EXPECT_EQ(person.get("/api/v1/proofs").text("/proofs/0/form"), "paper");
  EXPECT_EQ(person.get("/api/v1/proofs").text("/proofs/0/number"), made.text("/proof/number"));
  EXPECT_EQ(file("seal.txt", made.text("/proofs/0")).empty(), false);
  EXPECT_EQ(verify_file(folder.path() / "seal.txt"), found) << "the text is what the code holds";
}

TEST_F(Paper, ThatLastsIsRevokedOnceItIsWithdrawn) {
  Answer const made = make({{"life", "lasting"}, {"fields", {"region"}}});
  ASSERT_EQ(made.status, 201u) << made.body;
  certificates::Memory memory;
  auto const seal = credential::parse_seal(made.text("/proofs/0"), memory).value();
  ASSERT_TRUE(seal.status);
  EXPECT_THAT(text_of(page_of(made)), HasSubstr("It can be withdrawn"));
  ASSERT_EQ(
      person.post("/api/v1/proofs/" + std::to_string(made.number("/proof/entry")) + "/withdraw", json::object{}).status,
      200u);
  std::uint8_t status = 0;
  for (auto const until = std::chrono::steady_clock::now() + patience;
       status != 1 && std::chrono::steady_clock::now() < until;) {
    Answer const list = running.anyone().get(seal.status->uri.substr(seal.status->uri.find("/status/")));
    if (list.status == 200) status = credential::parse_status_token(list.body).value().list.at(seal.status->index);
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  EXPECT_EQ(status, 1) << "the list never said so";
}

TEST_F(Paper, OfARequestThatComesAgainAfterAPowerCutHasTheSameNumber) {
  json::object const wish{{"life", "fresh"}, {"fields", {"region"}}};
  Answer const first = make(wish, "one");
  ASSERT_EQ(first.status, 201u) << first.body;
  running.kill();
  running.start();
  person = running.person();
  Answer const again = make(wish, "one");
  ASSERT_EQ(again.status, 201u) << again.body;
  EXPECT_EQ(again.text("/proof/number"), first.text("/proof/number"));
  EXPECT_EQ(person.get("/api/v1/proofs").at("/proofs").as_array().size(), 1u);
}

TEST_F(Paper, ThatMakesNoSenseIsRefusedAndLeavesNothing) {
  EXPECT_TRUE(
      is_problem(make({{"life", "fresh"}, {"fields", {"region"}}, {"language", "xx"}}), 422, "invalid", "language"));
  json::object const key{{"kty", "EC"},
                         {"crv", "P-256"},
                         {"x", "TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc"},
                         {"y", "ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ"}};
  EXPECT_TRUE(is_problem(make({{"life", "fresh"}, {"fields", {"region"}}, {"holder_keys", {json::value(key)}}}), 422,
                         "invalid", "holder_keys"));
  EXPECT_TRUE(is_problem(person.post("/api/v1/proofs", {{"life", "fresh"}, {"fields", {"region"}}, {"form", "wallet"}}),
                         422, "invalid", "form"));
  EXPECT_TRUE(is_problem(person.post("/api/v1/proofs", {{"life", "fresh"}, {"fields", {"region"}}, {"language", "ru"}}),
                         422, "invalid", "language"));
  EXPECT_TRUE(person.get("/api/v1/proofs").at("/proofs").as_array().empty());
}

TEST_F(Paper, WithAnAddressThatIsTooLongForItsCodeIsRefusedAndLeavesNothing) {
  json::object address{{"country", "GE"}, {"region", "თბილისი"}, {"lines", json::array{}}};
  for (int line = 0; line < 4; ++line) {
    std::string text;
    for (int letter = 0; letter < 60; ++letter) text += "ბ";
    address["lines"].as_array().emplace_back(text + std::to_string(line));
  }
  Answer const filed = person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", address}});
  ASSERT_EQ(filed.status, 201u) << filed.body;
  std::string const id = filed.text("/registration/id");
  Answer const refused = make({{"life", "fresh"}, {"fields", {"address"}}, {"registration", id}});
  EXPECT_TRUE(is_problem(refused, 422, "invalid", "fields"));
  EXPECT_THAT(refused.text("/detail"), HasSubstr("Choose country and region"));
  EXPECT_TRUE(person.get("/api/v1/proofs").at("/proofs").as_array().empty());
  EXPECT_EQ(make({{"life", "fresh"}, {"fields", {"region"}}, {"registration", id}}).status, 201u);
}

}  // namespace
}  // namespace abode::functional
