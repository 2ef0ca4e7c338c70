#include "rules/roles.hpp"

#include <gtest/gtest.h>

#include <string>

namespace abode::rules {
namespace {

using Names = std::vector<std::string_view>;

// The whole table, written down a second time: an act that a role gains must be meant.
TEST(Roles, AreTheseAndMayDoThis) {
  struct Row {
    std::string_view name;
    Names acts;
  };
  Row const expected[] = {
      {"clerk", {"open-record", "identify-in-person"}},
      {"reviewer", {"open-record"}},
      {"supervisor", {"manage-roles", "see-roles"}},
      {"auditor", {"see-roles"}},
  };
  ASSERT_EQ(role_rules().size(), std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    RoleRule const& rule = role_rules().at(i);
    EXPECT_EQ(rule.name, expected[i].name);
    Names acts;
    for (StaffAct act : all_acts)
      if (may({rule.role}, act)) acts.push_back(name_of(act));
    EXPECT_EQ(acts, expected[i].acts) << rule.name;
    EXPECT_EQ(rule_of(rule.role).name, rule.name);
    EXPECT_EQ(role_named(rule.name), rule.role);
  }
  EXPECT_EQ(role_named("police"), std::nullopt);
}

TEST(Roles, WithoutOneNobodyMayDoAnything) {
  for (StaffAct act : all_acts) EXPECT_FALSE(may({}, act)) << name_of(act);
}

TEST(Roles, SeveralMayDoWhatEachMay) {
  RoleSet const both{Role::reviewer, Role::supervisor};
  EXPECT_TRUE(may(both, StaffAct::open_record));
  EXPECT_TRUE(may(both, StaffAct::manage_roles));
  EXPECT_FALSE(may(both, StaffAct::identify_in_person));
}

TEST(Roles, WhoAuditsHasNoOther) {
  for (unsigned bits = 0; bits < 16; ++bits) {
    auto const roles = RoleSet::from_bits(bits);
    bool const audits = roles.has(Role::auditor);
    EXPECT_EQ(fit_together(roles), !audits || roles_in(roles).size() == 1) << bits;
    EXPECT_FALSE(audits && fit_together(roles) && may(roles, StaffAct::open_record)) << bits;
  }
}

TEST(Roles, NoRoleIsPolicing) {
  for (RoleRule const& rule : role_rules())
    for (char const* word : {"police", "policing", "search", "watch", "trace"})
      EXPECT_EQ((std::string{rule.name} + std::string{rule.what}).find(word), std::string::npos) << rule.name;
}

}  // namespace
}  // namespace abode::rules
