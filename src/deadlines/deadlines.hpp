// The calculator of deadlines to notify a residence, on the person's own device. It is the one place that knows that a
// deadline may depend on a citizenship. It needs no store and no network, keeps nothing, and no room of the server may
// use it: the architecture test holds src/rooms.cmake to that (G9).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "rules/deadline.hpp"

namespace abode::deadlines {

/// One deadline, for everybody or for citizens of some countries.
struct Rule {
  std::string id;                         ///< two of one id differ in valid_from: the later one replaces the earlier
  std::vector<std::string> citizenships;  ///< ISO 3166-1 alpha-2; none: for everybody without a rule of their own
  rules::Period period;
  base::Date valid_from;
  std::string source;
  std::optional<std::string> conflicting;  ///< sources differ: how, as a whole sentence
};

/// What profiles/deadlines/NAME.toml says.
struct Table {
  std::string name;
  std::string title;
  std::string event;                    ///< what the count begins with, such as "moving in"
  std::optional<std::string> calendar;  ///< of working days, by name
  std::vector<std::string> notes;
  std::vector<Rule> rules;
};

/// Reads one table strictly. errc::malformed or errc::invalid with line and key: as for profiles, and: no rule for
/// everybody, a rule that needs a calendar where none is named, several ids for one citizenship that are not all marked
/// as conflicting.
base::result<Table> parse_table(std::string_view toml, std::string_view file);

/// Names of the tables in the program.
std::vector<std::string_view> built_in_names();
/// errc::not_found, listing what there is.
base::result<Table> built_in_table(std::string_view name);

struct Alternative {
  Rule const* rule;  ///< of the table
  rules::Deadline deadline;
};

struct Answer {
  base::Date last_day;                    ///< the earliest of the alternatives: who keeps it is safe by all of them
  std::vector<Alternative> alternatives;  ///< more than one where sources differ; earliest first
};

/// The deadline for an event on `event`. `citizenship` is an ISO 3166-1 alpha-2 code in capitals, or none: the rule for
/// everybody. errc::invalid for another form; errc::not_found if no rule is in force on that day or the calendar does
/// not cover it. `calendar` may be null if no rule of the table needs one.
base::result<Answer> answer(Table const& table, rules::Calendar const* calendar, base::Date event,
                            std::optional<std::string> const& citizenship);

/// The answer in whole sentences, a line each: the day, why, what differs, what to know.
std::vector<std::string> in_words(Table const& table, Answer const& answer);

}  // namespace abode::deadlines
