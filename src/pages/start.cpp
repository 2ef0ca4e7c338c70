#include "api/wallet_link.hpp"
#include "api/work.hpp"
#include "pages/internal/form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/passkey_forms.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/invitations.hpp"
#include "service/sign_in.hpp"
#include "service/specimens.hpp"
#include "webapp/webapp.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr char const* person_field = "test_person";
constexpr char const* staff_field = "test_staff";
constexpr char const* card_field = "card";
constexpr char const* code_field = "code";
constexpr char const* invitation_field = "invitation";

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

/// Somebody whom a wallet sent here goes on with its request once they are in.
struct Onward {
  explicit Onward(Form const& form)
      : client(form.text(api::wallet_client_field)), request(form.text(api::wallet_request_field)) {}

  bool asked() const { return !request.empty(); }
  Html hidden_fields() const {
    if (!asked()) return {};
    return group(el("input", {{"type", "hidden"}, {"name", api::wallet_client_field}, {"value", client}}),
                 el("input", {{"type", "hidden"}, {"name", api::wallet_request_field}, {"value", request}}));
  }
  std::string page() const { return asked() ? api::wallet_authorize_link(client, request) : "/home"; }
  /// A browser that comes from a wallet does not say who is signed in: from here it does.
  Html lead() const {
    if (!asked()) return {};
    return el("section", {{"class", "card"}, {"aria-labelledby", "wallet"}},
              el("h2", {{"id", "wallet"}}, "A wallet asks for a proof of where you live"),
              el("p", "Sign in to see what it asks, and to say yes or no. Signed in already? ",
                 el("a", {{"href", page()}}, "Go on"), "."));
  }

  std::string client;
  std::string request;
};

Html sign_in_button(Onward const& onward, char const* field, std::string_view id, std::string_view label,
                    std::string_view hint) {
  return el("li", el("form", {{"method", "post"}, {"action", "/sign-in"}}, onward.hidden_fields(),
                     el("button", {{"type", "submit"}, {"class", "person"}, {"name", field}, {"value", id}},
                        el("b", label), el("span", hint))));
}

Html specimen_people(rules::Profile const& profile, Onward const& onward) {
  Html people;
  for (service::Specimen const& specimen : service::specimens)
    people.add(sign_in_button(onward, person_field, specimen.id, specimen.label,
                              "Their own record; card number " + std::string{specimen.card}));
  Html staff;
  for (service::SpecimenOfficial const& official : service::specimen_officials)
    staff.add(
        sign_in_button(Onward{{}}, staff_field, official.id, official.name, office_name(profile, official.office)));
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

Html card_form(api::Register const& registry, Sheet const& sheet, Onward const& onward) {
  return el(
      "section", {{"aria-labelledby", "card-title"}}, el("h2", {{"id", "card-title"}}, "Sign in with your card"),
      el("p", "With the activation code from your letter, or the next code of your printed sheet. Each is good once."),
      el("form", {{"method", "post"}, {"action", "/sign-in"}, {"novalidate", true}},
         request_key(registry.context.random, sheet), onward.hidden_fields(),
         text_input(sheet, {{card_field, "Card number", "As it is printed on your identity card"}, Width::medium}),
         text_input(sheet, {{code_field, "Code", "Twelve letters and digits, such as 7K2P-DXQ0-MVB3"}, Width::medium}),
         submit_button("Sign in")),
      el("p", el("a", {{"href", "/freeze"}}, "Freeze"), ": somebody else is after your account."));
}

/// Shown by the script, where the browser has passkeys.
Html passkey_form(Onward const& onward) {
  return el("section", use_passkey_form({"/api/v1", onward.page(), "Use a passkey"},
                                        group(el("h2", "Sign in with a passkey"),
                                              el("p", "With your fingerprint, your face or the PIN of your device."))));
}

Html staff_forms(Sheet const& sheet) {
  bool const open = !sheet.form.text(invitation_field).empty();
  return el("details", {{"id", "officials"}, {"open", open}}, el("summary", "For officials"),
            use_passkey_form({"/api/v1/staff", "/staff", "Use an official's passkey"},
                             el("p", "With the passkey that you added as an official.")),
            el("form", {{"method", "post"}, {"action", "/sign-in"}, {"novalidate", true}},
               text_input(sheet, {{invitation_field, "Invitation",
                                   "The one line of the file from your operator. It is good once, to add a passkey."}}),
               submit_button("Use the invitation")));
}

/// Whoever comes from a wallet goes on here.
Html way_into_the_app(api::Register const& registry, Onward const& onward) {
  if (registry.web_files == nullptr || onward.asked()) return {};
  return el("section", {{"class", "card"}, {"aria-labelledby", "app"}}, el("h2", {{"id", "app"}}, "Use the app"),
            el("p", "In your language, also with a poor connection or none. Nothing needs to be installed."),
            el("p", {{"class", "actions"}}, button_link(webapp::base_path, "Open the app")),
            el("p", "The pages here do the same work in English, on any browser, without scripts."));
}

http::Response start_page(api::Register const& registry, Sheet const& sheet) {
  bool const test = registry.context.mode == service::Mode::test;
  Onward const onward{sheet.form};
  auto response =
      page(registry.context.mode,
           {Visitor::nobody, std::string{sheet.title_prefix()} + "Welcome", {}, sheet.status(), {passkey_script_path}},
           group(error_summary(sheet), onward.lead(), what_it_is(), way_into_the_app(registry, onward),
                 test ? specimen_people(registry.context.profile(), onward) : Html{}, passkey_form(onward),
                 card_form(registry, sheet, onward), staff_forms(sheet), what_it_never_is()));
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

/// Where somebody goes first who has signed in.
std::string first_page(api::Authority authority, Onward const& onward) {
  switch (authority) {
    case api::Authority::official: return "/staff";
    case api::Authority::staff: return "/staff/passkeys";
    default: return onward.page();
  }
}

http::Response let_in(api::Register const& registry, api::Authority authority, service::SignedIn const& session,
                      Onward const& onward) {
  auto response = see_other(first_page(authority, onward));
  response.headers.emplace_back(
      "Set-Cookie", api::session_cookie(registry, authority, session.token.reveal(base::Disclosure::to_holder)));
  return response;
}

/// The form again, with what was typed and what is wrong.
std::function<api::ReadWork(base::Error const&)> start_again(api::Register const& registry, Form const& form) {
  return [&registry, form](base::Error const& error) {
    return api::ReadWork{
        [&registry, sheet = Sheet{form, error}](ports::Snapshot&, api::Caller const&) -> result<http::Response> {
          return start_page(registry, sheet);
        }};
  };
}

using SignIn = result<service::SignedIn> (*)(service::Context const&, ports::Transaction&, std::string_view);

api::WriteWork sign_in_by(api::Register const& registry, api::Call const& call, Form const& form, std::string_view word,
                          api::Authority authority, SignIn run) {
  return api::write_then<service::SignedIn>(
      [&registry, word = std::string{word}, run,
       carried = api::session_token(call.request, authority, registry.secure)](ports::Transaction& transaction,
                                                                               api::Caller const&) {
        service::sign_out(transaction, carried);
        return run(registry.context, transaction, word);
      },
      [&registry, authority, onward = Onward{form}](service::SignedIn const& session, ports::Commit const&)
          -> result<http::Response> { return let_in(registry, authority, session, onward); });
}

result<service::SignedIn> accept_invitation(service::Context const& context, ports::Transaction& transaction,
                                            std::string_view word) {
  return service::accept_invitation(context, transaction, service::Invitation{std::string{word}});
}

/// An attempt that is refused is committed like any other: its page is made after the commit (G11).
api::Reply sign_in_by_card(api::Register const& registry, api::Call const& call, Form const& form) {
  auto const again = start_again(registry, form);
  auto const wanted = service::check_card_and_code(form.text(card_field), form.text(code_field));
  if (!wanted) return again(wanted.error());
  auto work = api::write_then<service::SignInAttempt>(
      [&registry, request = call.request, form, wanted = *wanted](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::SignInAttempt> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        auto attempt = service::attempt_sign_in(registry.context, transaction, wanted, *key);
        if (attempt && attempt->succeeded())
          service::sign_out(transaction, api::session_token(request, api::Authority::holder, registry.secure));
        return attempt;
      },
      [&registry, form](service::SignInAttempt const& attempt, ports::Commit const& commit) -> result<http::Response> {
        auto const session = service::complete_sign_in(attempt, commit);
        if (!session) return start_page(registry, {form, session.error()});
        return let_in(registry, api::Authority::holder, *session, Onward{form});
      });
  work.otherwise = again;
  return work;
}

std::string expired_cookie(api::Register const& registry, api::Authority authority) {
  return api::session_cookie(registry, authority, "") + "; Max-Age=0";
}

/// Ends whatever sessions the browser carries: nobody signs out of one half of themselves. Then on to `to`.
api::Reply sign_out_everywhere(api::Register const& registry, api::Call const& call, std::string const& to,
                               http::Pairs const& headers) {
  return api::WriteWork{[person = api::session_token(call.request, api::Authority::holder, registry.secure),
                         official = api::session_token(call.request, api::Authority::official, registry.secure)](
                            ports::Transaction& transaction, api::Caller const&) -> result<void> {
                          service::sign_out(transaction, person);
                          service::sign_out(transaction, official);
                          return {};
                        },
                        [&registry, to, headers](ports::Commit const&) -> result<http::Response> {
                          auto response = see_other(to);
                          response.headers.emplace_back("Set-Cookie", expired_cookie(registry, api::Authority::holder));
                          response.headers.emplace_back("Set-Cookie",
                                                        expired_cookie(registry, api::Authority::official));
                          response.headers.insert(response.headers.end(), headers.begin(), headers.end());
                          return response;
                        }};
}

}  // namespace

api::Reply get_start(api::Register const& registry, api::Call const& call) {
  Sheet sheet;
  if (auto const asked = http::parse_query(call.request.query))
    for (auto const& [name, value] : *asked)
      if (name == api::wallet_client_field || name == api::wallet_request_field) sheet.form.put(name, value);
  return start_page(registry, sheet);
}

api::Reply post_sign_in(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  if (auto const specimen = form->text(person_field); !specimen.empty())
    return sign_in_by(registry, call, *form, specimen, api::Authority::holder, service::sign_in_specimen);
  if (auto const specimen = form->text(staff_field); !specimen.empty())
    return sign_in_by(registry, call, *form, specimen, api::Authority::official, service::sign_in_specimen_official);
  std::string_view const invitation = form->text(invitation_field);
  if (invitation.empty()) return sign_in_by_card(registry, call, *form);
  auto work = sign_in_by(registry, call, *form, invitation, api::Authority::staff, accept_invitation);
  work.otherwise = start_again(registry, *form);
  return work;
}

api::Reply post_sign_out(api::Register const& registry, api::Call const& call) {
  return sign_out_everywhere(registry, call, "/", {});
}

/// An empty page that tells nobody what was there before.
api::Reply get_leave(api::Register const&, api::Call const&) {
  return http::response(
      200, "text/html; charset=utf-8",
      document(el("html", {{"lang", "en"}}, el("head", el("meta", {{"charset", "utf-8"}}), el("title", "New tab")),
                  el("body"))));
}

/// Over https the browser drops all that it keeps of these pages as well.
api::Reply post_leave(api::Register const& registry, api::Call const& call) {
  return sign_out_everywhere(registry, call, "/leave", {{"Clear-Site-Data", "\"cache\", \"storage\""}});
}

}  // namespace abode::pages
