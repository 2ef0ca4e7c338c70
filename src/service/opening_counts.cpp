#include "service/opening_counts.hpp"

#include "ports/store.hpp"

namespace abode::service {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days week{7};

/// The Monday of the week.
sys_days week_of(base::Time time) {
  auto const day = std::chrono::floor<days>(time);
  return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

}  // namespace

void count_opening(Context const& context, ports::Transaction& transaction, std::string const& office,
                   std::string_view purpose, bool opened) {
  transaction.add_to_opening_count(
      {week_of(context.clock.now()), office, std::string{purpose}, std::uint64_t{opened ? 1U : 0U}});
}

std::uint64_t rounded_count(std::uint64_t openings) {
  return (openings + opening_count_step / 2) / opening_count_step * opening_count_step;
}

std::vector<WeekOfOpenings> weekly_openings(Context const& context, ports::Snapshot& snapshot, std::size_t weeks) {
  sys_days const running = week_of(context.clock.now());
  sys_days const first = running - week * static_cast<int>(weeks);
  std::vector<WeekOfOpenings> told;
  for (sys_days from = running - week; from >= first; from -= week)
    told.push_back({base::Date{from}, base::Date{from + week - days{1}}, {}});
  for (ports::OpeningCountRow const& row : snapshot.opening_counts(first, running)) {
    std::uint64_t const openings = rounded_count(row.openings);
    if (openings == 0) continue;
    auto const weeks_ago = static_cast<std::size_t>((running - sys_days{base::day_of(row.week)}) / week);
    told.at(weeks_ago - 1).counts.push_back({row.office, row.purpose, openings});
  }
  return told;
}

}  // namespace abode::service
