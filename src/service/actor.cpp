#include "service/actor.hpp"

#include "rules/guardianship.hpp"
#include "service/journal.hpp"

namespace abode::service {
namespace {

constexpr std::string_view guardian_prefix = "guardian:";

}  // namespace

std::string Actor::name() const {
  return guardianship_ ? std::string{guardian_prefix} + guardianship_->value() : std::string{"holder"};
}

rules::Filer guardianship_in(log::Entry const& entry) {
  // An official's account may have any name, but acts for an office.
  if (!entry.office.empty() || !entry.actor.starts_with(guardian_prefix)) return std::nullopt;
  return base::GuardianshipId{entry.actor.substr(guardian_prefix.size())};
}

base::result<OpenRecord> open_record(Context const& context, ports::Snapshot& snapshot, Actor const& actor) {
  auto record = open_record(context, snapshot, actor.grant());
  if (!record || !actor.is_guardian()) return record;
  auto const& identity = record->state.reveal(base::Disclosure::to_rules).identity;
  bool const minor =
      identity && identity->birth_date &&
      !rules::has_reached(*identity->birth_date, rules::age_of_majority, filing_time(context, record->row));
  if (!minor) return ports::GuardianSession::none();
  return record;
}

base::result<void> check_stays(ports::RecordRow const& row, Actor const& actor) {
  auto stays = check_stays(row);
  if (stays || !actor.is_guardian()) return stays;
  return base::fail(base::errc::conflict, "Nothing can be filed for this child at present. Ask the office for help.");
}

}  // namespace abode::service
