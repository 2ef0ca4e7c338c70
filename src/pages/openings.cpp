// For everybody: how many records the offices open, and for what.
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/opening_counts.hpp"

namespace abode::pages {
namespace {

constexpr std::size_t weeks_shown = 12;

std::string label_of(std::string_view purpose) {
  rules::Purpose const* const known = rules::purpose_named(purpose);
  return std::string{known != nullptr ? known->label : purpose};
}

Html week_section(rules::Profile const& profile, service::WeekOfOpenings const& week) {
  Html rows;
  for (service::PurposeCount const& count : week.counts)
    rows.add(el("tr", el("td", office_name(profile, count.office)), el("td", label_of(count.purpose)),
                el("td", {{"class", "number"}}, "about " + std::to_string(count.openings))));
  Html const heading = el("h2", when(week.from), " to ", when(week.until));
  if (week.counts.empty())
    return el("section", heading, el("p", "No office opened more than four records for any one purpose."));
  return el("section", heading,
            el("table",
               el("thead", el("tr", el("th", {{"scope", "col"}}, "Office"), el("th", {{"scope", "col"}}, "What for"),
                              el("th", {{"scope", "col"}, {"class", "number"}}, "Records"))),
               el("tbody", rows)));
}

}  // namespace

api::Reply get_weekly_openings(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const&) -> base::result<http::Response> {
    Html weeks;
    for (auto const& week : service::weekly_openings(registry.context, snapshot, weeks_shown))
      weeks.add(week_section(registry.context.profile(), week));
    return page(
        registry.context.mode, {Visitor::nobody, "How often offices look"},
        group(el("h1", "How often offices look into records"),
              el("p", {{"class", "lead"}},
                 "An office opens one record at a time, with a code from the person, and the person sees it. Here is "
                 "how many each office opened, by week and by what it was for."),
              el("p",
                 "Numbers are rounded to the nearest ten and come once a week is over, so that they tell of nobody. "
                 "Counts of 1 to 4 are left out. As a program reads it: ",
                 el("a", {{"href", "/api/v1/openings/weekly"}}, "the last twelve weeks"), "."),
              weeks));
  }};
}

}  // namespace abode::pages
