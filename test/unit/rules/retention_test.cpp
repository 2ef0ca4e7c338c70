#include "rules/retention.hpp"

#include <gtest/gtest.h>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using base::errc;
using namespace sample;

constexpr std::chrono::seconds second{1};

constexpr std::chrono::days keep{1825};

TEST(ErasureDue, IsTheUndoWindowForARecordThatHoldsNoRegistration) {
  EXPECT_EQ(erasure_due({}, noon, keep).value(), noon + undo_window);
}

TEST(ErasureDue, WaitsForTheLastEndedRegistration) {
  Residence state = after(after({}, file("a")), file("b", Kind::secondary));
  state = after(after(state, end("a"), noon), end("b"), noon + std::chrono::hours{5});
  EXPECT_EQ(erasure_due(state, noon + std::chrono::hours{6}, keep).value(), noon + std::chrono::hours{5} + keep);
  base::Time const late = noon + keep + std::chrono::days{1};
  EXPECT_EQ(erasure_due(state, late, keep).value(), late + undo_window) << "nothing is left to wait for";
}

TEST(ErasureDue, IsNoneWhileARegistrationIsActive) {
  for (Kind kind : {Kind::main, Kind::secondary, Kind::temporary}) {
    auto const due = erasure_due(after({}, file("a", kind)), noon, keep);
    ASSERT_FALSE(due) << kind;
    EXPECT_EQ(due.error().code, errc::conflict);
  }
}

TEST(Outlived, AreEndedRegistrationsAtTheSecondTheirTimeIsOver) {
  Residence const state = after(after(after({}, file("a")), end("a")), file("b"));
  base::Time const over = noon + keep;
  EXPECT_EQ(without_outlived(state, over - second, keep), state);
  Residence const left = without_outlived(state, over, keep);
  EXPECT_EQ(left.find(id("a")), nullptr);
  EXPECT_EQ(left.main(), left.find(id("b")));
}

TEST(Outlived, IsNeverAnActiveRegistrationG2) {
  Residence const state = after(after({}, file("a")), file("b", Kind::temporary));
  EXPECT_EQ(without_outlived(state, noon + std::chrono::days{365 * 200}, keep), state);
}

}  // namespace
}  // namespace abode::rules
