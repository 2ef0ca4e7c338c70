// The rules themselves: for each, texts that it must flag and texts that it must let through.
#include <gtest/gtest.h>

#include "architecture/graph.hpp"
#include "architecture/rules.hpp"

namespace abode::architecture {
namespace {

Source cpp(std::string path, std::string text) {
  return read_source(std::move(path), std::move(text));
}

std::vector<std::string> texts_of(std::vector<Token> const& tokens) {
  std::vector<std::string> out;
  for (Token const& token : tokens) out.emplace_back(token.text);
  return out;
}

// Reading ---------------------------------------------------------------------------------------------

TEST(Source, BlanksCommentsAndLiteralsAndKeepsEveryPlace) {
  std::string const text =
      "int a; // new\n/* delete\n * x */ f(\"new \\\" // no\", 'n', '\\'');\nauto r = u8R\"q(new )\" delete)q\"; "
      "g(1'000);";
  Source const source = cpp("src/base/a.cpp", text);
  ASSERT_EQ(source.code.size(), text.size());
  ASSERT_EQ(source.spoken.size(), text.size());
  EXPECT_EQ(source.code.find("new"), std::string::npos);
  EXPECT_EQ(source.code.find("delete"), std::string::npos);
  EXPECT_NE(source.spoken.find("\"new \\\" // no\""), std::string::npos);
  EXPECT_NE(source.spoken.find("delete)q"), std::string::npos);
  EXPECT_EQ(source.spoken.find("* x"), std::string::npos);
  EXPECT_EQ(source.line_of(source.code.find("auto r")), 4U);
  auto const tokens = tokens_of(source);
  EXPECT_EQ(texts_of(tokens),
            (std::vector<std::string>{"int",  "a", ";", "f",   "(",    "\"\"", ",", "\"\"", ",",     "\"\"", ")", ";",
                                      "auto", "r", "=", "u8R", "\"\"", ";",    "g", "(",    "1_000", ")",    ";"}));
  EXPECT_EQ(tokens[3].line, 3U);
  EXPECT_EQ(tokens[12].line, 4U);
}

TEST(Source, ReadsHalfOfAFileWithoutHarm) {
  std::string const text = "x = R\"ab(cd)ab\" + \"e\\\"f\" /* g */ 'h' // i\\\nj\n[](){}";
  for (std::size_t size = 0; size <= text.size(); ++size)
    EXPECT_NO_THROW(tokens_of(cpp("src/base/a.cpp", text.substr(0, size)))) << size;
}

TEST(Source, KnowsItsRoom) {
  EXPECT_EQ(cpp("src/http/internal/a.hpp", "").room(), "http");
  EXPECT_EQ(cpp("src/rooms.cmake", "").room(), "");
  EXPECT_EQ(cpp("test/unit/a.cpp", "").room(), "");
}

TEST(Violation, SaysWhereWhatAndInstead) {
  EXPECT_EQ(describe({{"src/a.cpp", 7, "holds x", "write y"}}), "src/a.cpp:7: holds x. Instead: write y\n");
}

// The graph -------------------------------------------------------------------------------------------

constexpr std::string_view rooms_text = R"(
# room(comment USES nothing)
room(base                 SHOWS result)
room(text USES base       HIDES icu)   # a comment
room(http
     USES base text SHOWS json HIDES asio posix)
)";
constexpr std::string_view libraries_text = R"(
function(third_party name)
endfunction()
third_party(result HEADERS boost/system/ LINK Boost::headers)
third_party(icu    HEADERS unicode/      LINK ICU::uc ICU::i18n)
third_party(json   HEADERS boost/json    LINK Boost::json)
third_party(asio   HEADERS boost/asio    LINK Boost::headers)
third_party(posix  HEADERS unistd.h sys/ LINK Threads::Threads)
)";

Graph example() {
  return parse_graph(rooms_text, libraries_text);
}

TEST(ParseGraph, ReadsRoomsAndLibraries) {
  Graph const graph = example();
  ASSERT_EQ(graph.rooms.size(), 3U);
  EXPECT_EQ(graph.rooms.at("http").uses, (std::vector<std::string>{"base", "text"}));
  EXPECT_EQ(graph.rooms.at("http").hides, (std::vector<std::string>{"asio", "posix"}));
  EXPECT_EQ(graph.rooms.at("text").shows, std::vector<std::string>{});
  ASSERT_EQ(graph.libraries.size(), 5U);
  EXPECT_EQ(graph.libraries.at("posix"), (std::vector<std::string>{"unistd.h", "sys/"}));
}

TEST(CheckGraph, LetsAGoodOneThrough) {
  auto const found = check_graph(example(), {{"base", 1}, {"text", 2}, {"http", 3}});
  EXPECT_TRUE(found.empty()) << describe(found);
}

TEST(CheckGraph, FlagsEachFault) {
  auto const faults = [](std::string_view rooms, std::map<std::string, std::size_t> const& folders) {
    return describe(check_graph(parse_graph(rooms, libraries_text), folders));
  };
  std::map<std::string, std::size_t> const ab = {{"a", 1}, {"b", 1}};
  EXPECT_NE(faults("room(a USES b)\nroom(b USES a)", ab).find("in a circle"), std::string::npos);
  EXPECT_NE(faults("room(a USES a)\nroom(b)", ab).find("in a circle"), std::string::npos);
  EXPECT_NE(faults("room(a USES c)\nroom(b)", ab).find("a uses c"), std::string::npos);
  EXPECT_NE(faults("room(a HIDES nowhere)\nroom(b)", ab).find("library nowhere"), std::string::npos);
  EXPECT_NE(faults("room(a)", ab).find("src/b is no declared room"), std::string::npos);
  EXPECT_NE(faults("room(a)\nroom(b)", {{"a", 1}}).find("room b has no source"), std::string::npos);
  EXPECT_NE(faults("room(a)\nroom(b)", {{"a", 1}, {"b", 0}}).find("room b has no source"), std::string::npos);
}

TEST(CheckIncludes, LetsDeclaredOnesThrough) {
  for (auto const& [path, line] : std::vector<std::pair<char const*, char const*>>{
           {"src/http/a.cpp", "#include \"http/internal/b.hpp\""},
           {"src/http/a.cpp", "#include \"text/text.hpp\""},
           {"src/http/a.hpp", "#include <boost/json/value.hpp>"},
           {"src/http/a.cpp", "#include <boost/asio/ip/tcp.hpp>"},
           {"src/http/internal/a.hpp", "#include <boost/asio.hpp>"},
           {"src/http/a.cpp", "#  include <sys/stat.h>"},
           {"src/base/a.hpp", "#include <memory>\n#include <cstdint>"},
           {"src/base/a.hpp", "// #include \"http/a.hpp\"\n/*\n#include <curl.h>\n*/"},
       }) {
    auto const found = check_includes(example(), cpp(path, line));
    EXPECT_TRUE(found.empty()) << describe(found);
  }
}

TEST(CheckIncludes, FlagsEachFault) {
  for (auto const& [path, line] : std::vector<std::pair<char const*, char const*>>{
           {"src/base/a.cpp", "#include \"text/text.hpp\""},             // against the arrows
           {"src/text/a.cpp", "#include \"http/internal/b.hpp\""},       // another room's inside
           {"src/http/a.cpp", "#include \"text/internal/b.hpp\""},       // ... though it may use the room
           {"src/http/a.cpp", "#include \"../text/text.hpp\""},          // round the arrows
           {"src/http/a.cpp", "#include \"b.hpp\""},                     // of which room?
           {"src/http/a.cpp", "#include \"nowhere/b.hpp\""},             // no room
           {"src/text/a.hpp", "#include <unicode/unistr.h>"},            // hidden, and yet in a header
           {"src/base/a.cpp", "#include <unicode/unistr.h>"},            // another room's library
           {"src/http/a.cpp", "#include <boost/system/result.hpp>"},     // not inherited through base
           {"src/base/a.cpp", "#include <boost/asio.hpp>"},              // not declared
           {"src/base/a.cpp", "#include <boost/algorithm/string.hpp>"},  // no known library
           {"src/base/a.cpp", "#include <stdint.h>"},                    // C's name of a C++ header
           {"src/base/a.cpp", "  #  include <unistd.h>"},                // blanks hide nothing
       })
    EXPECT_EQ(check_includes(example(), cpp(path, line)).size(), 1U) << path << ": " << line;
}

TEST(CheckIncludes, SaysTheLineAndTheWayOut) {
  auto const found = check_includes(example(), cpp("src/base/a.cpp", "int a;\n\n#include \"text/text.hpp\"\n"));
  EXPECT_EQ(
      describe(found),
      "src/base/a.cpp:3: includes \"text/text.hpp\". Instead: do without, or let room(base) list text under USES in "
      "src/rooms.cmake\n");
}

TEST(CheckOwnHeaderFirst, FlagsASourceThatBeginsWithAnother) {
  std::set<std::string> const headers = {"src/base/a.hpp"};
  for (char const* text : {"#include <string>\n#include \"base/a.hpp\"", "#include \"base/b.hpp\"", "int x;",
                           "#include <base/a.hpp>", "// #include \"base/a.hpp\"\n#include <string>"})
    EXPECT_EQ(check_own_header_first(headers, cpp("src/base/a.cpp", text)).size(), 1U) << text;
  for (auto const& [path, text] : std::vector<std::pair<char const*, char const*>>{
           {"src/base/a.cpp", "// What it is.\n#include \"base/a.hpp\"\n#include <string>"},
           {"src/base/c.cpp", "#include <string>"},
           {"src/base/a.hpp", "#include <string>"}})
    EXPECT_TRUE(check_own_header_first(headers, cpp(path, text)).empty()) << path << ": " << text;
}

TEST(CheckUnused, FlagsAnArrowThatNobodyWalks) {
  Graph const graph = parse_graph("room(base)\nroom(text USES base HIDES icu)", libraries_text);
  auto const both = cpp("src/text/a.cpp", "#include \"base/a.hpp\"\n#include <unicode/unistr.h>");
  EXPECT_TRUE(check_unused(graph, {both}).empty());
  EXPECT_EQ(check_unused(graph, {cpp("src/text/a.cpp", "#include \"base/a.hpp\"")}).size(), 1U);
  EXPECT_EQ(check_unused(graph, {cpp("src/text/a.cpp", "#include <unicode/unistr.h>")}).size(), 1U);
}

// Bans ------------------------------------------------------------------------------------------------

TEST(CheckBans, FlagsEachOutsideItsRoom) {
  for (char const* line : {
           "auto t = std::chrono::system_clock::now();",
           "auto t = system_clock :: now ( );",
           "auto t = std::chrono::high_resolution_clock::now();",
           "auto t = time(nullptr);",
           "return std::time(0);",
           "::time(&t);",
           "gettimeofday(&t, nullptr);",
           "clock_gettime(CLOCK_REALTIME, &t);",
           "std::localtime(&t);",
           "gmtime(&t);",
           "gmtime_r(&t, &utc);",
           "mktime(&t);",
           "std::random_device device;",
           "#include <random>",
           "RAND_bytes(p, 8);",
           "int x = rand() % 6;",
           "int x = 3 * std::rand();",
           "srand(7);",
           "auto* v = std::getenv(\"HOME\");",
           "setenv(a, b, 1);",
           "std::regex r;",
           "#include <regex>",
           "auto* p = new int;",
           "auto* p = new (place) int;",
           "delete p;",
           "delete[] p;",
           "void* operator new(std::size_t);",
           "auto* p = malloc(8);",
           "free(p);",
           "std::cout << 1;",
           "std::cerr << 1;",
           "fmt::print(\"x\");",
           "std::printf(\"x\");",
           "fprintf(stderr, \"x\");",
           "puts(\"x\");",
           "std::system(\"ls\");",
           "popen(\"ls\", \"r\");",
           "thread.detach();",
           "thread->detach();",
           "using namespace std;",
           "using namespace std::chrono;",
           "using namespace http::internal;",
       }) {
    auto const found = check_bans(cpp("src/rules/a.cpp", line));
    EXPECT_EQ(found.size(), 1U) << line << "\n" << describe(found);
  }
}

TEST(CheckBans, LetsThroughWhatOnlyLooksLikeIt) {
  for (char const* line : {
           "// std::cout << new int; rand(); using namespace std;",
           "auto s = \"new delete malloc( std::cout getenv\";",
           "auto s = R\"(using namespace std; rand())\";",
           "Blob(Blob const&) = delete;",
           "#include <new>",
           "entry.time(0);",
           "base::Time time() const;",
           "std::string free(int);",
           "pool.free(block);",
           "result<void> system(Command command);",
           "sqlite3_free(text);",
           "std::snprintf(buffer, 8, \"x\");",
           "auto newest = renew(deleted);",
           "using namespace std::chrono_literals;",
           "using namespace internal;",
           "using namespace std::string_view_literals;",
           "using base::errc;",
           "boost::asio::co_spawn(executor, run(), boost::asio::detached);",
           "auto t = clock.now();",
       }) {
    auto const found = check_bans(cpp("src/rules/a.cpp", line));
    EXPECT_TRUE(found.empty()) << line << "\n" << describe(found);
  }
}

TEST(CheckBans, KnowsTheRoomsThatMay) {
  for (auto const& [path, line] : std::vector<std::pair<char const*, char const*>>{
           {"src/system/clock.cpp", "auto t = std::chrono::system_clock::now();"},
           {"src/openssl/random.cpp", "RAND_bytes(p, 8);"},
           {"src/app/main.cpp", "std::getenv(\"NO_COLOR\"); std::cerr << 1;"},
           {"src/cli/help.cpp", "std::cout << 1;"},
           {"src/base/assert.cpp", "std::fprintf(stderr, \"x\");"},
       }) {
    auto const found = check_bans(cpp(path, line));
    EXPECT_TRUE(found.empty()) << describe(found);
  }
  EXPECT_EQ(check_bans(cpp("src/base/time.cpp", "std::fprintf(stderr, \"x\");")).size(), 1U);
  EXPECT_EQ(check_bans(cpp("src/app/main.cpp", "std::random_device d;")).size(), 1U);
}

TEST(CheckCoroutines, FlagsLambdasWithCaptures) {
  for (char const* line : {
           "auto f = [this]() -> awaitable<void> { co_return; };",
           "spawn([&, x] { if (x) { co_await y(); } });",
           "return [=](int a) mutable noexcept(true) -> task<int> { co_yield a; };",
           "auto f = [x = g[0]]() -> task { co_return; };",
       })
    EXPECT_EQ(check_coroutines(cpp("src/http/a.cpp", line)).size(), 1U) << line;
}

TEST(CheckCoroutines, LetsTheOthersThrough) {
  for (char const* line : {
           "auto f = []() -> awaitable<void> { co_return; };",
           "auto f = [this] { return 1; }; task g() { co_return; }",
           "task g(int i) { list[i] = 2; co_return; }",
           "[[nodiscard]] task g() { co_return; }",
           "task g() { auto const [a, b] = pair; std::array<int, 2> c{}; c[0] = 1; { co_await a; } }",
           "task g() { sort(v, [&](int a, int b) { return a < b; }); co_return; }",
           "auto s = \"[this] { co_await x; }\"; // [this] { co_await x; }",
       }) {
    auto const found = check_coroutines(cpp("src/http/a.cpp", line));
    EXPECT_TRUE(found.empty()) << line << "\n" << describe(found);
  }
}

TEST(CheckNamespace, FlagsAnotherRoomsNamespace) {
  EXPECT_EQ(check_namespace(cpp("src/log/a.cpp", "namespace abode::http {}")).size(), 1U);
  EXPECT_TRUE(check_namespace(cpp("src/log/a.cpp", "namespace abode::log::internal {}\nnamespace {}")).empty());
  EXPECT_TRUE(check_namespace(cpp("src/log/a.cpp", "namespace json = boost::json;")).empty());
}

// Words -----------------------------------------------------------------------------------------------

TEST(CheckWords, G1FlagsPlaceDeviceAndAddress) {
  for (char const* line : {
           "double latitude;",
           "struct GeoPoint {};",
           "auto x = row[\"longitude\"];",
           "navigator_geolocation();",
           "header(\"Permissions-Policy\", \"geolocation=(self)\");",
           "std::string gps_fix;",
           "int cellId;",
           "request[\"User-Agent\"];",
           "field::user_agent;",
           "std::string_view userAgent, useragent;",
           "log(\"the user agent was\");",
           "socket.remote_endpoint();",
           "\"X-Forwarded-For\";",
           "std::string client_ip;",
           "auto imei = 1;",
       })
    EXPECT_FALSE(check_words(cpp("src/service/a.cpp", line)).empty()) << line;
  EXPECT_FALSE(check_words(cpp("src/pages/app.js", "navigator.geolocation.watchPosition()")).empty());
  EXPECT_FALSE(check_words(cpp("src/sqlite/schema.sql", "create table t (client_address text)")).empty());
}

TEST(CheckWords, G9FlagsNationality) {
  EXPECT_EQ(check_words(cpp("src/rules/a.hpp", "std::string nationality;")).size(), 1U);
  EXPECT_EQ(check_words(cpp("src/sqlite/a.cpp", "run(\"select Nationality from person\");")).size(), 1U);
  EXPECT_EQ(check_words(cpp("src/identity/mrz.hpp", "Citizenship citizenship; std::string religion;")).size(), 1U);
  EXPECT_TRUE(check_words(cpp("src/identity/mrz.hpp", "std::string nationality;")).empty());
}

TEST(CheckWords, G9LetsOnlyTheCalculatorOfThePersonsSideSpeakOfCitizenship) {
  char const* const line = "std::optional<std::string> citizenship; std::vector<std::string> citizenships;";
  for (char const* place : {"src/deadlines/table.cpp", "src/cli/deadline.cpp", "src/cli/commands.hpp"})
    EXPECT_TRUE(check_words(cpp(place, line)).empty()) << place;
  for (char const* place : {"src/rules/profile.hpp", "src/profiles/profiles.cpp", "src/service/context.hpp",
                            "src/app/serve.cpp", "src/cli/demo.cpp", "src/api/forms.cpp"})
    EXPECT_EQ(check_words(cpp(place, line)).size(), 2U) << place;
  EXPECT_EQ(check_words(cpp("src/deadlines/table.cpp", "std::string nationality;")).size(), 1U);
}

TEST(CheckWords, LetsOrdinaryWordsThrough) {
  for (char const* line : {
           "// No latitude, no gps, no user agent.",
           "/* nationality */ int x;",
           "find(user, agent);",
           "cell = id;",
           "auto flat = plateau; std::string relation, platform;",
           "address.lines; holder_address; remote; endpoint; real;",
           "client.address_of_record();",
       }) {
    auto const found = check_words(cpp("src/service/a.cpp", line));
    EXPECT_TRUE(found.empty()) << line << "\n" << describe(found);
  }
}

TEST(CheckWords, LetsThroughWhatRefuses) {
  constexpr char const* denial = "set(\"Permissions-Policy\", \"camera=(), geolocation=(), gyroscope=()\");";
  constexpr char const* place = "src/html/browser_policy.hpp";
  EXPECT_TRUE(check_words(cpp(place, denial)).empty());
  EXPECT_FALSE(check_words(cpp("src/html/page.cpp", denial)).empty());
  EXPECT_FALSE(check_words(cpp("src/service/a.cpp", denial)).empty());
  EXPECT_FALSE(check_words(cpp(place, "\"geolocation=(self)\"")).empty());

  constexpr char const* dropped = "drop({\"user-agent\", \"x-forwarded-for\", \"x-real-ip\"});";
  EXPECT_TRUE(check_words(cpp("src/http/internal/request_reader.cpp", dropped)).empty());
  EXPECT_FALSE(check_words(cpp("src/http/server.cpp", dropped)).empty());
  EXPECT_FALSE(check_words(cpp("src/http/internal/request_reader.cpp", "field::user_agent;")).empty());
}

// Form ------------------------------------------------------------------------------------------------

TEST(CheckForm, FlagsHeadersWithoutPragmaOnce) {
  EXPECT_EQ(check_form(cpp("src/a/b.hpp", "// What it is.\n#include <string>\n#pragma once\n")).size(), 1U);
  EXPECT_EQ(check_form(cpp("src/a/b.hpp", "")).size(), 1U);
  EXPECT_EQ(check_form(cpp("src/a/b.hpp", "// #pragma once\n")).size(), 1U);
  EXPECT_TRUE(check_form(cpp("src/a/b.hpp", "// What it is.\n#pragma once\n")).empty());
  EXPECT_TRUE(check_form(cpp("src/a/b.cpp", "int x;\n")).empty());
}

TEST(CheckForm, FlagsLongFiles) {
  EXPECT_TRUE(check_form(cpp("src/a/b.cpp", std::string(600, '\n'))).empty());
  EXPECT_EQ(check_form(cpp("src/a/b.cpp", std::string(601, '\n'))).size(), 1U);
}

TEST(CheckForm, FlagsWhatIsLeftToDo) {
  EXPECT_EQ(check_form(cpp("src/a/b.cpp", "// TODO: later\n")).size(), 1U);
  EXPECT_EQ(check_form(cpp("src/a/b.cpp", "f(); // FIXME(me)\n")).size(), 1U);
  EXPECT_TRUE(check_form(cpp("src/a/b.cpp", "int TODOS; // todo is Spanish for all\n")).empty());
}

TEST(CheckMachinePaths, FlagsThem) {
  for (char const* line : {"cd /work/main", "path=\"/home/me/x\"", "/tmp/build-x", "at (/root/.cache)"})
    EXPECT_EQ(check_machine_paths(cpp("README.md", line)).size(), 1U) << line;
  for (char const* line : {"net/work/x", "$HOME/x", "${x}/home/y", "https://abode.example/residence", "/tmp/x"})
    EXPECT_TRUE(check_machine_paths(cpp("README.md", line)).empty()) << line;
}

TEST(CheckTestNames, FlagsWhatIsNoTest) {
  std::vector<Source> const tests{
      cpp("test/unit/a/b_test.cpp", "TEST(Bees, Hum) {}\nTEST_F(Bees,\n       FlyFar) {}\n"),
      cpp("test/contract/c.hpp", "TEST_P(Cows, Moo) {}\n")};
  auto const flagged = [&](std::string const& line) { return check_test_names(cpp("docs/x.md", line), tests).size(); };
  for (char const* there :
       {"`unit/a/b: Bees.Hum`", "`unit/a/b: Bees.*`", "`unit/a/b: Bees.Fly*r`", "`unit/a/b: Over/Bees.FlyFar`",
        "`contract/c: Cows.Moo`", "`README: it is no. Name`", "no reference: Bees.Sting"})
    EXPECT_EQ(flagged(there), 0U) << there;
  for (char const* gone : {"`unit/a/b: Bees.Sting`", "`unit/a/b: Wasps.*`", "`unit/a/gone: Bees.Hum`",
                           "`unit/a/b: Bees.Hu`", "`unit/a/b: Bees.S*`", "`contract/c: Bees.Hum`"})
    EXPECT_EQ(flagged(gone), 1U) << gone;
}

TEST(CheckDecisions, FlagsGapsAndDoubles) {
  EXPECT_TRUE(check_decisions({}).empty());
  EXPECT_TRUE(check_decisions({"0002-b.md", "README.md", "0001-a.md"}).empty());
  EXPECT_EQ(check_decisions({"0001-a.md", "0003-c.md"}).size(), 1U);
  EXPECT_EQ(check_decisions({"0001-a.md", "0001-b.md"}).size(), 1U);
  EXPECT_EQ(check_decisions({"0001-a.txt"}).size(), 1U);
  EXPECT_EQ(check_decisions({"notes.md"}).size(), 1U);
}

}  // namespace
}  // namespace abode::architecture
