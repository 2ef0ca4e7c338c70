// Sessions: begun by whoever proved who they are (cards.hpp, invitations.hpp), in test mode by a specimen's name; and
// ended.
#pragma once

#include <string_view>

#include "ports/grant.hpp"
#include "service/context.hpp"

namespace abode::service {

struct SignedIn {
  ports::SessionToken token;  ///< 43 characters of base64url; only its hash is stored
  base::Time expires_at;
};

/// A session for a record that the caller has identified, if its holder has an account of their own by now; what is
/// over of their guardianships is dropped. errc::forbidden for somebody younger than the profile's age: a guardian
/// files for them. The caller hands that on, so that nothing of the attempt remains.
base::result<SignedIn> open_account(Context const& context, ports::Transaction& transaction, ports::RecordId record);

/// errc::not_found for no such specimen, errc::forbidden outside test mode, and those of open_account.
base::result<SignedIn> sign_in_specimen(Context const& context, ports::Transaction& transaction,
                                        std::string_view specimen);
base::result<SignedIn> sign_in_specimen_official(Context const& context, ports::Transaction& transaction,
                                                 std::string_view official);

/// A session for a record that the caller has identified, whatever its holder's age.
SignedIn open_session(Context const& context, ports::Transaction& transaction, ports::RecordId record);

/// The same for an official.
SignedIn open_official_session(Context const& context, ports::Transaction& transaction, ports::OfficialId const& id);

/// Ends the session, if there is one.
void sign_out(ports::Transaction& transaction, ports::SessionToken const& token);

}  // namespace abode::service
