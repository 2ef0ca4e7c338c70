// How many records the offices open, for what, in public: by week, rounded, and never about a person.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/context.hpp"

namespace abode::service {

/// What a public count is rounded to: 0 to 4 openings are told as 0, 5 to 14 as 10. One opening more or less is seen
/// by nobody who does not know of the others.
constexpr std::uint64_t opening_count_step = 10;
constexpr std::size_t max_weeks_told = 155;  ///< whole ones, while counts are kept (ports::opening_count_lifetime)

/// Counts an attempt of an office: 1 if it opened something for the first time. Any other writes the same (G11).
void count_opening(Context const& context, ports::Transaction& transaction, std::string const& office,
                   std::string_view purpose, bool opened);

/// Rounded to the nearest step, a half up.
std::uint64_t rounded_count(std::uint64_t openings);

struct PurposeCount {
  std::string office;
  std::string purpose;
  std::uint64_t openings;  ///< rounded
  bool operator==(PurposeCount const&) const = default;
};

struct WeekOfOpenings {
  base::Date from;                   ///< a Monday
  base::Date until;                  ///< the Sunday
  std::vector<PurposeCount> counts;  ///< by office and purpose; those that round to 0 are left out
};

/// The `weeks` newest weeks that are over, the newest first; days are those of UTC. The running week is left out: its
/// counts, looked at again and again, would tell the moment of an opening.
std::vector<WeekOfOpenings> weekly_openings(Context const& context, ports::Snapshot& snapshot, std::size_t weeks);

}  // namespace abode::service
