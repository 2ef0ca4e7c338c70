// Holds this very tree against the rules. What each rule finds and what it lets through is shown in scanner_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "architecture/graph.hpp"
#include "architecture/rules.hpp"

namespace abode::architecture {
namespace {

namespace fs = std::filesystem;

fs::path const root{ABODE_SOURCE_ROOT};

std::string read_text(fs::path const& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Every text file below a folder or of one name, in the order of their paths. Binary files are left out.
std::vector<Source> read_below(fs::path const& start) {
  std::vector<fs::path> paths;
  if (fs::is_regular_file(start)) paths.push_back(start);
  if (fs::is_directory(start))
    for (auto entry = fs::recursive_directory_iterator{start}; entry != fs::recursive_directory_iterator{}; ++entry) {
      if (entry->path().filename() == "node_modules") entry.disable_recursion_pending();  // not ours
      if (entry->is_regular_file()) paths.push_back(entry->path());
    }
  std::sort(paths.begin(), paths.end());
  std::vector<Source> sources;
  for (fs::path const& path : paths) {
    std::string text = read_text(path);
    if (text.find('\0') == std::string::npos)
      sources.push_back(read_source(path.lexically_relative(root).generic_string(), std::move(text)));
  }
  return sources;
}

std::vector<Source> const& files_of_src() {
  static std::vector<Source> const files = read_below(root / "src");
  return files;
}

std::vector<Source> cpp_files_of_src() {
  std::vector<Source> out;
  std::copy_if(files_of_src().begin(), files_of_src().end(), std::back_inserter(out),
               [](Source const& source) { return source.is_cpp(); });
  return out;
}

/// What the project wrote itself: not what builds, runs and editors leave in the tree.
std::vector<Source> files_of_repository() {
  std::vector<Source> out;
  for (auto const& entry : fs::directory_iterator{root}) {
    std::string const name = entry.path().filename().string();
    bool const hidden = name.starts_with('.') && name != ".ci" && !name.starts_with(".clang");
    if (hidden || name.starts_with("build") || name.starts_with("abode-data") || name == "node_modules") continue;
    auto files = read_below(entry.path());
    std::move(files.begin(), files.end(), std::back_inserter(out));
  }
  // The rules themselves, and their examples, name what they forbid.
  std::erase_if(out, [](Source const& source) { return source.path.starts_with("test/architecture/"); });
  return out;
}

Graph the_graph() {
  return parse_graph(read_text(root / "src/rooms.cmake"), read_text(root / "cmake/third_party.cmake"));
}

template <class Rule>
void expect_none(std::vector<Source> const& sources, Rule rule) {
  ASSERT_FALSE(sources.empty()) << "nothing to look at under " << root;
  std::vector<Violation> found;
  for (Source const& source : sources) {
    auto more = rule(source);
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  EXPECT_TRUE(found.empty()) << describe(found);
}

TEST(Architecture, RoomsAreFoldersAndTheirGraphHasNoCircle) {
  std::map<std::string, std::size_t> files_of_folder;
  for (auto const& entry : fs::directory_iterator{root / "src"})
    if (entry.is_directory()) files_of_folder[entry.path().filename().string()];
  for (Source const& source : cpp_files_of_src()) ++files_of_folder[source.room()];
  Graph const graph = the_graph();
  ASSERT_TRUE(graph.rooms.contains("base"));
  ASSERT_TRUE(graph.libraries.contains("openssl"));
  auto const found = check_graph(graph, files_of_folder);
  EXPECT_TRUE(found.empty()) << describe(found);
}

TEST(Architecture, EveryIncludeIsDeclared) {
  Graph const graph = the_graph();
  expect_none(cpp_files_of_src(), [&](Source const& source) { return check_includes(graph, source); });
}

TEST(Architecture, EveryDeclarationIsUsed) {
  auto const found = check_unused(the_graph(), cpp_files_of_src());
  EXPECT_TRUE(found.empty()) << describe(found);
}

TEST(Architecture, ASourceBeginsWithItsHeader) {
  std::set<std::string> headers;
  for (Source const& source : cpp_files_of_src())
    if (source.is_header()) headers.insert(source.path);
  ASSERT_TRUE(headers.contains("src/base/id.hpp"));
  expect_none(cpp_files_of_src(), [&](Source const& source) { return check_own_header_first(headers, source); });
}

TEST(Architecture, NothingBannedOutsideItsRoom) {
  expect_none(cpp_files_of_src(), check_bans);
}

TEST(Architecture, NoCoroutineIsALambdaWithCaptures) {
  expect_none(cpp_files_of_src(), check_coroutines);
}

TEST(Architecture, OneRoomOneNamespace) {
  expect_none(cpp_files_of_src(), check_namespace);
}

TEST(Architecture, G1G9NoWordOfPlaceDeviceOrNationality) {
  expect_none(files_of_src(), check_words);
}

TEST(Architecture, G9NoRoomOfTheServerUsesTheDeadlines) {
  Graph const graph = the_graph();
  ASSERT_TRUE(graph.rooms.contains("deadlines"));
  for (auto const& [name, room] : graph.rooms)
    if (name != "cli") {
      EXPECT_EQ(std::count(room.uses.begin(), room.uses.end(), "deadlines"), 0)
          << name << " could learn of a nationality. Only the command line on the person's side may use this room.";
    }
  for (Source const& source : cpp_files_of_src())
    if (source.room() == "cli" && source.path != "src/cli/deadline.cpp") {
      EXPECT_EQ(source.spoken.find("#include \"deadlines/"), std::string::npos)
          << source.path << " is not the calculator";
    }
}

TEST(Architecture, G9ProfilesOfTheServerDoNotSpeakOfNationality) {
  std::size_t seen = 0;
  for (auto const& entry : fs::directory_iterator{root / "profiles"}) {
    if (!entry.is_regular_file()) continue;
    ++seen;
    std::string const text = read_text(entry.path());
    for (char const* word : {"nationalit", "citizenship", "Nationalit", "Citizenship"})
      EXPECT_EQ(text.find(word), std::string::npos) << entry.path() << " speaks of \"" << word << "\"";
  }
  EXPECT_GE(seen, 4U);
}

TEST(Architecture, FilesAreInForm) {
  std::vector<Source> written;
  for (Source& source : files_of_repository())
    if (source.is_cpp() || source.path.ends_with(".cmake") || source.path.ends_with("CMakeLists.txt"))
      written.push_back(std::move(source));
  expect_none(written, check_form);
}

TEST(Architecture, NoPathOfAMachine) {
  expect_none(files_of_repository(), check_machine_paths);
}

TEST(Architecture, TestsThatDocumentsNameAreThere) {
  std::vector<Source> const tests = read_below(root / "test");
  for (Source const& document : read_below(root / "docs")) {
    auto const found = check_test_names(document, tests);
    EXPECT_TRUE(found.empty()) << describe(found);
  }
}

TEST(Architecture, DecisionsAreNumbered) {
  std::vector<std::string> names;
  for (Source const& source : read_below(root / "docs/decisions"))
    names.push_back(fs::path{source.path}.filename().string());
  auto const found = check_decisions(names);
  EXPECT_TRUE(found.empty()) << describe(found);
}

}  // namespace
}  // namespace abode::architecture
