// An address confirmed by the code of a letter: what it raises, and how long that stays.
#include <gtest/gtest.h>

#include "rules/profile.hpp"
#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;

Assurance assurance_of(Residence const& state, std::string const& name = "home") {
  return state.find(id(name))->assurance;
}
Residence confirmed() {
  return after(one_main(), ConfirmByCode{id("home")});
}

TEST(ConfirmByCode, RaisesTheAssuranceAndNothingElse) {
  Residence expected = one_main();
  expected.registrations.front().assurance = Assurance::code_confirmed;
  EXPECT_EQ(confirmed(), expected);
  EXPECT_EQ(name_of(Act::confirm_by_code), "confirm-by-code");
}

TEST(ConfirmByCode, IsNoActToUndoAndTakesNoRoomAmongThem) {
  EXPECT_FALSE(can_be_undone(Act::confirm_by_code));
  Residence full = one_main();
  full.undoable.resize(max_undoable, full.undoable.front());
  EXPECT_TRUE(decide(full, ConfirmByCode{id("home")}, noon));
}

TEST(ConfirmByCode, GoesWithTheAddress) {
  EXPECT_EQ(assurance_of(after(confirmed(), correct("home", "Street of home 1a"))), Assurance::declared);
  EXPECT_EQ(assurance_of(after(confirmed(), move("home", "next")), "next"), Assurance::declared);
}

TEST(ConfirmByCode, StaysWithEverythingElse) {
  Correct day{id("home"), {}, days_from_today(-3)};
  EXPECT_EQ(assurance_of(after(confirmed(), day)), Assurance::code_confirmed);
  EXPECT_EQ(assurance_of(after(confirmed(), confirm("home"))), Assurance::code_confirmed);
  Residence const two = after(confirmed(), file("other", Kind::secondary));
  EXPECT_EQ(assurance_of(after(two, make_main("other"))), Assurance::code_confirmed);
}

TEST(ConfirmByCode, StaysWhenAnActBeforeItIsUndoneThatLeftTheAddress) {
  Residence const dated = after(one_main(), Correct{id("home"), {}, days_from_today(-3)});
  Residence const undone = after(after(dated, ConfirmByCode{id("home")}), undo("home"));
  EXPECT_EQ(undone.find(id("home"))->since, today);
  EXPECT_EQ(assurance_of(undone), Assurance::code_confirmed);
}

TEST(ConfirmByCode, OfAnAddressDoesNotReachTheOneBeforeIt) {
  Residence const corrected = after(one_main(), correct("home", "Street of home 1a"));
  Residence const undone = after(after(corrected, ConfirmByCode{id("home")}), undo("home"));
  EXPECT_EQ(undone.find(id("home"))->address, address("Street of home"));
  EXPECT_EQ(assurance_of(undone), Assurance::declared);
}

TEST(ConfirmByCode, ComesBackWithTheAddressThatWasConfirmed) {
  EXPECT_EQ(assurance_of(after(after(confirmed(), correct("home", "Street of home 1a")), undo("home"))),
            Assurance::code_confirmed);
}

TEST(ConfirmByCode, EachRefusal) {
  expect_refused(one_main(), ConfirmByCode{id("nobody")}, errc::not_found);
  expect_refused(confirmed(), ConfirmByCode{id("home")}, errc::conflict);
  expect_refused(after(one_main(), end("home")), ConfirmByCode{id("home")}, errc::conflict);
  Residence reviewed = one_main();
  reviewed.registrations.front().assurance = Assurance::evidence_reviewed;
  expect_refused(reviewed, ConfirmByCode{id("home")}, errc::conflict);
}

TEST(ConfirmByCode, OfAGuardianIsOfWhatTheyFiled) {
  Filer const guardian{base::GuardianshipId{"G"}};
  auto const foreign = decide(one_main(), ConfirmByCode{id("home")}, noon, guardian);
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, errc::not_found);
  Residence state = one_main();
  state.registrations.front().filed_by = guardian;
  auto const own = decide(state, ConfirmByCode{id("home")}, noon, guardian);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->changed.front().filed_by, guardian);
}

TEST(Letters, AreOfferedOnlyWhereTheRulesKnowThem) {
  Profile profile;
  profile.evidence = {{"utility-bill", Assurance::evidence_reviewed}, {"mailed-code", Assurance::code_confirmed}};
  EXPECT_TRUE(check_letters(profile));
  profile.evidence.back().raises_to = Assurance::evidence_reviewed;
  EXPECT_FALSE(check_letters(profile)) << "as something that somebody reviews";
  profile.evidence.pop_back();
  auto const refused = check_letters(profile);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
}

}  // namespace
}  // namespace abode::rules
