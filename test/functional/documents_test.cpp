// What the documents have people do, done.
#include <gmock/gmock.h>

#include <filesystem>

#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using testing::HasSubstr;
namespace fs = std::filesystem;

fs::path const docs = fs::path{ABODE_SOURCE_DIR} / "docs";

/// The indented lines after a heading, as one script.
std::string script_under(std::string const& heading, std::string const& document) {
  std::string script;
  std::string_view rest{document};
  std::size_t const begin = rest.find("\n## " + heading + "\n");
  if (begin == std::string_view::npos) throw std::runtime_error("no heading " + heading);
  rest.remove_prefix(begin + 1);
  while (!rest.empty()) {
    std::size_t const end = std::min(rest.find('\n'), rest.size() - 1);
    std::string_view const line = rest.substr(0, end + 1);
    if (line.starts_with("    ")) script += line.substr(4);
    rest.remove_prefix(end + 1);
  }
  return script;
}

class WorkedExample : public testing::Test {
 protected:
  WorkedExample() {
    fs::copy(docs / "example", home.path() / "example");
    std::string script = script_under("A worked example", read_text(docs / "log.md"));
    // Its scratch files in a folder of this test's own.
    std::string const scratch = home.path().string() + "/";
    for (std::size_t at = 0; (at = script.find("/tmp/", at)) != std::string::npos; at += scratch.size())
      script.replace(at, 5, scratch);
    write_text(home.path() / "script", script);
  }
  fs::path history() const { return home.path() / "example" / "history.json"; }
  Outcome by_hand() const {
    return run_command({"/bin/bash", "-c", "cd '" + (home.path() / "example").string() + "' && bash ../script"});
  }
  Outcome by_audit() const {
    return run_abode(
        {"audit", history().string(), "--policy", (home.path() / "example" / "witnesses.policy").string()});
  }

  TemporaryDirectory home;
};

TEST_F(WorkedExample, OfTheLogHoldsByHandAndByAudit) {
  Outcome const hand = by_hand();
  EXPECT_EQ(hand.status, 0) << hand.output << hand.errors;
  EXPECT_THAT(hand.output, HasSubstr("the entry is in the tree"));
  EXPECT_THAT(hand.output, HasSubstr("the epoch binds one entry, this one"));
  EXPECT_THAT(hand.output, HasSubstr("the witness saw it on 2026-11-26 18:28:25"));
  EXPECT_THAT(by_audit().output, HasSubstr("accepted: "));
}

TEST_F(WorkedExample, OfTheLogStopsWhenAnythingIsChanged) {
  std::string const good = read_text(history());
  for (char const* member :
       {"\"entry\":\"r", "\"salt\":\"", "\"proof\":[\"", "\"blind\":\"", "\"checkpoint\":\"test-mode."}) {
    std::string changed = good;
    bool const newest = std::string_view{member}.starts_with("\"blind\"");  // of the epochs the last is looked at
    std::size_t const at = newest ? changed.rfind(member) : changed.find(member);
    ASSERT_NE(at, std::string::npos) << member;
    char& letter = changed[at + std::string_view{member}.size() + 1];
    letter = letter == 'B' ? 'C' : 'B';
    write_text(history(), changed);
    EXPECT_NE(by_hand().status, 0) << member;
    EXPECT_EQ(by_audit().status, 1) << member;
  }
}

}  // namespace
}  // namespace abode::functional
