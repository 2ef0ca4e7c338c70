// How long a record's contents are kept once they have served, and when a record may be erased. One set of periods,
// built in. Nothing here ends or changes a registration: it is about those that their holder has ended (G2).
#pragma once

#include "rules/residence.hpp"

namespace abode::rules {

/// How long an ended registration is kept, counted from the filing of its end.
constexpr std::chrono::days retention_of_ended_registrations{1825};

/// When the record of this residence can be erased, if its holder asks at `now`: when they can no longer take that back
/// (undo_window), and every ended registration has been kept for its time. errc::conflict while one is active: its
/// holder ends it first.
base::result<base::Time> erasure_due(Residence const& state, base::Time now);

/// `state` without the ended registrations whose time is over at `now`.
Residence without_outlived(Residence state, base::Time now);

}  // namespace abode::rules
