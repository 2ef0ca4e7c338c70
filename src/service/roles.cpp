#include "service/roles.hpp"

#include <algorithm>

#include "service/internal/officials.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using base::result;
using ports::OfficialRow;
using ports::RoleProposalRow;
using rules::Role;
using rules::RoleSet;
using rules::StaffAct;

/// Whose act it is.
struct By {
  std::string actor;
  std::string office;  ///< empty: the operator
};

By by(OfficialRow const& official) {
  return {official.id.value(), official.office};
}

std::uint8_t number_of(Role role) {
  return static_cast<std::uint8_t>(role);
}

std::string who_may(StaffAct act) {
  std::string names;
  for (rules::RoleRule const& rule : rules::role_rules())
    if (rule.acts.has(act)) names.append(names.empty() ? "" : " or ").append(rule.name);
  return names;
}

result<OfficialRow> find(ports::Transaction& transaction, ports::OfficialId const& id) {
  auto found = transaction.official(id);
  if (!found) return fail(errc::not_found, "There is no such account. Look it up in the list of officials.");
  return std::move(*found);
}

std::optional<RoleProposalRow> find_proposal(Context const& context, ports::Snapshot& snapshot, RoleOf const& wish) {
  base::Time const now = context.clock.now();
  for (RoleProposalRow& row : snapshot.role_proposals())
    if (row.official == wish.official && row.role == number_of(wish.role) && now < row.expires_at)
      return std::move(row);
  return std::nullopt;
}

result<RoleProposalRow> require_proposal(Context const& context, ports::Snapshot& snapshot, RoleOf const& wish) {
  auto found = find_proposal(context, snapshot, wish);
  if (!found) return fail(errc::not_found, "This role is not proposed, or its seven days are over. Propose it anew.");
  return std::move(*found);
}

bool is_supervisor(ports::Snapshot& snapshot, ports::OfficialId const& id) {
  auto const official = snapshot.official(id);
  return official && rules::may(RoleSet::from_bits(official->roles), StaffAct::manage_roles);
}

/// The official's roles with one more.
result<RoleSet> with(OfficialRow const& official, Role role) {
  auto roles = RoleSet::from_bits(official.roles);
  if (roles.has(role)) return fail(errc::conflict, "They have this role. There is nothing to grant.");
  roles.add(role);
  if (!rules::fit_together(roles))
    return fail(errc::conflict, "An auditor has no other role. Have the other one revoked first.");
  return roles;
}

/// The entry of a step, in the book of the office of whom it is about.
result<Receipt> note(Context const& context, ports::Transaction& transaction, By const& who, OfficialRow const& whom,
                     Role role, char const* operation) {
  return internal::append_officials_entry(
      context, transaction, whom.office_record,
      {who.actor, who.office, {}, whom.id.value() + ":" + std::string{rules::rule_of(role).name}, operation, {}});
}

result<Receipt> grant(Context const& context, ports::Transaction& transaction, By const& who, OfficialRow official,
                      Role role) {
  auto const roles = with(official, role);
  if (!roles) return roles.error();
  auto const noted = note(context, transaction, who, official, role, operation::grant_role);
  if (!noted) return noted.error();
  transaction.remove_role_proposal(official.id, number_of(role));
  official.roles = roles->bits();
  transaction.put_official(official);
  return noted;
}

result<Receipt> revoke(Context const& context, ports::Transaction& transaction, By const& who, OfficialRow& official,
                       Role role) {
  auto const noted = note(context, transaction, who, official, role, operation::revoke_role);
  if (!noted) return noted.error();
  auto roles = RoleSet::from_bits(official.roles);
  roles.remove(role);
  official.roles = roles.bits();
  transaction.put_official(official);
  return noted;
}

result<Receipt> propose(Context const& context, ports::Transaction& transaction, By const& who,
                        std::optional<ports::OfficialId> const& proposed_by, OfficialRow const& official, Role role) {
  if (auto const roles = with(official, role); !roles) return roles.error();
  if (find_proposal(context, transaction, {official.id, role}))
    return fail(errc::conflict, "This role is proposed already. Another supervisor can approve it.");
  auto const noted = note(context, transaction, who, official, role, operation::propose_role);
  if (!noted) return noted.error();
  transaction.put_role_proposal(
      {official.id, number_of(role), proposed_by, noted->filed_at, context.clock.now() + role_proposal_life});
  return noted;
}

/// The frame of an act of a supervisor: who may, whether it comes again, and that it is remembered.
result<void> act(Context const& context, ports::Transaction& transaction, ports::OfficialSession const& session,
                 ports::OfficialId const& whom, std::optional<RequestKey> const& request,
                 std::function<result<Receipt>(OfficialRow&)> const& effect) {
  if (auto const may = require_role(session.official(), StaffAct::manage_roles); !may) return may;
  if (auto const fresh = require_fresh(context, session.row().begun_at); !fresh) return fresh;
  if (request) {
    auto const repeat = find_repeat(session.official().requests, *request);
    if (!repeat) return repeat.error();
    if (*repeat) return {};
  }
  auto official = find(transaction, whom);
  if (!official) return official.error();
  auto const done = effect(*official);
  if (!done) return done.error();
  if (!request) return {};
  auto supervisor = find(transaction, session.official().id);
  if (!supervisor) return supervisor.error();
  remember(supervisor->requests, max_requests_of_official, *request, done->entry, done->filed_at);
  transaction.put_official(*supervisor);
  return {};
}

}  // namespace

result<void> require_role(OfficialRow const& official, StaffAct act) {
  if (rules::may(RoleSet::from_bits(official.roles), act)) return {};
  return fail(errc::forbidden, "This takes the role of " + who_may(act) + ". Ask a supervisor for it.");
}

result<StaffListed> list_staff(Context const& context, ports::Snapshot& snapshot,
                               ports::OfficialSession const& session) {
  if (auto const may = require_role(session.official(), StaffAct::see_roles); !may) return may.error();
  StaffListed staff;
  for (OfficialRow const& row : snapshot.officials())
    staff.officials.push_back({row.id.value(), row.name, row.office, rules::roles_in(RoleSet::from_bits(row.roles))});
  for (RoleProposalRow const& row : snapshot.role_proposals()) {
    if (context.clock.now() >= row.expires_at) continue;
    auto const by = row.proposed_by ? std::optional{row.proposed_by->value()} : std::nullopt;
    staff.proposals.push_back({row.official.value(), static_cast<Role>(row.role), by, row.proposed_at, row.expires_at});
  }
  return staff;
}

result<void> propose_role(Context const& context, ports::Transaction& transaction,
                          ports::OfficialSession const& session, RoleOf const& wish,
                          std::optional<RequestKey> const& request) {
  return act(context, transaction, session, wish.official, request, [&](OfficialRow& official) -> result<Receipt> {
    if (official.id == session.official().id)
      return fail(errc::forbidden, "Nobody proposes a role for themselves. Ask another supervisor.");
    return propose(context, transaction, by(session.official()), session.official().id, official, wish.role);
  });
}

result<void> approve_role(Context const& context, ports::Transaction& transaction,
                          ports::OfficialSession const& session, RoleOf const& proposed,
                          std::optional<RequestKey> const& request) {
  return act(context, transaction, session, proposed.official, request, [&](OfficialRow& official) -> result<Receipt> {
    auto const proposal = require_proposal(context, transaction, proposed);
    if (!proposal) return proposal.error();
    if (official.id == session.official().id)
      return fail(errc::forbidden, "Nobody approves a role for themselves. Ask another supervisor.");
    if (proposal->proposed_by == session.official().id)
      return fail(errc::forbidden, "You proposed this role, so somebody else has to approve it.");
    if (proposal->proposed_by && !is_supervisor(transaction, *proposal->proposed_by))
      return fail(errc::conflict,
                  "Who proposed this role is no supervisor any more. Take it back and propose it anew.");
    return grant(context, transaction, by(session.official()), official, proposed.role);
  });
}

result<void> withdraw_role(Context const& context, ports::Transaction& transaction,
                           ports::OfficialSession const& session, RoleOf const& proposed,
                           std::optional<RequestKey> const& request) {
  return act(context, transaction, session, proposed.official, request, [&](OfficialRow& official) -> result<Receipt> {
    auto const proposal = require_proposal(context, transaction, proposed);
    if (!proposal) return proposal.error();
    auto const noted =
        note(context, transaction, by(session.official()), official, proposed.role, operation::withdraw_role);
    if (noted) transaction.remove_role_proposal(official.id, number_of(proposed.role));
    return noted;
  });
}

result<void> revoke_role(Context const& context, ports::Transaction& transaction, ports::OfficialSession const& session,
                         RoleOf const& had, std::optional<RequestKey> const& request) {
  return act(context, transaction, session, had.official, request, [&](OfficialRow& official) -> result<Receipt> {
    if (!RoleSet::from_bits(official.roles).has(had.role))
      return fail(errc::conflict, "They do not have this role, so there is nothing to revoke.");
    return revoke(context, transaction, by(session.official()), official, had.role);
  });
}

result<void> propose_by_operator(Context const& context, ports::Transaction& transaction, RoleOf const& wish) {
  auto official = find(transaction, wish.official);
  if (!official) return official.error();
  By const who{operator_actor, {}};
  bool const has_it = RoleSet::from_bits(official->roles).has(wish.role);
  if (has_it || find_proposal(context, transaction, wish)) return {};
  auto const all = transaction.officials();
  bool const somebody_approves = std::ranges::any_of(
      all, [](OfficialRow const& row) { return rules::may(RoleSet::from_bits(row.roles), StaffAct::manage_roles); });
  auto const done = wish.role == Role::supervisor && !somebody_approves
                        ? grant(context, transaction, who, *official, wish.role)
                        : propose(context, transaction, who, std::nullopt, *official, wish.role);
  return done ? result<void>{} : done.error();
}

result<void> revoke_all_roles(Context const& context, ports::Transaction& transaction, ports::OfficialId const& id) {
  auto official = find(transaction, id);
  if (!official) return official.error();
  By const who{operator_actor, {}};
  for (Role const role : rules::roles_in(RoleSet::from_bits(official->roles)))
    if (auto const done = revoke(context, transaction, who, *official, role); !done) return done.error();
  for (RoleProposalRow const& row : transaction.role_proposals()) {
    if (row.official != id) continue;
    transaction.remove_role_proposal(row.official, row.role);
    if (context.clock.now() >= row.expires_at) continue;  // it was over before
    auto const noted =
        note(context, transaction, who, *official, static_cast<Role>(row.role), operation::withdraw_role);
    if (!noted) return noted.error();
  }
  return {};
}

}  // namespace abode::service
