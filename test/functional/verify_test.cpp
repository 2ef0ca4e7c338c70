// `abode verify` as a verifier runs it: files in, a verdict and an exit status out, and no connection made (G7).
#include <gmock/gmock.h>

#include "codec/json.hpp"
#include "credential/verification.hpp"
#include "support/issuer.hpp"
#include "support/running_register.hpp"
#include "support/temporary_directory.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

class Verify : public ::testing::Test {
 protected:
  Verify() {
    write("trust.json", credential::write_trust({{{issuer, root, root}}}));
    write("proof", issue(proof()));
  }

  credential::ResidenceProof proof() const {
    return {.issuer = issuer,
            .issued_at = now,
            .expires_at = now + std::chrono::days{10},
            .person = {{"family_name", "ERIKSSON"}},
            .address = {{"locality", "Berlin"}, {"formatted", "Sonnenallee 17b\n12047 Berlin"}},
            .residence = {{"kind", "main"}}};
  }
  std::string issue(credential::ResidenceProof const& made) const { return issue(made, leaf); }
  std::string issue(credential::ResidenceProof const& made, certificates::Certificate const& signer) const {
    std::uint8_t salts = 0;
    return credential::issue(
        made, {signer}, [&] { return base::Bytes(credential::salt_size_bytes, ++salts); }, key.signer());
  }
  std::string file(std::string const& name) const { return (folder.path() / name).string(); }
  void write(std::string const& name, std::string const& text) const { write_text(file(name), text); }
  Outcome verify(std::vector<std::string> more = {}, std::string const& at = "2026-11-27T13:00:00Z") const {
    std::vector<std::string> arguments{"verify", file("proof"), "--trust", file("trust.json"), "--at", at};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_abode(arguments);
  }

  TemporaryDirectory folder;
  std::string const issuer = "https://register.example";
  base::Time const now = base::parse_time("2026-11-27T12:00:00Z").value();
  base::Time const from = now - std::chrono::days{100};
  base::Time const until = now + std::chrono::days{1000};
  P256Key root_key;
  P256Key key;
  certificates::Certificate root = make_certificate({"Root", root_key, root_key, "Root", from, until, true});
  certificates::Certificate leaf = make_certificate({"Leaf", key, root_key, "Root", from, until});
  certificates::Certificate for_tests = make_certificate({.subject = "Leaf",
                                                          .key = key,
                                                          .signed_by = root_key,
                                                          .issuer = "Root",
                                                          .from = from,
                                                          .until = until,
                                                          .is_for_tests = true});
};

TEST_F(Verify, SaysWhatAGoodProofShows) {
  Outcome const found = verify();
  EXPECT_EQ(found.status, 0) << found.errors;
  EXPECT_THAT(found.output, ::testing::StartsWith("valid\n"));
  EXPECT_THAT(found.output, HasSubstr("Said by https://register.example on 2026-11-27T12:00:00Z"));
  EXPECT_THAT(found.output, HasSubstr("Sonnenallee 17b, 12047 Berlin"));
  Outcome const for_programs = verify({"--json"});
  EXPECT_EQ(for_programs.status, 0);
  auto const json = codec::parse_json(for_programs.output).value();
  EXPECT_EQ(json.at("verdict"), "valid");
  EXPECT_EQ(json.at_pointer("/address/locality"), "Berlin");
}

TEST_F(Verify, NamesEachOtherVerdict) {
  auto const expect = [&](char const* verdict, std::vector<std::string> more = {}) {
    Outcome const found = verify(std::move(more));
    EXPECT_EQ(found.status, 1) << found.errors;
    EXPECT_THAT(found.output, ::testing::StartsWith(std::string{verdict} + ": "));
    EXPECT_THAT(found.output, Not(HasSubstr("\nSaid by")));
  };
  std::vector<std::string> const ask{"--audience", "https://school.example", "--nonce", "1"};
  write("proof", issue(proof(), for_tests));
  expect("test-mode");
  write("proof", "hello");
  expect("malformed");
  std::string const good = issue(proof());
  write("proof", good.substr(0, good.find('~') - 4) + "AAAA" + good.substr(good.find('~')));
  expect("bad-signature");
  write("proof", good);
  expect("holder-not-bound", ask);
  EXPECT_THAT(verify({}, "2026-11-27T11:00:00Z").output, ::testing::StartsWith("not-yet-valid: "));
  EXPECT_THAT(verify({}, "2027-11-27T11:00:00Z").output, ::testing::StartsWith("expired: "));
  auto made = proof();
  made.holder_key = key.public_key();
  write("proof", issue(made));
  expect("holder-not-bound");
  expect("holder-not-bound", ask);
  made = proof();
  made.status = credential::StatusReference{issuer + "/status/1", 3};
  write("proof", issue(made));
  expect("status-unknown");
  credential::StatusList list{2, 10};
  auto const write_list = [&] {
    write("list", credential::make_status_token(issuer + "/status/1", now, now + std::chrono::hours{24},
                                                std::chrono::hours{12}, list, {leaf}, key.signer()) +
                      "\n");
  };
  list.set(3, 1);
  write_list();
  expect("revoked", {"--status", file("list")});
  list.set(3, 2);
  write_list();
  expect("suspended", {"--status", file("list")});
  Outcome const stale = verify({"--status", file("list")}, "2026-11-28T13:00:00Z");
  EXPECT_THAT(stale.output, ::testing::StartsWith("status-unknown: "));
  EXPECT_THAT(stale.output, HasSubstr("The status list is 1500 minutes old."));
  write("trust.json", R"({"issuers": []})");
  expect("untrusted-issuer");
}

TEST_F(Verify, TakesTheHoldersSignatureWhenItIsAskedFor) {
  auto made = proof();
  made.holder_key = key.public_key();
  std::string const shown = issue(made);
  credential::json::object const payload{{"iat", now.time_since_epoch().count() + 3590},
                                         {"aud", "https://school.example"},
                                         {"nonce", "1"},
                                         {"sd_hash", credential::digest_of(shown)}};
  write("proof", shown + credential::make_jws({}, credential::key_binding_type, payload, key.signer()));
  EXPECT_EQ(verify({"--audience", "https://school.example", "--nonce", "1"}).status, 0);
  for (auto const& [audience, nonce] : {std::pair{"https://bank.example", "1"}, {"https://school.example", "2"}})
    EXPECT_THAT(verify({"--audience", audience, "--nonce", nonce, "--json"}).output,
                HasSubstr(R"("verdict":"holder-not-bound")"));
}

TEST_F(Verify, ReadsAProofFromStandardInput) {
  Outcome const found = run_command({"/bin/sh", "-c", R"("$1" verify - --trust "$2" --at 2026-11-27T13:00:00Z <"$3")",
                                     "sh", executable, file("trust.json"), file("proof")});
  EXPECT_EQ(found.status, 0) << found.errors;
  EXPECT_EQ(found.output, verify().output);
}

TEST_F(Verify, PrintsNothingThatActsOnATerminal) {
  auto made = proof();
  made.address = {{"locality", "\x1b[2JBerlin\x07"}};
  write("proof", issue(made));
  Outcome const found = verify();
  EXPECT_EQ(found.status, 0);
  EXPECT_THAT(found.output, HasSubstr("?[2JBerlin?"));
}

TEST_F(Verify, SaysWhichFileIsWrong) {
  auto const refused = [&](std::vector<std::string> more, char const* because) {
    Outcome const found = verify(std::move(more));
    EXPECT_EQ(found.status, 2);
    EXPECT_EQ(found.output, "");
    EXPECT_THAT(found.errors, HasSubstr(because));
  };
  write("list", "hello");
  refused({"--status", file("list")}, "is no status list");
  refused({"--status", file("nowhere")}, "nowhere");
  refused({"--at", "yesterday"}, "");
  write("trust.json", "{}");
  refused({}, "trust.json");
  std::filesystem::remove(file("proof"));
  refused({}, "proof");
  EXPECT_EQ(run_abode({"verify", file("list"), "--trust", file("trust.json"), "--nonce", "1"}).status, 2)
      << "a nonce without an audience";
}

// G7: a process that may make no socket says the same.
TEST_F(Verify, G7MakesNoConnection) {
  auto const without_network = [](std::vector<std::string> command) {
    command.insert(command.begin(), {"/usr/bin/env", "LD_PRELOAD=" ABODE_NO_NETWORK});
    return run_command(command);
  };
  Outcome const found = without_network(
      {executable, "verify", file("proof"), "--trust", file("trust.json"), "--at", "2026-11-27T13:00:00Z"});
  EXPECT_EQ(found.status, 0) << found.errors;
  EXPECT_EQ(found.output, verify().output);
  EXPECT_EQ(without_network({"/usr/bin/curl", "-s", "http://localhost:1/"}).status, 99) << "so this is what it does";
}

}  // namespace
}  // namespace abode::functional
