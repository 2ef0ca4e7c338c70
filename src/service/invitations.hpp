// Officials come by an invitation that the operator hands them: a file with a secret that lets them in once, to add the
// passkey that they sign in with from then on.
#pragma once

#include <string>
#include <vector>

#include "rules/roles.hpp"
#include "service/sessions.hpp"

namespace abode::service {

constexpr std::chrono::days invitation_life{7};
constexpr std::size_t invitation_characters = 43;  ///< base64url of 32 random bytes

using Invitation = base::Secret<std::string>;

struct Invitee {
  ports::OfficialId id;  ///< stands in people's histories as who acted
  std::string name;
  std::string office;                   ///< of the profile
  std::vector<rules::Role> roles = {};  ///< to be proposed for them (propose_by_operator)
  bool void_passkeys = false;           ///< those they have are lost: they and all sessions end
  bool revoke_roles = false;            ///< they are to do other work, or none
};

/// Makes or changes the official's account and gives an invitation in place of any before, each step with an entry in
/// the office's book, which is opened with its first official. Roles stay neither under another name nor in
/// another office.
/// errc::invalid with field "official" (2 to 32 small letters, digits and hyphens, and none of the words that histories
/// use for others), "name" or "office"; errc::conflict for a role that does not go with the others.
base::result<Invitation> invite(Context const& context, ports::Transaction& transaction, Invitee const& invitee);

/// Uses the invitation up for a session that adds a passkey (ports::StaffSession). errc::unauthenticated for every
/// other text, whatever the reason.
base::result<SignedIn> accept_invitation(Context const& context, ports::Transaction& transaction,
                                         Invitation const& invitation);

}  // namespace abode::service
