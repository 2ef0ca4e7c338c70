#include "api/forms.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/opened_fields.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "rules/roles.hpp"
#include "service/openings.hpp"
#include "service/roles.hpp"
#include "text/text.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr char const* code_field = "code";
constexpr char const* purpose_field = "purpose";
constexpr char const* reference_field = "reference";
constexpr char const* fields_field = "fields";

std::vector<Option> purpose_options(rules::Profile const& profile) {
  std::vector<Option> options{{"", "Choose a purpose"}};
  for (rules::Purpose const& purpose : rules::purposes)
    if (!profile.fields_for(purpose.name).empty()) options.push_back({purpose.name, purpose.label});
  return options;
}

Html what_purposes_allow(rules::Profile const& profile) {
  return el("details", el("summary", "What each purpose can open"), purpose_list(profile));
}

Html opening_form(api::Register const& registry, Sheet const& sheet) {
  auto const fields = record_fields();
  auto const purposes = purpose_options(registry.context.profile());
  return el(
      "form", {{"method", "post"}, {"action", "/staff"}, {"novalidate", true}},
      request_key(registry.context.random, sheet),
      text_input(sheet, {{code_field, "Opening code", "Ten letters and digits from the person, such as 7K2PD-XQ0MV"},
                         Width::medium}),
      select_box(sheet, {purpose_field, "What for"}, purposes), what_purposes_allow(registry.context.profile()),
      text_input(sheet, {{reference_field, "Your file reference", "The person will see it. Leave names and notes out."},
                         Width::medium}),
      check_boxes(
          sheet,
          {fields_field, "Fields you need", "Only those come back that the purpose allows and the person chose."},
          fields),
      submit_button("Open the record"));
}

api::ReadWork show_form(api::Register const& registry, Sheet const& sheet) {
  return {[&registry, sheet](ports::Snapshot&, api::Caller const& caller) -> result<http::Response> {
    ports::OfficialRow const& official = caller.official().official();
    if (auto const may = service::require_role(official, rules::StaffAct::open_record); !may) return may.error();
    return page(
        registry.context.mode,
        {Visitor::official,
         std::string{sheet.title_prefix()} + "Open a record",
         "/staff",
         sheet.status(),
         {},
         rules::RoleSet::from_bits(official.roles)},
        group(error_summary(sheet), who_works(registry.context.profile(), official), el("h1", "Open one record"),
              el("p", {{"class", "news"}}, el("strong", "The person will see this."),
                 " Your office, your account, the purpose, your reference and the fields are written into their "
                 "history, whether the record opens or not."),
              opening_form(registry, sheet)));
  }};
}

result<service::OpeningRequest> read_opening(rules::Profile const& profile, Form const& form) {
  auto const fields = api::read_fields(form.values(fields_field));
  if (!fields) return fields.error();
  auto reference = text::clean_line(form.text(reference_field), reference_field);
  if (!reference) return reference.error();
  return service::check_opening_request(profile, form.text(code_field), form.text(purpose_field), std::move(*reference),
                                        *fields);
}

/// Where an official comes who opens no records.
http::Response start_page(api::Register const& registry, ports::OfficialRow const& official) {
  auto const roles = rules::RoleSet::from_bits(official.roles);
  Html content = el("p", {{"class", "lead"}},
                    roles.empty() ? "You have no role yet, so there is nothing that you can do here. A supervisor "
                                    "proposes one for you, and another approves it."
                                  : "What you can do here is on top of this page.");
  Html rows;
  for (rules::Role const role : rules::roles_in(roles))
    rows.add(row(rules::rule_of(role).label, rules::rule_of(role).what));
  if (!roles.empty()) content.add(el("dl", {{"class", "receipt"}}, rows));
  return page(registry.context.mode, {Visitor::official, "Start", "/staff", 200, {}, roles},
              group(who_works(registry.context.profile(), official), el("h1", "Your work as an official"), content));
}

http::Response opened_page(api::Register const& registry, rules::RoleSet roles, service::OpenedFields const& opened) {
  return page(
      registry.context.mode, {Visitor::official, "The record", {}, 200, {}, roles},
      group(el("h1", "The record"), show_opened(opened.fields, opened.state.reveal(base::Disclosure::to_official)),
            el("p", "Opened ", when(opened.at), ". The person sees this in their history."),
            el("p", {{"class", "actions on-screen"}}, button_link("/staff", "Done"))));
}

}  // namespace

api::Reply get_staff(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    ports::OfficialRow const& official = caller.official().official();
    bool const opens = rules::may(rules::RoleSet::from_bits(official.roles), rules::StaffAct::open_record);
    return opens ? show_form(registry, {}).run(snapshot, caller) : start_page(registry, official);
  }};
}

/// The record is shown in the answer itself: an address to load it from again would be a read without an entry. An
/// opening that opens nothing is a failure like any other, with one page for all of them (G11).
api::Reply post_staff(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const show_again = [&registry, form = *form](base::Error const& error) {
    return show_form(registry, {form, error});
  };
  auto const wanted = read_opening(registry.context.profile(), *form);
  if (!wanted) return show_again(wanted.error());
  struct Attempt {
    service::OpeningAttempt opening;
    rules::RoleSet roles;  ///< of the official, for the links on top of the answer
  };
  auto work = api::write_then<Attempt>(
      [&registry, request = call.request, form = *form, wanted = *wanted](
          ports::Transaction& transaction, api::Caller const& caller) -> result<Attempt> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        auto made = service::attempt_opening(registry.context, transaction, caller.official(), wanted, *key);
        if (!made) return made.error();
        return Attempt{std::move(*made), rules::RoleSet::from_bits(caller.official().official().roles)};
      },
      [&registry](Attempt const& attempt, ports::Commit const& commit) -> result<http::Response> {
        auto const opened = service::complete_opening(registry.context, attempt.opening, commit);
        if (!opened) return opened.error();
        return opened_page(registry, attempt.roles, *opened);
      });
  work.otherwise = show_again;
  return work;
}

}  // namespace abode::pages
