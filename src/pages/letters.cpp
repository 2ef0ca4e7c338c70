// Confirming an address by a letter, step by step on one page; and what a person notes of their landlord.
#include "service/letters.hpp"

#include "codec/text.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using base::result;
using service::LetterState;

/// What the page is made of.
struct LetterView {
  std::string root;        ///< in front of the paths of its forms
  std::string child_name;  ///< on a guardian's page
  rules::Registration registration;
  std::optional<service::LetterStanding> letter;

  std::string path(std::string_view act) const {
    return root + path_of({"registrations", registration.id.value()}) + "/" + std::string{act};
  }
  bool has_code() const { return letter && letter->state == LetterState::printed; }
  bool is_on_its_way() const { return has_code() || (letter && letter->state == LetterState::asked); }
};

result<LetterView> look(service::Context const& context, ports::Snapshot& snapshot, service::Actor const& actor,
                        rules::RegistrationId const& id) {
  auto const record = service::open_record(context, snapshot, actor);
  if (!record) return record.error();
  auto letter = service::letter_standing(context, snapshot, actor, id);
  if (!letter) return letter.error();
  service::RecordState const& state = record->state.reveal(Disclosure::to_holder);
  LetterView view{{}, {}, *state.residence.find(id), *letter};
  if (!view.registration.active())
    return fail(errc::conflict, "This registration has ended. If that was a slip, take it back on your own page.");
  if (!actor.is_guardian()) return view;
  view.root = root_of(*actor.guardianship());
  view.child_name = state.identity ? state.identity->names.given : "";
  return view;
}

Html asking(base::Random& random, LetterView const& view, Sheet const& sheet) {
  static constexpr Option ways[] = {{"post", "By post, to this address", ""},
                                    {"counter", "I pick it up at the office",
                                     "If post does not reach you there. Bring something that shows who you are."}};
  Sheet shown = sheet;
  if (!sheet.error) shown.form.put("delivery", "post");
  return group(el("p",
                  "We post a code to this address. It changes nothing until you type it here. If it never comes, "
                  "nothing happens."),
               el("form", {{"method", "post"}, {"action", view.path("letter")}, {"novalidate", true}},
                  request_key(random, sheet), radio_buttons(shown, {"delivery", "How should it come?"}, ways),
                  submit_button("Ask for a letter")));
}

Html typing(base::Random& random, LetterView const& view, Sheet const& sheet) {
  service::LetterStanding const& letter = *view.letter;
  Html out = el("p", "Your letter is printed", letter.delivery == ports::Delivery::counter ? ", to be picked up" : "",
                ". Its code is good through ", when(*letter.good_through), ". If it does not come, nothing happens.");
  if (letter.tries_left < service::max_letter_misses)
    out.add(el("p", "Wrong codes so far: ", std::to_string(service::max_letter_misses - letter.tries_left),
               ". After five the letter is void, and you can ask for a new one."));
  out.add(
      el("form", {{"method", "post"}, {"action", view.path("confirm-by-code")}, {"novalidate", true}},
         request_key(random, sheet),
         text_input(sheet, {{"code", "Code in the letter", "8 letters and digits, such as 7K2P-DXQ0"}, Width::medium}),
         submit_button("Confirm this address")));
  return out;
}

/// What became of an earlier letter, where a new one can be asked for.
Html what_became(LetterView const& view) {
  if (!view.letter) return {};
  switch (view.letter->state) {
    case LetterState::spent:
      return el("p", {{"class", "news"}}, "Five wrong codes were typed, so the last letter is void.");
    case LetterState::over: return el("p", {{"class", "news"}}, "The last letter is over. That changed nothing.");
    case LetterState::elsewhere:
      return el("p", {{"class", "news"}}, "The last letter went to the address as it was before you changed it.");
    case LetterState::asked:
    case LetterState::printed: break;
  }
  return {};
}

Html steps(service::Context const& context, LetterView const& view, Sheet const& sheet) {
  std::string const& line = view.registration.address.lines.front();
  if (view.registration.assurance != rules::Assurance::declared)
    return el("p", {{"class", "lead done"}}, "This address is ", in_words(view.registration.assurance), ".");
  if (auto const offered = rules::check_letters(context.profile()); !offered) return el("p", offered.error().detail);
  if (!view.is_on_its_way()) return group(what_became(view), asking(context.random, view, sheet));
  Html out;
  if (view.has_code())
    out = typing(context.random, view, sheet);
  else
    out = el("p", "You asked for a letter ", when(view.letter->asked_at),
             ". It is not printed yet. If it does not come, nothing happens.");
  out.add(button_form(context.random, view.path("letter/withdraw"), "Take the letter back", line));
  return out;
}

http::Response letter_page(service::Context const& context, LetterView const& view, Sheet const& sheet) {
  Html whom;
  if (!view.child_name.empty())
    whom = el("p", {{"class", "news"}}, "You do this for ", view.child_name, ": \"you\" on this page is the child.");
  Html const landlord =
      el("section", {{"aria-labelledby", "landlord"}}, el("h2", {{"id", "landlord"}}, "My landlord refuses"),
         el("p",
            "You need nobody's permission to be registered. One tap notes the refusal in your history, with a dated "
            "receipt for you. No official is shown it, and nothing follows from it."),
         button_form(context.random, view.path("landlord-refusal"), "My landlord refuses",
                     view.registration.address.lines.front()));
  return page(context.mode,
              {Visitor::holder, std::string{sheet.title_prefix()} + "Confirm by a letter", {}, sheet.status()},
              group(error_summary(sheet), el("h1", "Confirm by a letter"), whom, address(view.registration.address),
                    steps(context, view, sheet), landlord,
                    el("p", {{"class", "quiet"}},
                       el("a", {{"href", view.root.empty() ? "/home" : view.root}}, "Leave it as it is"))));
}

api::ReadWork show_letter(api::Register const& registry, rules::RegistrationId const& id, Sheet const& sheet) {
  return {[&registry, id, sheet](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const view = look(registry.context, snapshot, caller.actor(), id);
    if (!view) return view.error();
    return letter_page(registry.context, *view, sheet);
  }};
}

http::Response to_receipt(std::optional<base::GuardianshipId> const& child, service::Receipt const& receipt) {
  if (child) return see_other(root_of(*child) + path_of({"receipts", codec::to_hex(receipt.commitment)}));
  return see_other(path_of({"receipts", std::to_string(receipt.entry)}));
}

using UseCase =
    std::function<result<service::Receipt>(ports::Transaction&, service::Actor const&, rules::RegistrationId const&,
                                           std::optional<service::RequestKey> const&)>;

/// Runs `use_case` with the form's key, then on to its receipt.
api::WriteWork act_on(api::Call const& call, Form const& form, UseCase use_case) {
  return api::write_then<service::Receipt>(
      [use_case = std::move(use_case), request = call.request, form, id = rules::RegistrationId{call.params.at(0)}](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::Receipt> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return use_case(transaction, caller.actor(), id, *key);
      },
      [child = call.child](service::Receipt const& receipt, ports::Commit const&) -> result<http::Response> {
        return to_receipt(child, receipt);
      });
}

/// A typed code, and the page to show again if it was wrong.
struct Typed {
  service::TypedLetterCode code;
  std::optional<LetterView> view;
};

}  // namespace

api::Reply get_letter(api::Register const& registry, api::Call const& call) {
  return show_letter(registry, rules::RegistrationId{call.params.at(0)}, {});
}

api::Reply post_letter(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const show_again = [&registry, id = rules::RegistrationId{call.params.at(0)},
                           form = *form](base::Error const& error) { return show_letter(registry, id, {form, error}); };
  auto const delivery = service::delivery_named(form->text("delivery"));
  if (!delivery) return show_again(fail(errc::invalid, "Choose how the letter should come.", "delivery"));
  auto work = act_on(call, *form,
                     [&registry, delivery = *delivery](
                         ports::Transaction& transaction, service::Actor const& actor, rules::RegistrationId const& id,
                         std::optional<service::RequestKey> const& key) -> result<service::Receipt> {
                       auto asked = service::ask_for_letter(registry.context, transaction, actor, id, delivery, key);
                       if (!asked) return asked.error();
                       return asked->receipt;
                     });
  work.otherwise = show_again;
  return work;
}

api::Reply post_withdraw_letter(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return act_on(call, *form,
                [&registry](ports::Transaction& transaction, service::Actor const& actor,
                            rules::RegistrationId const& id, std::optional<service::RequestKey> const& key) {
                  return service::withdraw_letter(registry.context, transaction, actor, id, key);
                });
}

/// A wrong code is counted, and the form comes back in the same answer.
api::Reply post_confirm_by_code(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  rules::RegistrationId const id{call.params.at(0)};
  auto const show_again = [&registry, id, form = *form](base::Error const& error) {
    return show_letter(registry, id, {form, error});
  };
  auto const code = service::parse_letter_code(form->text("code"));
  if (!code) return show_again(code.error());
  auto work = api::write_then<Typed>(
      [&registry, id, code = *code, request = call.request, form = *form](ports::Transaction& transaction,
                                                                          api::Caller const& caller) -> result<Typed> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        auto typed = service::type_letter_code(registry.context, transaction, caller.actor(), id, code, *key);
        if (!typed) return typed.error();
        if (typed->confirmed) return Typed{std::move(*typed), {}};
        auto view = look(registry.context, transaction, caller.actor(), id);
        if (!view) return view.error();
        return Typed{std::move(*typed), std::move(*view)};
      },
      [&registry, child = call.child](Typed const& typed, ports::Commit const&) -> result<http::Response> {
        if (typed.view)
          return letter_page(registry.context, *typed.view, {{}, service::wrong_letter_code(typed.code.tries_left)});
        return to_receipt(child, typed.code.confirmed->receipt);
      });
  work.otherwise = show_again;
  return work;
}

api::Reply post_landlord_refusal(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return act_on(call, *form,
                [&registry](ports::Transaction& transaction, service::Actor const& actor,
                            rules::RegistrationId const& id, std::optional<service::RequestKey> const& key) {
                  return service::record_landlord_refusal(registry.context, transaction, actor, id, key);
                });
}

}  // namespace abode::pages
