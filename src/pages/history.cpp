#include <algorithm>

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

constexpr std::size_t entries_on_a_page = 20;  ///< each one's proof is followed while the page is made

constexpr char const* export_path = "/api/v1/history/export";

/// The entry before which a page begins; none for the newest.
result<std::optional<std::uint64_t>> read_before(std::string_view query) {
  auto const pairs = http::parse_query(query);
  if (!pairs) return pairs.error();
  for (auto const& [name, value] : *pairs) {
    if (name != "before") continue;
    auto const number = api::read_number(value, name);
    if (!number) return number.error();
    return std::optional{*number};
  }
  return std::optional<std::uint64_t>{};
}

Html how_to_check() {
  return el(
      "details", el("summary", "Check it yourself, without us"),
      el("p",
         "Each entry is sealed into a log that anybody can copy. Its proof leads from the entry up to the log's signed "
         "summary, and we followed it for every entry that you see here. You need not take our word for that: ",
         el("a", {{"href", export_path}, {"download", "abode-history.json"}}, "save your history as a file"),
         ", and on a computer of your own run"),
      el("pre", el("code", "abode audit abode-history.json")),
      el("p", "It works without a connection, and tells of any entry that was removed, altered or put in between."));
}

Html cards(api::Register const& registry, ports::Snapshot& snapshot, ports::HolderSession const& session,
           std::vector<service::HistoryItem> const& items) {
  Html out;
  auto prover = service::LogProver::make(registry.log, snapshot);
  for (service::HistoryItem const& item : items)
    out.add(entry_card(item.entry, check_in_log(prover, session, item), registry.context.profile(), false));
  return el("ol", {{"class", "entries"}}, out);
}

Html turning(service::HistoryPage const& page, bool newest) {
  Html out;
  if (page.before) out.add(button_link("/history?before=" + std::to_string(*page.before), "Older entries"));
  if (!newest) out.add(button_link("/history", "Newest entries"));
  return el("p", {{"class", "actions"}}, out);
}

// Receipts.

/// Where the registration stands that an act was about: not part of the entry, so it is dated. `filed`: the act made
/// it.
Html registration_now(RecordView const& view, rules::Registration const& registration, log::Entry const& entry) {
  Html rows = group(row("Kind", in_words(registration.kind)), row("Address", address(registration.address)),
                    row("Since", when(registration.since)));
  rows.add(filing_window_row(view.context().profile(), entry, registration));
  rows.add(row("Assurance", in_words(registration.assurance)));
  if (registration.until) rows.add(row("You said you would stay until", when(*registration.until)));
  if (registration.confirmed_at) rows.add(row("You said it is still right", when(*registration.confirmed_at)));
  if (registration.ended) rows.add(row("Ended", when(registration.ended->on)));
  if (auto const until = rules::undo_deadline(view.state.residence, registration.id, view.now))
    rows.add(row("You can take it back until", when(*until)));
  return el("section", {{"aria-labelledby", "now"}}, el("h2", {{"id", "now"}}, "How it stands"), el("dl", rows),
            el("p", {{"class", "quiet"}}, "As of ", when(view.now), "."));
}

Html receipt_rows(RecordView const& view, service::HistoryItem const& item, LogMark const& mark) {
  Html rows;
  if (auto const& identity = view.state.identity)
    rows.add(row("Person", group(identity->names.given, " ", identity->names.family)));
  rows.add(group(row("Entry", std::to_string(item.entry.seq)), entry_rows(item.entry, view.context().profile()),
                 row("Public log", show(mark)),
                 row("Commitment", el("span", {{"class", "code"}}, codec::to_hex(item.commitment)))));
  if (view.mode() == service::Mode::test) rows.add(row("Legal effect", "None: test mode"));
  rules::Profile const& profile = view.context().profile();
  if (profile.model) rows.add(row("Profile", group(profile.title, ", a model without legal effect")));
  return el("dl", {{"class", "receipt"}}, rows);
}

Html receipt_links(std::uint64_t seq, LogMark const& mark) {
  return el("div", {{"class", "on-screen"}},
            el("p",
               "Print this page or save it. The commitment is all that the public log holds of this entry: to anybody "
               "else it is a row of random letters."),
            el("p", {{"class", "actions"}}, button_link("/home", "To your own page"),
               proof_link(seq, mark, "Save its proof", "button second")));
}

/// After a move of one's own: a button for each child who lived at the same address by what the guardian filed.
result<Html> moving_along(RecordView const& view, rules::RegistrationId const& to) {
  auto const& all = view.state.residence.registrations;
  auto const left =
      std::find_if(all.begin(), all.end(), [&](auto const& r) { return r.ended && r.ended->moved_to == to; });
  rules::Registration const* const target = view.state.residence.find(to);
  if (left == all.end() || target == nullptr || !target->active()) return Html{};
  auto const children = service::children(view.context(), view.snapshot, view.session);
  if (!children) return children.error();
  Html buttons;
  for (service::Child const& child : *children)
    for (service::Shown const& shown : child.registrations)
      if (shown.registration.active() && shown.registration.kind == rules::Kind::main &&
          shown.registration.address == left->address)
        buttons.add(el("form", {{"method", "post"}, {"action", root_of(child.id) + "/move-along"}},
                       request_key(view.context().random),
                       el("input", {{"type", "hidden"}, {"name", "registration"}, {"value", to.value()}}),
                       submit_button(child.given_names + " moved with me")));
  return el("section", {{"class", "on-screen"}, {"aria-labelledby", "along"}},
            el("h2", {{"id", "along"}}, "Who moved with you?"), buttons,
            el("p", "Adults say so themselves: ", el("a", {{"href", "/invitations"}}, "invite them"), "."));
}

result<http::Response> receipt_page(RecordView const& view, service::HistoryItem const& item) {
  log::Entry const& entry = item.entry;
  auto prover = service::LogProver::make(view.registry.log, view.snapshot);
  LogMark const mark = check_in_log(prover, view.session, item);
  bool const own = entry.office.empty() && entry.actor == "holder";
  std::string const title = own ? "Receipt" : "Entry " + std::to_string(entry.seq);
  Html content =
      group(el("h1", title),
            el("p", {{"class", own ? "lead done" : "lead"}}, sentence_of(entry, view.context().profile()), "."),
            receipt_rows(view, item, mark));
  if (rules::Registration const* const found = view.state.residence.find(rules::RegistrationId{entry.reference});
      own && found != nullptr)
    content.add(registration_now(view, *found, entry));
  if (own && entry.operation == rules::name_of(rules::Act::move)) {
    auto const along = moving_along(view, rules::RegistrationId{entry.reference});
    if (!along) return along.error();
    content.add(*along);
  }
  content.add(receipt_links(entry.seq, mark));
  return page(view.mode(), {Visitor::holder, title}, content);
}

// Notices.

Html mark_read(std::uint64_t newest) {
  return el(
      "form", {{"method", "post"}, {"action", "/inbox"}},
      el("input", {{"type", "hidden"}, {"name", "up_to"}, {"value", std::to_string(newest)}}),
      el("p", {{"class", "actions"}}, el("button", {{"type", "submit"}, {"class", "second"}}, "I have read these")));
}

http::Response inbox_page(api::Register const& registry, ports::Snapshot& snapshot, ports::HolderSession const& session,
                          std::vector<service::InboxItem> const& notices) {
  Html content =
      group(el("h1", "Inbox"), el("p", {{"class", "lead"}},
                                  "We write to you here whenever somebody opens your record or tries to, when a "
                                  "guardian acts for you, and when the way you sign in changes. If that was not you: ",
                                  el("a", {{"href", "/account"}}, "Signing in"), "."));
  Html items;
  bool unread = false;
  auto prover = service::LogProver::make(registry.log, snapshot);
  for (std::size_t i = 0; i < std::min(entries_on_a_page, notices.size()); ++i) {
    service::InboxItem const& notice = notices[i];
    unread = unread || !notice.read;
    items.add(entry_card(notice.about.entry, check_in_log(prover, session, notice.about), registry.context.profile(),
                         !notice.read));
  }
  if (notices.empty()) content.add(el("p", {{"class", "card"}}, "Nothing so far."));
  if (!notices.empty()) content.add(el("ol", {{"class", "entries"}}, items));
  if (unread) content.add(mark_read(notices.front().about.entry.seq));
  if (notices.size() > entries_on_a_page)
    content.add(el("p", "Older ones are in your ", el("a", {{"href", "/history"}}, "history"), "."));
  return page(registry.context.mode, {Visitor::holder, "Inbox", "/inbox"}, content);
}

}  // namespace

api::Reply get_receipt(api::Register const& registry, api::Call const& call) {
  auto const seq = api::read_number(call.params.at(0), "entry");
  if (!seq) return base::fail(base::errc::not_found, "There is no such receipt. Your history lists all of yours.");
  return read_record(registry, [seq = *seq](RecordView const& view) -> result<http::Response> {
    auto const item = service::history_item(view.context(), view.snapshot, view.session, seq);
    if (!item) return item.error();
    return receipt_page(view, *item);
  });
}

api::Reply get_history(api::Register const& registry, api::Call const& call) {
  auto const before = read_before(call.request.query);
  if (!before) return before.error();
  return api::ReadWork{[&registry, before = *before](ports::Snapshot& snapshot,
                                                     api::Caller const& caller) -> result<http::Response> {
    auto const entries = service::history(registry.context, snapshot, caller.holder(), before, entries_on_a_page);
    if (!entries) return entries.error();
    return page(
        registry.context.mode, {Visitor::holder, "Your history", "/history"},
        group(el("h1", "Your history"),
              el("p", {{"class", "lead"}},
                 "Everything that was ever written to your record or read from it, newest first."),
              how_to_check(), cards(registry, snapshot, caller.holder(), entries->items), turning(*entries, !before)));
  }};
}

api::Reply get_inbox(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    // One more than the page shows tells that there are older ones.
    auto const notices = service::inbox(registry.context, snapshot, caller.holder(), entries_on_a_page + 1);
    if (!notices) return notices.error();
    return inbox_page(registry, snapshot, caller.holder(), *notices);
  }};
}

api::Reply post_inbox(api::Register const&, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const up_to = api::read_number(form->text("up_to"), "up_to");
  if (!up_to) return up_to.error();
  return api::WriteWork{[up_to = *up_to](ports::Transaction& transaction, api::Caller const& caller) -> result<void> {
                          transaction.mark_notices_read(caller.holder().record(), up_to);
                          return {};
                        },
                        [](ports::Commit const&) -> result<http::Response> { return see_other("/inbox"); }};
}

}  // namespace abode::pages
