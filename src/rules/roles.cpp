#include "rules/roles.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::rules {
namespace {

using enum StaffAct;

constexpr std::array rules_of_roles{
    RoleRule{Role::clerk,
             "clerk",
             "Clerk",
             "Opens one record by its holder's code, and gives somebody who comes in person a new activation code.",
             {open_record, identify_in_person}},
    RoleRule{Role::reviewer, "reviewer", "Reviewer", "Opens one record by its holder's code.", {open_record}},
    RoleRule{Role::supervisor,
             "supervisor",
             "Supervisor",
             "Proposes, approves and revokes roles, none of their own. Opens no record.",
             {manage_roles, see_roles}},
    RoleRule{Role::auditor,
             "auditor",
             "Auditor",
             "Sees which officials there are and what they may do. Opens no record, and has no other role.",
             {see_roles}},
};

}  // namespace

std::string_view name_of(StaffAct act) {
  switch (act) {
    case open_record: return "open-record";
    case identify_in_person: return "identify-in-person";
    case manage_roles: return "manage-roles";
    case see_roles: return "see-roles";
  }
  base::fatal("an act without a name");
}

std::array<RoleRule, all_roles.size()> const& role_rules() {
  return rules_of_roles;
}

RoleRule const& rule_of(Role role) {
  return rules_of_roles.at(static_cast<std::size_t>(role));
}

std::optional<Role> role_named(std::string_view name) {
  auto const found = std::ranges::find(rules_of_roles, name, &RoleRule::name);
  return found == rules_of_roles.end() ? std::nullopt : std::optional{found->role};
}

std::vector<Role> roles_in(RoleSet set) {
  std::vector<Role> roles;
  for (Role role : all_roles)
    if (set.has(role)) roles.push_back(role);
  return roles;
}

bool may(RoleSet roles, StaffAct act) {
  return std::ranges::any_of(rules_of_roles,
                             [&](RoleRule const& rule) { return roles.has(rule.role) && rule.acts.has(act); });
}

bool fit_together(RoleSet roles) {
  return !roles.has(Role::auditor) || roles == RoleSet{Role::auditor};
}

}  // namespace abode::rules
