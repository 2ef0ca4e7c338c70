// The decorator that other tests rely on for trouble: each fault does what it says.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"
#include "support/faulty_store.hpp"
#include "support/memory_store.hpp"

namespace abode::contract {
namespace {

using test::Fault;
using test::FaultyStore;

struct Seen {
  errc outcome;
  int runs;
  bool changed;
};

/// The second of three writes meets the fault.
Seen second_of_three(Fault fault) {
  FaultyStore store{test::make_memory_store(), test::fault_at(2, fault)};
  EXPECT_EQ(write(store, [](Transaction& t) { t.add_session(session_row(1, at(1))); }), ok);
  int runs = 0;
  errc const outcome = write(store, [&](Transaction& t) {
    ++runs;
    t.add_session(session_row(2, at(1)));
  });
  EXPECT_EQ(write(store, [](Transaction& t) { t.add_session(session_row(3, at(1))); }), ok);
  EXPECT_TRUE(seen(store, [](Snapshot& s) { return s.session(hash(1)) && s.session(hash(3)); }));
  EXPECT_EQ(store.writes(), 3U);
  return {outcome, runs, seen(store, [](Snapshot& s) { return s.session(hash(2)).has_value(); })};
}

TEST(FaultyStore, RefusesBeforeRunning) {
  auto const [outcome, runs, changed] = second_of_three(Fault::busy);
  EXPECT_EQ(outcome, errc::busy);
  EXPECT_EQ(runs, 0);
  EXPECT_FALSE(changed);
}

TEST(FaultyStore, RollsBackAfterRunning) {
  auto const [outcome, runs, changed] = second_of_three(Fault::rolled_back);
  EXPECT_EQ(outcome, errc::out_of_space);
  EXPECT_EQ(runs, 1);
  EXPECT_FALSE(changed);
}

TEST(FaultyStore, LosesTheAnswerOfWhatPersists) {
  auto const [outcome, runs, changed] = second_of_three(Fault::persisted);
  EXPECT_EQ(outcome, errc::unavailable);
  EXPECT_EQ(runs, 1);
  EXPECT_TRUE(changed);
}

TEST(FaultyStore, RunsTwiceWithOneEffect) {
  auto const [outcome, runs, changed] = second_of_three(Fault::twice);
  EXPECT_EQ(outcome, ok);
  EXPECT_EQ(runs, 2);
  EXPECT_TRUE(changed);
}

TEST(FaultyStore, HandsOnTheUseCasesOwnError) {
  for (Fault fault : {Fault::rolled_back, Fault::persisted, Fault::twice}) {
    FaultyStore store{test::make_memory_store(), test::always(fault)};
    auto const outcome = store.write_and_wait(
        [](Transaction&) -> base::result<void> { return base::fail(errc::too_late, "The time for this is over."); });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, errc::too_late);
  }
}

}  // namespace
}  // namespace abode::contract
