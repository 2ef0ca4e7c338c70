// An official identifies somebody who came in person, and hands them a new activation code.
#include "service/identification.hpp"

#include "api/work.hpp"
#include "codec/text.hpp"
#include "pages/internal/form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/roles.hpp"
#include "text/text.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr char const* card_field = "card";
constexpr char const* card_again_field = "card_again";
constexpr char const* reference_field = "reference";
constexpr char const* path = "/staff/identify";

Html identification_form(base::Random& random, Sheet const& sheet) {
  return el(
      "form", {{"method", "post"}, {"action", path}, {"novalidate", true}}, request_key(random, sheet),
      text_input(sheet, {{card_field, "Card number", "As it is printed on the card in your hand"}, Width::medium}),
      text_input(sheet, {{card_again_field, "Card number once more",
                          "Nothing here tells a wrong number from a right one, so type it twice."},
                         Width::medium}),
      text_input(sheet,
                 {{reference_field, "Your file reference", "The person will see it. Leave names out."}, Width::medium}),
      submit_button("Make a new activation code"));
}

api::ReadWork show_form(api::Register const& registry, Sheet const& sheet) {
  return {[&registry, sheet](ports::Snapshot&, api::Caller const& caller) -> result<http::Response> {
    ports::OfficialRow const& official = caller.official().official();
    if (auto const may = service::require_role(official, rules::StaffAct::identify_in_person); !may) return may.error();
    bool const stale = !service::is_fresh(caller.official().row().begun_at, registry.context.clock.now());
    return page(
        registry.context.mode,
        {Visitor::official,
         std::string{sheet.title_prefix()} + "Identify somebody",
         path,
         sheet.status(),
         {},
         rules::RoleSet::from_bits(official.roles)},
        group(error_summary(sheet), who_works(registry.context.profile(), official),
              el("h1", "Somebody lost their code"), stale ? official_signs_in_again() : Html{},
              el("p",
                 "They came in person. Look at their identity document and at them, and compare the card with both. "
                 "The new code is good after a day, and takes the place of any before."),
              el("p", {{"class", "news"}}, el("strong", "The person will see this."),
                 " Your office, your account and your reference are written into their history, and they are told at "
                 "once. If it was not them, they take the code back."),
              identification_form(registry.context.random, sheet)));
  }};
}

result<service::IdentificationRequest> read_request(Form const& form) {
  auto reference = text::clean_line(form.text(reference_field), reference_field);
  if (!reference) return reference.error();
  return service::check_identification_request(form.text(card_field), form.text(card_again_field),
                                               std::move(*reference));
}

http::Response code_page(api::Register const& registry, rules::RoleSet roles, service::NewActivationCode const& made) {
  return page(
      registry.context.mode, {Visitor::official, "A new code", {}, 200, {}, roles},
      group(el("h1", "Hand this to the person"),
            el("p", {{"class", "big-code"}}, codec::in_groups_of_four(made.code.reveal(base::Disclosure::to_official))),
            el("dl", {{"class", "receipt"}},
               group(row("Good from", group(when(made.good_from), ", if the account is not frozen")),
                     row("How", "With the number of their card, on the start page"), row("How often", "Once"))),
            el("p",
               "Print this page or copy the code out now: it is not shown again, and nobody can look it up. If it does "
               "not let them in tomorrow, the number was not that of their card: make another."),
            el("p", {{"class", "actions on-screen"}}, button_link(path, "Done"))));
}

}  // namespace

api::Reply get_identification(api::Register const& registry, api::Call const&) {
  return show_form(registry, {});
}

/// The code is in the answer itself: there is no address to load it from again.
api::Reply post_identification(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const show_again = [&registry, form = *form](base::Error const& error) {
    return show_form(registry, {form, error});
  };
  auto const wanted = read_request(*form);
  if (!wanted) return show_again(wanted.error());
  struct Made {
    service::NewActivationCode code;
    rules::RoleSet roles;  ///< of the official, for the links on top of the answer
  };
  auto work = api::write_then<Made>(
      [&registry, request = call.request, form = *form, wanted = *wanted](ports::Transaction& transaction,
                                                                          api::Caller const& caller) -> result<Made> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        auto code = service::identify_in_person(registry.context, transaction, caller.official(), wanted, *key);
        if (!code) return code.error();
        return Made{std::move(*code), rules::RoleSet::from_bits(caller.official().official().roles)};
      },
      [&registry](Made const& made, ports::Commit const&) -> result<http::Response> {
        return code_page(registry, made.roles, made.code);
      });
  work.otherwise = show_again;
  return work;
}

}  // namespace abode::pages
