// A guardian's pages: the children they file for, and what they filed. They show nothing of what somebody else did.
#include "api/forms.hpp"
#include "codec/text.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/guardianships.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr std::size_t entries_on_a_page = 50;

/// What a guardian should know, and so should the child.
Html what_you_see(rules::Profile const& profile) {
  std::string const age = std::to_string(profile.own_account_age.count());
  return el(
      "p", {{"class", "quiet"}},
      "You see what you filed yourself, and nothing that another guardian or the child filed. Each act of yours is "
      "in the child's history, with a notice. From the age of ",
      age, " on the child signs in, sees everything and can change everything. Your access ends when they are 18.");
}

Html act_links(rules::Profile const& profile, std::string const& at, rules::Registration const& registration) {
  auto const about = el("span", {{"class", "unseen"}}, " (", registration.address.lines.front(), ")");
  auto const link = [&](std::string_view act, std::string_view label, char const* kind) {
    return el("a", {{"class", kind}, {"href", at + path_of({act})}}, label, about);
  };
  Html links = link("move", "They have moved", "button");
  if (registration.kind != rules::Kind::main)
    links.add(group(link("renew", "They stay on", "button second"),
                    link("make-main", "Make it their main residence", "button second")));
  links.add(group(link("correct", "Correct it", "button second"), link("end", "End it", "button second")));
  if (registration.assurance == rules::Assurance::declared && rules::check_letters(profile))
    links.add(link("letter", "Confirm by a letter", "button second"));
  return el("p", {{"class", "actions"}}, links);
}

Html registration_card(service::Context const& context, std::string const& root, service::Shown const& shown) {
  base::Random& random = context.random;
  rules::Registration const& registration = shown.registration;
  std::string const& line = registration.address.lines.front();
  std::string const at = root + path_of({"registrations", registration.id.value()});
  Html rows = group(row("Since", when(registration.since)), row("Registered", when(registration.filed_at)),
                    row("Assurance", in_words(registration.assurance)));
  if (registration.until) rows.add(row("You said until", when(*registration.until)));
  if (registration.ended) rows.add(row("Ended", when(registration.ended->on)));
  Html out = group(el("h3", in_words(registration.kind)), address(registration.address), el("dl", rows));
  if (registration.active())
    out.add(group(act_links(context.profile(), at, registration),
                  button_form(random, at + "/confirm", "It is still right", line),
                  button_form(random, at + "/landlord-refusal", "My landlord refuses", line)));
  if (shown.undo_until)
    out.add(el("div", {{"class", "undo"}},
               el("p", "You can take your last act back until ", when(*shown.undo_until), "."),
               button_form(random, at + "/undo", "Take it back", line)));
  return el("article", {{"class", "card place"}}, out);
}

http::Response child_page(api::Register const& registry, service::Child const& child) {
  std::string const root = root_of(child.id);
  Html places;
  for (service::Shown const& shown : child.registrations) places.add(registration_card(registry.context, root, shown));
  if (child.registrations.empty()) places = el("p", {{"class", "card"}}, "You have filed nothing for them yet.");
  return page(registry.context.mode, {Visitor::holder, child.given_names},
              group(el("h1", child.given_names), el("p", {{"class", "lead"}}, "Born on ", when(child.birth_date), "."),
                    el("h2", "What you filed"), places,
                    el("p", {{"class", "actions"}}, button_link(root + "/register", "Register where they live"),
                       el("a", {{"class", "button second"}, {"href", root + "/history"}}, "Your acts")),
                    what_you_see(registry.context.profile())));
}

/// An entry of the guardian's own is told to them as what "you" did.
log::Entry as_own(log::Entry entry) {
  entry.actor = "holder";
  if (entry.operation == service::operation::revoke_opening_code) entry.reference.clear();
  return entry;
}

Html entry_item(service::HistoryItem const& item, std::string const& root, rules::Profile const& profile) {
  log::Entry const entry = as_own(item.entry);
  std::string const name = codec::to_hex(item.commitment);
  return el("li", {{"class", "card entry"}}, el("h2", sentence_of(entry, profile)),
            el("dl", entry_rows(entry, profile)),
            el("p", {{"class", "links"}}, el("a", {{"href", root + path_of({"receipts", name})}}, "Receipt")));
}

http::Response receipt_page(api::Register const& registry, service::Child const& child,
                            service::HistoryItem const& item, LogMark const& mark) {
  log::Entry const entry = as_own(item.entry);
  std::string const name = codec::to_hex(item.commitment);
  rules::Profile const& profile = registry.context.profile();
  Html rows = group(row("For", child.given_names), entry_rows(entry, profile), row("Public log", show(mark)),
                    row("Commitment", el("span", {{"class", "code"}}, name)));
  for (service::Shown const& shown : child.registrations)
    if (shown.registration.id.value() == entry.reference)
      rows.add(filing_window_row(profile, entry, shown.registration));
  if (registry.context.mode == service::Mode::test) rows.add(row("Legal effect", "None: test mode"));
  if (profile.model) rows.add(row("Profile", group(profile.title, ", a model without legal effect")));
  Html links = button_link(root_of(child.id), "To " + child.given_names);
  if (mark.state == LogMark::State::proven)
    links.add(el("a",
                 {{"class", "button second"},
                  {"href", path_of({"api", "v1", "children", child.id.value(), "history", name, "proof"})},
                  {"download", "abode.tlog-proof"}},
                 "Save its proof"));
  return page(registry.context.mode, {Visitor::holder, "Receipt"},
              group(el("h1", "Receipt"), el("p", {{"class", "lead done"}}, sentence_of(entry, profile), "."),
                    el("dl", {{"class", "receipt"}}, rows), el("p", {{"class", "actions on-screen"}}, links)));
}

LogMark mark_of(result<log::LeafProof> const& proof) {
  if (proof) return {LogMark::State::proven, proof->index};
  bool const early = proof.error().code == base::errc::not_yet_provable;
  return {early ? LogMark::State::waiting : LogMark::State::broken};
}

}  // namespace

api::Reply get_children(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const children = service::children(registry.context, snapshot, caller.holder());
    if (!children) return children.error();
    Html list;
    for (service::Child const& child : *children)
      list.add(el("li", el("a", {{"href", root_of(child.id)}}, child.given_names),
                  el("p", "Born on ", when(child.birth_date), ".")));
    Html const shown =
        children->empty() ? el("p", {{"class", "card"}}, "You file for nobody.") : el("ul", {{"class", "plain"}}, list);
    return page(registry.context.mode, {Visitor::holder, "Children you file for"},
                group(el("h1", "Children you file for"), shown, what_you_see(registry.context.profile())));
  }};
}

api::Reply get_child(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const child = service::child(registry.context, snapshot, caller.guardian());
    if (!child) return child.error();
    return child_page(registry, *child);
  }};
}

api::Reply get_child_receipt(api::Register const& registry, api::Call const& call) {
  auto const name = api::read_commitment(call.params.at(0), "commitment");
  if (!name) return base::fail(base::errc::not_found, "There is no such receipt. Your acts for the child are listed.");
  return api::ReadWork{
      [&registry, name = *name](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
        auto const& session = caller.guardian();
        auto const child = service::child(registry.context, snapshot, session);
        if (!child) return child.error();
        auto const item = service::guardian_history_item(registry.context, snapshot, session, name);
        if (!item) return item.error();
        auto const proof = service::guardian_inclusion_of(registry.context, registry.log, snapshot, session, name);
        return receipt_page(registry, *child, *item, mark_of(proof));
      }};
}

api::Reply get_child_history(api::Register const& registry, api::Call const& call) {
  std::optional<base::Hash> before;
  auto const pairs = http::parse_query(call.request.query);
  if (!pairs) return pairs.error();
  for (auto const& [name, value] : *pairs) {
    auto const commitment = api::read_commitment(value, name);
    if (!commitment) return commitment.error();
    before = *commitment;
  }
  return api::ReadWork{
      [&registry, before](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
        auto const& session = caller.guardian();
        auto const items = service::guardian_history(registry.context, snapshot, session, before, entries_on_a_page);
        if (!items) return items.error();
        std::string const root = root_of(session.id());
        Html list;
        for (service::HistoryItem const& item : *items) list.add(entry_item(item, root, registry.context.profile()));
        Html links = button_link(root, "Back to the child");
        if (items->size() == entries_on_a_page)
          links.add(button_link(root + "/history?before=" + codec::to_hex(items->back().commitment), "Older entries"));
        return page(registry.context.mode, {Visitor::holder, "Your acts for a child"},
                    group(el("h1", "Your acts for a child"), el("ol", {{"class", "entries"}}, list),
                          el("p", {{"class", "actions"}}, links)));
      }};
}

api::Reply post_move_along(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return api::write_then<service::Acted>(
      [&registry, request = call.request, form = *form](ports::Transaction& transaction,
                                                        api::Caller const& caller) -> result<service::Acted> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::move_along(registry.context, transaction, caller.guardian(),
                                   rules::RegistrationId{std::string{form.text("registration")}}, *key);
      },
      [child = call.child.value()](service::Acted const& acted, ports::Commit const&) -> result<http::Response> {
        return see_other(root_of(child) + path_of({"receipts", codec::to_hex(acted.receipt.commitment)}));
      });
}

}  // namespace abode::pages
