// The main job: a holder, or a guardian for them, files, corrects, confirms, renews, moves, ends and undoes
// registrations.
#pragma once

#include <optional>

#include "service/actor.hpp"
#include "service/journal.hpp"
#include "service/request_key.hpp"

namespace abode::service {

/// A fresh registration id: 16 characters of Crockford base32 from 80 random bits.
rules::RegistrationId new_registration_id(base::Random& random);

struct Acted {
  Receipt receipt;
  std::optional<rules::Registration> registration;  ///< as it stands; none if the act took it out again
  std::optional<base::Time> undo_until;             ///< until when this can be undone
};

/// True for what would do lasting harm in other hands: what changes where somebody lives, or whether they do.
bool takes_fresh_sign_in(rules::Command const& command, rules::Residence const& residence);

/// Runs one command on the actor's record: state, entry and receipt in one transaction, and for a guardian's act a
/// notice to the child. The same request again answers with the same receipt. Errors: those of open_record,
/// rules::check_kind and rules::decide, errc::stale_sign_in for what takes_fresh_sign_in, and errc::key_reused.
/// `first_tried` is the actor's claim of when they first tried to send it; no rule is asked about it (decision 62).
base::result<Acted> act(Context const& context, ports::Transaction& transaction, Actor const& actor,
                        rules::Command const& command, std::optional<RequestKey> const& request,
                        std::optional<base::Time> first_tried = {});

/// The landlord refuses to confirm that somebody lives there: an entry that names the registration, and its dated
/// receipt, for the person to show. Nothing follows from it (G2), and no official is shown it.
base::result<Receipt> record_landlord_refusal(Context const& context, ports::Transaction& transaction,
                                              Actor const& actor, rules::RegistrationId const& id,
                                              std::optional<RequestKey> const& request);

/// A child moves along: from the main residence that the guardian filed to that of an active registration of the
/// guardian's own, on the same day. An ordinary move in the child's record. errc::not_found (no such registration of
/// the guardian's own), conflict (it has ended, or there is no main residence of the child that the guardian filed).
base::result<Acted> move_along(Context const& context, ports::Transaction& transaction,
                               ports::GuardianSession const& session, rules::RegistrationId const& to,
                               std::optional<RequestKey> const& request);

}  // namespace abode::service
