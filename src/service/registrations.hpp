// The main job: a holder files, corrects, confirms, renews, moves, ends and undoes registrations.
#pragma once

#include <optional>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/request_key.hpp"

namespace abode::service {

/// A fresh registration id: 16 characters of Crockford base32 from 80 random bits.
rules::RegistrationId new_registration_id(base::Random& random);

struct Acted {
  Receipt receipt;
  std::optional<rules::Registration> registration;  ///< as it stands; none if the act took it out again
  std::optional<base::Time> undo_until;             ///< until when this can be undone
};

/// Runs one command on the holder's own record: state, entry and receipt in one transaction. The same request again
/// answers with the same receipt. Errors: those of rules::check_kind and rules::decide, and errc::key_reused.
base::result<Acted> act(Context const& context, ports::Transaction& transaction, ports::HolderSession const& session,
                        rules::Command const& command, std::optional<RequestKey> const& request);

}  // namespace abode::service
