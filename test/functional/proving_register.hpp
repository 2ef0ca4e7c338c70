// A register with somebody who has something to prove, and a verifier who has files alone.
#pragma once

#include "support/running_register.hpp"

namespace abode::functional {

class ProvingRegister : public ::testing::Test {
 protected:
  ProvingRegister() {
    running.stop();
    test::replace_text(running.directory() / "abode.toml", "status_interval_s = 10", "status_interval_s = 1");
    running.start();
    auto person = running.person();
    EXPECT_EQ(person.post("/api/v1/registrations", {{"kind", "main"}, {"address", test::sample_address(1)}}).status,
              201u);
  }

  std::string file(std::string const& name, std::string_view content) {
    std::filesystem::path const path = folder.path() / name;
    test::write_text(path, content);
    return path.string();
  }
  /// What `abode verify` says of a file by the register's trust file.
  test::json::value verify_file(std::string const& path, std::vector<std::string> const& more = {}) {
    std::vector<std::string> arguments{"verify", path, "--trust",
                                       file("trust.json", running.anyone().get("/trust.json").body), "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    test::Outcome const found = test::run_abode(arguments);
    EXPECT_EQ(found.errors, "");
    return codec::parse_json(found.output).value();
  }

  test::RunningRegister running;
  test::TemporaryDirectory folder;
};

}  // namespace abode::functional
