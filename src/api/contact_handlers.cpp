// Where a person is told by mail that something changed.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"
#include "service/contact.hpp"

namespace abode::api {
namespace {

using base::Disclosure;
using base::result;

json::value to_json(std::optional<identity::Contact> const& contact) {
  if (!contact) return nullptr;
  return json::object{
      {"address", contact->address}, {"language", contact->language}, {"reminders", contact->reminders}};
}

json::value to_json(std::optional<service::UnconfirmedContact> const& contact) {
  if (!contact) return nullptr;
  return json::object{{"address", contact->contact.address},
                      {"language", contact->contact.language},
                      {"reminders", contact->contact.reminders},
                      {"until", base::format_time(contact->until)},
                      {"wrong_codes", contact->misses}};
}

http::Response receipt_answer(service::Context const& context, service::Receipt const& receipt) {
  return answer(context.mode, 200, {{"receipt", api::to_json(receipt, context)}});
}

}  // namespace

Reply get_contact(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const contacts = service::list_contacts(registry.context, snapshot, caller.holder());
    if (!contacts) return contacts.error();
    service::Contacts const& shown = contacts->reveal(Disclosure::to_holder);
    return answer(registry.context.mode, 200,
                  {{"in_force", to_json(shown.in_force)},
                   {"unconfirmed", to_json(shown.unconfirmed)},
                   {"sends_mail", registry.context.mails.has_value()},
                   {"languages", json::array(identity::languages.begin(), identity::languages.end())}});
  }};
}

Reply post_contact(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const typed = reader.required_text("address");
  std::string language = reader.required_text("language");
  json::value const* const reminders = reader.required("reminders");
  if (reminders != nullptr && !reminders->is_bool())
    reader.fail(base::fail(base::errc::invalid, "Say true or false: whether reminders go there.", "reminders"));
  if (auto const done = reader.finish(); !done) return done.error();
  auto address = identity::parse_email_address(typed);
  if (!address) return address.error();
  service::Context const& context = registry.context;
  return write_then<service::NamedContact>(
      [&context, request = call.request,
       contact = identity::Contact{std::move(*address), std::move(language), reminders->get_bool()}](
          ports::Transaction& transaction, Caller const& caller) -> result<service::NamedContact> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::name_contact(context, transaction, caller.holder(), contact, *key);
      },
      [&context](service::NamedContact const& named, ports::Commit const&) -> result<http::Response> {
        return answer(context.mode, 200,
                      {{"receipt", api::to_json(named.receipt, context)},
                       {"confirm_until", named.confirm_until ? json::value(base::format_time(*named.confirm_until))
                                                             : json::value(nullptr)}});
      });
}

Reply post_confirm_contact(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const typed = reader.required_text("code");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const code = service::parse_contact_code(typed);
  if (!code) return code.error();
  service::Context const& context = registry.context;
  return write_then<service::ConfirmAttempt>(
      [&context, request = call.request, code = *code](ports::Transaction& transaction,
                                                       Caller const& caller) -> result<service::ConfirmAttempt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::attempt_confirm_contact(context, transaction, caller.holder(), code, *key);
      },
      [&context](service::ConfirmAttempt const& attempt, ports::Commit const& commit) -> result<http::Response> {
        auto const receipt = service::complete_confirm_contact(attempt, commit);
        if (!receipt) return receipt.error();
        return receipt_answer(context, *receipt);
      });
}

Reply post_remove_contact(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  service::Context const& context = registry.context;
  return write_then<service::Receipt>(
      [&context, request = call.request](ports::Transaction& transaction,
                                         Caller const& caller) -> result<service::Receipt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::remove_contact(context, transaction, caller.holder(), *key);
      },
      [&context](service::Receipt const& receipt, ports::Commit const&) -> result<http::Response> {
        return receipt_answer(context, receipt);
      });
}

}  // namespace abode::api
