// Sessions: begun by whoever proved who they are (sign_in.hpp, invitations.hpp), in test mode by a specimen's name;
// listed and ended by their holder. Nothing of the device or the address is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ports/grant.hpp"
#include "service/context.hpp"

namespace abode::service {

/// A session that nobody uses for so long ends, up to session_extension_step sooner. One that is used ends after the
/// profile's session_life all the same.
constexpr std::chrono::minutes session_idle_life{60};
/// Its end is moved at most this often, so that most requests write nothing.
constexpr std::chrono::minutes session_extension_step{5};

/// What would do lasting harm in other hands takes a session that began within this time, so that one that was left
/// open does none of it.
constexpr std::chrono::minutes fresh_sign_in{15};
bool is_fresh(base::Time begun_at, base::Time now);
/// errc::stale_sign_in unless is_fresh.
base::result<void> require_fresh(Context const& context, base::Time begun_at);

/// Until a change of how somebody signs in counts, if there was a way before: time to notice, and to take it back.
constexpr std::chrono::hours credential_hold{24};

struct SignedIn {
  ports::SessionToken token;  ///< 43 characters of base64url; only its hash is stored
  base::Time expires_at;      ///< at the latest
};

/// A session for a record that the caller has identified, if its holder has an account of their own by now; what is
/// over of their guardianships is dropped. errc::forbidden for somebody younger than the profile's age: a guardian
/// files for them. The caller hands that on, so that nothing of the attempt remains.
base::result<SignedIn> open_account(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                                    ports::SignInProof proof);

/// errc::not_found for no such specimen, errc::forbidden outside test mode, and those of open_account.
base::result<SignedIn> sign_in_specimen(Context const& context, ports::Transaction& transaction,
                                        std::string_view specimen);
base::result<SignedIn> sign_in_specimen_official(Context const& context, ports::Transaction& transaction,
                                                 std::string_view official);

/// A session for a record that the caller has identified, whatever its holder's age.
SignedIn open_session(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                      ports::SignInProof proof);

/// The same for an official. One that an invitation begins ends after session_idle_life, used or not.
SignedIn open_official_session(Context const& context, ports::Transaction& transaction, ports::OfficialId const& id,
                               ports::SignInProof proof);

/// True once a session that is used now has not been extended for session_extension_step.
bool is_extension_due(ports::SessionRow const& session, base::Time now);

/// Moves the end of a live session that is used now, never past its last end.
void extend_session(Context const& context, ports::Transaction& transaction, base::Hash const& token_hash);

/// Ends the session, if there is one.
void sign_out(ports::Transaction& transaction, ports::SessionToken const& token);

/// A live session as its holder sees it.
struct SessionListed {
  std::string id;  ///< 16 hexadecimal digits: names it to its holder, and signs nobody in
  ports::SignInProof proof;
  base::Time begun_at;
  base::Time expires_at;  ///< unless it is used before
  base::Time last_end;
  bool current;  ///< the one that asks
};

/// "activation-code".
std::string_view name_of(ports::SignInProof proof);

/// The holder's sessions, the newest first.
std::vector<SessionListed> list_sessions(Context const& context, ports::Snapshot& snapshot,
                                         ports::HolderSession const& session);

/// Ends one of them, the one that asks as well. errc::not_found.
base::result<void> end_session(Context const& context, ports::Transaction& transaction,
                               ports::HolderSession const& session, std::string_view id);

/// Ends all but the one that asks; how many.
std::size_t end_other_sessions(Context const& context, ports::Transaction& transaction,
                               ports::HolderSession const& session);

}  // namespace abode::service
