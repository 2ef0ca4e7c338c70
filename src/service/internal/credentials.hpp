// What all ways to sign in have in common: who may change them, from when a change counts, and what is done with one
// that shows who somebody is.
#pragma once

#include <string>

#include "service/sessions.hpp"

namespace abode::service::internal {

/// errc::conflict while the record is frozen.
base::result<void> check_not_frozen(Context const& context, ports::Snapshot& snapshot, ports::RecordId record);

/// The step-up of every change to how a holder signs in or where they are written to: errc::conflict while the record
/// is frozen, errc::stale_sign_in if the session did not begin just now.
base::result<void> check_may_change(Context const& context, ports::Snapshot& snapshot,
                                    ports::HolderSession const& session);

/// From when a change counts that this session makes to its holder's ways to sign in: at once after a sign-in with a
/// passkey, or if there was none of these ways before; else after credential_hold. So somebody who found one code
/// changes nothing for a day.
base::Time counts_from(Context const& context, ports::Snapshot& snapshot, ports::HolderSession const& session);

/// Neither waits for its time nor was removed.
bool is_good(ports::PasskeyRow const& passkey, base::Time now);

/// Drops what waits of a record's passkeys: those that are not good yet, and removals whose time has not come.
void drop_waiting_passkeys(ports::Transaction& transaction, ports::RecordId record, base::Time now);

/// Somebody showed that the record is theirs: an entry, with this reference, and a session. Errors of open_account.
base::result<SignedIn> let_in(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                              ports::SignInProof proof, std::string reference);

}  // namespace abode::service::internal
