// Which officials there are, and what they may do: seen by supervisors and auditors, decided on by two supervisors.
#include <algorithm>

#include "api/work.hpp"
#include "pages/internal/form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/roles.hpp"

namespace abode::pages {
namespace {

using base::result;
using rules::Role;

constexpr char const* path = "/staff/roles";
constexpr char const* official_field = "official";
constexpr char const* role_field = "role";

/// Whose page it is, and what it is made of.
struct RolesView {
  api::Register const& registry;
  ports::OfficialRow const& reader;
  service::StaffListed staff;
  bool decides;  ///< else they only look

  /// Name, account and office: names alone may be those of two.
  std::string whole_name(service::OfficialListed const& official) const {
    return official.name + " (" + official.id + ", " +
           std::string{office_name(registry.context.profile(), official.office)} + ")";
  }
  std::string whole_name(std::string const& account) const {
    auto const found = std::ranges::find(staff.officials, account, &service::OfficialListed::id);
    return found == staff.officials.end() ? account : whole_name(*found);
  }
  Html button(std::string const& official, Role role, std::string_view act, std::string_view label) const {
    std::string_view const name = rules::rule_of(role).name;
    return button_form(registry.context.random, path_of({"staff", "roles", official, name, act}), label,
                       std::string{name} + ", " + whole_name(official));
  }
};

Html proposal_card(RolesView const& view, service::ProposalListed const& proposal) {
  bool const own = proposal.proposed_by == view.reader.id.value() || proposal.official == view.reader.id.value();
  Html buttons;
  if (view.decides && !own) buttons.add(view.button(proposal.official, proposal.role, "approve", "Approve"));
  if (view.decides) buttons.add(view.button(proposal.official, proposal.role, "withdraw", "Take back"));
  std::string const by = proposal.proposed_by ? view.whole_name(*proposal.proposed_by) : "the operator";
  Html const waits = own && view.decides ? el("p", {{"class", "quiet"}}, "Somebody else has to approve it.") : Html{};
  return el("li", {{"class", "card"}},
            el("h3", rules::rule_of(proposal.role).label, " for ", view.whole_name(proposal.official)),
            el("p", {{"class", "quiet"}}, "Proposed by ", by, ", ", when(proposal.proposed_at), ". Waits until ",
               when(proposal.expires_at), "."),
            waits, buttons);
}

Html official_card(RolesView const& view, service::OfficialListed const& official) {
  Html roles;
  for (Role const role : official.roles)
    roles.add(el("li", rules::rule_of(role).label,
                 view.decides ? view.button(official.id, role, "revoke", "Revoke") : Html{}));
  return el(
      "li", {{"class", "card"}}, el("h3", official.name),
      el("p", {{"class", "quiet"}}, official.id, ", ", office_name(view.registry.context.profile(), official.office)),
      official.roles.empty() ? el("p", "No role") : el("ul", roles));
}

Html propose_form(RolesView const& view, Sheet const& sheet) {
  std::vector<std::string> names;
  for (service::OfficialListed const& official : view.staff.officials) names.push_back(view.whole_name(official));
  std::vector<Option> officials{{"", "Choose an official"}};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (view.staff.officials[i].id != view.reader.id.value())
      officials.push_back({view.staff.officials[i].id, names[i]});
  std::vector<Option> roles;
  for (rules::RoleRule const& rule : rules::role_rules()) roles.push_back({rule.name, rule.label, rule.what});
  return el(
      "section", {{"aria-labelledby", "propose"}}, el("h2", {{"id", "propose"}}, "Propose a role"),
      el("p", "Another supervisor approves it within seven days. Nobody does either for themselves."),
      el("form", {{"method", "post"}, {"action", path}, {"novalidate", true}},
         request_key(view.registry.context.random, sheet), select_box(sheet, {official_field, "For whom"}, officials),
         radio_buttons(sheet, {role_field, "Which role"}, roles), submit_button("Propose it")));
}

Html content_of(RolesView const& view, Sheet const& sheet) {
  Html proposals;
  for (service::ProposalListed const& proposal : view.staff.proposals) proposals.add(proposal_card(view, proposal));
  Html officials;
  for (service::OfficialListed const& official : view.staff.officials) officials.add(official_card(view, official));
  return group(
      el("section", {{"aria-labelledby", "waiting"}}, el("h2", {{"id", "waiting"}}, "Proposed"),
         view.staff.proposals.empty() ? el("p", "No role waits for its approval.")
                                      : el("ul", {{"class", "entries"}}, proposals)),
      view.decides ? propose_form(view, sheet) : Html{},
      el("section", {{"aria-labelledby", "officials"}}, el("h2", {{"id", "officials"}}, "Officials"),
         el("p", "Each grant and each revocation is an entry in the book of their office, and in the public log."),
         el("ul", {{"class", "entries"}}, officials)));
}

api::ReadWork show_roles(api::Register const& registry, Sheet const& sheet) {
  return {[&registry, sheet](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    ports::OfficialRow const& reader = caller.official().official();
    auto const roles = rules::RoleSet::from_bits(reader.roles);
    auto staff = service::list_staff(registry.context, snapshot, caller.official());
    if (!staff) return staff.error();
    RolesView const view{registry, reader, std::move(*staff), rules::may(roles, rules::StaffAct::manage_roles)};
    bool const stale =
        view.decides && !service::is_fresh(caller.official().row().begun_at, registry.context.clock.now());
    return page(registry.context.mode,
                {Visitor::official, std::string{sheet.title_prefix()} + "Roles", path, sheet.status(), {}, roles},
                group(error_summary(sheet), who_works(registry.context.profile(), reader), el("h1", "Who may do what"),
                      stale ? official_signs_in_again() : Html{}, content_of(view, sheet)));
  }};
}

using Act = result<void> (*)(service::Context const&, ports::Transaction&, ports::OfficialSession const&,
                             service::RoleOf const&, std::optional<service::RequestKey> const&);

api::Reply decide(api::Register const& registry, api::Call const& call, Form const& form, std::string const& official,
                  std::string_view role_name, Act act) {
  auto const show_again = [&registry, form](base::Error const& error) { return show_roles(registry, {form, error}); };
  if (official.empty()) return show_again(base::fail(base::errc::invalid, "Choose an official.", official_field));
  auto const role = rules::role_named(role_name);
  if (!role) return show_again(base::fail(base::errc::invalid, "Choose one of the roles.", role_field));
  service::RoleOf const about{ports::OfficialId{official}, *role};
  api::WriteWork work{[&registry, act, about, form, request = call.request](ports::Transaction& transaction,
                                                                            api::Caller const& caller) -> result<void> {
                        auto const key = key_of_form(caller, request, form);
                        if (!key) return key.error();
                        return act(registry.context, transaction, caller.official(), about, *key);
                      },
                      [](ports::Commit const&) -> result<http::Response> { return see_other(path); }};
  work.otherwise = show_again;
  return work;
}

api::Reply decide(api::Register const& registry, api::Call const& call, Act act) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return decide(registry, call, *form, call.params.at(0), call.params.at(1), act);
}

}  // namespace

api::Reply get_staff_roles(api::Register const& registry, api::Call const&) {
  return show_roles(registry, {});
}

api::Reply post_propose_role(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return decide(registry, call, *form, std::string{form->text(official_field)}, form->text(role_field),
                service::propose_role);
}

api::Reply post_approve_role(api::Register const& registry, api::Call const& call) {
  return decide(registry, call, service::approve_role);
}

api::Reply post_withdraw_role(api::Register const& registry, api::Call const& call) {
  return decide(registry, call, service::withdraw_role);
}

api::Reply post_revoke_role(api::Register const& registry, api::Call const& call) {
  return decide(registry, call, service::revoke_role);
}

}  // namespace abode::pages
