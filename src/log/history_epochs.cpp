// The audit of a Bundle by the epochs in it.
#include <fmt/format.h>

#include <algorithm>

#include "log/head_tree.hpp"
#include "log/history.hpp"
#include "log/internal/history_epochs.hpp"

namespace abode::log {
namespace {

using Objection = std::optional<std::string>;

/// Holds each epoch of a bundle against the ones before it, the entries and the checkpoint.
class Epochs {
 public:
  Epochs(Bundle const& bundle, Checkpoint const& checkpoint) : bundle_(bundle), checkpoint_(checkpoint) {}

  /// The first objection; else listed() has all of them, and bound() how many entries the last one binds.
  Objection check_all() {
    for (BundleEpoch const& given : bundle_.epochs) {
      auto const epoch = parse_epoch_leaf(given.leaf);
      if (!epoch) return fmt::format("Epoch leaf {}: {}", given.index, epoch.error().detail);
      if (!*epoch) return fmt::format("The leaf {} is given as an epoch, and is none.", given.index);
      if (auto const objection = object_to(given, **epoch))
        return fmt::format("Epoch {}: {}", (*epoch)->number, *objection);
      listed_.push_back(**epoch);
    }
    return std::nullopt;
  }
  std::vector<Epoch> const& listed() const { return listed_; }
  std::uint64_t bound() const { return bound_; }

 private:
  Objection object_to(BundleEpoch const& given, Epoch const& epoch) {
    auto const included =
        verify_inclusion(given.index, checkpoint_.size, hash_leaf(given.leaf), given.proof, checkpoint_.root);
    if (!included) return "The log does not hold it: " + included.error().detail;
    if (auto const objection = object_to_order(epoch, given.index)) return objection;
    std::uint64_t const covered = covered_entries(epoch);
    if (covered == 0) {
      if (given.head) return "It is older than entry 0, and yet binds entries: this is not the first record here.";
      if (!listed_.empty()) return "It is older than entry 0, as the one before it is, and tells nothing.";
      return std::nullopt;
    }
    if (!given.head) return "It covers entries, but the file does not show what it binds.";
    bound_ = covered;
    return object_to_head(epoch, *given.head, covered);
  }

  Objection object_to_order(Epoch const& epoch, std::uint64_t index) const {
    if (epoch.covered > index) return "It covers more than was in the log before it.";
    if (listed_.empty()) return std::nullopt;
    Epoch const& last = listed_.back();
    if (epoch.number <= last.number) return "It comes after a later one.";
    if (epoch.covered < last.covered || epoch.positions < last.positions || epoch.time < last.time)
      return "It covers less than the one before it.";
    return std::nullopt;
  }

  /// How many entries of the file the epoch covers: those without an index are in no log yet.
  std::uint64_t covered_entries(Epoch const& epoch) const {
    return static_cast<std::uint64_t>(
        std::count_if(bundle_.entries.begin(), bundle_.entries.end(),
                      [&](BundleEntry const& entry) { return entry.index && *entry.index < epoch.covered; }));
  }

  Objection object_to_head(Epoch const& epoch, BundleHead const& head, std::uint64_t covered) const {
    if (head.count > bundle_.entries.size())
      return fmt::format("It binds {} entries, and the file has {}: the end was cut off.", head.count,
                         bundle_.entries.size());
    if (head.count != covered)
      return fmt::format("It binds {} entries, and {} of the file were in the log by then.", head.count, covered);
    BundleEntry const& last = bundle_.entries[head.count - 1];
    if (!last.index || *last.index >= epoch.covered) return "It binds entries that came after it.";
    base::Hash const leaf =
        hash_head(epoch.number, {bundle_.position, head.count, commitment(last.salt, last.encoded)}, head.blind);
    auto const included = verify_inclusion(bundle_.position, epoch.positions, leaf, head.proof, epoch.root);
    if (included) return std::nullopt;
    return "Its head tree does not bind these entries at this position: there are others, or they were taken away. " +
           included.error().detail;
  }

  Bundle const& bundle_;
  Checkpoint const& checkpoint_;
  std::vector<Epoch> listed_;
  std::uint64_t bound_ = 0;
};

/// An accepted file is only incomplete, for this reason; one that was incomplete before keeps its reason.
void qualify(AuditReport& report, std::string reason) {
  if (report.verdict != AuditVerdict::accepted) return;
  report.verdict = AuditVerdict::incomplete;
  report.reason = std::move(reason);
}

std::string sentence(EpochRange const& missing) {
  if (missing.first == missing.last)
    return fmt::format("The epoch {} is missing: what it binds is not shown.", missing.first);
  return fmt::format("Of the epochs {} to {} some are missing: what they bind is not shown.", missing.first,
                     missing.last);
}

}  // namespace

namespace internal {

void hold_against_epochs(Bundle const& bundle, AuditReport& report) {
  Epochs epochs{bundle, *report.checkpoint};
  if (auto objection = epochs.check_all()) {
    report.verdict = AuditVerdict::rejected;
    report.reason = std::move(*objection);
    return;
  }
  AuditEpochs& found = report.epochs.emplace();
  found.listed = epochs.listed().size();
  found.bound = epochs.bound();
  if (epochs.listed().empty())
    return qualify(report,
                   "No epoch is in the file: nothing shows how many entries the record has. A register closes "
                   "its first epoch when it begins.");
  found.newest = epochs.listed().back();
  found.missing = missing_between(epochs.listed());
  Epoch const& oldest = epochs.listed().front();
  if (bundle.epochs.front().head && oldest.number > 0)
    found.missing.insert(found.missing.begin(), EpochRange{0, oldest.number - 1});
  if (!found.missing.empty()) qualify(report, sentence(found.missing.front()));
  miss_overdue_epoch(report, report.rows.back().entry->time);
}

void miss_overdue_epoch(AuditReport& report, base::Time seen) {
  if (!report.epochs || !report.epochs->newest || report.epochs->overdue) return;
  Epoch const& newest = *report.epochs->newest;
  report.epochs->overdue = overdue_at(newest, seen);
  if (report.epochs->overdue)
    qualify(report, fmt::format("The epoch {} was due on {} and is not in the file: what it binds is not shown.",
                                newest.number + 1, base::format_time(*report.epochs->overdue)));
}

}  // namespace internal

}  // namespace abode::log
