#include "cli/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/error.hpp"
#include "cli/internal/trust.hpp"
#include "log/history.hpp"

namespace abode::cli {
namespace {

using base::result;

result<std::optional<log::VerifierKey>> trusted_key(std::optional<std::string> const& line) {
  if (!line) return std::optional<log::VerifierKey>{};
  auto key = log::VerifierKey::parse(*line);
  if (!key) return key.error();
  return std::optional{std::move(*key)};
}

result<std::optional<log::TrustPolicy>> trusted_policy(std::optional<std::filesystem::path> const& file) {
  if (!file) return std::optional<log::TrustPolicy>{};
  auto policy = internal::read_policy(*file);
  if (!policy) return policy.error();
  return std::optional{std::move(*policy)};
}

std::string who(log::Entry const& entry) {
  return entry.office.empty() ? entry.actor : entry.actor + ", " + entry.office;
}

std::string what(log::Entry const& entry) {
  std::string text = entry.operation;
  if (!entry.purpose.empty()) text += " for " + entry.purpose;
  if (!entry.office.empty()) text += " (file " + entry.reference + ")";
  std::string separator = ": ";
  for (std::string const& field : entry.fields) {
    text += separator + field;
    separator = ", ";
  }
  return text;
}

void print_row(log::AuditRow const& row) {
  if (!row.entry) {
    fmt::print("  {:>4}  {:<20}  {:<24}  {}\n", row.seq, "?", "?", row.verdict);
    return;
  }
  fmt::print("  {:>4}  {:<20}  {:<24}  {}\n", row.seq, base::format_time(row.entry->time), who(*row.entry),
             what(*row.entry));
  if (row.entry->first_tried)
    fmt::print("        first tried on {}, by the clock of the device that sent it\n",
               base::format_time(*row.entry->first_tried));
  fmt::print("        {} {}\n", row.state == log::RowState::proven ? "ok:" : "--:", row.verdict);
}

void print_witnesses(log::AuditWitnesses const& witnesses) {
  fmt::print("Witnesses  {} of {} cosigned{}\n", witnesses.cosigners, witnesses.known,
             witnesses.quorum ? ", as the policy asks" : "; the policy asks for more");
  if (witnesses.seen_at) fmt::print("Seen       {}, by the first of them\n", base::format_time(*witnesses.seen_at));
}

std::string first_entries(std::uint64_t count) {
  return count == 1 ? "entry 0" : fmt::format("entries 0 to {}", count - 1);
}

void print_epochs(log::AuditEpochs const& epochs, std::size_t entries) {
  if (!epochs.newest) return fmt::print("Epochs     none in the file\n");
  fmt::print("Epochs     {} in the file; the newest is {}, closed on {}\n", epochs.listed, epochs.newest->number,
             base::format_time(epochs.newest->time));
  if (epochs.bound == 0)
    fmt::print("           it was closed before entry 0 came\n");
  else
    fmt::print("           it binds {}{}\n", first_entries(epochs.bound),
               epochs.bound < entries ? "; what came later, the next one will" : "");
  for (log::EpochRange const& missing : epochs.missing)
    fmt::print("           MISSING: {} to {}, or some of them\n", missing.first, missing.last);
  if (epochs.overdue) fmt::print("           MISSING: the next one, due on {}\n", base::format_time(*epochs.overdue));
}

void print_report(log::AuditReport const& report) {
  if (report.test_mode) fmt::print("Made in test mode: nothing in it has legal effect.\n");
  fmt::print("Log        {}\n", report.origin);
  if (report.checkpoint) fmt::print("Checkpoint {} leaves\n", report.checkpoint->size);
  fmt::print("Key        {}\n", report.verifier_key);
  if (report.witnesses) print_witnesses(*report.witnesses);
  if (report.epochs) print_epochs(*report.epochs, report.rows.size());
  for (std::uint64_t const seq : report.erasures)
    fmt::print("Erasure    {} on {}, by entry {}\n",
               report.rows[seq].entry->operation == log::erasure_operation ? "asked for" : "taken back",
               base::format_time(report.rows[seq].entry->time), seq);
  if (report.key_from_file)
    fmt::print(
        "           This key came out of the file itself. To be sure, give the log's key from another source: --key "
        "KEY\n");
  fmt::print("\n  {:>4}  {:<20}  {:<24}  {}\n", "No", "When (UTC)", "Who", "What");
  for (log::AuditRow const& row : report.rows) print_row(row);
  fmt::print("\n{}: {}\n", log::name_of(report.verdict), report.reason);
}

int unreadable(base::Error const& error) {
  fmt::print(stderr, "abode: {}\n", error.detail);
  return 2;
}

}  // namespace

int run_audit(AuditOptions const& options) {
  auto const text = internal::read_all(options.file, log::max_bundle_size_bytes);
  if (!text) return unreadable(text.error());
  auto const key = trusted_key(options.key);
  if (!key) return unreadable(key.error());
  auto const bundle = log::decode_bundle(*text);
  if (!bundle) return unreadable(bundle.error());
  auto const policy = trusted_policy(options.policy);
  if (!policy) return unreadable(policy.error());
  log::AuditReport const report = *policy ? log::audit(*bundle, **policy) : log::audit(*bundle, *key);
  print_report(report);
  return report.verdict == log::AuditVerdict::rejected ? 1 : 0;
}

}  // namespace abode::cli
