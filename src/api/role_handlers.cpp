// Who among the officials may do what: seen by supervisors and auditors, decided on by two supervisors.
#include "service/roles.hpp"

#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"

namespace abode::api {
namespace {

using base::result;

json::array names_of(std::vector<rules::Role> const& roles) {
  json::array names;
  for (rules::Role const role : roles) names.emplace_back(rules::rule_of(role).name);
  return names;
}

json::array acts_of(rules::RoleSet roles) {
  json::array acts;
  for (rules::StaffAct const act : rules::all_acts)
    if (rules::may(roles, act)) acts.emplace_back(rules::name_of(act));
  return acts;
}

json::object to_json(service::OfficialListed const& official) {
  return {{"official", official.id},
          {"name", official.name},
          {"office", official.office},
          {"roles", names_of(official.roles)}};
}

json::object to_json(service::ProposalListed const& proposal) {
  json::object shown{{"official", proposal.official},
                     {"role", rules::rule_of(proposal.role).name},
                     {"proposed_by", nullptr},
                     {"proposed_at", base::format_time(proposal.proposed_at)},
                     {"expires_at", base::format_time(proposal.expires_at)}};
  if (proposal.proposed_by) shown["proposed_by"] = *proposal.proposed_by;
  return shown;
}

using Act = result<void> (*)(service::Context const&, ports::Transaction&, ports::OfficialSession const&,
                             service::RoleOf const&, std::optional<service::RequestKey> const&);

Reply decide(Register const& registry, Call const& call, Act act) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const role = rules::role_named(call.params.at(1));
  if (!role) return base::fail(base::errc::not_found, "There is no such role. Choose one of the list.");
  service::RoleOf const about{ports::OfficialId{call.params.at(0)}, *role};
  return WriteWork{[&registry, act, about, request = call.request](ports::Transaction& transaction,
                                                                   Caller const& caller) -> result<void> {
                     auto const key = request_key(caller, request);
                     if (!key) return key.error();
                     return act(registry.context, transaction, caller.official(), about, *key);
                   },
                   [](ports::Commit const&) -> result<http::Response> { return http::Response{204, {}, {}}; }};
}

}  // namespace

Reply get_staff_member(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot&, Caller const& caller) -> result<http::Response> {
    ports::OfficialRow const& official = caller.official().official();
    auto const roles = rules::RoleSet::from_bits(official.roles);
    return answer(registry.context.mode, 200,
                  {{"official", official.id.value()},
                   {"name", official.name},
                   {"office", official.office},
                   {"roles", names_of(rules::roles_in(roles))},
                   {"may", acts_of(roles)}});
  }};
}

Reply get_staff_roles(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const staff = service::list_staff(registry.context, snapshot, caller.official());
    if (!staff) return staff.error();
    json::array officials;
    for (service::OfficialListed const& official : staff->officials) officials.push_back(to_json(official));
    json::array proposals;
    for (service::ProposalListed const& proposal : staff->proposals) proposals.push_back(to_json(proposal));
    return answer(registry.context.mode, 200,
                  {{"officials", std::move(officials)}, {"proposals", std::move(proposals)}});
  }};
}

Reply post_propose_role(Register const& registry, Call const& call) {
  return decide(registry, call, service::propose_role);
}

Reply post_approve_role(Register const& registry, Call const& call) {
  return decide(registry, call, service::approve_role);
}

Reply post_withdraw_role(Register const& registry, Call const& call) {
  return decide(registry, call, service::withdraw_role);
}

Reply post_revoke_role(Register const& registry, Call const& call) {
  return decide(registry, call, service::revoke_role);
}

}  // namespace abode::api
