#include <algorithm>

#include "identity/names.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "rules/reminders.hpp"
#include "service/guardianships.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr std::size_t shown_reads = 3;

/// The button that takes back the last act on a registration; nothing once the 72 hours are over.
Html undo_offer(RecordView const& view, rules::Registration const& registration) {
  auto const until = rules::undo_deadline(view.state.residence, registration.id, view.now);
  if (!until) return {};
  auto const& acts = view.state.residence.undoable;
  auto const last =
      std::find_if(acts.rbegin(), acts.rend(), [&](auto const& act) { return act.touches(registration.id); });
  return el("div", {{"class", "undo"}}, el("p", "You can take this back until ", when(*until), "."),
            button_form(view.context().random, path_of({"registrations", registration.id.value(), "undo"}),
                        undo_of(last->act), registration.address.lines.front()));
}

Html actions_for(RecordView const& view, rules::Registration const& registration) {
  std::string_view const id = registration.id.value();
  auto const about = el("span", {{"class", "unseen"}}, " (", registration.address.lines.front(), ")");
  auto const link = [&](std::string_view act, std::string_view label, char const* kind) {
    return el("a", {{"class", kind}, {"href", path_of({"registrations", id, act})}}, label, about);
  };
  Html links = link("move", "I have moved", "button");
  if (registration.kind != rules::Kind::main)
    links.add(group(link("renew", "I stay on", "button second"),
                    link("make-main", "Make it my main residence", "button second")));
  links.add(group(link("correct", "Correct it", "button second"), link("end", "End it", "button second")));
  if (registration.assurance == rules::Assurance::declared && rules::check_letters(view.context().profile()))
    links.add(link("letter", "Confirm by a letter", "button second"));
  return group(el("p", {{"class", "actions"}}, links),
               button_form(view.context().random, path_of({"registrations", id, "confirm"}), "It is still right",
                           registration.address.lines.front()),
               button_form(view.context().random, path_of({"registrations", id, "landlord-refusal"}),
                           "My landlord refuses", registration.address.lines.front()));
}

std::string in_days(std::chrono::days left) {
  if (left == std::chrono::days{0}) return "today";
  if (left == std::chrono::days{1}) return "tomorrow";
  return "in " + std::to_string(left.count()) + " days";
}

/// A stated end is told as what it is, before its day and after it: something the person said (G2). When it comes near,
/// by the days of the office.
Html stated_end(RecordView const& view, rules::Registration const& registration) {
  if (!registration.until) return {};
  Html const said = group("You said you would stay until ", when(*registration.until));
  auto const left = rules::days_until_end(registration, view.context().profile().civil_time->day_at(view.now));
  if (!left) return el("p", said, ". The registration stays until you move or end it yourself.");
  return el("p", {{"class", "news"}}, said, ", ", in_days(*left),
            ". You can renew it, end it or leave it as it is: nothing happens by itself.");
}

Html registration_card(RecordView const& view, rules::Registration const& registration) {
  Html rows = group(row("Since", when(registration.since)), row("Registered", when(registration.filed_at)),
                    row("Assurance", in_words(registration.assurance)));
  if (registration.confirmed_at) rows.add(row("You said it is still right", when(*registration.confirmed_at)));
  return el("article", {{"class", "card place"}}, el("h3", in_words(registration.kind)), address(registration.address),
            el("dl", rows), stated_end(view, registration), actions_for(view, registration),
            undo_offer(view, registration));
}

/// One that has ended. What another one took the place of is undone at the registration that took its place.
Html ended_card(RecordView const& view, rules::Registration const& registration) {
  rules::Ending const& end = *registration.ended;
  return el("li", el("h3", in_words(registration.kind)), address(registration.address),
            el("p", "From ", when(registration.since), " to ", when(end.on),
               end.moved_to ? ", then at another address" : "", "."),
            end.moved_to ? Html{} : undo_offer(view, registration));
}

Html nowhere_yet() {
  return el("div", {{"class", "card place"}}, el("p", {{"class", "lead"}}, "You are not registered anywhere yet."),
            el("p", "It takes two minutes, needs nobody's permission, and counts from the moment you send it."),
            el("p", {{"class", "actions"}}, button_link("/register", "Register where I live")));
}

Html places(RecordView const& view) {
  Html active;
  Html ended;
  for (rules::Registration const& registration : view.state.residence.registrations)
    if (registration.active())
      active.add(registration_card(view, registration));
    else
      ended.add(ended_card(view, registration));
  Html out = el("h2", {{"id", "places"}}, "Where you are registered");
  if (active.markup().empty())
    out.add(nowhere_yet());
  else
    out.add(
        group(active, el("p", {{"class", "actions"}},
                         el("a", {{"class", "button second"}, {"href", "/register"}}, "Register one more address"))));
  if (!ended.markup().empty())
    out.add(el("details", el("summary", "Earlier registrations"), el("ul", {{"class", "plain"}}, ended)));
  return el("section", {{"aria-labelledby", "places"}}, out);
}

/// Not what the holder did themselves.
Html reads(rules::Profile const& profile, std::vector<service::InboxItem> notices) {
  Html out = el("h2", {{"id", "reads"}}, "Who has looked");
  std::erase_if(notices, [](auto const& notice) { return notice.about.entry.actor == "holder"; });
  if (notices.empty()) {
    out.add(el("p", "Nobody has opened your record, and nobody has tried. Only a code of yours opens it."));
  } else {
    Html items;
    for (std::size_t i = 0; i < std::min(shown_reads, notices.size()); ++i) {
      log::Entry const& entry = notices[i].about.entry;
      items.add(el("li", el("b", sentence_of(entry, profile)), el("br"), purpose_label(entry.purpose),
                   entry.purpose.empty() ? "" : ", ", when(entry.time)));
    }
    out.add(group(el("ul", {{"class", "plain"}}, items), el("p", el("a", {{"href", "/inbox"}}, "All of them"))));
  }
  return el("section", {{"aria-labelledby", "reads"}}, out);
}

Html news(std::vector<service::InboxItem> const& notices) {
  auto const unread = std::count_if(notices.begin(), notices.end(), [](auto const& notice) { return !notice.read; });
  if (unread == 0) return {};
  return el("p", {{"class", "news"}},
            el("a", {{"href", "/inbox"}}, std::to_string(unread), unread == 1 ? " new notice" : " new notices"),
            ": somebody opened your record or tried to, a guardian acted for you, or the way you sign in was changed.");
}

Html next_steps() {
  auto const step = [](char const* path, std::string_view label, std::string_view why) {
    return el("li", el("a", {{"href", path}}, label), el("p", why));
  };
  return el("section", {{"aria-labelledby", "next"}}, el("h2", {{"id", "next"}}, "What you can do next"),
            el("ul", {{"class", "plain"}},
               step("/proofs", "Prove where you live",
                    "For a school, a bank or an employer. Nobody learns where you show it."),
               step("/codes", "Let an office see something", "Make a code that opens the fields you choose, once."),
               step("/invitations", "Move together", "Invite those you moved with, or look at an invitation."),
               step("/history", "See your history", "Everything ever written to or read from your record, with proof."),
               step("/api/v1/history/export", "Keep a copy", "Your history as a file that you can check without us."),
               step("/account", "Signing in", "Your printed codes, and where you are signed in."),
               step("/rights", "Your data and your rights",
                    "See all that is kept about you, ask for a correction, have your record erased.")));
}

/// Nothing for who files for nobody.
Html children_link(std::size_t children) {
  if (children == 0) return {};
  return el("section", {{"aria-labelledby", "children"}},
            el("h2", {{"id", "children"}}, children == 1 ? "A child you file for" : "Children you file for"),
            el("p", "You register where they live, and see what you filed. ",
               el("a", {{"href", "/children"}}, "To them"), "."));
}

Html greeting(RecordView const& view) {
  if (!view.state.identity) return {};
  identity::Names const& names = view.state.identity->names;
  return el("p", {{"class", "name"}}, names.given, names.given.empty() ? "" : " ", names.family);
}

}  // namespace

api::Reply get_home(api::Register const& registry, api::Call const&) {
  return read_record(registry, [](RecordView const& view) -> result<http::Response> {
    auto const notices = service::inbox(view.context(), view.snapshot, view.session);
    if (!notices) return notices.error();
    auto const children = service::children(view.context(), view.snapshot, view.session);
    if (!children) return children.error();
    return page(view.mode(), {Visitor::holder, "Your residence", "/home"},
                group(greeting(view), el("h1", "Your residence"), news(*notices), places(view),
                      children_link(children->size()), reads(view.context().profile(), *notices), next_steps()));
  });
}

}  // namespace abode::pages
