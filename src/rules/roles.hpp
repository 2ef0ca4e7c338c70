// What an official may do: the compiled role x act table (a floor: no profile changes it). Who has which role is
// decided by two people (service/roles.hpp). No role reads a record without its holder's code, and none lists residents
// (G6).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/enum_set.hpp"

namespace abode::rules {

enum class Role : std::uint8_t { clerk, reviewer, supervisor, auditor };

/// What takes a role.
enum class StaffAct : std::uint8_t {
  open_record,         ///< one record, by its holder's code
  identify_in_person,  ///< a new activation code for somebody at the counter
  manage_roles,        ///< propose, approve and revoke roles
  see_roles            ///< which officials there are, and what they may do
};

inline constexpr std::array all_roles{Role::clerk, Role::reviewer, Role::supervisor, Role::auditor};
inline constexpr std::array all_acts{StaffAct::open_record, StaffAct::identify_in_person, StaffAct::manage_roles,
                                     StaffAct::see_roles};
/// "open-record".
std::string_view name_of(StaffAct act);

using RoleSet = base::EnumSet<Role, all_roles.size(), std::uint8_t>;
using ActSet = base::EnumSet<StaffAct, all_acts.size(), std::uint8_t>;
/// In the order of the roles.
std::vector<Role> roles_in(RoleSet set);

struct RoleRule {
  Role role;
  std::string_view name;   ///< stable, in the API, the commands and journal entries
  std::string_view label;  ///< for people
  std::string_view what;   ///< what it is for, a whole sentence
  ActSet acts;
};

/// One rule for each role, in their order. A case's decisions will be a reviewer's and a supervisor's.
std::array<RoleRule, all_roles.size()> const& role_rules();
RoleRule const& rule_of(Role role);
std::optional<Role> role_named(std::string_view name);

bool may(RoleSet roles, StaffAct act);

/// Whether one official can have all of these. An auditor has no other role: who looks at what is done does none of it.
bool fit_together(RoleSet roles);

}  // namespace abode::rules
