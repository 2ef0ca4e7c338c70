#include <fmt/format.h>

#include <algorithm>

#include "architecture/rules.hpp"

namespace abode::architecture {
namespace {

enum class As {
  tokens,  ///< these tokens, wherever they stand
  call,  ///< the same, if it is a call of a global or std function: not a member, not another namespace, no declaration
};

struct Ban {
  std::string_view tokens;  ///< separated by one blank
  As as;
  std::string_view instead;
  std::vector<std::string_view> allowed = {};  ///< rooms, or whole paths
};

constexpr std::string_view clock_advice = "take a base::Clock as an argument";
constexpr std::string_view date_header = "src/http/internal/response_writer.cpp";  // RFC 9110 section 6.6.1
constexpr std::string_view calendar_advice = "use base/time.hpp, which knows no local time and shares no buffer";
constexpr std::string_view random_advice = "take a base::Random as an argument";
constexpr std::string_view environment_advice = "take the value as an argument; the configuration file is read by app";
constexpr std::string_view parser_advice = "write a small parser: it has one meaning and linear time";
constexpr std::string_view owner_advice = "let a value, a container or std::make_unique own it";
constexpr std::string_view output_advice = "return a result; only cli and app speak to the terminal";

Ban const bans[] = {
    {"system_clock :: now", As::tokens, clock_advice, {"system"}},
    {"utc_clock :: now", As::tokens, clock_advice, {"system"}},
    {"high_resolution_clock", As::tokens, clock_advice},
    {"time ( nullptr", As::tokens, clock_advice, {"system", date_header}},
    {"time ( NULL", As::tokens, clock_advice, {"system"}},
    {"time ( 0", As::call, clock_advice, {"system"}},
    {"time ( &", As::call, clock_advice, {"system"}},
    {"gettimeofday", As::tokens, clock_advice, {"system"}},
    {"clock_gettime", As::tokens, clock_advice, {"system"}},
    {"localtime", As::tokens, calendar_advice},
    {"localtime_r", As::tokens, calendar_advice},
    {"gmtime", As::tokens, calendar_advice},
    {"gmtime_r", As::tokens, calendar_advice, {date_header}},
    {"mktime", As::tokens, calendar_advice},
    {"random_device", As::tokens, random_advice, {"openssl"}},
    {"RAND_bytes", As::tokens, random_advice, {"openssl"}},
    {"RAND_priv_bytes", As::tokens, random_advice, {"openssl"}},
    {"getrandom", As::tokens, random_advice, {"openssl"}},
    {"rand (", As::tokens, random_advice},
    {"srand (", As::tokens, random_advice},
    {"random (", As::call, random_advice},
    {"< random >", As::tokens, random_advice, {"openssl"}},
    {"getenv", As::tokens, environment_advice, {"app", "cli"}},
    {"secure_getenv", As::tokens, environment_advice, {"app", "cli"}},
    {"setenv", As::tokens, environment_advice},
    {"putenv", As::tokens, environment_advice},
    {"std :: regex", As::tokens, parser_advice},
    {"< regex >", As::tokens, parser_advice},
    {"malloc (", As::tokens, owner_advice},
    {"calloc (", As::tokens, owner_advice},
    {"realloc (", As::tokens, owner_advice},
    {"free (", As::call, owner_advice},
    {"std :: cout", As::tokens, output_advice, {"cli", "app"}},
    {"std :: cerr", As::tokens, output_advice, {"cli", "app"}},
    {"std :: clog", As::tokens, output_advice, {"cli", "app"}},
    {"fmt :: print", As::tokens, output_advice, {"cli", "app"}},
    {"printf (", As::tokens, output_advice, {"cli", "app"}},
    {"puts (", As::call, output_advice, {"cli", "app"}},
    {"fprintf (", As::tokens, output_advice, {"cli", "app", "src/base/assert.cpp"}},
    {"fputs (", As::call, output_advice, {"cli", "app"}},
    {"system (", As::call, "call the library that does the work; a shell is a door for other people's text"},
    {"popen (", As::call, "call the library that does the work; a shell is a door for other people's text"},
    {". detach (", As::tokens, "keep the std::jthread and join it: a detached thread outlives what it uses"},
    {"-> detach (", As::tokens, "keep the std::jthread and join it: a detached thread outlives what it uses"},
};

bool allowed_in(Ban const& ban, Source const& source) {
  return std::any_of(ban.allowed.begin(), ban.allowed.end(),
                     [&](std::string_view place) { return place == source.room() || place == source.path; });
}

/// How many tokens the ban's tokens take at `at`, or 0 if others stand there.
std::size_t matched_at(std::vector<Token> const& tokens, std::size_t at, std::string_view wanted) {
  std::size_t count = 0;
  while (!wanted.empty()) {
    std::size_t const end = std::min(wanted.find(' '), wanted.size());
    if (at + count >= tokens.size() || tokens[at + count].text != wanted.substr(0, end)) return 0;
    ++count;
    wanted.remove_prefix(std::min(end + 1, wanted.size()));
  }
  return count;
}

/// False for members (x.time(0)), for names of other namespaces (rules::time(0)) and for declarations (Time time(...)).
bool calls_a_global(std::vector<Token> const& tokens, std::size_t at) {
  if (at == 0) return true;
  std::string_view const before = tokens[at - 1].text;
  if (before == "." || before == "->") return false;
  if (before == "::") return at < 2 || !is_identifier(tokens[at - 2].text) || tokens[at - 2].text == "std";
  if (before == "&" || before == "*" || before == ">") return at < 2 || !is_identifier(tokens[at - 2].text);
  return !is_identifier(before) || before == "return" || before == "else" || before == "do" || before == "co_return";
}

// "= delete" and "= new" differ: one is a declaration, the other an allocation.
bool is_raw_memory(std::vector<Token> const& tokens, std::size_t at) {
  if (tokens[at].text == "new") return at == 0 || tokens[at - 1].text != "<";  // #include <new>
  return tokens[at].text == "delete" && (at == 0 || tokens[at - 1].text != "=");
}

// Literal suffixes such as 5s are named in no other way; internal is the room's own.
bool is_wide_using(std::vector<Token> const& tokens, std::size_t at) {
  if (matched_at(tokens, at, "using namespace") == 0) return false;
  std::size_t last = at + 1;
  while (last + 1 < tokens.size() && tokens[last + 1].text != ";") ++last;
  bool const own = last == at + 2 && tokens[last].text == "internal";
  return !own && !tokens[last].text.ends_with("literals");
}

}  // namespace

std::vector<Violation> check_bans(Source const& source) {
  std::vector<Violation> found;
  auto const tokens = tokens_of(source);
  auto const report = [&](std::size_t at, std::string_view what, std::string_view instead) {
    found.push_back({source.path, tokens[at].line, fmt::format("holds \"{}\"", what), std::string{instead}});
  };
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    for (Ban const& ban : bans) {
      if (matched_at(tokens, at, ban.tokens) == 0 || allowed_in(ban, source)) continue;
      if (ban.as == As::tokens || calls_a_global(tokens, at)) report(at, ban.tokens, ban.instead);
    }
    if (is_raw_memory(tokens, at)) report(at, tokens[at].text, owner_advice);
    if (is_wide_using(tokens, at)) report(at, "using namespace", "name what is meant, or write a using-declaration");
  }
  return found;
}

}  // namespace abode::architecture
