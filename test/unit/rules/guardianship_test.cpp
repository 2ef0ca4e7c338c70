// Who files for whom, and until when.
#include "rules/guardianship.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;
using std::chrono::years;

Filer const anna = base::GuardianshipId{"ANNA"};
Filer const peter = base::GuardianshipId{"PETER"};
Filer const holder = {};

Residence after_by(Filer const& by, Residence const& state, Command const& command, base::Time now = noon) {
  auto const event = decide(state, command, now, by);
  EXPECT_TRUE(event) << (event ? "" : event.error().detail);
  return event ? apply(state, *event) : state;
}

base::Error refusal_by(Filer const& by, Residence const& state, Command const& command, base::Time now = noon) {
  auto const event = decide(state, command, now, by);
  EXPECT_FALSE(event) << "accepted, although it must be refused";
  return event ? base::Error{} : event.error();
}

TEST(Birthday, IsTheSameDayOfTheYear) {
  EXPECT_EQ(birthday(date("2008-11-21"), years{18}), date("2026-11-21"));
  EXPECT_EQ(birthday(date("2008-12-31"), years{16}), date("2024-12-31"));
}

TEST(Birthday, OfALeapDayIsTheFirstOfMarchInACommonYear) {
  EXPECT_EQ(birthday(date("2008-02-29"), years{18}), date("2026-03-01"));
  EXPECT_EQ(birthday(date("2008-02-29"), years{16}), date("2024-02-29"));
}

TEST(Birthday, TheAgeIsReachedAtTheBeginningOfTheDay) {
  EXPECT_FALSE(has_reached(date("2008-11-21"), years{18}, time("2026-11-20T23:59:59Z")));
  EXPECT_TRUE(has_reached(date("2008-11-21"), years{18}, time("2026-11-21T00:00:00Z")));
  EXPECT_FALSE(has_reached(date("2008-02-29"), years{18}, time("2026-02-28T23:59:59Z")));
  EXPECT_TRUE(has_reached(date("2008-02-29"), years{18}, time("2026-03-01T00:00:00Z")));
  EXPECT_TRUE(has_reached(date("2026-11-21"), years{0}, noon)) << "a profile without an age keeps nobody out";
}

TEST(Guardian, SeesAndChangesOnlyTheirOwn) {
  Residence const state = after_by(anna, {}, file("home"));
  EXPECT_EQ(state.find(id("home"))->filed_by, anna);
  for (Command const& command :
       {Command{correct("home", "Elsewhere")}, Command{move("home", "next")}, Command{end("home")},
        Command{undo("home")}, Command{confirm("home")}, Command{renew("home", {})}, Command{make_main("home")}}) {
    base::Error const foreign = refusal_by(peter, state, command);
    Residence const nothing;
    base::Error const missing = refusal_by(peter, nothing, command);
    EXPECT_EQ(foreign.code, errc::not_found);
    EXPECT_EQ(foreign.detail, missing.detail) << "another's is no other than one that there is not";
  }
  EXPECT_FALSE(undo_deadline(state, id("home"), noon, peter));
  EXPECT_TRUE(undo_deadline(state, id("home"), noon, anna));
}

TEST(Guardian, DoesAllThatAHolderDoesWithTheirOwn) {
  Residence state = after_by(anna, {}, file("home"));
  state = after_by(anna, state, correct("home", "Better written"));
  state = after_by(anna, state, confirm("home"));
  state = after_by(anna, state, move("home", "next"));
  EXPECT_EQ(state.find(id("next"))->filed_by, anna);
  EXPECT_EQ(state.find(id("home"))->filed_by, anna);
  state = after_by(anna, state, file("stay", Kind::temporary));
  state = after_by(anna, state, renew("stay", days_from_today(30)));
  state = after_by(anna, state, make_main("stay"));
  state = after_by(anna, state, undo("stay"));
  state = after_by(anna, state, end("stay"));
  EXPECT_EQ(state.main()->id, id("next"));
}

TEST(Guardian, HearsOfAnotherMainResidenceOnlyThatItStands) {
  Residence const by_peter = after_by(peter, {}, file("secret-place"));
  Residence const by_child = after_by(holder, {}, file("secret-place"));
  for (Residence const& state : {by_peter, by_child}) {
    base::Error const error = refusal_by(anna, state, file("other"));
    EXPECT_EQ(error.code, errc::conflict);
    EXPECT_EQ(error.field, "kind");
    EXPECT_EQ(error.detail, refusal_by(anna, by_peter, file("other")).detail);
    EXPECT_EQ(error.detail.find("secret-place"), std::string::npos);
    Residence const stays = after_by(anna, state, file("stay", Kind::temporary));
    EXPECT_EQ(refusal_by(anna, stays, make_main("stay")).detail, error.detail) << "nor is it taken over";
    EXPECT_EQ(refusal_by(anna, stays, make_main("stay", EndOn{today})).detail, error.detail);
  }
}

TEST(Guardian, TakesBackOnlyTheirOwnActs) {
  Residence const filed = after_by(anna, {}, file("home"));
  Residence const ended = after_by(holder, filed, end("home"));
  EXPECT_EQ(refusal_by(anna, ended, undo("home")).code, errc::not_found) << "it is the child's now";
  Residence const restored = after_by(holder, ended, undo("home"));
  EXPECT_EQ(restored.find(id("home"))->filed_by, anna) << "an undo puts back what was";
  EXPECT_TRUE(undo_deadline(restored, id("home"), noon, anna));
  Residence by_hand = filed;
  by_hand.undoable.back().by = holder;
  EXPECT_EQ(refusal_by(anna, by_hand, undo("home")).code, errc::too_late);
}

TEST(Guardian, WhatTheChildChangesIsTheChilds) {
  Residence state = after_by(anna, {}, file("home"));
  state = after_by(anna, state, file("stay", Kind::temporary));
  for (Command const& command : {Command{correct("home", "Elsewhere")}, Command{end("home")}, Command{confirm("home")},
                                 Command{move("home", "next")}}) {
    Residence const taken = after_by(holder, state, command);
    EXPECT_EQ(taken.find(id("home"))->filed_by, holder);
    EXPECT_EQ(refusal_by(anna, taken, correct("home", "Mine again")).code, errc::not_found);
    EXPECT_EQ(taken.find(id("stay"))->filed_by, anna) << "the others stay";
  }
  Residence const promoted = after_by(holder, state, make_main("stay"));
  EXPECT_EQ(promoted.find(id("home"))->filed_by, holder);
  EXPECT_EQ(promoted.find(id("stay"))->filed_by, holder);
}

TEST(Guardian, LeavesRoomForTheOthers) {
  Residence state;
  for (std::size_t i = 0; i < max_registrations_of_guardian; ++i)
    state = after_by(anna, state, file("a" + std::to_string(i), Kind::temporary),
                     noon + undo_window * static_cast<int>(i) * 2);
  base::Time const later = noon + undo_window * 1000;
  base::Error const full = refusal_by(anna, state, file("more", Kind::temporary), later);
  EXPECT_EQ(full.code, errc::conflict);
  after_by(peter, state, file("peter", Kind::temporary), later);
  after_by(holder, state, file("child", Kind::temporary), later);
  while (state.registrations.size() < max_registrations) {
    Registration one = state.registrations.front();
    one.id = id("filled" + std::to_string(state.registrations.size()));
    one.filed_by = holder;
    state.registrations.push_back(one);
  }
  EXPECT_EQ(refusal_by(peter, state, file("peter", Kind::temporary), later).detail, full.detail)
      << "a full record looks like a guardian's own limit";
}

TEST(Guardian, HasABoundedNumberOfActsThatCanBeTakenBack) {
  Residence state = after_by(anna, {}, file("stay", Kind::temporary));
  for (std::size_t i = 1; i < max_undoable_of_guardian; ++i)
    state = after_by(anna, state, correct("stay", "Street " + std::to_string(i)));
  EXPECT_EQ(refusal_by(anna, state, correct("stay", "One more")).code, errc::conflict);
  after_by(peter, state, file("peter"));
  after_by(anna, state, confirm("stay"));
  after_by(anna, state, undo("stay"));
}

/// Some command on a registration that is there, or on a new one.
Command any_command(std::mt19937& random, Residence const& state, std::string const& fresh, bool main_allowed) {
  std::string whom = "nobody";
  if (!state.registrations.empty()) whom = state.registrations[random() % state.registrations.size()].id.value();
  switch (random() % (main_allowed ? 9 : 7)) {
    case 0:
    case 1: return file(fresh, Kind::temporary);
    case 2: return correct(whom, "Street " + fresh);
    case 3: return sample::move(whom, fresh);
    case 4: return sample::end(whom);
    case 5: return undo(whom);
    case 6: return confirm(whom);
    case 7: return file(fresh);
    default: return random() % 2 == 0 ? make_main(whom) : make_main(whom, EndOn{today});
  }
}

// G2: nobody but the holder and the guardian who filed it brings a registration to its end, or changes it at all.
TEST(GuardianProperty, AGuardiansActTouchesNothingOfAnybodyElse) {
  std::size_t accepted = 0;
  std::size_t ended = 0;
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    Residence state;
    base::Time now = noon;
    for (int i = 0; i < 60; ++i) {
      now += std::chrono::hours{random() % 30};
      Filer const by = std::array{anna, peter, holder}[random() % 3];
      Command const command = any_command(random, state, "r" + std::to_string(i), true);
      auto const event = decide(state, command, now, by);
      if (!event) continue;
      ++accepted;
      Residence const before = std::exchange(state, apply(state, *event));
      for (Registration const& old : before.registrations) {
        Registration const* const left = state.find(old.id);
        if (by && old.filed_by != by) {
          ASSERT_NE(left, nullptr);
          ASSERT_EQ(*left, old) << "a guardian changed what is not theirs";
        }
        if (!old.active() || (left != nullptr && left->active())) continue;
        ++ended;
        ASSERT_TRUE(!by || old.filed_by == by);
      }
      for (Undoable const& act : before.undoable)
        if (by && act.by != by && now <= act.at + undo_window) {
          ASSERT_NE(std::find(state.undoable.begin(), state.undoable.end(), act), state.undoable.end());
        }
      for (Registration const& one : state.registrations)
        if (before.find(one.id) == nullptr && event->act != Act::undo) {
          ASSERT_EQ(one.filed_by, by);
        }
    }
  }
  EXPECT_GT(accepted, 5'000u);
  EXPECT_GT(ended, 300u);
}

// But for the one main residence, what a guardian is answered does not depend on what another one does.
TEST(GuardianProperty, AGuardianIsAnsweredAsIfThereWereNoOther) {
  std::size_t compared = 0;
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    Residence alone;
    Residence together;
    base::Time now = noon;
    for (int i = 0; i < 40; ++i) {
      now += std::chrono::hours{random() % 30};
      Command const of_peter = any_command(random, together, "p" + std::to_string(i), false);
      if (auto const event = decide(together, of_peter, now, peter)) together = apply(together, *event);
      Command const of_anna = any_command(random, alone, "a" + std::to_string(i), true);
      auto const one = decide(alone, of_anna, now, anna);
      auto const other = decide(together, of_anna, now, anna);
      ASSERT_EQ(one.has_value(), other.has_value());
      ++compared;
      if (!one) {
        ASSERT_EQ(one.error().detail, other.error().detail);
        continue;
      }
      alone = apply(alone, *one);
      together = apply(together, *other);
      for (Registration const& registration : alone.registrations) {
        ASSERT_EQ(*together.find(registration.id), registration);
        ASSERT_EQ(undo_deadline(together, registration.id, now, anna),
                  undo_deadline(alone, registration.id, now, anna));
      }
    }
  }
  EXPECT_GT(compared, 5'000u);
}

}  // namespace
}  // namespace abode::rules
