// Another residence becomes the main one, and its holder says what becomes of the one before.
#include <gtest/gtest.h>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;

/// A main residence "home" and a temporary one "flat" with a stated end.
Residence two_places() {
  File flat = file("flat", Kind::temporary);
  flat.until = days_from_today(30);
  return after(one_main(), flat);
}

TEST(MakeMain, KeepsTheFormerOneAsSecondary) {
  Residence const state = after(two_places(), make_main("flat"));
  Registration home = *two_places().find(id("home"));
  home.kind = Kind::secondary;
  Registration flat = *two_places().find(id("flat"));
  flat.kind = Kind::main;
  flat.until.reset();
  EXPECT_EQ(state.registrations, (std::vector{home, flat}));
  EXPECT_EQ(state.main()->id, id("flat"));
}

TEST(MakeMain, EndsTheFormerOneInTheSameAct) {
  Residence const state = after(two_places(), make_main("flat", EndOn{today}));
  EXPECT_EQ(state.find(id("home"))->ended, (Ending{today, noon, id("flat")}));
  EXPECT_EQ(state.find(id("home"))->kind, Kind::main) << "what it was";
  EXPECT_EQ(state.main()->id, id("flat"));
}

TEST(MakeMain, NeedsNoChoiceWhereThereIsNoMainResidence) {
  Residence const none = after(two_places(), end("home"));
  EXPECT_EQ(after(none, make_main("flat", {})).main()->id, id("flat"));
  expect_refused(none, make_main("flat"), errc::invalid, "former_main");
}

TEST(MakeMain, IsOneActThatIsUndoneAtEitherPlace) {
  for (FormerMain const& former : {FormerMain{KeepAsSecondary{}}, FormerMain{EndOn{today}}}) {
    Residence const changed = after(two_places(), make_main("flat", former));
    EXPECT_EQ(after(changed, undo("flat")), two_places());
    EXPECT_EQ(after(changed, undo("home")), two_places());
    EXPECT_EQ(decide(changed, undo("home"), noon)->subject, id("flat"));
  }
}

// One main at most also when acts are taken back in an order of one's own.
TEST(MakeMain, IsNotUndoneIntoASecondMain) {
  Residence state = after(after(one_main(), file("flat", Kind::secondary)), make_main("flat"));
  base::Time const later = noon + std::chrono::hours{1};
  state = after(state, end("flat"), later);
  state = after(state, file("third"), later);
  expect_refused(state, undo("flat"), errc::conflict, "", later);
}

TEST(MakeMain, EachRefusal) {
  expect_refused(two_places(), make_main("nobody"), errc::not_found);
  expect_refused(after(two_places(), end("flat")), make_main("flat"), errc::conflict);
  expect_refused(two_places(), make_main("home"), errc::conflict);
  expect_refused(two_places(), make_main("flat", {}), errc::invalid, "former_main");
  expect_refused(two_places(), make_main("flat", EndOn{days_from_today(2)}), errc::invalid, "on");
  expect_refused(two_places(), make_main("flat", EndOn{days_from_today(-1)}), errc::invalid, "on");
}

}  // namespace
}  // namespace abode::rules
