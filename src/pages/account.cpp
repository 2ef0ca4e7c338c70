// How a person signs in, as they see and change it: their printed codes, where they are signed in. And the freeze,
// which takes no session.
#include <algorithm>

#include "api/forms.hpp"
#include "api/work.hpp"
#include "codec/text.hpp"
#include "pages/internal/account.hpp"
#include "pages/internal/form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/passkey_forms.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/cards.hpp"
#include "service/passkeys.hpp"
#include "service/printed_codes.hpp"
#include "service/record.hpp"

namespace abode::pages {
namespace {

using base::Disclosure;
using base::result;

constexpr char const* card_field = "card";
constexpr char const* code_field = "code";

std::string printed(service::SignInCode const& code) {
  return codec::in_groups_of_four(code.reveal(Disclosure::to_holder));
}

Html sheet_in_use(service::Sheet const& sheet) {
  Html used;
  for (service::PrintedCode const& code : sheet.codes)
    if (code.used_at) used.add(el("li", "Code ", std::to_string(code.number), ": ", when(*code.used_at)));
  auto const left = std::count_if(sheet.codes.begin(), sheet.codes.end(), [](auto const& c) { return !c.used_at; });
  Html out = el("p", "Your sheet has ", el("b", std::to_string(left), left == 1 ? " code" : " codes"), " left.",
                left <= 3 ? " Make a new sheet while you still have one." : "");
  if (!used.markup().empty())
    out.add(el("details", el("summary", "Codes that were used"), el("ul", {{"class", "plain"}}, used)));
  return out;
}

Html waiting_sheet(base::Random& random, service::Sheet const& sheet) {
  return el("div", {{"class", "card"}},
            el("p", "A new sheet was made. It takes the place of this one ", when(sheet.good_from),
               ". If it was not you who made it, take it back now."),
            button_form(random, "/account/printed-codes/discard", "Take the new sheet back", ""));
}

Html card_news(base::Random& random, service::CardStanding const& card) {
  Html out;
  if (card.waits_until)
    out.add(el("div", {{"class", "card"}},
               el("p", "The office made a new activation code for your card. It works from ", when(*card.waits_until),
                  ". If you did not ask for it, take it back now."),
               button_form(random, "/account/activation-code/discard", "Take the activation code back", "")));
  if (card.wrong_codes > 0)
    out.add(el("p", "Wrong codes that were tried with your card since your last letter: ",
               el("b", std::to_string(card.wrong_codes)),
               ". A few are slips; many are somebody who guesses, without a chance."));
  return out;
}

Html printed_codes(base::Random& random, service::Sheets const& sheets) {
  Html out =
      group(el("h2", {{"id", "sheet"}}, "Printed codes"),
            el("p",
               "Ten codes on paper, each good once: with your card's number they sign you in from any phone. Keep "
               "the sheet apart from the card."));
  if (sheets.frozen_until)
    out.add(el("p", {{"class", "news"}}, "Frozen: nobody can change how you sign in until ", when(*sheets.frozen_until),
               "."));
  if (sheets.in_use) out.add(sheet_in_use(*sheets.in_use));
  if (sheets.waiting) out.add(waiting_sheet(random, *sheets.waiting));
  if (sheets.frozen_until) return el("section", {{"aria-labelledby", "sheet"}}, out);
  out.add(button_form(random, "/account/printed-codes", sheets.in_use ? "Make a new sheet" : "Make a sheet", ""));
  return el("section", {{"aria-labelledby", "sheet"}}, out);
}

/// The one time that its codes are shown.
http::Response sheet_page(api::Register const& registry, service::MadeSheet const& sheet) {
  Html codes;
  for (service::SignInCode const& code : sheet.codes)
    codes.add(el("li", el("span", {{"class", "code"}}, printed(code))));
  Html const buttons = el("div", {{"class", "on-screen"}},
                          el("p", "Print this page, or copy the codes by hand. ", el("b", "They are not shown again.")),
                          el("p", {{"class", "actions"}}, button_link("/account", "I have them")));
  return page(
      registry.context.mode, {Visitor::holder, "Your printed codes"},
      group(el("h1", "Your printed codes"),
            el("p", {{"class", "lead"}}, "Good from ", when(sheet.good_from),
               ". Each code signs you in once, with the number of your card."),
            el("ol", {{"class", "sheet"}}, codes), el("h2", "Freeze code"),
            el("p", {{"class", "big-code"}}, printed(sheet.freeze_code)),
            el("p",
               "If somebody else is after your account, type it under \"Freeze\" on the start page, from any phone: "
               "for 72 hours nobody can change how you sign in, and a new sheet or letter that waits is dropped."),
            buttons));
}

Html passkey_card(base::Random& random, service::PasskeyListed const& passkey, base::Time now) {
  std::string const entry = std::to_string(passkey.entry);
  Html state;
  if (now < passkey.good_from)
    state = el("p", "Works from ", when(passkey.good_from), ". If it was not you who added it, remove it now.");
  else if (passkey.removed_from)
    state =
        el("p", "Will be removed ", when(*passkey.removed_from), ". If it was not you who asked for that, keep it.");
  Html const used =
      passkey.last_used ? group("Last used in ", month_in_words(*passkey.last_used)) : group("Not used yet");
  Html const button =
      passkey.removed_from
          ? button_form(random, path_of({"account", "passkeys", entry, "keep"}), "Keep it", passkey.name)
          : button_form(random, path_of({"account", "passkeys", entry, "remove"}), "Remove it", passkey.name);
  return el("li", {{"class", "card"}}, el("h3", passkey.name), state, el("p", {{"class", "quiet"}}, used), button);
}

Html passkeys(service::Context const& context, std::vector<service::PasskeyListed> const& all, bool frozen) {
  Html items;
  for (service::PasskeyListed const& passkey : all)
    items.add(passkey_card(context.random, passkey, context.clock.now()));
  Html out =
      group(el("h2", {{"id", "passkeys"}}, "Passkeys"),
            el("p",
               "Your phone or computer signs you in with your fingerprint, your face or its PIN. Nothing of these "
               "comes to us. A passkey works here and nowhere else, so no false site can get it out of you."));
  if (!all.empty()) out.add(el("ul", {{"class", "entries"}}, items));
  if (!frozen) out.add(add_passkey_form({"/api/v1", "/account", "So that you know it again: \"My phone\""}));
  out.add(no_passkeys_here());
  return el("section", {{"aria-labelledby", "passkeys"}}, out);
}

/// How long what is changed here takes to count, for whoever has to wait.
Html waiting_hint(service::Sheets const& sheets, base::Time now) {
  if (sheets.frozen_until || sheets.counts_from <= now) return {};
  return el(
      "p", {{"class", "quiet"}},
      "What you add or remove here counts after 24 hours, so that you can take it back if it was not you. After a "
      "sign-in with a passkey it counts at once.");
}

Html session_card(base::Random& random, service::SessionListed const& session) {
  Html const button = session.current ? Html{}
                                      : button_form(random, path_of({"account", "sessions", session.id, "end"}),
                                                    "End it", in_words(session.begun_at));
  return el("li", {{"class", "card"}},
            el("h3", session.current ? group("This one") : group("Since ", when(session.begun_at))),
            el("p", in_words(session.proof), session.current ? group(", ", when(session.begun_at)) : Html{}),
            el("p", {{"class", "quiet"}}, "Ends ", when(session.expires_at), " if it is not used, and ",
               when(session.last_end), " at the latest"),
            button);
}

Html sessions(base::Random& random, std::vector<service::SessionListed> const& all) {
  Html items;
  for (service::SessionListed const& session : all) items.add(session_card(random, session));
  Html out = group(
      el("h2", {{"id", "sessions"}}, "Where you are signed in"),
      el("p",
         "We keep nothing about the device or the place. If one of these was not you, end it, and ask the office for ",
         "a new code."),
      el("ul", {{"class", "entries"}}, items));
  if (all.size() > 1) out.add(button_form(random, "/account/sessions/end-others", "End all the others", ""));
  return el("section", {{"aria-labelledby", "sessions"}}, out);
}

/// Back to the list, which shows what became of it.
api::Reply then_account(std::function<result<void>(ports::Transaction&, api::Caller const&)> run) {
  return api::WriteWork{std::move(run),
                        [](ports::Commit const&) -> result<http::Response> { return see_other("/account#sessions"); }};
}

api::ReadWork show_account(api::Register const& registry, std::optional<base::Error> const& error) {
  return show_account(registry, Sheet{{}, error});
}

using Change = std::function<result<void>(service::Context const&, ports::Transaction&, ports::HolderSession const&,
                                          std::optional<service::RequestKey> const&)>;

/// A change that one button makes; then the page as it is now, or with what was wrong on top.
api::Reply change(api::Register const& registry, api::Call const& call, Change run) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  api::WriteWork work{[&registry, run = std::move(run), request = call.request, form = *form](
                          ports::Transaction& transaction, api::Caller const& caller) -> result<void> {
                        auto const key = key_of_form(caller, request, form);
                        if (!key) return key.error();
                        return run(registry.context, transaction, caller.holder(), *key);
                      },
                      [](ports::Commit const&) -> result<http::Response> { return see_other("/account"); }};
  work.otherwise = [&registry](base::Error const& error) { return show_account(registry, error); };
  return work;
}

using TakeBack = result<service::Receipt> (*)(service::Context const&, ports::Transaction&, ports::HolderSession const&,
                                              std::optional<service::RequestKey> const&);

/// Takes back something that waits for its time.
api::Reply take_back(api::Register const& registry, api::Call const& call, TakeBack run) {
  return change(registry, call, [run](auto&... given) -> result<void> {
    auto const receipt = run(given...);
    if (!receipt) return receipt.error();
    return {};
  });
}

using ChangePasskey = result<void> (*)(service::Context const&, ports::Transaction&, ports::HolderSession const&,
                                       std::uint64_t, std::optional<service::RequestKey> const&);

/// On the passkey that the path names.
api::Reply change_passkey(api::Register const& registry, api::Call const& call, ChangePasskey run) {
  auto const entry = api::read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return change(registry, call,
                [run, entry = *entry](service::Context const& context, ports::Transaction& transaction,
                                      ports::HolderSession const& session,
                                      std::optional<service::RequestKey> const& key) -> result<void> {
                  return run(context, transaction, session, entry, key);
                });
}

http::Response freeze_page(api::Register const& registry, Sheet const& sheet) {
  auto response = page(
      registry.context.mode, {Visitor::nobody, std::string{sheet.title_prefix()} + "Freeze", {}, sheet.status()},
      group(
          error_summary(sheet), el("h1", "Freeze"),
          el("p", {{"class", "lead"}},
             "If somebody else is after your account: for 72 hours nobody can change how you sign in, and a new sheet "
             "or letter that waits is dropped."),
          el("p", "It ends no session, opens nothing and takes nothing back. You can sign in as before."),
          el("form", {{"method", "post"}, {"action", "/freeze"}, {"novalidate", true}},
             request_key(registry.context.random, sheet),
             text_input(sheet, {{card_field, "Card number", "As it is printed on your identity card"}, Width::medium}),
             text_input(sheet,
                        {{code_field, "Freeze code", "Twelve letters and digits, at the bottom of your printed sheet"},
                         Width::medium}),
             submit_button("Freeze"))));
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

http::Response frozen_page(api::Register const& registry, base::Time until) {
  return page(
      registry.context.mode, {Visitor::nobody, "Frozen"},
      group(el("h1", "Frozen"),
            el("p", {{"class", "lead done"}}, "Until ", when(until), " nobody can change how you sign in."),
            el("p",
               "Use the time: sign in, see under \"Signing in\" where else you are signed in, and end what is not you. "
               "If your sheet is gone, go to the office for a new code."),
            el("p", {{"class", "actions"}}, button_link("/", "Sign in"))));
}

}  // namespace

api::ReadWork show_account(api::Register const& registry, Sheet const& sheet) {
  return {[&registry, sheet](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const sheets = service::list_sheets(registry.context, snapshot, caller.holder());
    auto const all = service::list_sessions(registry.context, snapshot, caller.holder());
    auto const card = service::card_standing(registry.context, snapshot, caller.holder());
    if (!card) return card.error();
    auto const keys = service::list_passkeys(registry.context, snapshot, caller.holder());
    if (!keys) return keys.error();
    auto const contacts = service::list_contacts(registry.context, snapshot, caller.holder());
    if (!contacts) return contacts.error();
    base::Random& random = registry.context.random;
    base::Time const now = registry.context.clock.now();
    return page(registry.context.mode,
                {Visitor::holder,
                 std::string{sheet.title_prefix()} + "Signing in",
                 "/account",
                 sheet.status(),
                 {passkey_script_path}},
                group(error_summary(sheet), el("h1", "Signing in"), card_news(random, *card),
                      service::is_fresh(caller.holder().row().begun_at, now) ? Html{} : sign_in_again(),
                      waiting_hint(sheets, now), passkeys(registry.context, *keys, sheets.frozen_until.has_value()),
                      printed_codes(random, sheets),
                      contact_section(registry.context, sheet, contacts->reveal(Disclosure::to_holder)),
                      sessions(random, all)));
  }};
}

api::Reply get_account(api::Register const& registry, api::Call const&) {
  return show_account(registry, Sheet{});
}

api::Reply post_printed_codes(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto work = api::write_then<service::MadeSheet>(
      [&registry, request = call.request, form = *form](ports::Transaction& transaction,
                                                        api::Caller const& caller) -> result<service::MadeSheet> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::make_sheet(registry.context, transaction, caller.holder(), *key);
      },
      [&registry](service::MadeSheet const& made, ports::Commit const&) -> result<http::Response> {
        return sheet_page(registry, made);
      });
  work.otherwise = [&registry](base::Error const& error) { return show_account(registry, error); };
  return work;
}

api::Reply post_discard_printed_codes(api::Register const& registry, api::Call const& call) {
  return take_back(registry, call, service::discard_waiting_sheet);
}

api::Reply post_discard_activation_code(api::Register const& registry, api::Call const& call) {
  return take_back(registry, call, service::discard_activation_code);
}

api::Reply post_remove_passkey(api::Register const& registry, api::Call const& call) {
  return change_passkey(registry, call,
                        [](auto const& context, auto& transaction, auto const& session, std::uint64_t entry,
                           auto const& key) -> result<void> {
                          auto const removed = service::remove_passkey(context, transaction, session, entry, key);
                          if (!removed) return removed.error();
                          return {};
                        });
}

api::Reply post_keep_passkey(api::Register const& registry, api::Call const& call) {
  return change_passkey(registry, call,
                        [](auto const& context, auto& transaction, auto const& session, std::uint64_t entry,
                           auto const& key) -> result<void> {
                          auto const kept = service::keep_passkey(context, transaction, session, entry, key);
                          if (!kept) return kept.error();
                          return {};
                        });
}

api::Reply get_freeze(api::Register const& registry, api::Call const&) {
  return freeze_page(registry, {});
}

/// An attempt that is refused is committed like any other: its page is made after the commit (G11).
api::Reply post_freeze(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const again = [&registry, form = *form](base::Error const& error) {
    return api::ReadWork{
        [&registry, sheet = Sheet{form, error}](ports::Snapshot&, api::Caller const&) -> result<http::Response> {
          return freeze_page(registry, sheet);
        }};
  };
  auto const wanted = service::check_card_and_code(form->text(card_field), form->text(code_field));
  if (!wanted) return again(wanted.error());
  auto work = api::write_then<service::FreezeAttempt>(
      [&registry, request = call.request, form = *form, wanted = *wanted](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::FreezeAttempt> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::attempt_freeze(registry.context, transaction, wanted, *key);
      },
      [&registry, form = *form](service::FreezeAttempt const& attempt,
                                ports::Commit const& commit) -> result<http::Response> {
        auto const until = service::complete_freeze(attempt, commit);
        if (!until) return freeze_page(registry, {form, until.error()});
        return frozen_page(registry, *until);
      });
  work.otherwise = again;
  return work;
}

api::Reply post_end_session(api::Register const& registry, api::Call const& call) {
  if (auto const form = Form::read(call.request); !form) return form.error();
  return then_account([&registry, id = call.params.at(0)](ports::Transaction& transaction, api::Caller const& caller) {
    return service::end_session(registry.context, transaction, caller.holder(), id);
  });
}

api::Reply post_end_other_sessions(api::Register const& registry, api::Call const& call) {
  if (auto const form = Form::read(call.request); !form) return form.error();
  return then_account([&registry](ports::Transaction& transaction, api::Caller const& caller) -> result<void> {
    service::end_other_sessions(registry.context, transaction, caller.holder());
    return {};
  });
}

}  // namespace abode::pages
