// Where a person is told by mail that something changed: the address, its language, the code that confirms it.
#include "api/work.hpp"
#include "pages/internal/account.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "text/text.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr char const* address_field = "address";
constexpr char const* language_field = "language";
constexpr char const* reminders_field = "reminders";
constexpr char const* code_field = "code";
constexpr char const* section_address = "/account#contact";

Html address_form(service::Context const& context, Sheet const& sheet, service::Contacts const& contacts) {
  std::vector<std::string> names;
  for (std::string_view tag : identity::languages) names.push_back(text::language_name(std::string{tag}));
  std::vector<Option> options;
  for (std::size_t i = 0; i < names.size(); ++i) options.push_back({identity::languages.at(i), names[i]});
  Option const wanted{
      "yes", "Remind me there of dates that I set myself",
      "30, 14 and 7 days and one day before the end of a stay that you named. Nothing happens if you let "
      "the day pass."};
  Sheet shown = sheet;
  if (shown.form.text(language_field).empty()) {
    shown.form.put(language_field,
                   contacts.in_force ? contacts.in_force->language : service::default_language(context.profile()));
    if (contacts.in_force && shown.form.text(address_field).empty())
      shown.form.put(address_field, contacts.in_force->address);
    if (!contacts.in_force || contacts.in_force->reminders) shown.form.put(reminders_field, std::string{wanted.value});
  }
  return el("form", {{"method", "post"}, {"action", "/account/contact"}, {"novalidate", true}},
            request_key(context.random, sheet),
            text_input(shown, {{address_field, "E-mail address"}, Width::medium, "email", "email"}),
            select_box(shown, {language_field, "Language of the mails"}, options),
            check_boxes(shown, {reminders_field, "Reminders"}, std::span{&wanted, 1}),
            submit_button(contacts.in_force ? "Change it" : "Use this address"));
}

Html code_form(base::Random& random, Sheet const& sheet) {
  return el("form", {{"method", "post"}, {"action", "/account/contact/confirm"}, {"novalidate", true}},
            request_key(random, sheet),
            text_input(sheet, {{code_field, "Code from the mail", "Eight letters and digits"}, Width::narrow}),
            submit_button("Confirm the address"));
}

Html unconfirmed(service::Context const& context, Sheet const& sheet, service::UnconfirmedContact const& contact) {
  return el("div", {{"class", "card"}},
            el("p", "A code was mailed to ", el("b", contact.contact.address), ". Type it by ", when(contact.until),
               "; until then nothing else is sent there."),
            code_form(context.random, sheet));
}

/// After a wrong code, which was committed: counted, it cannot be the account page's that is shown with it.
http::Response wrong_code_page(api::Register const& registry, Sheet const& sheet) {
  return page(registry.context.mode,
              {Visitor::holder, std::string{sheet.title_prefix()} + "Confirm the address", {}, sheet.status()},
              group(error_summary(sheet), el("h1", "Confirm the address"), code_form(registry.context.random, sheet),
                    el("p", el("a", {{"href", section_address}}, "Back to your e-mail address"))));
}

/// Back to the section, which shows what became of it; what could not be done stands on top, beside what was typed.
template <class T>
api::Reply then_contact(api::Register const& registry, Form const& form,
                        std::function<result<T>(ports::Transaction&, api::Caller const&)> run) {
  auto work = api::write_then<T>(std::move(run), [](T const&, ports::Commit const&) -> result<http::Response> {
    return see_other(section_address);
  });
  work.otherwise = [&registry, form](base::Error const& error) { return show_account(registry, Sheet{form, error}); };
  return work;
}

}  // namespace

Html contact_section(service::Context const& context, Sheet const& sheet, service::Contacts const& contacts) {
  Html out = group(el("h2", {{"id", "contact"}}, "News by e-mail"),
                   el("p",
                      "When something changes in your record, a short mail says so. It never says what: that stands in "
                      "your inbox here, with or without an address."));
  if (contacts.in_force)
    out.add(el("p", "Mails go to ", el("b", contacts.in_force->address), ", in ",
               text::language_name(contacts.in_force->language),
               contacts.in_force->reminders ? ", reminders as well." : ", without reminders."));
  if (contacts.unconfirmed) out.add(unconfirmed(context, sheet, *contacts.unconfirmed));
  if (context.mails)
    out.add(address_form(context, sheet, contacts));
  else
    out.add(el("p", {{"class", "quiet"}}, "This register sends no mail at present. Look into your inbox here."));
  if (contacts.in_force || contacts.unconfirmed)
    out.add(button_form(context.random, "/account/contact/remove", "Remove the address", ""));
  return el("section", {{"aria-labelledby", "contact"}}, out);
}

api::Reply post_contact(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto address = identity::parse_email_address(form->text(address_field));
  if (!address) return show_account(registry, Sheet{*form, address.error()});
  identity::Contact const contact{std::move(*address), std::string{form->text(language_field)},
                                  !form->text(reminders_field).empty()};
  return then_contact<service::NamedContact>(
      registry, *form,
      [&registry, request = call.request, form = *form, contact](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::NamedContact> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::name_contact(registry.context, transaction, caller.holder(), contact, *key);
      });
}

/// A wrong code is committed like a right one: its page is made after the commit.
api::Reply post_confirm_contact(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const code = service::parse_contact_code(form->text(code_field));
  if (!code) return show_account(registry, Sheet{*form, code.error()});
  auto work = api::write_then<service::ConfirmAttempt>(
      [&registry, request = call.request, form = *form, code = *code](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::ConfirmAttempt> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::attempt_confirm_contact(registry.context, transaction, caller.holder(), code, *key);
      },
      [&registry, form = *form](service::ConfirmAttempt const& attempt,
                                ports::Commit const& commit) -> result<http::Response> {
        auto const receipt = service::complete_confirm_contact(attempt, commit);
        if (!receipt) return wrong_code_page(registry, {form, receipt.error()});
        return see_other(section_address);
      });
  work.otherwise = [&registry, form = *form](base::Error const& error) {
    return show_account(registry, Sheet{form, error});
  };
  return work;
}

api::Reply post_remove_contact(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return then_contact<service::Receipt>(
      registry, *form,
      [&registry, request = call.request, form = *form](ports::Transaction& transaction,
                                                        api::Caller const& caller) -> result<service::Receipt> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::remove_contact(registry.context, transaction, caller.holder(), *key);
      });
}

}  // namespace abode::pages
