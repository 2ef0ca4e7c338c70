// The audit of a Bundle by a policy: what the witnesses say.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "log/history.hpp"
#include "log/internal/history_epochs.hpp"

namespace abode::log {
namespace {

using base::result;
using base::Time;

/// When witnesses saw how much of the log, for questions about one entry.
class SeenTimes {
 public:
  void add(Time at, std::uint64_t size) { seen_.push_back({at, size}); }

  /// To be called once, after the last add().
  void prepare() {
    std::sort(seen_.begin(), seen_.end(), [](Seen const& a, Seen const& b) { return a.at < b.at; });
    std::uint64_t largest = 0;
    for (Seen& seen : seen_) seen.largest_until = largest = std::max(largest, seen.size);
    std::uint64_t smallest = std::numeric_limits<std::uint64_t>::max();
    for (auto seen = seen_.rbegin(); seen != seen_.rend(); ++seen)
      seen->smallest_from = smallest = std::min(smallest, seen->size);
  }

  /// True if at `at` or later a witness saw a log that did not have the leaf.
  bool lacking_from(Time at, std::uint64_t index) const {
    auto const first = at_or_after(at);
    return first != seen_.end() && first->smallest_from <= index;
  }
  /// True if before `at` a witness saw a log that had the leaf.
  bool holding_before(Time at, std::uint64_t index) const {
    auto const end = at_or_after(at);
    return end != seen_.begin() && (end - 1)->largest_until > index;
  }

 private:
  struct Seen {
    Time at;
    std::uint64_t size;
    std::uint64_t largest_until = 0;
    std::uint64_t smallest_from = 0;
  };
  std::vector<Seen>::const_iterator at_or_after(Time at) const {
    return std::partition_point(seen_.begin(), seen_.end(), [at](Seen const& seen) { return seen.at < at; });
  }

  std::vector<Seen> seen_;
};

result<Cosigned> cosigned_in(std::string const& text, TrustPolicy const& policy) {
  auto const note = parse_note(text);
  if (!note) return note.error();
  return verify_cosigned(*note, policy);
}

void reject(AuditReport& report, std::string reason) {
  report.verdict = AuditVerdict::rejected;
  report.reason = std::move(reason);
}

/// What the older checkpoints show; a reason to reject if one of them contradicts the bundle's.
result<SeenTimes> seen_times(Bundle const& bundle, Cosigned const& newest, TrustPolicy const& policy) {
  SeenTimes times;
  if (newest.quorum && newest.seen_at) times.add(*newest.seen_at, newest.checkpoint.size);
  for (SeenCheckpoint const& older : bundle.seen) {
    auto const cosigned = cosigned_in(older.checkpoint, policy);
    if (!cosigned) return cosigned.error();
    auto const grown = verify_consistency(cosigned->checkpoint.size, newest.checkpoint.size, cosigned->checkpoint.root,
                                          newest.checkpoint.root, older.proof);
    if (!grown)
      return base::fail(base::errc::invalid, fmt::format("The log did not grow out of the {} leaves that its witnesses "
                                                         "saw before: {}",
                                                         cosigned->checkpoint.size, grown.error().detail));
    if (cosigned->quorum && cosigned->seen_at) times.add(*cosigned->seen_at, cosigned->checkpoint.size);
  }
  times.prepare();
  return times;
}

void check_time(AuditRow& row, std::uint64_t index, SeenTimes const& times, AuditWitnesses& witnesses) {
  Time const said = row.entry->time;
  if (times.lacking_from(said + merge_delay, index)) {
    row.state = RowState::rejected;
    row.verdict = "It is dated back: after that time witnesses saw the log without it.";
  } else if (times.holding_before(said - merge_delay, index)) {
    row.state = RowState::rejected;
    row.verdict = "It is dated ahead: witnesses saw it in the log before that time.";
  } else if (!times.holding_before(said + merge_delay + witness_gap, index)) {
    witnesses.late.push_back(row.seq);
    row.verdict += " No witness saw it soon after its time.";
  }
}

/// Incomplete, unless it was so before for entries that are not in the log at all.
void qualify(AuditReport& report) {
  if (report.verdict != AuditVerdict::accepted) return;
  AuditWitnesses const& witnesses = *report.witnesses;
  if (!witnesses.quorum)
    report.reason = fmt::format(
        "The log's own signature is good, but {} of {} witnesses have cosigned this checkpoint, and the policy asks "
        "for "
        "more. Ask for the file again later.",
        witnesses.cosigners, witnesses.known);
  else if (!witnesses.late.empty())
    report.reason = fmt::format(
        "All entries are in the log, but of {} the witnesses do not confirm the time. Entry {} is the first.",
        witnesses.late.size(), witnesses.late.front());
  else
    return;
  report.verdict = AuditVerdict::incomplete;
}

void hold_against_witnesses(Bundle const& bundle, TrustPolicy const& policy, AuditReport& report) {
  auto const newest = cosigned_in(bundle.checkpoint, policy);
  if (!newest) return reject(report, "The checkpoint cannot be trusted: " + newest.error().detail);
  report.witnesses =
      AuditWitnesses{newest->cosigners.size(), policy.witnesses().size(), newest->quorum, newest->seen_at};
  if (!policy.asks_for_cosignatures()) return;
  auto const times = seen_times(bundle, *newest, policy);
  if (!times) return reject(report, times.error().detail);
  for (AuditRow& row : report.rows) {
    if (row.state != RowState::proven) continue;
    check_time(row, *bundle.entries[row.seq].index, *times, *report.witnesses);
    if (row.state == RowState::rejected) return reject(report, fmt::format("Entry {}: {}", row.seq, row.verdict));
  }
  qualify(report);
  if (newest->seen_at) internal::miss_overdue_epoch(report, *newest->seen_at);
}

}  // namespace

AuditReport audit(Bundle const& bundle, TrustPolicy const& policy) {
  TrustedKey const* const log = policy.log(bundle.origin);
  AuditReport report = audit(bundle, log == nullptr ? std::nullopt : std::optional{log->key});
  if (log == nullptr)
    reject(report, "The policy does not know the log " + bundle.origin + ".");
  else if (report.verdict != AuditVerdict::rejected)
    hold_against_witnesses(bundle, policy, report);
  return report;
}

}  // namespace abode::log
