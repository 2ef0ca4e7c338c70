// Signing in and out. In this slice specimen people and specimen officials, in test mode only.
#pragma once

#include <string_view>

#include "ports/grant.hpp"
#include "service/context.hpp"

namespace abode::service {

struct SignedIn {
  ports::SessionToken token;  ///< 43 characters of base64url; only its hash is stored
  base::Time expires_at;
};

/// errc::not_found for no such specimen, errc::forbidden outside test mode.
base::result<SignedIn> sign_in_specimen(Context const& context, ports::Transaction& transaction,
                                        std::string_view specimen);
base::result<SignedIn> sign_in_specimen_official(Context const& context, ports::Transaction& transaction,
                                                 std::string_view official);

/// A session for a record that the caller has identified.
SignedIn open_session(Context const& context, ports::Transaction& transaction, ports::RecordId record);

/// Ends the session, if there is one.
void sign_out(ports::Transaction& transaction, ports::SessionToken const& token);

}  // namespace abode::service
