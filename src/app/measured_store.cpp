#include "app/measured_store.hpp"

#include <chrono>

namespace abode::app {
namespace {

using std::chrono::steady_clock;

std::uint64_t microseconds_since(steady_clock::time_point begun) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begun).count());
}

}  // namespace

MeasuredStore::MeasuredStore(ports::Store& inner, metrics::Registry& registry)
    : inner_(inner),
      took_(registry.histogram("abode_write_seconds", "Time from asking for a write to its durable end.")),
      failed_reads_(registry.counter("abode_failed_reads_total", "Reads that the store itself failed.")) {
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    std::string_view const outcome = kind == 0 ? "committed" : base::name_of(static_cast<base::errc>(kind));
    outcomes_.at(kind) =
        &registry.counter("abode_writes_total", "Use cases by their end.", {{metrics::Label::outcome, outcome}});
  }
}

void MeasuredStore::write(UseCase use_case, Done done) {
  inner_.write(std::move(use_case), [this, done = std::move(done), begun = steady_clock::now()](auto outcome) {
    took_.observe_us(microseconds_since(begun));
    outcomes_.at(outcome ? 0 : static_cast<std::size_t>(outcome.error().code))->add();
    done(std::move(outcome));
  });
}

base::result<void> MeasuredStore::read(std::function<base::result<void>(ports::Snapshot&)> const& use) {
  auto outcome = inner_.read(use);
  if (!outcome && (outcome.error().code == base::errc::unavailable || outcome.error().code == base::errc::corrupted))
    failed_reads_.add();
  return outcome;
}

}  // namespace abode::app
