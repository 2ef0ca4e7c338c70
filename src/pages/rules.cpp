// The rules here, as the profile has them, for people.
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "rules/floors.hpp"
#include "text/text.hpp"

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

/// "5 years", "90 days".
std::string how_long(std::chrono::days time) {
  bool const years = time.count() > 0 && time.count() % 365 == 0;
  auto const number = years ? time.count() / 365 : time.count();
  return std::to_string(number) + (years ? " year" : " day") + (number == 1 ? "" : "s");
}

Html kinds(rules::Profile const& profile) {
  Html rows;
  for (rules::KindRule const& rule : profile.kinds)
    rows.add(row(std::string{in_words(rule.kind)}, condition_in_words(rule)));
  return el("dl", rows);
}

/// By how they confirm an address, one row each.
Html evidence(rules::Profile const& profile) {
  Html rows;
  for (auto const raised : {rules::Assurance::code_confirmed, rules::Assurance::evidence_reviewed}) {
    Html items;
    for (rules::EvidenceRule const& rule : profile.evidence)
      if (auto const* const kind = rules::evidence_kind_named(rule.id); kind != nullptr && rule.raises_to == raised)
        items.add(el("li", kind->label));
    if (!items.markup().empty())
      rows.add(row("To be " + std::string{in_words(raised)}, el("ul", {{"class", "plain"}}, items)));
  }
  return el("dl", rows);
}

Html languages(rules::Profile const& profile) {
  std::string names;
  for (std::string const& tag : profile.languages) names += (names.empty() ? "" : ", ") + text::language_name(tag);
  return el("p", names, ". These pages are in English only, so far.");
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

Html section(char const* id, std::string_view title, Html const& content) {
  return el("section", {{"aria-labelledby", id}}, el("h2", {{"id", id}}, title), content);
}

Html filing(rules::Profile const& profile) {
  return el(
      "p", "Within ", rules::in_words(profile.filing_window),
      " of the first day there. This register takes it at any time, and does nothing by itself if it comes late or "
      "never.");
}

Html keeping(rules::Profile const& profile) {
  return el("p", "A registration that you have ended is kept for ", how_long(profile.retention.ended_registrations),
            ". ", el("a", {{"href", "/privacy"}}, "Everything that is stored"));
}

Html decisions(rules::Profile const& profile) {
  return el("p", "Whatever is to be decided against you needs a notice with its reasons, ",
            std::to_string(profile.procedure.reply_period.count()), " days for your answer, and ",
            std::to_string(profile.procedure.officials), " officials.");
}

}  // namespace

api::Reply get_rules(api::Register const& registry, api::Call const&) {
  rules::Profile const& profile = registry.context.profile();
  return page(
      registry.context.mode, {Visitor::nobody, "The rules here"},
      group(el("h1", "The rules here"),
            el("p", {{"class", "lead"}}, profile.title,
               profile.model ? ". A model, without legal effect: it serves for trying out." : "."),
            section("kinds", "What you can register", kinds(profile)), section("time", "In what time", filing(profile)),
            section(
                "evidence", "What can support it",
                group(el("p",
                         "A registration counts from its filing, by your word alone. The rules also know what makes it "
                         "stronger, if you wish. A code by letter you ask for at the registration; other evidence this "
                         "version cannot take yet:"),
                      evidence(profile))),
            section("purposes", "What officials can open, with your code",
                    group(el("p", "For one of these purposes, and no more than these fields:"), purpose_list(profile))),
            section("decisions", "How decisions are made", decisions(profile)),
            section("keeping", "How long it is kept", keeping(profile)),
            section("offices", "Offices", offices(profile)), section("languages", "Languages", languages(profile)),
            section("coming", "What will change", coming(registry.context)), sources(profile),
            el("p", el("a", {{"href", "/api/v1/profile/current.toml"}}, "The file"), ", as the public log knows it")));
}

}  // namespace abode::pages
