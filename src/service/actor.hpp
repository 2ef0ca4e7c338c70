// On whose authority a record is opened and written: its holder's own, or that of a guardian of its holder.
#pragma once

#include <optional>
#include <string>

#include "log/entry.hpp"
#include "service/record.hpp"

namespace abode::service {

class Actor {
 public:
  /// A person on their own record: every use case for an Actor takes their session as it is.
  Actor(ports::HolderSession const& holder)  // NOLINT
      : record_(holder.record()), grant_(holder.grant()), begun_at_(holder.row().begun_at) {}
  /// A wallet of theirs, by an offer that they made when they had just signed in.
  Actor(ports::HolderSession const& holder, base::Time offered_at)
      : record_(holder.record()), grant_(holder.grant()), begun_at_(offered_at) {}
  explicit Actor(ports::GuardianSession const& guardian)
      : record_(guardian.record()),
        grant_(guardian.grant()),
        guardianship_(guardian.id()),
        begun_at_(guardian.guardian().row().begun_at) {}

  ports::RecordId record() const { return record_; }
  ports::Grant const& grant() const { return grant_; }
  /// By which the actor acts; none: they are the holder.
  rules::Filer const& guardianship() const { return guardianship_; }
  bool is_guardian() const { return guardianship_.has_value(); }
  /// When they signed in.
  base::Time begun_at() const { return begun_at_; }
  /// As entries name who acted: "holder", or "guardian:" and the guardianship.
  std::string name() const;

 private:
  ports::RecordId record_;
  ports::Grant grant_;
  rules::Filer guardianship_;
  base::Time begun_at_;
};

/// The guardianship that an entry's actor acted by; none if it was somebody else.
rules::Filer guardianship_in(log::Entry const& entry);

/// The actor's record. For a guardian GuardianSession::none() from the child's 18th birthday on, and if no birth date
/// is known: nothing of the record is to be looked at before this.
base::result<OpenRecord> open_record(Context const& context, ports::Snapshot& snapshot, Actor const& actor);

/// check_stays() in words for the actor: why nothing can be filed is not a guardian's to know.
base::result<void> check_stays(ports::RecordRow const& row, Actor const& actor);

}  // namespace abode::service
