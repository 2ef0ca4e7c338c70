// What everybody may know of how officials use the register: counts, and nobody in them.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "service/opening_counts.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::size_t weeks_unless_asked = 12;

result<std::size_t> read_weeks(http::Request const& request) {
  auto const query = http::parse_query(request.query);
  if (!query) return query.error();
  std::size_t weeks = weeks_unless_asked;
  for (auto const& [name, value] : *query) {
    if (name != "weeks") return fail(errc::invalid, "The only parameter here is \"weeks\". Leave others out.", name);
    auto const number = read_number(value, name);
    if (!number) return number.error();
    if (*number == 0 || *number > service::max_weeks_told)
      return fail(errc::invalid, "Ask for 1 to 155 weeks: longer than three years nothing is kept.", name);
    weeks = *number;
  }
  return weeks;
}

json::object to_json(service::WeekOfOpenings const& week) {
  json::array counts;
  for (service::PurposeCount const& count : week.counts)
    counts.push_back({{"office", count.office}, {"purpose", count.purpose}, {"openings", count.openings}});
  return {
      {"from", base::format_date(week.from)}, {"until", base::format_date(week.until)}, {"counts", std::move(counts)}};
}

}  // namespace

Reply get_weekly_openings(Register const& registry, Call const& call) {
  auto const weeks = read_weeks(call.request);
  if (!weeks) return weeks.error();
  return ReadWork{[&registry, weeks = *weeks](ports::Snapshot& snapshot, Caller const&) -> result<http::Response> {
    json::array told;
    for (service::WeekOfOpenings const& week : service::weekly_openings(registry.context, snapshot, weeks))
      told.push_back(to_json(week));
    return answer(registry.context.mode, 200,
                  {{"rounded_to", service::opening_count_step}, {"weeks", std::move(told)}});
  }};
}

}  // namespace abode::api
