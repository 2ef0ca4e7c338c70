// The audit of a Bundle.
#include <fmt/format.h>

#include <map>

#include "base/assert.hpp"
#include "log/history.hpp"
#include "log/internal/history_epochs.hpp"

namespace abode::log {
namespace {

using base::result;

/// Why something is refused; nothing if it is in order.
using Objection = std::optional<std::string>;

/// The checkpoint that the file may be held against, with the key in question noted in `report`.
result<Checkpoint> trustworthy_checkpoint(Bundle const& bundle, std::optional<VerifierKey> const& trusted,
                                          AuditReport& report) {
  using base::errc;
  auto const named = VerifierKey::parse(bundle.verifier_key);
  if (!named) return named.error();
  if (trusted && *trusted != *named)
    return base::fail(errc::invalid, "The file names another key than the one you trust.", "verifier_key");
  report.verifier_key = named->format();
  auto const note = parse_note(bundle.checkpoint);
  if (!note) return note.error();
  auto checkpoint = verify_checkpoint(*note, *named);
  if (checkpoint && checkpoint->origin != bundle.origin)
    return base::fail(errc::invalid, "The file names another log than its checkpoint.", "origin");
  return checkpoint;
}

/// Holds each entry of a bundle against the ones before it and against the checkpoint.
class Chain {
 public:
  Chain(Bundle const& bundle, std::optional<Checkpoint> const& checkpoint) : bundle_(bundle), checkpoint_(checkpoint) {}

  AuditRow check_next() {
    BundleEntry const& given = bundle_.entries[seq_];
    AuditRow row;
    row.seq = seq_;
    Objection objection;
    auto decoded = decode_entry(given.encoded);
    if (decoded) {
      objection = object_to_order(*decoded);
      latest_ = std::max(latest_, decoded->time);
      row.entry = std::move(*decoded);
    } else {
      objection = decoded.error().detail;
    }
    base::Hash const own = commitment(given.salt, given.encoded);
    if (!objection) objection = object_to_place(given, own);
    if (!objection) objection = object_to_state(given, *row.entry);
    previous_ = own;
    ++seq_;
    conclude(row, given, objection);
    return row;
  }

 private:
  Objection object_to_order(Entry const& entry) const {
    if (entry.seq != seq_)
      return fmt::format(
          "This should be entry {} of the record but it is entry {}: entries are missing or out of order.", seq_,
          entry.seq);
    if (entry.position != bundle_.position) return "This entry belongs to another record than the file.";
    if (entry.previous != previous_) return "This entry does not follow the one before it: one of the two was altered.";
    if (entry.time < latest_) return "This entry is dated before the one that it follows.";
    return std::nullopt;
  }

  Objection object_to_place(BundleEntry const& given, base::Hash const& own) {
    if (!given.index) {
      if (given.proof.empty()) return std::nullopt;
      return "There is a proof for this entry, but not the index that it is for.";
    }
    if (auto const [taken, is_new] = seq_of_index_.emplace(*given.index, seq_); !is_new)
      return fmt::format("This entry claims the same place in the log as entry {}.", taken->second);
    if (!checkpoint_) return std::nullopt;
    auto const included =
        verify_inclusion(*given.index, checkpoint_->size, hash_leaf(leaf_of(own)), given.proof, checkpoint_->root);
    if (included) return std::nullopt;
    return "The log does not hold this entry: " + included.error().detail;
  }

  Objection object_to_state(BundleEntry const& given, Entry const& entry) const {
    bool const last = seq_ + 1 == bundle_.entries.size();
    if (!last || entry.after == state_mac(given.salt, state_tag(bundle_.state_key, bundle_.state))) return std::nullopt;
    return "The record does not stand as this last entry left it: it was changed without an entry, or entries are "
           "missing.";
  }

  void conclude(AuditRow& row, BundleEntry const& given, Objection const& objection) const {
    if (objection) {
      row.state = RowState::rejected;
      row.verdict = *objection;
    } else if (!given.index) {
      row.state = RowState::not_yet_provable;
      row.verdict = "Not yet provable: ask for the file again after the next checkpoint.";
    } else if (!checkpoint_) {
      row.state = RowState::unchecked;
      row.verdict = "Not held against the log, because the checkpoint cannot be trusted.";
    } else {
      row.state = RowState::proven;
      row.verdict = fmt::format("In the log at index {}.", *given.index);
    }
  }

  Bundle const& bundle_;
  std::optional<Checkpoint> const& checkpoint_;
  std::uint64_t seq_ = 0;
  base::Hash previous_{};  // all zero before entry 0, as entry 0 says
  base::Time latest_{};
  std::map<std::uint64_t, std::uint64_t> seq_of_index_;
};

/// Draws the verdict from the rows; a reason that is there already goes first.
void conclude(AuditReport& report) {
  for (AuditRow const& row : report.rows) {
    if (row.state == RowState::not_yet_provable) report.not_yet_provable.push_back(row.seq);
    if (row.entry && (row.entry->operation == erasure_operation || row.entry->operation == undo_erasure_operation))
      report.erasures.push_back(row.seq);
    if (row.state == RowState::rejected && report.reason.empty())
      report.reason = fmt::format("Entry {}: {}", row.seq, row.verdict);
  }
  if (!report.reason.empty()) {
    report.verdict = AuditVerdict::rejected;
  } else if (!report.not_yet_provable.empty()) {
    report.verdict = AuditVerdict::incomplete;
    report.reason =
        fmt::format("{} of {} entries are not yet provable; all others are in the log, unaltered and in order.",
                    report.not_yet_provable.size(), report.rows.size());
  } else {
    report.verdict = AuditVerdict::accepted;
    report.reason =
        fmt::format("All entries, {} in number, are in the log, unaltered and in order.", report.rows.size());
  }
}

}  // namespace

AuditReport audit(Bundle const& bundle, std::optional<VerifierKey> const& trusted) {
  AuditReport report;
  report.key_from_file = !trusted.has_value();
  report.test_mode = is_test_origin(bundle.origin);
  report.origin = bundle.origin;
  if (auto checkpoint = trustworthy_checkpoint(bundle, trusted, report); checkpoint)
    report.checkpoint = std::move(*checkpoint);
  else
    report.reason = "The checkpoint cannot be trusted: " + checkpoint.error().detail;

  if (bundle.entries.empty() && report.reason.empty())
    report.reason = "The file has no entries, but a history begins with entry 0.";
  Chain chain{bundle, report.checkpoint};
  for (std::size_t i = 0; i < bundle.entries.size(); ++i) report.rows.push_back(chain.check_next());
  conclude(report);
  if (report.verdict != AuditVerdict::rejected) internal::hold_against_epochs(bundle, report);
  return report;
}

std::string_view name_of(AuditVerdict verdict) {
  switch (verdict) {
    case AuditVerdict::accepted: return "accepted";
    case AuditVerdict::incomplete: return "incomplete";
    case AuditVerdict::rejected: return "rejected";
  }
  base::fatal("an audit verdict without a name");
}

std::string_view name_of(RowState state) {
  switch (state) {
    case RowState::proven: return "proven";
    case RowState::not_yet_provable: return "not-yet-provable";
    case RowState::unchecked: return "unchecked";
    case RowState::rejected: return "rejected";
  }
  base::fatal("a row state without a name");
}

}  // namespace abode::log
