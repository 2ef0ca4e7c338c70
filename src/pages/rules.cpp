// The rules here, as the profile has them, for people.
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

std::string clock_time(std::chrono::minutes since_midnight) {
  auto const two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(since_midnight.count() / 60) + ":" + two(since_midnight.count() % 60);
}

std::string hours_in_words(rules::Office const& office) {
  constexpr std::string_view days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  std::string out;
  for (rules::OpeningHours const& open : office.hours)
    out += (out.empty() ? "" : ", ") + std::string{days[open.day.c_encoding()]} + " " + clock_time(open.from) + " to " +
           clock_time(open.to);
  return out.empty() ? "By appointment" : out;
}

Html kinds(rules::Profile const& profile) {
  Html rows;
  for (rules::KindRule const& rule : profile.kinds) rows.add(row(std::string{in_words(rule.kind)}, rule.condition));
  return el("dl", rows);
}

Html offices(rules::Profile const& profile) {
  Html rows;
  for (rules::Office const& office : profile.offices) rows.add(row(office.name, hours_in_words(office)));
  return el("dl", rows);
}

Html sources(rules::Profile const& profile) {
  Html rows;
  for (rules::Provenance const& rule : profile.provenance)
    rows.add(row(rule.rule, rule.source + ", from " + in_words(rule.valid_from) + " on"));
  return el("details", el("summary", "Where each rule comes from"), el("dl", rows));
}

Html coming(service::Context const& context) {
  rules::Profile const* const next = context.profiles.coming(context.clock.now());
  if (next == nullptr) return el("p", "No change is announced. One is public for 30 days before it takes effect.");
  return el("p", "From ", in_words(context.profiles.coming_from()), " on: ", next->title, ". ",
            el("a", {{"href", "/api/v1/profile/coming.toml"}}, "Read it"));
}

}  // namespace

api::Reply get_rules(api::Register const& registry, api::Call const&) {
  rules::Profile const& profile = registry.context.profile();
  std::string const years = std::to_string(profile.retention.ended_registrations.count()) + " days";
  return page(
      registry.context.mode, {Visitor::nobody, "The rules here"},
      group(el("h1", "The rules here"),
            el("p", {{"class", "lead"}}, profile.title,
               profile.model ? ". A model, without legal effect: it serves for trying out." : "."),
            el("section", el("h2", "What you can register"), kinds(profile)),
            el("section", el("h2", "In what time"),
               el("p", "The law expects it within ", rules::in_words(profile.filing_window),
                  " of the first day there. This register takes it at any time, and does nothing by itself if it comes "
                  "late or never.")),
            el("section", el("h2", "How long it is kept"),
               el("p", "A registration that you have ended is kept for ", years, ". ",
                  el("a", {{"href", "/privacy"}}, "Everything that is stored"))),
            el("section", el("h2", "Offices"), offices(profile)),
            el("section", el("h2", "What will change"), coming(registry.context)), sources(profile),
            el("p", el("a", {{"href", "/api/v1/profile/current.toml"}}, "The file"), ", as the public log knows it")));
}

}  // namespace abode::pages
