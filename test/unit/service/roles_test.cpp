// Who gets a role, and what somebody would try who wants one alone.
#include "service/roles.hpp"

#include <gmock/gmock.h>

#include "service/identification.hpp"
#include "service/invitations.hpp"
#include "service/specimens.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::result;
using ports::OfficialId;
using rules::Role;
using rules::RoleSet;
using test::must;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char const* first = "supervisor-school";
constexpr char const* second = "supervisor-civic";
constexpr char const* auditor = "auditor-civic";

template <class T>
void expect_refused(result<T> const& outcome, errc code, std::string_view because = "") {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
  EXPECT_THAT(outcome.error().detail, HasSubstr(std::string{because}));
}

class Roles : public ::testing::Test {
 protected:
  using Act = result<void> (*)(Context const&, ports::Transaction&, ports::OfficialSession const&, RoleOf const&,
                               std::optional<RequestKey> const&);

  result<int> act(Act what, ports::OfficialSession const& session, char const* whom, Role role,
                  std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) -> result<int> {
      auto const done = what(world.context, t, session, {OfficialId{whom}, role}, key);
      if (!done) return done.error();
      return 0;
    });
  }
  result<int> act(Act what, char const* by, char const* whom, Role role) {
    return act(what, world.official(by), whom, role);
  }
  result<Invitation> invite(Invitee const& invitee) {
    return test::write(*world.store, [&](ports::Transaction& t) { return service::invite(world.context, t, invitee); });
  }
  /// Somebody without a role.
  void newcomer(char const* id = "new") { must(invite({OfficialId{id}, "New", "civic-office"})); }

  RoleSet roles_of(char const* id) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> result<RoleSet> {
      return RoleSet::from_bits(s.official(OfficialId{id}).value().roles);
    }));
  }
  StaffListed staff(char const* by = first) {
    return must(test::read(*world.store, [&, session = world.official(by)](ports::Snapshot& s) {
      return list_staff(world.context, s, session);
    }));
  }
  /// "operator role-granted new:clerk" for each entry of an office's book since its first.
  std::vector<std::string> book(char const* office = "civic-office") {
    auto const record = must(test::read(
        *world.store, [&](ports::Snapshot& s) -> result<ports::RecordId> { return s.office_book(office).value(); }));
    std::vector<std::string> lines;
    for (Opened const& opened : world.opened_entries(test::holder_session(*world.store, record)))
      if (opened.entry.seq > 0)
        lines.push_back(opened.entry.actor + " " + opened.entry.operation + " " + opened.entry.reference);
    return lines;
  }

  test::World world;
};

TEST_F(Roles, TakeTwoPeople) {
  newcomer();
  must(act(propose_role, first, "new", Role::clerk));
  EXPECT_TRUE(roles_of("new").empty()) << "a proposal gives nothing";
  auto const waiting = staff().proposals;
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].official, "new");
  EXPECT_EQ(waiting[0].role, Role::clerk);
  EXPECT_EQ(waiting[0].proposed_by, first);
  EXPECT_EQ(waiting[0].expires_at, world.clock.now() + role_proposal_life);

  must(act(approve_role, second, "new", Role::clerk));
  EXPECT_EQ(roles_of("new"), RoleSet{Role::clerk});
  EXPECT_TRUE(staff().proposals.empty());
  EXPECT_THAT(book(), ElementsAre("operator official-invited new", "supervisor-school role-proposed new:clerk",
                                  "supervisor-civic role-granted new:clerk"));
}

TEST_F(Roles, AreNotGrantedByWhoProposedThem) {
  newcomer();
  must(act(propose_role, first, "new", Role::clerk));
  expect_refused(act(approve_role, first, "new", Role::clerk), errc::forbidden, "somebody else");
  EXPECT_TRUE(roles_of("new").empty());
}

TEST_F(Roles, NobodyTakesPartForThemselves) {
  expect_refused(act(propose_role, first, first, Role::clerk), errc::forbidden, "themselves");
  must(act(propose_role, second, first, Role::clerk));
  expect_refused(act(approve_role, first, first, Role::clerk), errc::forbidden, "themselves");
  expect_refused(act(approve_role, second, first, Role::clerk), errc::forbidden, "somebody else");
  EXPECT_EQ(roles_of(first), RoleSet{Role::supervisor});
}

TEST_F(Roles, OnlySupervisorsDecideOnThem) {
  newcomer();
  must(act(propose_role, first, "new", Role::reviewer));
  for (char const* who : {"clerk-civic", auditor, "new"})
    for (Act what : {propose_role, approve_role, withdraw_role, revoke_role})
      expect_refused(act(what, who, "clerk-school", Role::clerk), errc::forbidden, "supervisor");
  EXPECT_EQ(roles_of("clerk-school"), RoleSet{Role::clerk});
  EXPECT_EQ(staff().proposals.size(), 1U);
}

TEST_F(Roles, TakeAFreshSignIn) {
  newcomer();
  auto const early = world.official(first);
  must(act(propose_role, second, "new", Role::clerk));
  world.clock.pass(fresh_sign_in);
  expect_refused(act(propose_role, early, "new", Role::reviewer), errc::stale_sign_in);
  expect_refused(act(approve_role, early, "new", Role::clerk), errc::stale_sign_in);
  expect_refused(act(withdraw_role, early, "new", Role::clerk), errc::stale_sign_in);
  expect_refused(act(revoke_role, early, "clerk-school", Role::clerk), errc::stale_sign_in);
}

TEST_F(Roles, AProposalIsOverAfterSevenDays) {
  newcomer();
  must(act(propose_role, first, "new", Role::clerk));
  world.clock.pass(role_proposal_life - std::chrono::seconds{1});
  EXPECT_EQ(staff().proposals.size(), 1U);
  world.clock.pass(std::chrono::seconds{1});
  EXPECT_TRUE(staff().proposals.empty());
  expect_refused(act(approve_role, second, "new", Role::clerk), errc::not_found);
  must(act(propose_role, second, "new", Role::clerk));
  must(act(approve_role, first, "new", Role::clerk));
}

TEST_F(Roles, AProposalIsTakenBackByAnySupervisor) {
  newcomer();
  must(act(propose_role, first, "new", Role::clerk));
  expect_refused(act(propose_role, second, "new", Role::clerk), errc::conflict, "proposed already");
  must(act(withdraw_role, second, "new", Role::clerk));
  expect_refused(act(approve_role, second, "new", Role::clerk), errc::not_found);
  EXPECT_EQ(book().back(), "supervisor-civic role-proposal-withdrawn new:clerk");
}

TEST_F(Roles, OneIsEnoughToRevokeAndItCountsAtOnce) {
  auto const clerk = world.clerk();
  must(act(revoke_role, second, "clerk-school", Role::clerk));
  EXPECT_TRUE(roles_of("clerk-school").empty());
  EXPECT_EQ(book("school-office").back(), "supervisor-civic role-revoked clerk-school:clerk");
  auto const request = must(check_opening_request(world.profile, "0000000000", "school-enrolment", "file",
                                                  rules::FieldSet{rules::Field::main_address}));
  auto const entries = book("school-office").size();
  expect_refused(world.open("clerk-school", request), errc::forbidden, "clerk or reviewer");
  EXPECT_EQ(book("school-office").size(), entries) << "it tells of the official alone, before any code is looked at";
  expect_refused(act(revoke_role, second, "clerk-school", Role::clerk), errc::conflict);
}

TEST_F(Roles, ASupervisorMayLayTheirOwnDown) {
  must(act(revoke_role, first, first, Role::supervisor));
  expect_refused(act(propose_role, first, "clerk-school", Role::reviewer), errc::forbidden);
}

TEST_F(Roles, AnAuditorHasNoOther) {
  expect_refused(act(propose_role, first, auditor, Role::clerk), errc::conflict, "auditor");
  expect_refused(act(propose_role, first, "clerk-civic", Role::auditor), errc::conflict, "auditor");
  // Two proposals that each fit alone: the second is refused when it is to be granted.
  newcomer();
  must(act(propose_role, first, "new", Role::auditor));
  must(act(propose_role, first, "new", Role::clerk));
  must(act(approve_role, second, "new", Role::clerk));
  expect_refused(act(approve_role, second, "new", Role::auditor), errc::conflict, "auditor");
  EXPECT_EQ(roles_of("new"), RoleSet{Role::clerk});
}

TEST_F(Roles, AreProposedOnlyOfAccountsThatAreThereAndDoNotHaveThem) {
  expect_refused(act(propose_role, first, "nobody", Role::clerk), errc::not_found);
  expect_refused(act(propose_role, first, "clerk-civic", Role::clerk), errc::conflict, "have this role");
  expect_refused(act(approve_role, first, "clerk-civic", Role::reviewer), errc::not_found, "not proposed");
  expect_refused(act(withdraw_role, first, "clerk-civic", Role::reviewer), errc::not_found, "not proposed");
}

TEST_F(Roles, ARequestThatComesTwiceHasOneEffect) {
  newcomer();
  auto const key = test::request_key("k");
  must(act(propose_role, world.official(first), "new", Role::clerk, key));
  must(act(propose_role, world.official(first), "new", Role::clerk, key));
  auto const lines = book().size();
  EXPECT_EQ(lines, 2U);
  expect_refused(act(approve_role, world.official(first), "new", Role::clerk, test::request_key("k", "another")),
                 errc::key_reused);
}

// By the operator.

TEST_F(Roles, OfTheOperatorAreProposalsToo) {
  must(invite({OfficialId{"new"}, "New", "civic-office", {Role::clerk, Role::supervisor}}));
  EXPECT_TRUE(roles_of("new").empty());
  must(act(approve_role, first, "new", Role::clerk));
  EXPECT_EQ(roles_of("new"), RoleSet{Role::clerk});
  EXPECT_EQ(staff().proposals.at(0).proposed_by, std::nullopt);
  EXPECT_THAT(book(), ElementsAre("operator official-invited new", "operator role-proposed new:clerk",
                                  "operator role-proposed new:supervisor", "supervisor-school role-granted new:clerk"));
}

TEST_F(Roles, TheFirstSupervisorComesByTheOperatorAlone) {
  must(act(revoke_role, first, second, Role::supervisor));
  must(act(revoke_role, first, first, Role::supervisor));
  must(invite({OfficialId{"one"}, "One", "civic-office", {Role::supervisor, Role::clerk}}));
  EXPECT_EQ(roles_of("one"), RoleSet{Role::supervisor}) << "no other role comes that way";
  must(invite({OfficialId{"two"}, "Two", "civic-office", {Role::supervisor}}));
  EXPECT_TRUE(roles_of("two").empty());
  must(act(approve_role, "one", "two", Role::supervisor));
}

TEST_F(Roles, TheOperatorReplacesNoSupervisorWhileThereIsAnother) {
  must(invite({.id = OfficialId{first}, .name = "Kim", .office = "school-office", .revoke_roles = true}));
  must(invite({OfficialId{"mallory"}, "Mallory", "civic-office", {Role::supervisor}}));
  EXPECT_TRUE(roles_of("mallory").empty());
  expect_refused(act(approve_role, "mallory", "mallory", Role::supervisor), errc::forbidden);
}

TEST_F(Roles, AreNotForSomebodyOfAnotherName) {
  must(invite({OfficialId{"clerk-civic"}, "Mallory", "civic-office"}));
  EXPECT_TRUE(roles_of("clerk-civic").empty());
}

TEST_F(Roles, OfTheOperatorMayBeProposedAgainWithALostInvitation) {
  for (int i = 0; i < 2; ++i) must(invite({OfficialId{"new"}, "New", "civic-office", {Role::clerk}}));
  EXPECT_EQ(staff().proposals.size(), 1U);
  must(act(approve_role, first, "new", Role::clerk));
  must(invite({OfficialId{"new"}, "New", "civic-office", {Role::clerk}}));
  EXPECT_EQ(roles_of("new"), RoleSet{Role::clerk});
  EXPECT_TRUE(staff().proposals.empty());
}

TEST_F(Roles, AProposalEndsWithTheRoleOfWhoMadeIt) {
  newcomer();
  must(act(propose_role, first, "new", Role::clerk));
  must(act(revoke_role, second, first, Role::supervisor));
  expect_refused(act(approve_role, second, "new", Role::clerk), errc::conflict, "no supervisor any more");
  must(act(withdraw_role, second, "new", Role::clerk));
}

TEST_F(Roles, OnesOwnThatIsLaidDownStaysSo) {
  must(act(revoke_role, world.official(first), first, Role::supervisor, test::request_key("k")));
  EXPECT_TRUE(roles_of(first).empty()) << "remembering the request puts nothing back";
}

TEST_F(Roles, TheOperatorTakesAllOfOneOfficialBack) {
  must(act(propose_role, first, "clerk-civic", Role::reviewer));
  must(act(approve_role, second, "clerk-civic", Role::reviewer));
  must(act(propose_role, first, "clerk-civic", Role::supervisor));
  auto const before = static_cast<std::ptrdiff_t>(book().size());
  must(invite(
      {.id = OfficialId{"clerk-civic"}, .name = "Robin Registrar", .office = "civic-office", .revoke_roles = true}));
  EXPECT_TRUE(roles_of("clerk-civic").empty());
  EXPECT_TRUE(staff().proposals.empty());
  auto const lines = book();
  EXPECT_THAT(
      std::vector(lines.begin() + before, lines.end()),
      ElementsAre("operator role-revoked clerk-civic:clerk", "operator role-revoked clerk-civic:reviewer",
                  "operator role-proposal-withdrawn clerk-civic:supervisor", "operator official-invited clerk-civic"));
}

TEST_F(Roles, DoNotMoveToAnotherOffice) {
  must(invite({OfficialId{"clerk-civic"}, "Robin Registrar", "civic-office"}));
  EXPECT_EQ(roles_of("clerk-civic"), RoleSet{Role::clerk}) << "a new invitation takes nothing";
  must(invite({OfficialId{"clerk-civic"}, "Robin Registrar", "school-office"}));
  EXPECT_TRUE(roles_of("clerk-civic").empty());
  EXPECT_EQ(book().back(), "operator role-revoked clerk-civic:clerk");
  EXPECT_EQ(book("school-office").back(), "operator official-invited clerk-civic");
}

TEST_F(Roles, ARefusedRoleLeavesNothingOfTheInvitation) {
  expect_refused(invite({OfficialId{auditor}, "Max Auditor", "civic-office", {Role::clerk}}), errc::conflict);
  EXPECT_TRUE(book().empty());
}

TEST_F(Roles, VoidedPasskeysAreAnEntry) {
  must(invite(
      {.id = OfficialId{"clerk-civic"}, .name = "Robin Registrar", .office = "civic-office", .void_passkeys = true}));
  EXPECT_THAT(book(),
              ElementsAre("operator official-invited clerk-civic", "operator official-passkeys-void clerk-civic"));
  EXPECT_EQ(roles_of("clerk-civic"), RoleSet{Role::clerk});
}

// Who sees them.

TEST_F(Roles, AreSeenBySupervisorsAndAuditorsAlone) {
  auto const listed = staff(auditor);
  ASSERT_EQ(listed.officials.size(), specimen_officials.size());
  EXPECT_EQ(listed.officials[0].id, auditor);
  EXPECT_THAT(listed.officials[0].roles, ElementsAre(Role::auditor));
  EXPECT_EQ(listed.officials[0].office, "civic-office");
  for (char const* who : {"clerk-school"}) {
    auto const session = world.official(who);
    expect_refused(test::read(*world.store, [&](ports::Snapshot& s) { return list_staff(world.context, s, session); }),
                   errc::forbidden, "supervisor or auditor");
  }
}

/// What each role is kept from, through the use cases themselves.
TEST_F(Roles, EachUseCaseAsksTheTable) {
  auto const opening = must(check_opening_request(world.profile, "0000000000", "school-enrolment", "file",
                                                  rules::FieldSet{rules::Field::main_address}));
  auto const identification = must(check_identification_request("UNKNOWN1", "UNKNOWN1", "file"));
  for (std::uint8_t bits = 0; bits < 16; ++bits) {
    must(test::write(*world.store, [&](ports::Transaction& t) -> result<int> {
      auto row = t.official(OfficialId{"clerk-civic"}).value();
      row.roles = bits;
      t.put_official(row);
      return 0;
    }));
    auto const roles = RoleSet::from_bits(bits);
    auto const session = world.official("clerk-civic");
    auto const opened = world.open("clerk-civic", opening);
    EXPECT_EQ(opened.error().code == errc::opening_refused, rules::may(roles, rules::StaffAct::open_record)) << +bits;
    EXPECT_EQ(opened.error().code == errc::forbidden, !rules::may(roles, rules::StaffAct::open_record)) << +bits;
    auto const identified = test::write(*world.store, [&](ports::Transaction& t) {
      return identify_in_person(world.context, t, session, identification, {});
    });
    EXPECT_EQ(identified.has_value(), rules::may(roles, rules::StaffAct::identify_in_person)) << +bits;
    auto const managed = act(revoke_role, session, "nobody", Role::clerk);
    EXPECT_EQ(managed.error().code == errc::not_found, rules::may(roles, rules::StaffAct::manage_roles)) << +bits;
    auto const seen =
        test::read(*world.store, [&](ports::Snapshot& s) { return list_staff(world.context, s, session); });
    EXPECT_EQ(seen.has_value(), rules::may(roles, rules::StaffAct::see_roles)) << +bits;
  }
}

}  // namespace
}  // namespace abode::service
