#include "architecture/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace abode::architecture {
namespace {

constexpr std::string_view rooms_file = "src/rooms.cmake";

constexpr std::string_view standard_headers =
    " algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes "
    "climits"
    " clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef "
    "cstdint"
    " cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format forward_list "
    "fstream"
    " functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map "
    "memory"
    " memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator"
    " semaphore set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view"
    " strstream syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility"
    " valarray variant vector version ";

bool contains(std::vector<std::string> const& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// The words of each call of `command` that begins a line, comments left out.
std::vector<std::vector<std::string>> calls_of(std::string_view command, std::string_view cmake) {
  std::string code;
  bool comment = false;
  for (char c : cmake) {
    comment = c == '\n' ? false : comment || c == '#';
    if (!comment) code += c;
  }
  std::vector<std::vector<std::string>> calls;
  std::string const opening = std::string{command} + "(";
  for (std::size_t at = code.find(opening); at != std::string::npos; at = code.find(opening, at + 1)) {
    if (at > 0 && code[at - 1] != '\n') continue;
    std::string inside = code.substr(at + opening.size(), code.find(')', at) - at - opening.size());
    std::replace(inside.begin(), inside.end(), '\n', ' ');
    std::vector<std::string>& words = calls.emplace_back();
    for (std::size_t begin = 0; (begin = inside.find_first_not_of(' ', begin)) != std::string::npos;) {
      std::size_t const end = std::min(inside.find(' ', begin), inside.size());
      words.push_back(inside.substr(begin, end - begin));
      begin = end;
    }
  }
  return calls;
}

/// The library that a header belongs to: the one with the longest prefix.
std::optional<std::string> library_of(Graph const& graph, std::string_view header) {
  std::optional<std::string> best;
  std::size_t length = 0;
  for (auto const& [name, prefixes] : graph.libraries) {
    for (std::string const& prefix : prefixes) {
      if (header.starts_with(prefix) && prefix.size() > length) {
        best = name;
        length = prefix.size();
      }
    }
  }
  return best;
}

struct Include {
  std::string header;
  bool quoted = false;
  std::size_t line = 0;
};

std::vector<Include> includes_of(Source const& source) {
  std::vector<Include> out;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < source.spoken.size();) {
    std::size_t const end = std::min(source.spoken.find('\n', begin), source.spoken.size());
    std::string_view text = std::string_view{source.spoken}.substr(begin, end - begin);
    ++line;
    begin = end + 1;
    auto const skip_blanks = [&] { text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size())); };
    auto const skip = [&](std::string_view word) {
      skip_blanks();
      if (!text.starts_with(word)) return false;
      text.remove_prefix(word.size());
      return true;
    };
    if (!skip("#") || !skip("include")) continue;
    skip_blanks();
    if (text.empty() || (text[0] != '"' && text[0] != '<')) continue;
    bool const quoted = text[0] == '"';
    std::size_t const close = text.find(quoted ? '"' : '>', 1);
    if (close != std::string_view::npos) out.push_back({std::string{text.substr(1, close - 1)}, quoted, line});
  }
  return out;
}

/// The rooms on a way from `from` back to `to`, or nothing.
bool reaches(Graph const& graph, std::string const& from, std::string const& to, std::set<std::string>& seen) {
  auto const room = graph.rooms.find(from);
  if (room == graph.rooms.end() || !seen.insert(from).second) return false;
  return std::any_of(room->second.uses.begin(), room->second.uses.end(),
                     [&](std::string const& next) { return next == to || reaches(graph, next, to, seen); });
}

std::optional<Violation> check_own_include(Graph const& graph, Source const& source, Include const& include) {
  std::string const room = source.room();
  std::string const other = include.header.substr(0, include.header.find('/'));
  Violation const found{source.path, include.line, fmt::format("includes \"{}\"", include.header), {}};
  auto const instead = [&](std::string advice) {
    Violation violation = found;
    violation.instead = std::move(advice);
    return violation;
  };
  if (include.header.find("..") != std::string::npos || include.header.find('/') == std::string::npos)
    return instead("write the path from src/, as \"room/header.hpp\"");
  if (!graph.rooms.contains(other))
    return instead(fmt::format("include a room of {}, or an outside library in angle brackets", rooms_file));
  if (other == room) return std::nullopt;
  if (include.header.find("/internal/") != std::string::npos)
    return instead(fmt::format("use what the room {} offers in its own folder; internal/ is nobody else's", other));
  auto const declared = graph.rooms.find(room);
  if (declared != graph.rooms.end() && !contains(declared->second.uses, other))
    return instead(fmt::format("do without, or let room({}) list {} under USES in {}", room, other, rooms_file));
  return std::nullopt;
}

std::optional<Violation> check_outside_include(Graph const& graph, Source const& source, Include const& include) {
  if (standard_headers.find(" " + include.header + " ") != std::string_view::npos) return std::nullopt;
  std::string const room = source.room();
  std::string const what = fmt::format("includes <{}>", include.header);
  auto const library = library_of(graph, include.header);
  if (!library)
    return Violation{source.path, include.line, what + ", which belongs to no known library",
                     "use the C++ standard library, or declare the library in cmake/third_party.cmake"};
  auto const declared = graph.rooms.find(room);
  if (declared == graph.rooms.end() || contains(declared->second.shows, *library)) return std::nullopt;
  bool const hidden = contains(declared->second.hides, *library);
  bool const inside = !source.is_header() || source.path.find("/internal/") != std::string::npos;
  if (hidden && inside) return std::nullopt;
  return Violation{source.path, include.line, what + fmt::format(" of the library {}", *library),
                   hidden ? "move it into a .cpp file: the room hides this library"
                          : fmt::format("go through a room that has it, or list {} under room({}) in {}", *library,
                                        room, rooms_file)};
}

}  // namespace

Graph parse_graph(std::string_view rooms_cmake, std::string_view third_party_cmake) {
  Graph graph;
  for (auto const& words : calls_of("room", rooms_cmake)) {
    if (words.empty()) continue;
    Room& room = graph.rooms[words[0]];
    std::vector<std::string>* list = nullptr;
    for (auto word = words.begin() + 1; word != words.end(); ++word) {
      if (*word == "USES")
        list = &room.uses;
      else if (*word == "SHOWS")
        list = &room.shows;
      else if (*word == "HIDES")
        list = &room.hides;
      else if (list != nullptr)
        list->push_back(*word);
    }
  }
  for (auto const& words : calls_of("third_party", third_party_cmake)) {
    auto const headers = std::find(words.begin(), words.end(), "HEADERS");
    auto const link = std::find(words.begin(), words.end(), "LINK");
    if (headers < link) graph.libraries[words[0]] = {headers + 1, link};
  }
  return graph;
}

std::vector<Violation> check_graph(Graph const& graph, std::map<std::string, std::size_t> const& files_of_folder) {
  std::vector<Violation> found;
  auto const report = [&](std::string what, std::string instead) {
    found.push_back({std::string{rooms_file}, 0, std::move(what), std::move(instead)});
  };
  for (auto const& [name, room] : graph.rooms) {
    for (std::string const& used : room.uses)
      if (!graph.rooms.contains(used)) report(name + " uses " + used, "name a room that is declared");
    for (auto const* list : {&room.shows, &room.hides})
      for (std::string const& library : *list)
        if (!graph.libraries.contains(library))
          report(name + " lists the library " + library, "name one that cmake/third_party.cmake declares");
    std::set<std::string> seen;
    if (reaches(graph, name, name, seen))
      report(name + " uses itself in a circle", "turn one edge round: move the shared part into a room below both");
    auto const folder = files_of_folder.find(name);
    if (folder == files_of_folder.end() || folder->second == 0)
      report("the room " + name + " has no source in src/" + name, "add its files or remove the line");
  }
  for (auto const& [folder, files] : files_of_folder)
    if (!graph.rooms.contains(folder)) report("src/" + folder + " is no declared room", "add a room() line for it");
  return found;
}

std::vector<Violation> check_includes(Graph const& graph, Source const& source) {
  std::vector<Violation> found;
  for (Include const& include : includes_of(source)) {
    auto violation =
        include.quoted ? check_own_include(graph, source, include) : check_outside_include(graph, source, include);
    if (violation) found.push_back(std::move(*violation));
  }
  return found;
}

std::vector<Violation> check_own_header_first(std::set<std::string> const& headers, Source const& source) {
  if (!source.path.ends_with(".cpp")) return {};
  std::string const own = source.path.substr(0, source.path.size() - 4) + ".hpp";
  if (!headers.contains(own)) return {};
  auto const includes = includes_of(source);
  std::string const wanted = own.substr(std::string_view{"src/"}.size());
  if (!includes.empty() && includes.front().quoted && includes.front().header == wanted) return {};
  return {{source.path, includes.empty() ? 0 : includes.front().line, "does not begin with its own header",
           fmt::format("include \"{}\" before all else", wanted)}};
}

std::vector<Violation> check_unused(Graph const& graph, std::vector<Source> const& sources) {
  std::set<std::pair<std::string, std::string>> used;
  for (Source const& source : sources) {
    for (Include const& include : includes_of(source)) {
      auto const library = include.quoted ? std::nullopt : library_of(graph, include.header);
      used.emplace(source.room(), library.value_or(include.header.substr(0, include.header.find('/'))));
    }
  }
  std::vector<Violation> found;
  for (auto const& [name, room] : graph.rooms)
    for (auto const* list : {&room.uses, &room.shows, &room.hides})
      for (std::string const& other : *list)
        if (!used.contains({name, other}))
          found.push_back({std::string{rooms_file}, 0,
                           fmt::format("{} lists {} and includes nothing of it", name, other),
                           "remove it from the line"});
  return found;
}

}  // namespace abode::architecture
