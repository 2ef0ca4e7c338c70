#include "api/work.hpp"
#include "pages/internal/form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/words.hpp"
#include "service/sessions.hpp"
#include "service/specimens.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr char const* person_field = "test_person";
constexpr char const* staff_field = "test_staff";

Html what_it_is() {
  return group(
      el("h1", "A residence register that belongs to the people in it"),
      el("p", {{"class", "lead"}},
         "You register where you live yourself, without an office visit or a landlord's permission, and it counts from "
         "the moment you send it."),
      el("p",
         "You move, correct, end and take back registrations the same way, with a dated receipt at once. An official "
         "can open your record only with a code from you, and you see who it was, why, and which fields."));
}

Html what_it_never_is() {
  return el("section", {{"aria-labelledby", "never"}}, el("h2", {{"id", "never"}}, "What it will never be"),
            el("ul", {{"class", "never"}}, el("li", "It does not know where you are, and has no way to ask."),
               el("li", "Silence, absence or a returned letter never change anything."),
               el("li", "Nobody can search it by name, address or document, and it holds no watch list."),
               el("li", "There are no hidden reads: every one is in your history.")));
}

Html sign_in_button(char const* field, std::string_view id, std::string_view label, std::string_view hint) {
  return el("li", el("form", {{"method", "post"}, {"action", "/sign-in"}},
                     el("button", {{"type", "submit"}, {"class", "person"}, {"name", field}, {"value", id}},
                        el("b", label), el("span", hint))));
}

Html specimen_people(rules::Profile const& profile) {
  Html people;
  for (service::Specimen const& specimen : service::specimens)
    people.add(sign_in_button(person_field, specimen.id, specimen.label, "Their own record"));
  Html staff;
  for (service::SpecimenOfficial const& official : service::specimen_officials)
    staff.add(sign_in_button(staff_field, official.id, official.name, office_name(profile, official.office)));
  return group(
      el("section", {{"aria-labelledby", "people"}}, el("h2", {{"id", "people"}}, "Sign in as a specimen person"),
         el("p",
            "They live in Utopia, in the printed examples of passports. Nothing you do as one of them has any legal "
            "effect."),
         el("ul", {{"class", "people"}}, people)),
      el("section", {{"aria-labelledby", "staff"}}, el("h2", {{"id", "staff"}}, "Or as an official"),
         el("p", "They can open one record at a time, with a code from the person."),
         el("ul", {{"class", "people"}}, staff)));
}

Html real_people() {
  return el("section", {{"aria-labelledby", "people"}}, el("h2", {{"id", "people"}}, "Signing in"),
            el("p", "Signing in with an identity card is not open here yet. Ask the office that runs this register."));
}

struct Entrance {
  result<service::SignedIn> (*sign_in)(service::Context const&, ports::Transaction&, std::string_view);
  api::Authority authority;
  char const* path;  ///< the first page behind it
};

constexpr Entrance for_people{service::sign_in_specimen, api::Authority::holder, "/home"};
constexpr Entrance for_staff{service::sign_in_specimen_official, api::Authority::official, "/staff"};

std::string expired_cookie(api::Register const& registry, api::Authority authority) {
  return api::session_cookie(registry, authority, "") + "; Max-Age=0";
}

}  // namespace

api::Reply get_start(api::Register const& registry, api::Call const&) {
  bool const test = registry.context.mode == service::Mode::test;
  return page(
      registry.context.mode, {Visitor::nobody, "Welcome"},
      group(what_it_is(), test ? specimen_people(registry.context.profile) : real_people(), what_it_never_is()));
}

api::Reply post_sign_in(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  bool const staff = !form->text(staff_field).empty();
  Entrance const& entrance = staff ? for_staff : for_people;
  service::Context const& context = registry.context;
  return api::write_then<service::SignedIn>(
      [&context, &entrance, who = std::string{form->text(staff ? staff_field : person_field)}](
          ports::Transaction& transaction, api::Caller const&) { return entrance.sign_in(context, transaction, who); },
      [&registry, &entrance](service::SignedIn const& session, ports::Commit const&) -> result<http::Response> {
        auto response = see_other(entrance.path);
        response.headers.emplace_back(
            "Set-Cookie",
            api::session_cookie(registry, entrance.authority, session.token.reveal(base::Disclosure::to_holder)));
        return response;
      });
}

/// Ends whatever sessions the browser carries: nobody signs out of one half of themselves.
api::Reply post_sign_out(api::Register const& registry, api::Call const& call) {
  return api::WriteWork{[person = api::session_token(call.request, api::Authority::holder),
                         official = api::session_token(call.request, api::Authority::official)](
                            ports::Transaction& transaction, api::Caller const&) -> result<void> {
                          service::sign_out(transaction, person);
                          service::sign_out(transaction, official);
                          return {};
                        },
                        [&registry](ports::Commit const&) -> result<http::Response> {
                          auto response = see_other("/");
                          response.headers.emplace_back("Set-Cookie", expired_cookie(registry, api::Authority::holder));
                          response.headers.emplace_back("Set-Cookie",
                                                        expired_cookie(registry, api::Authority::official));
                          return response;
                        }};
}

}  // namespace abode::pages
