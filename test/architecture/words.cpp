#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <span>

#include "architecture/rules.hpp"

namespace abode::architecture {
namespace {

/// A family of words, what to do instead, and the rooms where they may stand.
struct Family {
  std::string_view terms;  ///< separated by ';', the words of one term by a blank
  std::string_view instead;
  std::vector<std::string_view> allowed;
};

Family const families[] = {
    {"latitude;longitude;lat lon;lat lng;lng;altitude;coordinate;coordinates;geolocation;geo location;geo point;geo ip;"
     "geo fence;geo hash;gps;gnss;cell id;cell tower;base station;bssid;ssid;wifi;imei;imsi;msisdn;"
     "accelerometer;gyroscope;telemetry;device id;device model;device fingerprint;advertising id",
     "leave it out: Abode holds no location and no trace of a device (G1)",
     {}},
    {"user agent", "leave it out: user agents are never read (G1)", {}},
    {"remote endpoint;remote address;remote ip;peer address;peer ip;client address;client ip;ip address;forwarded for;"
     "real ip",
     "leave it out: addresses of clients are never kept (G1)",
     {}},
    {"nationality;nationalities;citizenship;citizenships",
     "leave it out: nothing depends on a nationality, and none is kept (G9)",
     {"identity"}},
    {"ethnicity;religion", "leave it out: a residence register has no use for it (G9)", {}},
};

/// Exact characters that may stand in these rooms or files, because they refuse what they name.
struct Permit {
  std::string_view literal;
  std::vector<std::string_view> places;
};

constexpr std::string_view drops_fields = "src/http/internal/request_reader.cpp";
constexpr std::string_view browser_policy = "src/html/browser_policy.hpp";

Permit const permits[] = {
    // The Permissions-Policy that forbids the page itself to ask for a place.
    {"geolocation=()", {browser_policy}},
    {"accelerometer=()", {browser_policy}},
    {"gyroscope=()", {browser_policy}},
    {"\"user-agent\"", {drops_fields}},  // header fields that are dropped as a request is read
    {"\"x-forwarded-for\"", {drops_fields}},
    {"\"x-real-ip\"", {drops_fields}},
    {"\"true-client-ip\"", {drops_fields}},
    {"\"x-client-ip\"", {drops_fields}},
    {"There is none for nationality", {"src/api/openapi.json"}},
    // Deadlines of some countries depend on a citizenship. They are counted on the person's own device, by a room that
    // no room of the server may use (Architecture.G9NoRoomOfTheServerUsesTheDeadlines), and by the command that asks
    // for it.
    {"citizenship", {"deadlines", "src/cli/commands.hpp", "src/cli/commands.cpp", "src/cli/deadline.cpp"}},
};

bool contains(std::vector<std::string_view> const& places, std::string_view place) {
  return std::find(places.begin(), places.end(), place) != places.end();
}

struct Word {
  std::string text;  ///< in lower case
  std::size_t at = 0;
  bool joined = false;  ///< to the word before: by a joint of an identifier or, in a literal, by a blank
};

bool is(int (*kind)(int), char c) {
  return kind(static_cast<unsigned char>(c)) != 0;
}

/// geoPoint, HTTPServer and IPv6 have a joint where the case says so.
bool joint_between(std::string_view text, std::size_t at) {
  bool const up = is(std::islower, text[at - 1]) && is(std::isupper, text[at]);
  bool const acronym_ends = is(std::isupper, text[at - 1]) && is(std::isupper, text[at]) && at + 1 < text.size() &&
                            is(std::islower, text[at + 1]);
  return up || acronym_ends;
}

std::vector<Word> words_of(Source const& source, std::string_view text) {
  std::vector<Word> words;
  std::size_t last_end = std::string_view::npos;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is(std::isalnum, text[at])) continue;
    Word word{{}, at, false};
    if (last_end != std::string_view::npos) {
      std::string_view const gap = text.substr(last_end, at - last_end);
      bool const in_literal = source.is_cpp() && source.code[at] == ' ';
      word.joined = gap.empty() || gap == "_" || gap == "-" || (gap == " " && in_literal);
    }
    do {
      word.text += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
    } while (at < text.size() && is(std::isalnum, text[at]) && !joint_between(text, at));
    last_end = at--;
    words.push_back(std::move(word));
  }
  return words;
}

/// True if the term "user agent" begins at the first word, as user_agent or as useragent.
bool begins_with(std::span<Word const> words, std::string_view term) {
  std::string compact;
  for (char c : term)
    if (c != ' ') compact += c;
  if (words[0].text == compact) return true;
  for (std::size_t i = 0; i < words.size() && (i == 0 || words[i].joined); ++i) {
    std::size_t const end = std::min(term.find(' '), term.size());
    if (words[i].text != term.substr(0, end)) return false;
    if (end == term.size()) return true;
    term.remove_prefix(end + 1);
  }
  return false;
}

/// What the source says, with each permitted literal blanked where it is permitted.
std::string without_permitted(Source const& source) {
  std::string text = source.spoken;
  for (auto const& [literal, places] : permits) {
    if (!contains(places, source.room()) && !contains(places, source.path)) continue;
    for (std::size_t at = text.find(literal); at != std::string::npos; at = text.find(literal, at))
      text.replace(at, literal.size(), literal.size(), ' ');
  }
  return text;
}

void check_family(Family const& family, Source const& source, std::span<Word const> words,
                  std::vector<Violation>& found) {
  std::string_view terms = family.terms;
  while (!terms.empty()) {
    std::size_t const end = std::min(terms.find(';'), terms.size());
    std::string_view const term = terms.substr(0, end);
    for (std::size_t i = 0; i < words.size(); ++i)
      if (begins_with(words.subspan(i), term))
        found.push_back({source.path, source.line_of(words[i].at), fmt::format("speaks of \"{}\"", term),
                         std::string{family.instead}});
    terms.remove_prefix(std::min(end + 1, terms.size()));
  }
}

}  // namespace

std::vector<Violation> check_words(Source const& source) {
  std::vector<Violation> found;
  std::string const text = without_permitted(source);
  auto const words = words_of(source, text);
  for (Family const& family : families)
    if (!contains(family.allowed, source.room())) check_family(family, source, words, found);
  return found;
}

}  // namespace abode::architecture
