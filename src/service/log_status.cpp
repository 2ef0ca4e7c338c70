#include "service/log_status.hpp"

#include "service/epochs.hpp"

namespace abode::service {

base::result<LogStatus> log_status(PublicLog const& log, ports::Snapshot& snapshot) {
  LogStatus status;
  status.signed_size = snapshot.log_state().size;
  for (log::VerifierKey const& witness : log.witnesses) status.witnesses.push_back(witness.name());
  if (auto const quorum = snapshot.last_quorum(); quorum && !log.witnesses.empty()) status.quorum_at = quorum->at;
  std::string const shown = shown_checkpoint(log, snapshot);
  if (shown.empty()) return status;
  auto const note = log::parse_note(shown);
  if (!note) return note.error();
  auto const checkpoint = log::verify_checkpoint(*note, log.key);
  if (!checkpoint) return checkpoint.error();
  status.shown_size = checkpoint->size;
  for (ports::EpochRow const& row : snapshot.epochs()) {
    if (!row.index || *row.index >= checkpoint->size) continue;
    auto const epoch = epoch_of(row);
    if (!epoch) return epoch.error();
    status.epoch = *epoch;
  }
  for (log::VerifierKey const& witness : log.witnesses)
    if (log::verify_note(*note, {&witness, 1})) status.cosigners.push_back(witness.name());
  return status;
}

}  // namespace abode::service
