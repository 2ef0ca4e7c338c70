// How long a record's contents are kept once they have served, and when a record may be erased. The period is the
// profile's. Nothing here ends or changes a registration: it is about those that their holder has ended (G2).
#pragma once

#include "rules/residence.hpp"

namespace abode::rules {

/// When the record of this residence can be erased, if its holder asks at `now`: when they can no longer take that back
/// (undo_window), and every ended registration has been kept for `keep` after its end was filed. errc::conflict while
/// one is active: its holder ends it first.
base::result<base::Time> erasure_due(Residence const& state, base::Time now, std::chrono::days keep);

/// `state` without the ended registrations that were kept for `keep` at `now`.
Residence without_outlived(Residence state, base::Time now, std::chrono::days keep);

}  // namespace abode::rules
