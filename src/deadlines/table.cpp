#include <algorithm>
#include <span>

#include "codec/toml.hpp"
#include "deadlines/deadlines.hpp"
#include "deadlines/internal/country.hpp"
#include "profiles/reading.hpp"

namespace abode::deadlines {

// The files that the build put into the program (cmake/embed.cmake): name and content.
std::span<std::pair<std::string_view, std::string_view> const> deadline_texts();

namespace {

using base::result;
using codec::TomlReader;

constexpr std::size_t max_rules = 500;
constexpr std::size_t max_countries = 250;
constexpr std::size_t max_notes = 20;

void read_rule(TomlReader& reader, Table& table) {
  Rule rule{};
  rule.id = profiles::read_name(reader, "id");
  if (reader.has("citizenships")) rule.citizenships = reader.texts("citizenships", max_countries);
  for (std::string const& country : rule.citizenships)
    if (!is_country(country)) reader.fail("citizenships", "has \"" + country + "\". Write codes such as \"UZ\".");
  rule.period = profiles::read_period(reader);
  rule.valid_from = reader.date("valid_from");
  rule.source = reader.text("source");
  rule.conflicting = reader.optional_text("conflicting");
  if (rule.period.needs_calendar() && !table.calendar)
    reader.fail("unit", "needs a calendar: name one at the top, calendar = \"...\".");
  for (Rule const& other : table.rules) {
    if (other.id != rule.id) continue;
    if (other.valid_from == rule.valid_from) reader.fail("id", "is there twice with one valid_from. Take one out.");
    if (other.citizenships != rule.citizenships)
      reader.fail("citizenships", "differ from those of the other rule with this id. Give it another id.");
  }
  table.rules.push_back(std::move(rule));
}

void read_calendar(TomlReader& reader, Table& table) {
  table.calendar = reader.optional_text("calendar");
  if (table.calendar && !profiles::is_name(*table.calendar)) reader.fail("calendar", "is not a calendar's name.");
}

/// Two rules of one citizenship (or for everybody) are an honest doubt only if each says so.
bool in_silent_conflict(Rule const& a, Rule const& b) {
  bool const shared = (a.citizenships.empty() && b.citizenships.empty()) ||
                      std::any_of(a.citizenships.begin(), a.citizenships.end(), [&](std::string const& country) {
                        return std::find(b.citizenships.begin(), b.citizenships.end(), country) != b.citizenships.end();
                      });
  return a.id != b.id && shared && !(a.conflicting && b.conflicting);
}

void check_rules(TomlReader& reader, Table const& table) {
  if (std::none_of(table.rules.begin(), table.rules.end(), [](Rule const& rule) { return rule.citizenships.empty(); }))
    reader.fail("deadline", "has no rule for everybody. Add one without citizenships.");
  for (Rule const& a : table.rules)
    for (Rule const& b : table.rules)
      if (in_silent_conflict(a, b))
        reader.fail("deadline", "has \"" + a.id + "\" and \"" + b.id +
                                    "\" for the same people. Say in both, as conflicting, how sources differ.");
}

}  // namespace

result<Table> parse_table(std::string_view toml, std::string_view file) {
  auto const parsed = codec::parse_toml(toml, file);
  if (!parsed) return parsed.error();
  codec::TomlFault fault{std::string{file}};
  TomlReader reader{fault, *parsed};
  Table table;
  table.name = profiles::read_name(reader, "name");
  table.title = reader.text("title");
  table.event = reader.text("event");
  read_calendar(reader, table);
  table.notes = reader.texts("notes", max_notes, true);
  reader.tables("deadline", max_rules, [&](TomlReader& rule) { read_rule(rule, table); });
  check_rules(reader, table);
  reader.finish();
  if (auto const read = fault.outcome(); !read) return read.error();
  return table;
}

std::vector<std::string_view> built_in_names() {
  std::vector<std::string_view> names;
  for (auto const& [name, content] : deadline_texts()) names.push_back(name);
  return names;
}

result<Table> built_in_table(std::string_view name) {
  std::string list;
  for (auto const& [known, content] : deadline_texts()) {
    if (known == name) return parse_table(content, std::string{name} + ".toml");
    list += (list.empty() ? "" : ", ") + std::string{known};
  }
  return base::fail(base::errc::not_found,
                    "There are no deadlines for a profile \"" + std::string{name} + "\". There are: " + list + ".");
}

}  // namespace abode::deadlines
