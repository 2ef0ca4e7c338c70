// Taking back the last act on a registration: within 72 hours, by its holder, exactly.
#include <gtest/gtest.h>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;
using std::chrono::hours;
using std::chrono::seconds;

base::Time const last_second = noon + hours{72};

TEST(Undo, OfAFilingTakesTheRegistrationOut) {
  Residence const state = after(one_main(), undo("home"), noon + hours{1});
  EXPECT_TRUE(state.registrations.empty());
  EXPECT_TRUE(state.undoable.empty());
}

TEST(Undo, OfACorrectionRestoresEveryByte) {
  Residence before = one_main();
  before.registrations[0].assurance = Assurance::evidence_reviewed;
  Residence const state = after(after(before, correct("home", "a slip of the pen")), undo("home"));
  EXPECT_EQ(state, before);
}

TEST(Undo, OfAnEndRestoresEveryByte) {
  EXPECT_EQ(after(after(one_main(), end("home")), undo("home")), one_main());
}

TEST(Undo, OfAMoveRestoresTheOldAndTakesTheNewOut) {
  Residence const moved = after(one_main(), move("home", "next"));
  EXPECT_EQ(after(moved, undo("home")), one_main()) << "named by the old registration";
  EXPECT_EQ(after(moved, undo("next")), one_main()) << "named by the new one";
  EXPECT_EQ(decide(moved, undo("next"), noon)->subject, id("home")) << "the restored one is what there is to show";
}

TEST(Undo, OfARenewalRestoresEveryByte) {
  File stay = file("hostel", Kind::temporary);
  stay.until = days_from_today(30);
  Residence const state = after(after({}, stay), confirm("hostel"), noon + hours{1});
  EXPECT_EQ(after(after(state, renew("hostel", days_from_today(60)), noon + hours{2}), undo("hostel"), noon + hours{2}),
            state);
}

TEST(Undo, UnwindsActByAct) {
  Residence const filed = one_main();
  Residence const corrected = after(filed, correct("home", "one"));
  Residence const moved = after(corrected, move("home", "next"));
  Residence const ended = after(moved, end("next"));
  EXPECT_EQ(after(ended, undo("next")), moved);
  EXPECT_EQ(after(moved, undo("next")), corrected);
  EXPECT_EQ(after(corrected, undo("home")), filed);
  EXPECT_TRUE(after(filed, undo("home")).registrations.empty());
}

TEST(Undo, LastsToTheSecond) {
  for (Residence const& state : {one_main(), after(one_main(), correct("home", "x")),
                                 after(one_main(), move("home", "next")), after(one_main(), end("home"))}) {
    EXPECT_TRUE(decide(state, undo("home"), last_second));
    base::Error const error = refusal(state, undo("home"), last_second + seconds{1});
    EXPECT_EQ(error.code, errc::too_late);
    EXPECT_EQ(error.field, "");
  }
}

TEST(Undo, CountsFromTheActItTakesBack) {
  Residence const state = after(one_main(), correct("home", "x"), noon + hours{71});
  Residence const undone = after(state, undo("home"), noon + hours{71 + 72});
  EXPECT_EQ(undone.registrations, one_main().registrations);
  EXPECT_EQ(refusal(undone, undo("home"), noon + hours{71 + 72}).code, errc::too_late)
      << "the filing is older than 72 hours";
}

TEST(Undo, AnActWithoutItsOwnIsRefused) {
  EXPECT_EQ(refusal(one_main(), undo("nobody")).code, errc::not_found);
  Residence const withdrawn = after(one_main(), undo("home"));
  EXPECT_EQ(refusal(withdrawn, undo("home")).code, errc::not_found);
  Residence const corrected_back = after(after(one_main(), correct("home", "x")), undo("home"));
  Residence const gone = after(corrected_back, undo("home"));
  EXPECT_TRUE(gone.registrations.empty()) << "an undo is no act: it is not undone, what came before it is";
}

TEST(Undo, ALaterActOnTheSameRegistrationsGoesFirst) {
  Residence const moved = after(one_main(), move("home", "next"));
  Residence const corrected = after(moved, correct("next", "x"));
  base::Error const error = refusal(corrected, undo("home"));
  EXPECT_EQ(error.code, errc::conflict);
  Residence const back = after(corrected, undo("next"));
  EXPECT_EQ(back, moved);
  EXPECT_EQ(after(back, undo("home")), one_main());
}

TEST(Undo, ActsOnOtherRegistrationsDoNotMatter) {
  Residence state = after(one_main(), file("work", Kind::secondary));
  state = after(state, correct("work", "x"));
  state = after(state, undo("home"));
  ASSERT_EQ(state.registrations.size(), 1u);
  EXPECT_EQ(state.registrations[0].id, id("work"));
  EXPECT_EQ(after(state, undo("work")).registrations[0].address, address("Street of work"));
}

TEST(Undo, NeverMakesASecondMain) {
  Residence const ended = after(one_main(), end("home"));
  Residence const replaced = after(ended, file("next"));
  EXPECT_EQ(refusal(replaced, undo("home")).code, errc::conflict);
  EXPECT_EQ(after(after(replaced, undo("next")), undo("home")), one_main()) << "once the other is undone, it may";
  EXPECT_EQ(after(after(replaced, end("next")), undo("home")).main()->id, id("home"))
      << "once the other is ended as well";
}

TEST(Undo, AnEndedSecondMainBlocksTheUndoOfItsOwnEndToo) {
  Residence state = after(after(one_main(), end("home")), file("next"));
  state = after(after(state, end("next")), undo("home"));
  EXPECT_EQ(state.main()->id, id("home"));
  EXPECT_EQ(refusal(state, undo("next")).code, errc::conflict);
}

TEST(UndoDeadline, IsSeventyTwoHoursAfterTheLastAct) {
  Residence const state = after(one_main(), correct("home", "x"), noon + hours{10});
  EXPECT_EQ(undo_deadline(state, id("home"), noon + hours{10}), noon + hours{82});
  EXPECT_EQ(undo_deadline(state, id("home"), noon + hours{82}), noon + hours{82});
  EXPECT_EQ(undo_deadline(state, id("home"), noon + hours{82} + seconds{1}), std::nullopt);
  EXPECT_EQ(undo_deadline(state, id("nobody"), noon), std::nullopt);
}

TEST(UndoDeadline, IsNoneWhereAnUndoWouldBeRefused) {
  Residence const moved = after(after(one_main(), move("home", "next")), correct("next", "x"));
  EXPECT_EQ(undo_deadline(moved, id("home"), noon), std::nullopt) << "a later act builds on the move";
  Residence const replaced = after(after(one_main(), end("home")), file("next"));
  EXPECT_EQ(undo_deadline(replaced, id("home"), noon), std::nullopt) << "it would make a second main";
}

TEST(Undoable, OldActsAreForgottenAndNewOnesKept) {
  Residence state = after(one_main(), correct("home", "x"), noon + hours{72});
  EXPECT_EQ(state.undoable.size(), 2u) << "the filing can be undone for this second still";
  state = after(state, correct("home", "y"), noon + hours{72} + seconds{1});
  EXPECT_EQ(state.undoable.size(), 2u) << "the filing is out";
}

}  // namespace
}  // namespace abode::rules
