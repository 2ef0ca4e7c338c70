#include "profiles/profiles.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "digest/digest.hpp"
#include "profiles/calendars.hpp"
#include "profiles/internal/texts.hpp"
#include "profiles/reading.hpp"
#include "rules/floors.hpp"
#include "text/civil_time.hpp"

namespace abode::profiles {
namespace {

using base::result;
using codec::TomlReader;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t max_languages = 50;
constexpr std::size_t max_offices = 2000;
constexpr std::size_t max_hours = 21;         // three openings on each day
constexpr std::int64_t max_days = 100 * 366;  // of anything that is kept
constexpr std::int64_t max_minutes = 60 * 24 * 366;

/// What every rule carries.
void read_provenance(TomlReader& reader, std::string rule, rules::Profile& profile) {
  base::Date const valid_from = reader.date("valid_from");
  profile.provenance.push_back({std::move(rule), valid_from, reader.text("source")});
}

days read_days(TomlReader& reader, std::string_view key, std::int64_t min = 0) {
  return days{reader.integer(key, min, max_days)};
}

/// True, and reported, if `id` is one of those before it.
template <class Rules, class IdOf>
bool is_doubled(TomlReader& reader, std::string_view key, Rules const& rules, IdOf const& id_of, std::string_view id) {
  bool const doubled = std::any_of(rules.begin(), rules.end(), [&](auto const& rule) { return id_of(rule) == id; });
  if (doubled) reader.fail(key, "is \"" + std::string{id} + "\" twice. Take one out.");
  return doubled;
}

void read_kind(TomlReader& reader, rules::Profile& profile) {
  rules::KindRule rule{};
  rule.kind = static_cast<rules::Kind>(reader.choice("kind", {"main", "secondary", "temporary"}));
  std::string_view const name = rules::name_of(rule.kind);
  rule.needs_main = reader.flag("needs_main");
  rule.stated_end = static_cast<rules::StatedEnd>(reader.choice("stated_end", {"none", "allowed", "required"}));
  rule.owed_after = read_days(reader, "owed_after_days");
  rule.condition = reader.text("condition");
  if (rule.kind == rules::Kind::main && rule.needs_main)
    reader.fail("needs_main", "is true of the main residence itself. Write false.");
  is_doubled(reader, "kind", profile.kinds, [](rules::KindRule const& r) { return rules::name_of(r.kind); }, name);
  read_provenance(reader, "kind." + std::string{name}, profile);
  profile.kinds.push_back(std::move(rule));
}

void read_evidence(TomlReader& reader, rules::Profile& profile) {
  rules::EvidenceRule rule{read_name(reader, "id"), {}};
  rule.raises_to = reader.choice("raises_to", {"code-confirmed", "evidence-reviewed"}) == 0
                       ? rules::Assurance::code_confirmed
                       : rules::Assurance::evidence_reviewed;
  is_doubled(reader, "id", profile.evidence, [](rules::EvidenceRule const& r) { return r.id; }, rule.id);
  read_provenance(reader, "evidence." + rule.id, profile);
  profile.evidence.push_back(std::move(rule));
}

void read_purpose(TomlReader& reader, rules::Profile& profile) {
  rules::PurposeRule rule{read_name(reader, "id"), {}};
  for (std::string const& name : reader.texts("fields", rules::all_fields.size())) {
    auto const field = rules::field_named(name);
    if (field) rule.fields.add(*field);
    if (!field) reader.fail("fields", "has \"" + name + "\", which is no field of a record.");
  }
  is_doubled(reader, "id", profile.purposes, [](rules::PurposeRule const& r) { return r.name; }, rule.name);
  read_provenance(reader, "purpose." + rule.name, profile);
  profile.purposes.push_back(std::move(rule));
}

/// "09:30" as minutes since midnight, up to 24:00.
std::optional<minutes> parse_clock(std::string_view text) {
  unsigned hour = 0;
  unsigned minute = 0;
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  auto const digits = [&](std::size_t at, unsigned& number) {
    auto const read = std::from_chars(text.data() + at, text.data() + at + 2, number);
    return read.ec == std::errc{} && read.ptr == text.data() + at + 2;
  };
  if (!digits(0, hour) || !digits(3, minute) || minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hours{hour} + minutes{minute};
}

/// "monday 09:00-12:30".
std::optional<rules::OpeningHours> parse_hours(std::string_view text) {
  static constexpr std::string_view names[] = {"sunday",   "monday", "tuesday", "wednesday",
                                               "thursday", "friday", "saturday"};
  std::size_t const blank = std::min(text.find(' '), text.size());
  auto const day = std::find(std::begin(names), std::end(names), text.substr(0, blank));
  if (day == std::end(names) || text.size() != blank + 12 || text[blank + 6] != '-') return std::nullopt;
  auto const from = parse_clock(text.substr(blank + 1, 5));
  auto const to = parse_clock(text.substr(blank + 7));
  if (!from || !to || *from >= *to) return std::nullopt;
  return rules::OpeningHours{std::chrono::weekday{static_cast<unsigned>(day - names)}, *from, *to};
}

void read_office(TomlReader& reader, rules::Profile& profile) {
  rules::Office office{read_name(reader, "id"), reader.text("name"), {}};
  for (std::string const& written : reader.texts("hours", max_hours, true)) {
    auto const open = parse_hours(written);
    if (!open) {
      reader.fail("hours", "has \"" + written + "\". Write each as \"monday 09:00-12:30\".");
      continue;
    }
    bool const overlaps = std::any_of(office.hours.begin(), office.hours.end(), [&](rules::OpeningHours const& other) {
      return other.day == open->day && other.from < open->to && open->from < other.to;
    });
    if (overlaps) reader.fail("hours", "has \"" + written + "\", which overlaps another. Write each hour once.");
    office.hours.push_back(*open);
  }
  is_doubled(reader, "id", profile.offices, [](rules::Office const& o) { return o.id; }, office.id);
  read_provenance(reader, "office." + office.id, profile);
  profile.offices.push_back(std::move(office));
}

void read_languages(TomlReader& reader, rules::Profile& profile) {
  profile.languages = reader.texts("offered", max_languages);
  for (std::string const& language : profile.languages)
    if (language.size() < 2 || language.size() > 35 || !std::all_of(language.begin(), language.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        }))
      reader.fail("offered", "has \"" + language + "\". Write language tags such as \"de\" or \"uz-Cyrl\".");
}

void read_civil_time(TomlReader& reader, rules::Profile& profile) {
  std::string const name = reader.text("name");
  profile.civil_time = text::civil_time_named(name);
  if (!profile.civil_time)
    reader.fail("name", "is no civil time. Write its IANA name, such as \"Europe/Berlin\" or \"Etc/UTC\".");
}

void read_calendar(TomlReader& reader, rules::Profile& profile) {
  auto calendar = built_in_calendar(read_name(reader, "name"));
  if (!calendar) return reader.fail("name", "is no calendar of this program. Choose one of profiles/calendars.");
  profile.calendar = std::move(*calendar);
}

struct Section {
  std::string_view key;
  void (*read)(TomlReader& reader, rules::Profile& profile);
};

/// The rules that a profile has exactly once.
constexpr Section sections[] = {
    {"languages", read_languages},
    {"civil_time", read_civil_time},
    {"filing_window", [](TomlReader& r, rules::Profile& p) { p.filing_window = read_period(r); }},
    {"calendar", read_calendar},
    {"procedure",
     [](TomlReader& r, rules::Profile& p) {
       p.procedure = {read_days(r, "reply_period_days"), static_cast<unsigned>(r.integer("officials", 0, 100))};
     }},
    {"retention",
     [](TomlReader& r, rules::Profile& p) {
       p.retention = {read_days(r, "ended_registrations_days"), read_days(r, "evidence_days"),
                      read_days(r, "closed_cases_days"), read_days(r, "appointments_days")};
     }},
    {"proofs",
     [](TomlReader& r, rules::Profile& p) {
       p.fresh_proof_life = read_days(r, "fresh_days", 1);
       p.lasting_proof_life = read_days(r, "lasting_days", 1);
     }},
    // Up to 72: the state machine forgets how to undo an act after that long.
    {"undo", [](TomlReader& r,
                rules::Profile& p) { p.undo_window = hours{r.integer("hours", 0, rules::undo_window.count())}; }},
    {"opening_codes",
     [](TomlReader& r, rules::Profile& p) {
       p.opening_code_min = minutes{r.integer("min_minutes", 1, max_minutes)};
       p.opening_code_max = minutes{r.integer("max_minutes", 1, max_minutes)};
       p.opening_code_default = minutes{r.integer("default_minutes", 1, max_minutes)};
     }},
    {"sessions", [](TomlReader& r, rules::Profile& p) { p.session_life = hours{r.integer("hours", 1, 24 * 366)}; }},
    {"own_account",
     [](TomlReader& r, rules::Profile& p) { p.own_account_age = std::chrono::years{r.integer("age_years", 0, 120)}; }},
};

void read_profile(TomlReader& reader, rules::Profile& profile) {
  profile.name = read_name(reader, "name");
  profile.title = reader.text("title");
  profile.model = reader.flag("model");
  for (Section const& section : sections)
    reader.table(section.key, [&](TomlReader& inner) {
      section.read(inner, profile);
      read_provenance(inner, std::string{section.key}, profile);
    });
  reader.tables("kind", 3, [&](TomlReader& inner) { read_kind(inner, profile); });
  if (profile.kind(rules::Kind::main) == nullptr) reader.fail("kind", "has no main residence. Add it.");
  reader.tables("evidence", rules::evidence_kinds.size() * 2,
                [&](TomlReader& inner) { read_evidence(inner, profile); });
  reader.tables("purpose", rules::purposes.size() * 2, [&](TomlReader& inner) { read_purpose(inner, profile); }, true);
  reader.tables("office", max_offices, [&](TomlReader& inner) { read_office(inner, profile); });
  reader.finish();
}

}  // namespace

result<rules::Profile> parse_profile(std::string_view toml, std::string_view file) {
  auto const table = codec::parse_toml(toml, file);
  if (!table) return table.error();
  codec::TomlFault fault{std::string{file}};
  TomlReader reader{fault, *table};
  rules::Profile profile;
  read_profile(reader, profile);
  if (auto const read = fault.outcome(); !read) return read.error();
  if (auto held = rules::check_floors(profile); !held) {
    base::Error error = held.error();
    error.detail = std::string{file} + ": " + error.detail;
    return error;
  }
  profile.text = toml;
  profile.hash = digest::sha256(base::as_bytes(toml));
  return profile;
}

std::vector<std::string_view> built_in_names() {
  return names_of(profile_texts());
}

result<std::string_view> built_in_text(std::string_view name) {
  return text_named(profile_texts(), "profile", name);
}

}  // namespace abode::profiles
