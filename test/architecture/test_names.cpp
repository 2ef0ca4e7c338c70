#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

#include "architecture/rules.hpp"

namespace abode::architecture {
namespace {

/// A reference such as `unit/log/entry: Entry.*`: its file below test/ without the ending, its suite and its name.
std::regex const& reference() {
  static std::regex const form{R"(`([a-z0-9_]+(?:/[a-z0-9_]+)*): (?:\w+/)?(\w+)\.([\w*]+)`)"};
  return form;
}

Source const* find_test(std::vector<Source> const& tests, std::string const& file) {
  for (char const* ending : {"_test.cpp", ".cpp", ".hpp"}) {
    auto const found = std::ranges::find(tests, fmt::format("test/{}{}", file, ending), &Source::path);
    if (found != tests.end()) return &*found;
  }
  return nullptr;
}

/// `name` may have stars, each for any letters.
bool has_test(Source const& source, std::string const& suite, std::string const& name) {
  std::string const letters = std::regex_replace(name, std::regex{R"(\*)"}, R"(\w*)");
  return std::regex_search(source.text, std::regex{fmt::format(R"(\bTEST\w*\(\s*{},\s*{}\))", suite, letters)});
}

}  // namespace

std::vector<Violation> check_test_names(Source const& document, std::vector<Source> const& tests) {
  std::vector<Violation> found;
  std::string const& text = document.text;
  for (std::sregex_iterator at{text.begin(), text.end(), reference()}; at != std::sregex_iterator{}; ++at) {
    Source const* const test = find_test(tests, (*at)[1]);
    if (test != nullptr && has_test(*test, (*at)[2], (*at)[3])) continue;
    found.push_back({document.path, document.line_of(static_cast<std::size_t>(at->position())),
                     fmt::format("names {}, which is no test", at->str()),
                     "name the test that holds this now, or say that none does"});
  }
  return found;
}

}  // namespace abode::architecture
