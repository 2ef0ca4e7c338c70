// A joint move: somebody who has registered an address invites the others who moved there, by a one-time code for each.
// The invited person looks at the address from their own account and then acts in their own record, or does not: nobody
// is looked for, no record names another, and no record changes by an invitation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/journal.hpp"
#include "service/opening_codes.hpp"
#include "service/record.hpp"
#include "service/request_key.hpp"

namespace abode::service {

/// Crockford base32: 80 random bits. Nobody guesses it, so wrong ones need not be counted.
constexpr std::size_t move_invitation_characters = 16;
constexpr std::chrono::days move_invitation_life{7};   ///< then it is over, silently
constexpr std::size_t max_live_move_invitations = 20;  ///< of one holder
constexpr std::size_t max_kept_move_invitations = 200;

/// What a person typed of a code that is shown in groups of four, back to 16 characters. errc::invalid, field "code".
base::result<base::Secret<std::string>> parse_move_invitation(std::string_view typed);

struct MoveInvitation {
  std::uint64_t entry;                                ///< the entry of its making: its name among the holder's
  std::optional<base::Secret<std::string>> code;      ///< while it is open
  std::optional<rules::RegistrationId> registration;  ///< the one whose address it shows; while it is open
  base::Time expires_at;
  CodeState state;
};

struct MadeMoveInvitation {
  Receipt receipt;
  MoveInvitation invitation;
};

/// An invitation to the address of an active registration of the holder's own. errc::not_found, conflict (it has ended,
/// or too many invitations), key_reused.
base::result<MadeMoveInvitation> make_move_invitation(Context const& context, ports::Transaction& transaction,
                                                      ports::HolderSession const& session,
                                                      rules::RegistrationId const& id,
                                                      std::optional<RequestKey> const& request);

/// Takes back an invitation that was not used. errc::not_found, or conflict if it is no longer open.
base::result<MadeMoveInvitation> revoke_move_invitation(Context const& context, ports::Transaction& transaction,
                                                        ports::HolderSession const& session, std::uint64_t entry,
                                                        std::optional<RequestKey> const& request);

/// The holder's invitations, newest first.
base::result<std::vector<MoveInvitation>> list_move_invitations(Context const& context, ports::Snapshot& snapshot,
                                                                ports::HolderSession const& session);

/// A journalled look at an invitation. It opens nothing: complete_move_invitation() does, with the Commit (G4).
class MoveInvitationAttempt {
 private:
  friend base::result<MoveInvitationAttempt> attempt_move_invitation(Context const&, ports::Transaction&,
                                                                     base::Secret<std::string> const&,
                                                                     std::optional<RequestKey> const&);
  friend base::result<struct InvitedTo> complete_move_invitation(Context const&, MoveInvitationAttempt const&,
                                                                 ports::Commit const&);

  ports::RecordRow row_;  ///< of the inviting record as it was when the entry was written
  ports::WrappedKey key_;
  ports::OpeningCodeRow code_;
};

/// Finds the invitation and writes one entry and one notice into the record of who made it; who looked is not written
/// there, because whom they invited they know. errc::opening_refused for a code that is wrong, used, taken back or
/// over, all alike, after writing nothing. The same request may come again for 15 minutes.
base::result<MoveInvitationAttempt> attempt_move_invitation(Context const& context, ports::Transaction& transaction,
                                                            base::Secret<std::string> const& code,
                                                            std::optional<RequestKey> const& request);

/// What the invited person is shown.
struct InvitedTo {
  rules::Address address;
  base::Date since;
};

/// errc::opening_refused if the registration has ended or is gone since.
base::result<InvitedTo> complete_move_invitation(Context const& context, MoveInvitationAttempt const& attempt,
                                                 ports::Commit const& commit);

}  // namespace abode::service
