// Who among the officials has which role of the compiled table (rules/roles.hpp). It takes two people to grant one: a
// supervisor or the operator proposes it, another supervisor approves it, and nobody either of it for themselves. One
// supervisor is enough to revoke it. Each step is an entry in the book of the office of whom it is about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/roles.hpp"
#include "service/request_key.hpp"
#include "service/sessions.hpp"

namespace abode::service {

/// How long a proposal waits for its approval.
constexpr std::chrono::days role_proposal_life{7};

/// As entries name the operator, who proposes roles by `abode invite`.
inline constexpr char const* operator_actor = "operator";

/// errc::forbidden, naming the roles that have it, unless the official may do this. What an official does on records
/// or roles asks it first, before it looks at any of them, so that the answer tells of the official alone.
base::result<void> require_role(ports::OfficialRow const& official, rules::StaffAct act);

struct OfficialListed {
  std::string id;
  std::string name;
  std::string office;
  std::vector<rules::Role> roles;
};

struct ProposalListed {
  std::string official;
  rules::Role role;
  std::optional<std::string> proposed_by;  ///< an account; none: the operator
  base::Time proposed_at;
  base::Time expires_at;
};

struct StaffListed {
  std::vector<OfficialListed> officials;  ///< by account
  std::vector<ProposalListed> proposals;  ///< by account and role, those whose time is over left out
};

/// Takes StaffAct::see_roles.
base::result<StaffListed> list_staff(Context const& context, ports::Snapshot& snapshot,
                                     ports::OfficialSession const& session);

/// A role of an official.
struct RoleOf {
  ports::OfficialId official;
  rules::Role role;
};

// The four acts take StaffAct::manage_roles and a fresh sign-in (errc::stale_sign_in). errc::not_found for an account
// that is not there; errc::key_reused. A request that comes again under its key has no second effect.

/// errc::forbidden for oneself; errc::conflict if the official has the role, or it is proposed, or does not go with
/// those that they have.
base::result<void> propose_role(Context const& context, ports::Transaction& transaction,
                                ports::OfficialSession const& session, RoleOf const& wish,
                                std::optional<RequestKey> const& request);

/// errc::not_found if it is not proposed; errc::forbidden for oneself and for who proposed it; errc::conflict if it
/// does not go with the roles that they have by now, or who proposed it is no supervisor any more.
base::result<void> approve_role(Context const& context, ports::Transaction& transaction,
                                ports::OfficialSession const& session, RoleOf const& proposed,
                                std::optional<RequestKey> const& request);

/// Takes a proposal back, whoever made it. errc::not_found if it is not proposed.
base::result<void> withdraw_role(Context const& context, ports::Transaction& transaction,
                                 ports::OfficialSession const& session, RoleOf const& proposed,
                                 std::optional<RequestKey> const& request);

/// At once, one's own as well. errc::conflict if the official does not have it.
base::result<void> revoke_role(Context const& context, ports::Transaction& transaction,
                               ports::OfficialSession const& session, RoleOf const& had,
                               std::optional<RequestKey> const& request);

/// By the operator: proposes a role, unless the official has it or it is proposed. As long as there is no supervisor,
/// the role of one is granted at once, since nobody could approve it. errc::conflict if it does not go with the roles
/// that they have.
base::result<void> propose_by_operator(Context const& context, ports::Transaction& transaction, RoleOf const& wish);

/// By the operator: all roles that the official has, at once, and all that are proposed for them.
base::result<void> revoke_all_roles(Context const& context, ports::Transaction& transaction,
                                    ports::OfficialId const& official);

}  // namespace abode::service
