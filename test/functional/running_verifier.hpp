// A verifier as its operator runs it, the register that it trusts, and holders with wallets. For tests of the whole.
#pragma once

#include <fstream>
#include <optional>

#include "credential/trust.hpp"
#include "support/running_register.hpp"
#include "support/wallet.hpp"
#include "system/clock.hpp"
#include "system/process.hpp"

namespace abode::functional {

namespace json = codec::json;
using test::Answer;
using test::ApiClient;

inline constexpr char const* form_type = "application/x-www-form-urlencoded";
inline std::set<std::string> const region_alone{"region", "country"};

class RunningVerifier {
 public:
  RunningVerifier() {
    write_trust();
    auto const made = test::run_abode({"verifier", directory(), "--create", "Hope Street School", "--public-url",
                                       public_url, "--trust", trust_source().string()});
    if (made.status != 0) throw std::runtime_error(made.errors);
    created = made.output;
    access_key = test::read_text(directory() + "/keys/access.key");
    access_key.pop_back();
    start();
  }

  /// With `more` on its command line.
  void start(std::vector<std::string> const& more = {}) {
    // It may be reached by others, and connects to nobody.
    std::vector<std::string> command{"/usr/bin/env",   std::string{"LD_PRELOAD="} + ABODE_NO_CONNECT,
                                     test::executable, "verifier",
                                     directory(),      "--listen",
                                     "localhost:0"};
    command.insert(command.end(), more.begin(), more.end());
    process_.emplace(system::ChildProcess::start(command).value());
    for (std::string const& start : {std::string{"x509_hash:"}, std::string{"The verifier "}}) {
      auto const line = process_->read_line(test::patience);
      if (!line || !line->starts_with(start)) throw std::runtime_error("no verifier: " + process_->errors());
      if (start.starts_with("x509")) client_id = line->substr(0, line->find(' '));
      greeting += *line + "\n";
      port_ = static_cast<unsigned short>(std::strtoul(line->substr(line->rfind(':') + 1).c_str(), nullptr, 10));
    }
  }
  int stop() { return process_->stop(); }
  std::string errors() const { return process_->errors(); }

  /// What the kernel says it has written to any disk; empty if the kernel does not say.
  std::string bytes_written() const {
    std::ifstream io{"/proc/" + std::to_string(process_->id()) + "/io"};
    for (std::string line; std::getline(io, line);)
      if (line.starts_with("write_bytes")) return line;
    return {};
  }

  ApiClient anyone() const { return {"localhost", port_}; }
  ApiClient program() const { return {"localhost", port_, access_key}; }
  std::string directory() const { return (home_.path() / "verifier").string(); }
  std::filesystem::path home() const { return home_.path(); }
  std::filesystem::path trust_source() const { return home_.path() / "trust.json"; }
  void write_trust() const { test::write_text(trust_source(), credential::write_trust(world.trust)); }

  std::string const public_url = "https://check.school.example";
  std::string created;   ///< what its making said
  std::string greeting;  ///< what its start said
  std::string access_key;
  std::string client_id;
  base::Time const now = system::machine_time();
  test::ProofWorld world{.now = now, .from = now - std::chrono::days{30}, .until = now + std::chrono::days{300}};

 private:
  test::TemporaryDirectory home_;
  std::optional<system::ChildProcess> process_;
  unsigned short port_ = 0;
};

/// A question, as the program that asked it and the wallet that is to answer it see it.
struct Question {
  std::string id;
  std::string secret;
  std::string link;
  json::object request;
};

/// Some test of a verifier.
class Verifying : public testing::Test {
 protected:
  Question ask(std::string const& query = "region", std::optional<std::string> const& return_to = {}) {
    json::object body{{"query", query}};
    if (return_to) body["return_to"] = *return_to;
    Answer const asked = program.post("/api/requests", body);
    EXPECT_EQ(asked.status, 201U) << asked.body;
    std::string const id = asked.text("/id");
    return {id, asked.text("/secret"), asked.text("/link"), fetch(id)};
  }
  json::object fetch(std::string const& id) {
    Answer const fetched = stranger.get("/wallet/requests/" + id);
    EXPECT_EQ(fetched.status, 200U) << fetched.body;
    EXPECT_EQ(fetched.header("Content-Type"), "application/oauth-authz-req+jwt");
    return test::read_request(fetched.body);
  }
  Answer post_form(ApiClient& client, std::string const& path, std::string const& body, http::Pairs more = {}) {
    more.emplace_back("Content-Type", form_type);
    return client.send(http::Method::post, path, std::move(more), body);
  }
  Answer send(std::string const& id, std::string const& jwe) {
    return post_form(stranger, "/wallet/answers/" + id, "response=" + jwe);
  }
  /// Encrypts and sends.
  Answer answer(Question const& question, std::string const& text) {
    return send(question.id, test::encrypt_answer(text, test::key_of(question.request)));
  }
  Answer show(Question const& question, std::set<std::string> const& claims, json::object const& changes = {}) {
    return answer(question,
                  test::answer_with(test::present(running.world, question.request, claims, changes), question.request));
  }
  Answer result(Question const& question, std::string const& query = {}) {
    return running.anyone().send(http::Method::get, "/api/requests/" + question.id + query,
                                 {{"Authorization", "Bearer " + question.secret}});
  }

  RunningVerifier running;
  ApiClient stranger = running.anyone();
  ApiClient program = running.program();
};

}  // namespace abode::functional
