// When a holder is reminded of a date that they set themselves: the stated end of a stay. Nothing follows from a
// reminder, or from ignoring one (G2).
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/civil_time.hpp"
#include "rules/residence.hpp"

namespace abode::rules {

/// How long before a stated end.
inline constexpr std::array<std::chrono::days, 4> reminded_before{std::chrono::days{30}, std::chrono::days{14},
                                                                  std::chrono::days{7}, std::chrono::days{1}};
/// By the clocks of the offices, whatever they were put to in the night before.
constexpr std::chrono::hours reminded_at{10};
/// So many reminders wait for one record, the nearest ones.
constexpr std::size_t max_reminders = 40;

/// The moments after `after` at which the holder is reminded, each once, the nearest first: of stated ends of their own
/// registrations that stand. A guardian's date is not one that the holder set.
std::vector<base::Time> reminders_after(Residence const& state, base::Time after, base::CivilTime const& civil_time);

/// In how many days a stated end comes, from 30 to 0, if that is worth telling `today`.
std::optional<std::chrono::days> days_until_end(Registration const& registration, base::Date today);

}  // namespace abode::rules
