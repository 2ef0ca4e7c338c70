// Any Store, with trouble at chosen writes: for showing that what stands on a store holds when answers are lost, come
// late or never come.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "ports/store.hpp"

namespace abode::test {

/// What happens to one write.
enum class Fault : std::uint8_t {
  busy,         ///< refused before it runs
  rolled_back,  ///< runs, is rolled back, and hears errc::out_of_space
  persisted,    ///< commits, yet hears errc::unavailable: its answer was lost
  twice,        ///< runs, is rolled back, and runs again: the normal retry of a store under contention
};

/// Which fault befalls the n-th write, counted from 1; none for most.
using FaultPlan = std::function<std::optional<Fault>(std::uint64_t n)>;

inline FaultPlan fault_at(std::uint64_t n, Fault fault) {
  return [=](std::uint64_t now) { return now == n ? std::optional{fault} : std::nullopt; };
}
inline FaultPlan always(Fault fault) {
  return [=](std::uint64_t) { return std::optional{fault}; };
}

class FaultyStore final : public ports::Store {
 public:
  FaultyStore(std::unique_ptr<ports::Store> inner, FaultPlan plan) : plan_(std::move(plan)), inner_(std::move(inner)) {}

  std::uint64_t writes() const { return writes_; }

  void write(UseCase use_case, Done done) override {
    auto const fault = plan_(++writes_);
    if (!fault) return inner_->write(std::move(use_case), std::move(done));
    switch (*fault) {
      case Fault::busy: return inner_->write(refuse, std::move(done));
      case Fault::rolled_back: return inner_->write(rolled_back(std::move(use_case)), std::move(done));
      case Fault::persisted: return inner_->write(std::move(use_case), losing_the_answer(std::move(done)));
      case Fault::twice:
        inner_->write(rolled_back(use_case), [](base::result<ports::Commit> const&) {});
        return inner_->write(std::move(use_case), std::move(done));
    }
  }

  base::result<void> read(std::function<base::result<void>(ports::Snapshot&)> const& use) override {
    return inner_->read(use);
  }

 private:
  static base::result<void> refuse(ports::Transaction&) {
    return base::fail(base::errc::busy, "Too much is waiting at the moment. Nothing was changed. Try again.");
  }

  static UseCase rolled_back(UseCase use_case) {
    return [use_case = std::move(use_case)](ports::Transaction& transaction) -> base::result<void> {
      if (auto const outcome = use_case(transaction); !outcome) return outcome;
      return base::fail(base::errc::out_of_space, "The disk is full, so nothing was changed. Try again later.");
    };
  }

  static Done losing_the_answer(Done done) {
    return [done = std::move(done)](base::result<ports::Commit> outcome) {
      if (outcome) return done(base::fail(base::errc::unavailable, "The answer was lost. Ask again."));
      done(std::move(outcome));
    };
  }

  FaultPlan const plan_;
  std::atomic<std::uint64_t> writes_ = 0;
  std::unique_ptr<ports::Store> inner_;  // goes first: its thread uses the rest
};

}  // namespace abode::test
