// Children and those who file for them. A guardian sees what they filed themselves and nothing else of the record: not
// what another guardian or the child filed, not how many entries the record has, not who else files for the child.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/actor.hpp"
#include "service/history.hpp"

namespace abode::service {

/// Makes a guardianship, with an entry and a notice in the child's record. Does nothing if there is one already, if the
/// child has rules::max_guardians, or if either asked for their record to be erased. That the child is under age and
/// has a known birth date is the caller's to know: the record is not opened for it.
base::result<void> add_guardianship(Context const& context, ports::Transaction& transaction, ports::RecordId child,
                                    ports::RecordId guardian);

/// Drops what is over of the person's guardianships, on either side: nobody opens a record for that alone.
void drop_outlived_guardianships(Context const& context, ports::Transaction& transaction,
                                 ports::HolderSession const& session);

/// A registration as an actor may see it.
struct Shown {
  rules::Registration registration;
  std::optional<base::Time> undo_until;
};
/// All of the record's that the actor may see, in the order of filing: the holder all, a guardian their own.
std::vector<Shown> shown_to(Actor const& actor, Context const& context, OpenRecord const& record);

/// A child as a guardian sees them.
struct Child {
  base::GuardianshipId id;
  std::string given_names;
  base::Date birth_date;
  std::vector<Shown> registrations;
};

base::result<Child> child(Context const& context, ports::Snapshot& snapshot, ports::GuardianSession const& session);
/// Those that the person files for, in the order of the guardianships' ids; without those who are of age.
base::result<std::vector<Child>> children(Context const& context, ports::Snapshot& snapshot,
                                          ports::HolderSession const& guardian);

/// The guardian's own entries in the child's record, newest first, at most `limit` (1 to max_history_page), and if
/// `before` is given those before the one with this commitment. An entry goes by its commitment here: its number would
/// tell how many others there are.
base::result<std::vector<HistoryItem>> guardian_history(Context const& context, ports::Snapshot& snapshot,
                                                        ports::GuardianSession const& session,
                                                        std::optional<base::Hash> const& before, std::size_t limit);

/// One of them. errc::not_found for all others alike.
base::result<HistoryItem> guardian_history_item(Context const& context, ports::Snapshot& snapshot,
                                                ports::GuardianSession const& session, base::Hash const& commitment);

/// inclusion_of() one of them.
base::result<log::LeafProof> guardian_inclusion_of(Context const& context, PublicLog const& log,
                                                   ports::Snapshot& snapshot, ports::GuardianSession const& session,
                                                   base::Hash const& commitment);

}  // namespace abode::service
