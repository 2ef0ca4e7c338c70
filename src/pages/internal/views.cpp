#include "pages/internal/views.hpp"

#include "pages/internal/layout.hpp"
#include "pages/internal/words.hpp"
#include "service/actor.hpp"

namespace abode::pages {
namespace {

Html who(log::Entry const& entry, rules::Profile const& profile) {
  if (entry.actor == "holder") return group("You");
  if (auto const guardianship = service::guardianship_in(entry))
    return group("A guardian, ", el("span", {{"class", "code"}}, guardianship->value()));
  if (entry.actor == "invited") return group("Somebody you invited");
  if (entry.office.empty()) return group("The register");
  return group(office_name(profile, entry.office), ", account ", el("span", {{"class", "code"}}, entry.actor));
}

/// Tells links of the same label apart for those who hear them.
Html of_entry(std::string_view number) {
  return el("span", {{"class", "unseen"}}, " (entry ", number, ")");
}

}  // namespace

Html when(base::Time time) {
  return el("time", {{"datetime", base::format_time(time)}}, in_words(time));
}

Html when(base::Date date) {
  return el("time", {{"datetime", base::format_date(date)}}, in_words(date));
}

Html address(rules::Address const& address) {
  Html lines;
  for (std::string const& line : address.lines) lines.add(el("span", {{"dir", "auto"}}, line));
  lines.add(el("span", address.country));
  return el("div", {{"class", "address"}}, lines);
}

Html row(std::string_view what, Html const& value) {
  return el("div", el("dt", what), el("dd", value));
}

Html row(std::string_view what, std::string_view value) {
  return row(what, group(value));
}

Html filing_window_row(rules::Profile const& profile, log::Entry const& entry,
                       rules::Registration const& registration) {
  bool const made_it =
      entry.operation == rules::name_of(rules::Act::file) || entry.operation == rules::name_of(rules::Act::move);
  auto const window = rules::filing_window(profile, registration);
  if (!made_it || !window) return {};
  return row(
      "Time to file",
      group(rules::in_words(profile.filing_window), " by the rules here, until ", when(window->last_day),
            window->met ? ". Filed within it." : ". Filed after it, and just as valid: it counts from its filing."));
}

Html purpose_list(rules::Profile const& profile) {
  Html rows;
  for (rules::Purpose const& purpose : rules::purposes)
    if (auto const fields = profile.fields_for(purpose.name); !fields.empty())
      rows.add(row(purpose.label, in_words(fields)));
  return el("dl", rows);
}

Html sign_in_again() {
  return el(
      "section", {{"class", "card"}, {"aria-labelledby", "again"}},
      el("h2", {{"id", "again"}}, "Sign in once more first"),
      el("p",
         "You signed in more than 15 minutes ago. Changes of this kind take a new sign-in, so that nobody makes them "
         "who only found your phone open."),
      el("form",
         {{"data-passkey", "again"},
          {"data-api", "/api/v1"},
          {"hidden", true},
          {"method", "post"},
          {"action", "/sign-in"}},
         el("p", {{"class", "error"}, {"role", "alert"}}),
         el("button", {{"type", "submit"}, {"class", "second"}}, "Use a passkey"), el("p", {{"role", "status"}})),
      el("p", "With a code: sign in on the ",
         el("a", {{"href", "/"}, {"target", "_blank"}, {"rel", "noopener"}}, "start page, which opens beside this one"),
         ", and come back here. What you have typed stays."));
}

Html official_signs_in_again() {
  return el(
      "section", {{"class", "card"}, {"aria-labelledby", "again"}},
      el("h2", {{"id", "again"}}, "Sign in once more first"),
      el("p",
         "You signed in more than 15 minutes ago. This takes a new sign-in, so that nobody does it who only found "
         "your screen open. Use your passkey on the ",
         el("a", {{"href", "/#officials"}, {"target", "_blank"}, {"rel", "noopener"}},
            "start page, which opens beside this one"),
         ", and come back here. What you have typed stays."));
}

Html who_works(rules::Profile const& profile, ports::OfficialRow const& official) {
  return el("p", {{"class", "name"}}, official.name, ", ", office_name(profile, official.office));
}

Html button_link(std::string_view path, std::string_view label) {
  return el("a", {{"class", "button"}, {"href", path}}, label);
}

LogMark check_in_log(base::result<service::LogProver>& prover, ports::HolderSession const& session,
                     service::HistoryItem const& item) {
  auto const proof = prover ? prover->prove(session.record(), item.entry.seq, item.commitment)
                            : base::result<log::LeafProof>{prover.error()};
  if (proof) return {LogMark::State::proven, proof->index};
  bool const early = proof.error().code == base::errc::not_yet_provable;
  return {early ? LogMark::State::waiting : LogMark::State::broken};
}

Html show(LogMark const& mark) {
  switch (mark.state) {
    case LogMark::State::proven:
      return group(el("span", {{"class", "mark good"}}, "In the public log ✓"), " ",
                   el("span", {{"class", "quiet"}}, "number ", std::to_string(mark.index), ", checked just now"));
    case LogMark::State::waiting:
      return el("span", {{"class", "mark"}}, "Will be in the public log within seconds: load this page again");
    case LogMark::State::broken:
      return el("span", {{"class", "mark bad"}},
                "Could not be found in the public log. Keep a copy of your history, and ask the office.");
  }
  return {};
}

Html entry_rows(log::Entry const& entry, rules::Profile const& profile) {
  Html rows = group(row("When", when(entry.time)));
  if (entry.first_tried)
    rows.add(row("First tried", group(when(*entry.first_tried), ", by the clock of the device that sent it")));
  rows.add(row("Who", who(entry, profile)));
  if (!entry.purpose.empty()) rows.add(row("What for", purpose_label(entry.purpose)));
  if (!entry.reference.empty())
    rows.add(row(reference_label(entry), el("span", {{"class", "code"}, {"dir", "auto"}}, entry.reference)));
  if (!entry.fields.empty()) rows.add(row("Fields", fields_in_words(entry.fields)));
  return rows;
}

Html proof_link(std::uint64_t seq, LogMark const& mark, std::string_view label, std::string_view style) {
  if (mark.state != LogMark::State::proven) return {};
  std::string const number = std::to_string(seq);
  return el("a",
            {{"class", style},
             {"href", path_of({"api", "v1", "history", number, "proof"})},
             {"download", "abode-" + number + ".tlog-proof"}},
            label, of_entry(number));
}

Html entry_card(log::Entry const& entry, LogMark const& mark, rules::Profile const& profile, bool fresh) {
  std::string const number = std::to_string(entry.seq);
  Html badge;
  if (fresh) badge = el("span", {{"class", "badge"}}, "New");
  Html const receipt = el("a", {{"href", path_of({"receipts", number})}}, entry.office.empty() ? "Receipt" : "Details",
                          of_entry(number));
  return el("li",
            {{"class", entry.office.empty() ? "card entry" : "card entry by-official"}, {"id", "entry-" + number}},
            el("h2", sentence_of(entry, profile), badge), el("dl", entry_rows(entry, profile)), el("p", show(mark)),
            el("p", {{"class", "links"}}, el("span", {{"class", "quiet"}}, "Entry ", number), receipt,
               proof_link(entry.seq, mark, "Proof file", "")));
}

}  // namespace abode::pages
