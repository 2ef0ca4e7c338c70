// Proofs of residence of a register that runs: made, checked without it, withdrawn, and kept through trouble.
#include <gmock/gmock.h>

#include <thread>

#include "credential/status_list.hpp"
#include "credential/verification.hpp"
#include "functional/database.hpp"
#include "functional/proving_register.hpp"
#include "support/running_register.hpp"
#include "support/soft_hsm.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

class ProofsOverHttp : public ProvingRegister {
 protected:
  Answer make(json::object const& wish, std::string const& key = {}) {
    return running.person().post("/api/v1/proofs", wish, key);
  }
  /// As somebody does it who has only files.
  json::value verify(std::string const& proof, std::vector<std::string> const& more = {}) {
    return verify_file(file("proof.txt", proof), more);
  }
  static credential::StatusReference status_of(std::string const& proof) {
    certificates::Memory memory;
    return credential::parse_proof(proof, memory).value().status.value();
  }
  static std::string path_of(std::string const& uri) { return uri.substr(uri.find("/status/")); }
  /// The list, once it says this of the place.
  std::string await_status(credential::StatusReference const& status, std::uint8_t wanted) {
    for (auto const until = std::chrono::steady_clock::now() + patience; std::chrono::steady_clock::now() < until;) {
      Answer const list = running.anyone().get(path_of(status.uri));
      if (list.status == 200 && credential::parse_status_token(list.body).value().list.at(status.index) == wanted)
        return list.body;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    ADD_FAILURE() << "the list never said so";
    return {};
  }
};

TEST_F(ProofsOverHttp, AreCheckedByWhoHasTheTrustFileAndNothingElse) {
  Answer const made = make({{"life", "fresh"}, {"fields", {"region", "family_name"}}});
  ASSERT_EQ(made.status, 201u) << made.body;
  auto const found = verify(made.text("/proofs/0"));
  EXPECT_EQ(found.at("verdict"), "test-mode") << found;
  EXPECT_EQ(found.at_pointer("/person/family_name"), "ERIKSSON");
  EXPECT_FALSE(found.at("address").as_object().contains("formatted"));
  EXPECT_EQ(found.at("issuer"), "http://localhost:8080");
}

TEST_F(ProofsOverHttp, ThatLastAreRevokedInAPublishedListOnceTheyAreWithdrawn) {
  Answer const made = make({{"life", "lasting"}, {"fields", {"region"}}});
  ASSERT_EQ(made.status, 201u) << made.body;
  auto const status = status_of(made.text("/proofs/0"));
  await_status(status, 0);
  auto person = running.person();
  std::string const entry = std::to_string(made.number("/proof/entry"));
  ASSERT_EQ(person.post("/api/v1/proofs/" + entry + "/withdraw", json::object{}).status, 200u);
  std::string const list = await_status(status, 1);
  auto const token = credential::parse_status_token(list).value();
  std::size_t revoked = 0;
  for (std::size_t place = 0; place < token.list.size(); ++place) revoked += token.list.at(place);
  EXPECT_GE(revoked, 4u) << "decoys are among them";
  EXPECT_GE(token.list.size(), 100'000u);
  EXPECT_EQ(token.uri, status.uri);
  running.kill();
  running.start();
  await_status(status, 1);
}

TEST_F(ProofsOverHttp, StayGoodWhenTheKeysAreRenewedWhileItServes) {
  std::string const before = make({{"life", "fresh"}, {"fields", {"region"}}}).text("/proofs/0");
  std::string const trust = running.anyone().get("/trust.json").body;
  fs::path const roots = folder.path() / "taken-away";
  fs::rename(running.directory() / "roots", roots);
  Outcome const renewed = run_abode({"keys", "rotate", running.directory().string(), "--roots", roots.string()});
  ASSERT_EQ(renewed.status, 0) << renewed.errors;
  auto const signer_of = [](std::string const& proof) {
    certificates::Memory memory;
    return credential::parse_proof(proof, memory).value().chain.front().der();
  };
  std::string after;
  for (auto const until = std::chrono::steady_clock::now() + patience; std::chrono::steady_clock::now() < until;) {
    after = make({{"life", "fresh"}, {"fields", {"region"}}}).text("/proofs/0");
    if (signer_of(after) != signer_of(before)) break;
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  EXPECT_NE(signer_of(after), signer_of(before)) << "it takes up the new key by itself";
  EXPECT_EQ(running.anyone().get("/trust.json").body, trust) << "who pinned it has nothing to do";
  for (std::string const& proof : {before, after}) EXPECT_EQ(verify(proof).at("verdict"), "test-mode");
  EXPECT_THAT(running.errors(), HasSubstr("proof-keys-renewed"));
}

/// From files into a device, and there on: verifiers have nothing to do.
TEST_F(ProofsOverHttp, AreSignedByADeviceThatKeepsItsKeys) {
  SoftHsm const hsm;
  std::string const before = make({{"life", "fresh"}, {"fields", {"region"}}}).text("/proofs/0");
  std::string const trust = running.anyone().get("/trust.json").body;
  fs::path const roots = running.directory() / "roots";
  fs::path const keys = running.directory() / "keys";
  running.stop();
  std::string const settings = read_text(running.directory() / "abode.toml");
  write_text(running.directory() / "abode.toml", settings + "\n[device]\nmodule = \"" + SoftHsm::module().string() +
                                                     "\"\ntoken = \"" + SoftHsm::token() +
                                                     "\"\npin = \"device.pin\"\n");
  auto const rotate = [&] {
    return run_abode({"keys", "rotate", running.directory().string(), "--roots", roots.string()});
  };
  Outcome const without_pin = rotate();
  EXPECT_EQ(without_pin.status, 1);
  EXPECT_THAT(without_pin.errors, HasSubstr("device.pin"));
  write_text(keys / "device.pin", SoftHsm::pin() + "\n");
  fs::permissions(keys / "device.pin", fs::perms::owner_read | fs::perms::owner_write);
  for (int i = 0; i < 3; ++i) {
    Outcome const rotated = rotate();
    ASSERT_EQ(rotated.status, 0) << rotated.errors;
  }
  EXPECT_THAT(read_text(keys / "proofs.pem"), Not(HasSubstr("PRIVATE KEY")));
  running.start();
  Answer const made = make({{"life", "lasting"}, {"fields", {"region"}}});
  ASSERT_EQ(made.status, 201u) << made.body;
  await_status(status_of(made.text("/proofs/0")), 0);
  for (std::string const& proof : {before, made.text("/proofs/0")})
    EXPECT_EQ(verify(proof).at("verdict"), "test-mode") << proof;
  EXPECT_EQ(running.anyone().get("/trust.json").body, trust);

  running.stop();
  write_text(running.directory() / "abode.toml", settings);
  Outcome const alone = run_abode({"serve", running.directory().string(), "--listen", "localhost:0"});
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(alone.errors, HasSubstr("name that as [device] in abode.toml"));
}

TEST_F(ProofsOverHttp, TheirKeysAreRenewedUnderTheRightRootsOnly) {
  RunningRegister const other;
  std::string const keys = read_text(running.directory() / "keys" / "proofs.pem");
  Outcome const wrong =
      run_abode({"keys", "rotate", running.directory().string(), "--roots", (other.directory() / "roots").string()});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.errors, HasSubstr("is not the root of"));
  Outcome const no_root =
      run_abode({"keys", "rotate", running.directory().string(), "--roots", (running.directory() / "keys").string()});
  EXPECT_EQ(no_root.status, 1);
  EXPECT_THAT(no_root.errors, HasSubstr("is not the root of"));
  Outcome const nowhere = run_abode({"keys", "rotate", running.directory().string(), "--roots", "/nowhere"});
  EXPECT_EQ(nowhere.status, 1);
  fs::permissions(running.directory() / "roots" / "proofs.pem", fs::perms::others_read, fs::perm_options::add);
  Outcome const open =
      run_abode({"keys", "rotate", running.directory().string(), "--roots", (running.directory() / "roots").string()});
  EXPECT_EQ(open.status, 1);
  EXPECT_EQ(read_text(running.directory() / "keys" / "proofs.pem"), keys) << "nothing was changed";
}

TEST_F(ProofsOverHttp, OfARequestThatComesAgainAfterAPowerCutAreTheSame) {
  json::object const wish{{"life", "lasting"}, {"fields", {"address"}}};
  Answer const first = make(wish, "one");
  ASSERT_EQ(first.status, 201u);
  running.kill();
  running.start();
  Answer const again = make(wish, "one");
  ASSERT_EQ(again.status, 201u) << again.body;
  EXPECT_EQ(again.number("/receipt/entry"), first.number("/receipt/entry"));
  EXPECT_EQ(status_of(again.text("/proofs/0")), status_of(first.text("/proofs/0")));
  EXPECT_EQ(running.person().get("/api/v1/proofs").at("/proofs").as_array().size(), 1u);
}

TEST_F(ProofsOverHttp, AreBoundToTheKeysThatCameWithTheWish) {
  json::object const good{{"kty", "EC"},
                          {"crv", "P-256"},
                          {"x", "TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc"},
                          {"y", "ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ"}};
  Answer const made = make({{"life", "fresh"}, {"fields", {"region"}}, {"holder_keys", {json::value(good)}}});
  ASSERT_EQ(made.status, 201u) << made.body;
  certificates::Memory memory;
  EXPECT_EQ(credential::to_jwk(credential::parse_proof(made.text("/proofs/0"), memory).value().holder_key.value()),
            good);
  json::object with_private = good;
  with_private["d"] = "AAAA";
  json::object other_curve = good;
  other_curve["crv"] = "P-384";
  for (json::value const& keys :
       {json::value(json::array{json::value(with_private)}), json::value(json::array{json::value(other_curve)}),
        json::value("x"), json::value(json::array{json::value(good), json::value(good)}),
        json::value(json::array(11, json::value(good)))})
    EXPECT_TRUE(is_problem(make({{"life", "fresh"}, {"fields", {"region"}}, {"holder_keys", keys}}), 422, "invalid",
                           "holder_keys"))
        << keys;
}

TEST_F(ProofsOverHttp, ThatMakeNoSenseAreRefusedAndLeaveNothing) {
  struct Case {
    json::object wish;
    char const* field;
  };
  Case const cases[] = {{{{"life", "eternal"}, {"fields", {"region"}}}, "life"},
                        {{{"life", "fresh"}, {"fields", json::array{}}}, "fields"},
                        {{{"life", "fresh"}, {"fields", {"nationality"}}}, "fields"},
                        {{{"life", "fresh"}, {"fields", {"region"}}, {"days", 15}}, "days"},
                        {{{"life", "fresh"}, {"fields", {"region"}}, {"days", -9'000'000'000}}, "days"},
                        {{{"life", "fresh"}}, "fields"},
                        {{{"life", "fresh"}, {"fields", {"region"}}, {"nationality", "UTO"}}, "nationality"}};
  for (auto const& [wish, field] : cases) EXPECT_TRUE(is_problem(make(wish), 422, "invalid", field)) << wish;
  EXPECT_TRUE(running.person().get("/api/v1/proofs").at("/proofs").as_array().empty());
  EXPECT_TRUE(is_problem(running.anyone().get("/status/../keys/proofs.pem"), 404, "not-found"));
  EXPECT_TRUE(is_problem(running.anyone().get("/status/%2e%2e%2fkeys"), 404, "not-found"));
}

TEST_F(ProofsOverHttp, G7AreKeptNowhereAndTheirStatusLeadsToNobody) {
  Answer const made = make({{"life", "lasting"}, {"fields", {"address", "family_name"}}});
  auto const status = status_of(made.text("/proofs/0"));
  await_status(status, 0);
  running.stop();
  std::string const signature = made.text("/proofs/0").substr(made.text("/proofs/0").find('~') - 40, 40);
  std::string const salted = made.text("/proofs/0").substr(made.text("/proofs/0").find('~') + 1, 30);
  for (auto const& entry : fs::recursive_directory_iterator{running.directory()}) {
    if (!entry.is_regular_file()) continue;
    std::string const content = read_text(entry.path());
    EXPECT_THAT(content, Not(HasSubstr(signature))) << entry.path();
    EXPECT_THAT(content, Not(HasSubstr(salted))) << entry.path();
  }
  auto const columns = run_sql(running.directory() / "abode.db", "SELECT name FROM pragma_table_info('status_place')");
  ASSERT_EQ(columns.size(), 3u);
  EXPECT_EQ(run_sql(running.directory() / "abode.db",
                    "SELECT 1 FROM status_place WHERE place = " + std::to_string(status.index))
                .size(),
            1u);
  running.start();
}

TEST_F(ProofsOverHttp, TheKeysOfAnotherOrOpenToOthersAreNoticedAtTheStart) {
  running.stop();
  fs::path const keys = running.directory() / "keys" / "proofs.pem";
  std::string const good = read_text(keys);
  fs::permissions(keys, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(run_abode({"doctor", running.directory().string()}).status, 1);
  fs::permissions(keys, fs::perms::others_read, fs::perm_options::remove);
  write_text(keys, "no key");
  Outcome const damaged = run_abode({"doctor", running.directory().string()});
  EXPECT_EQ(damaged.status, 1);
  EXPECT_THAT(damaged.output, HasSubstr("proofs.pem"));
  write_text(keys, good);
  Outcome const well = run_abode({"doctor", running.directory().string()});
  EXPECT_EQ(well.status, 0) << well.output;
  EXPECT_THAT(well.output, HasSubstr("the keys for proofs sign until"));
  running.start();
}

}  // namespace
}  // namespace abode::functional
