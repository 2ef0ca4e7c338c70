// What holds for every sequence of commands, whatever time passes in between. A model that knows nothing of events
// keeps a copy of each registration before each act, and the rules are held against it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;
using std::chrono::hours;

/// A choice without ids: those that a command is about are picked from the registrations that are there.
enum class Choice : std::uint8_t { file_main, file_secondary, correct, move, end, undo };
enum class Whom : std::uint8_t { first, last };

struct Step {
  Choice choice;
  Whom whom;
  hours later;
};

std::vector<Step> all_steps() {
  constexpr std::pair<Choice, Whom> choices[] = {
      {Choice::file_main, Whom::first}, {Choice::file_secondary, Whom::first},
      {Choice::correct, Whom::first},   {Choice::correct, Whom::last},
      {Choice::move, Whom::first},      {Choice::move, Whom::last},
      {Choice::end, Whom::first},       {Choice::end, Whom::last},
      {Choice::undo, Whom::first},      {Choice::undo, Whom::last}};
  std::vector<Step> out;
  for (hours later : {hours{0}, hours{71}, hours{73}, hours{3 * 365 * 24}})
    for (auto const& [choice, whom] : choices) out.push_back({choice, whom, later});
  return out;
}

/// One act as the model remembers it: each registration it touched as it was before, or that it was not there.
struct Remembered {
  base::Time at;
  std::map<std::string, std::optional<Registration>> before;
};

class Walk {
 public:
  Residence const& state() const { return state_; }
  base::Time now() const { return now_; }

  /// Lets the time pass and acts. False if the rules refused.
  bool take(Step const& step) {
    now_ += step.later;
    ++steps_;
    Command const command = command_for(step);
    auto const event = decide(state_, command, now_);
    if (!event) {
      check_refusal(event.error());
      return false;
    }
    EXPECT_EQ(event->at, now_);
    Residence const before = std::exchange(state_, apply(state_, *event));
    check_single_main();
    if (auto const* undone = std::get_if<Undo>(&command))
      check_undo(before, undone->id);
    else
      check_act(before, command);
    check_deadlines();
    return true;
  }

 private:
  Command command_for(Step const& step) const {
    std::string const fresh = "r" + std::to_string(steps_);
    RegistrationId whom = id("nobody");
    if (!state_.registrations.empty())
      whom = step.whom == Whom::first ? state_.registrations.front().id : state_.registrations.back().id;
    base::Date const today = base::day_of(now_);
    switch (step.choice) {
      case Choice::file_main: return File{id(fresh), Kind::main, address(fresh), today};
      case Choice::file_secondary: return File{id(fresh), Kind::secondary, address(fresh), today};
      case Choice::correct: return Correct{whom, address("corrected " + fresh), {}};
      case Choice::move: return Move{whom, id(fresh), address(fresh), today};
      case Choice::end: return End{whom, today};
      case Choice::undo: return Undo{whom};
    }
    return Undo{whom};
  }

  static void check_refusal(base::Error const& error) {
    std::set<errc> const expected{errc::not_found, errc::conflict, errc::too_late};
    EXPECT_TRUE(expected.contains(error.code)) << error.detail;
  }

  void check_single_main() const {
    EXPECT_LE(std::count_if(state_.registrations.begin(), state_.registrations.end(),
                            [](Registration const& r) { return r.active() && r.kind == Kind::main; }),
              1);
  }

  /// G2: what a command does not name stays as it was, to the byte; nothing goes, and only End and Move end anything.
  void check_act(Residence const& before, Command const& command) {
    std::set<std::string> named;
    if (auto const* c = std::get_if<Correct>(&command)) named = {c->id.value()};
    if (auto const* c = std::get_if<Move>(&command)) named = {c->from.value()};
    if (auto const* c = std::get_if<End>(&command)) named = {c->id.value()};
    bool const ends = std::holds_alternative<Move>(command) || std::holds_alternative<End>(command);
    Remembered remembered{now_, {}};
    for (Registration const& old : before.registrations) {
      Registration const* const now = state_.find(old.id);
      ASSERT_NE(now, nullptr) << old.id << " is gone without an undo";
      EXPECT_EQ(now->active(), old.active() && !(ends && named.contains(old.id.value()))) << old.id;
      if (!named.contains(old.id.value())) {
        EXPECT_EQ(*now, old) << old.id << " was changed by a command that does not name it";
        continue;
      }
      remembered.before[old.id.value()] = old;
    }
    for (Registration const& added : state_.registrations)
      if (before.find(added.id) == nullptr) remembered.before[added.id.value()] = std::nullopt;
    acts_.push_back(std::move(remembered));
  }

  /// An undo puts back exactly what the last act on the registration found, and touches nothing else.
  void check_undo(Residence const& before, RegistrationId const& named) {
    auto const undone = std::find_if(acts_.rbegin(), acts_.rend(),
                                     [&](Remembered const& act) { return act.before.contains(named.value()); });
    ASSERT_NE(undone, acts_.rend()) << "an undo of nothing";
    EXPECT_LE(now_ - undone->at, undo_window);
    for (auto const& [name, was] : undone->before) {
      Registration const* const now = state_.find(id(name));
      ASSERT_EQ(now != nullptr, was.has_value()) << name;
      if (was) {
        EXPECT_EQ(*now, *was);
      }
    }
    for (Registration const& old : before.registrations)
      if (!undone->before.contains(old.id.value())) {
        ASSERT_NE(state_.find(old.id), nullptr);
        EXPECT_EQ(*state_.find(old.id), old);
      }
    acts_.erase(std::next(undone).base());
  }

  void check_deadlines() const {
    for (Registration const& registration : state_.registrations)
      for (base::Time const at : {now_, now_ + hours{71}, now_ + hours{73}}) {
        auto const deadline = undo_deadline(state_, registration.id, at);
        ASSERT_EQ(deadline.has_value(), decide(state_, Undo{registration.id}, at).has_value());
        if (!deadline) continue;
        EXPECT_GE(*deadline, at);
        EXPECT_TRUE(decide(state_, Undo{registration.id}, *deadline));
        EXPECT_FALSE(decide(state_, Undo{registration.id}, *deadline + std::chrono::seconds{1}));
      }
  }

  Residence state_;
  base::Time now_ = noon;
  unsigned steps_ = 0;
  std::vector<Remembered> acts_;  ///< those not undone, oldest first
};

/// A refused command changes nothing, so what would follow it is a shorter sequence, seen elsewhere.
std::size_t walk_on(Walk const& walk, std::vector<Step> const& steps, unsigned depth) {
  std::size_t accepted = 0;
  for (Step const& step : steps) {
    Walk next = walk;
    if (!next.take(step)) continue;
    ++accepted;
    if (::testing::Test::HasFailure()) return accepted;
    if (depth > 1) accepted += walk_on(next, steps, depth - 1);
  }
  return accepted;
}

TEST(ResidenceProperty, EverySequenceOfFourCommandsKeepsTheRules) {
  EXPECT_GT(walk_on(Walk{}, all_steps(), 4), 10'000u) << "hardly anything was tried";
}

TEST(ResidenceProperty, LongRandomSequencesKeepTheRules) {
  auto const steps = all_steps();
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    Walk walk;
    for (int i = 0; i < 60; ++i) {
      Step step = steps[random() % steps.size()];
      if (step.later > hours{73} && random() % 8 != 0) step.later = hours{1};  // most of life happens close together
      (void)walk.take(step);
    }
    if (HasFailure()) return;
  }
}

/// Everything of a registration but the moments of filing, and the days, which these walks take from the clock.
auto without_times(Residence const& state) {
  std::vector<std::tuple<std::string, Kind, Assurance, Address, bool>> out;
  for (Registration const& r : state.registrations)
    out.emplace_back(r.id.value(), r.kind, r.assurance, r.address, r.active());
  return out;
}

// G2: acts alone make a record what it is; how long someone was silent in between leaves no mark on it.
TEST(ResidenceProperty, TimeBetweenActsChangesNothing) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    Walk at_once;
    Walk over_decades;
    for (int i = 0; i < 30; ++i) {
      auto const choice = static_cast<Choice>(random() % static_cast<unsigned>(Choice::undo));  // an undo is about time
      auto const whom = static_cast<Whom>(random() % 2);
      hours const later = random() % 2 == 0 ? hours{73} : hours{3 * 365 * 24};
      ASSERT_EQ(at_once.take({choice, whom, hours{0}}), over_decades.take({choice, whom, later}));
      ASSERT_EQ(without_times(at_once.state()), without_times(over_decades.state()));
    }
    ASSERT_GT(over_decades.now() - noon, hours{30 * 73 - 1});
  }
}

}  // namespace
}  // namespace abode::rules
