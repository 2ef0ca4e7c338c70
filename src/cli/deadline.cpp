#include "cli/deadline.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "codec/toml.hpp"
#include "deadlines/deadlines.hpp"
#include "profiles/calendars.hpp"
#include "rules/calendar.hpp"
#include "system/files.hpp"

namespace abode::cli {
namespace {

using base::result;

/// A file of the folder that the person named.
result<std::string> read_text(std::filesystem::path const& path) {
  auto const content = system::read_file(path, codec::max_toml_bytes);
  if (!content) return content.error();
  return std::string{base::as_text(*content)};
}

result<deadlines::Table> load_table(DeadlineOptions const& options) {
  if (!options.folder) return deadlines::built_in_table(options.profile);
  std::filesystem::path const path = *options.folder / "deadlines" / (options.profile + ".toml");
  auto const text = read_text(path);
  if (!text) return text.error();
  return deadlines::parse_table(*text, path.string());
}

result<rules::Calendar> load_calendar(DeadlineOptions const& options, std::string const& name) {
  if (!options.folder) return profiles::built_in_calendar(name);
  std::filesystem::path const path = *options.folder / "calendars" / (name + ".toml");
  auto const text = read_text(path);
  if (!text) return text.error();
  return profiles::parse_calendar(*text, path.string());
}

result<std::vector<std::string>> answer(DeadlineOptions const& options) {
  auto const entry = base::parse_date(options.entry);
  if (!entry) return base::fail(base::errc::invalid, "--entry is not a day that exists. Write it as YYYY-MM-DD.");
  auto const table = load_table(options);
  if (!table) return table.error();
  std::optional<rules::Calendar> calendar;
  if (auto const name = options.calendar ? options.calendar : table->calendar) {
    auto loaded = load_calendar(options, *name);
    if (!loaded) return loaded.error();
    calendar = std::move(*loaded);
  }
  auto const answer = deadlines::answer(*table, calendar ? &*calendar : nullptr, *entry, options.citizenship);
  if (!answer) return answer.error();
  return deadlines::in_words(*table, *answer);
}

}  // namespace

int run_deadline(DeadlineOptions const& options) {
  auto const lines = answer(options);
  if (!lines) {
    fmt::print(stderr, "abode: {}\n", lines.error().detail);
    return 1;
  }
  for (std::string const& line : *lines) fmt::print("{}\n", line);
  return 0;
}

}  // namespace abode::cli
