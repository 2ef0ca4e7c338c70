// What holds for every sequence of commands, whatever time passes in between. A model that knows nothing of events
// keeps a copy of each registration before each act, and the rules are held against it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

#include "unit/rules/samples.hpp"

namespace abode::rules {
namespace {

using namespace sample;
using base::errc;
using std::chrono::hours;

/// A choice without ids: those that a command is about are picked from the registrations that are there.
enum class Choice : std::uint8_t {
  file_main,
  file_temporary,
  confirm,
  renew,
  correct,
  move,
  make_main,
  make_main_and_end,
  end,
  confirm_by_code,
  undo
};
enum class Whom : std::uint8_t { first, last };

struct Step {
  Choice choice;
  Whom whom;
  hours later;
};

using Alphabet = std::vector<std::pair<Choice, Whom>>;

/// Every kind of command, each to the registration where it can do most; few enough letters for six of them in a row.
Alphabet const small_alphabet{{Choice::file_main, Whom::first},
                              {Choice::file_temporary, Whom::first},
                              {Choice::confirm, Whom::last},
                              {Choice::renew, Whom::last},
                              {Choice::correct, Whom::first},
                              {Choice::make_main, Whom::last},
                              {Choice::make_main_and_end, Whom::last},
                              {Choice::move, Whom::first},
                              {Choice::end, Whom::last},
                              {Choice::confirm_by_code, Whom::first},
                              {Choice::undo, Whom::first},
                              {Choice::undo, Whom::last}};

Alphabet whole_alphabet() {
  Alphabet out{{Choice::file_main, Whom::first}, {Choice::file_temporary, Whom::first}};
  for (Choice choice : {Choice::confirm, Choice::renew, Choice::correct, Choice::move, Choice::make_main,
                        Choice::make_main_and_end, Choice::end, Choice::confirm_by_code, Choice::undo})
    for (Whom whom : {Whom::first, Whom::last}) out.emplace_back(choice, whom);
  return out;
}

std::vector<Step> steps_of(Alphabet const& alphabet, std::initializer_list<hours> pauses) {
  std::vector<Step> out;
  for (hours later : pauses)
    for (auto const& [choice, whom] : alphabet) out.push_back({choice, whom, later});
  return out;
}

constexpr hours years{3 * 365 * 24};

/// One act as the model remembers it: each registration it touched as it was before, or that it was not there.
struct Remembered {
  base::Time at;
  std::map<std::string, std::optional<Registration>> before;
};

/// True if this command may end this registration: it says so itself.
bool says_end(Command const& command, Residence const& before, RegistrationId const& id) {
  if (auto const* c = std::get_if<Move>(&command)) return c->from == id;
  if (auto const* c = std::get_if<End>(&command)) return c->id == id;
  if (auto const* c = std::get_if<MakeMain>(&command))
    return c->former && std::holds_alternative<EndOn>(*c->former) && before.main() != nullptr &&
           before.main()->id == id;
  return false;
}

/// The registrations that a command may change.
std::set<std::string> named_by(Command const& command, Residence const& before) {
  if (auto const* c = std::get_if<Correct>(&command)) return {c->id.value()};
  if (auto const* c = std::get_if<Move>(&command)) return {c->from.value()};
  if (auto const* c = std::get_if<End>(&command)) return {c->id.value()};
  if (auto const* c = std::get_if<Confirm>(&command)) return {c->id.value()};
  if (auto const* c = std::get_if<ConfirmByCode>(&command)) return {c->id.value()};
  if (auto const* c = std::get_if<Renew>(&command)) return {c->id.value()};
  if (auto const* c = std::get_if<MakeMain>(&command)) {
    std::set<std::string> named{c->id.value()};
    if (before.main() != nullptr) named.insert(before.main()->id.value());
    return named;
  }
  return {};
}

constexpr char const* mended = " mended";
bool is_mended(Address const& address) {
  return address.lines.front().ends_with(mended);
}

class Walk {
 public:
  explicit Walk(bool thorough = true) : thorough_(thorough) {}

  Residence const& state() const { return state_; }
  base::Time now() const { return now_; }

  /// The walk after one more step: the time passes, and the command is taken. None if the rules refused.
  std::optional<Walk> after(Step const& step) const {
    base::Time const then = now_ + step.later;
    Command const command = command_for(step, then);
    auto const event = decide(state_, command, then);
    if (!event) {
      check_refusal(event.error());
      return std::nullopt;
    }
    Walk next = *this;
    next.act(command, *event, then);
    return next;
  }

  /// The same in place. False if the rules refused; the time has passed nevertheless.
  bool take(Step const& step) {
    auto next = after(step);
    now_ += step.later;
    if (!next) return false;
    *this = std::move(*next);
    return true;
  }

 private:
  void act(Command const& command, Event const& event, base::Time then) {
    now_ = then;
    std::erase_if(acts_, [&](Remembered const& act) { return now_ > act.at + undo_window; });
    EXPECT_EQ(event.at, now_);
    Residence const before = std::exchange(state_, apply(state_, event));
    check_single_main();
    if (auto const* undone = std::get_if<Undo>(&command))
      check_undo(before, undone->id);
    else
      check_act(before, command);
    if (thorough_) check_deadlines();
  }

  Command command_for(Step const& step, base::Time at) const {
    RegistrationId const fresh = fresh_id();
    RegistrationId whom = id("nobody");
    if (!state_.registrations.empty())
      whom = step.whom == Whom::first ? state_.registrations.front().id : state_.registrations.back().id;
    base::Date const today = base::day_of(at);
    base::Date const next_month{std::chrono::sys_days{today} + std::chrono::days{30}};
    Registration const* const main = state_.main();
    switch (step.choice) {
      case Choice::file_main: return File{fresh, Kind::main, place(fresh), today};
      case Choice::file_temporary: return File{fresh, Kind::temporary, place(fresh), today, next_month};
      case Choice::confirm: return Confirm{whom};
      case Choice::confirm_by_code: return ConfirmByCode{whom};
      case Choice::renew: return Renew{whom, next_month};
      case Choice::correct: return Correct{whom, other_spelling(whom), {}};
      case Choice::move: return Move{whom, fresh, place(fresh), today};
      case Choice::make_main: return MakeMain{whom, former(main, KeepAsSecondary{})};
      case Choice::make_main_and_end: return MakeMain{whom, former(main, EndOn{today})};
      case Choice::end: return End{whom, today};
      case Choice::undo: return Undo{whom};
    }
    return Undo{whom};
  }

  static std::optional<FormerMain> former(Registration const* main, FormerMain wish) {
    return main == nullptr ? std::nullopt : std::optional{wish};
  }
  static Address place(RegistrationId const& where) { return address(where.value()); }
  /// The same few ids and texts come again where they can, so that paths which come to the same thing meet.
  RegistrationId fresh_id() const {
    for (unsigned i = 0;; ++i)
      if (RegistrationId const candidate = id("r" + std::to_string(i));
          state_.find(candidate) == nullptr && std::none_of(acts_.begin(), acts_.end(), [&](Remembered const& act) {
            return act.before.contains(candidate.value());
          }))
        return candidate;
  }
  Address other_spelling(RegistrationId const& where) const {
    Registration const* const found = state_.find(where);
    return found != nullptr && is_mended(found->address) ? place(where) : address(where.value() + mended);
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

  /// G2: what a command does not name stays as it was, to the byte; nothing goes, and only a command that says so ends
  /// anything, whatever was stated and however long ago.
  void check_act(Residence const& before, Command const& command) {
    std::set<std::string> const named = named_by(command, before);
    Remembered remembered{now_, {}};
    for (Registration const& old : before.registrations) {
      Registration const* const now = state_.find(old.id);
      ASSERT_NE(now, nullptr) << old.id << " is gone without an undo";
      EXPECT_EQ(now->active(), old.active() && !says_end(command, before, old.id)) << old.id;
      if (!named.contains(old.id.value())) {
        EXPECT_EQ(*now, old) << old.id << " was changed by a command that does not name it";
        continue;
      }
      remembered.before[old.id.value()] = old;
    }
    for (Registration const& added : state_.registrations)
      if (before.find(added.id) == nullptr) remembered.before[added.id.value()] = std::nullopt;
    if (std::holds_alternative<Confirm>(command) || std::holds_alternative<ConfirmByCode>(command)) return;
    check_undo_at_once(before, remembered.before.begin()->first);
    acts_.push_back(std::move(remembered));
  }

  /// Undo restores exactly: nothing in the whole state tells of an act that was taken back at once, or on the last day.
  void check_undo_at_once(Residence const& before, std::string const& name) const {
    for (base::Time const at : {now_, now_ + hours{72}}) {
      if (at == now_ && !thorough_) continue;
      auto const undone = decide(state_, Undo{id(name)}, at);
      ASSERT_TRUE(undone) << undone.error().detail;
      Residence expected = before;
      std::erase_if(expected.undoable, [&](Undoable const& act) { return at > act.at + undo_window; });
      EXPECT_EQ(apply(state_, *undone), expected);
    }
  }

  /// An undo puts back exactly what the last act on the registration found, and touches nothing else. What a letter
  /// confirmed since stays confirmed, if it is still that address.
  void check_undo(Residence const& before, RegistrationId const& named) {
    auto const undone = std::find_if(acts_.rbegin(), acts_.rend(),
                                     [&](Remembered const& act) { return act.before.contains(named.value()); });
    ASSERT_NE(undone, acts_.rend()) << "an undo of nothing";
    EXPECT_LE(now_ - undone->at, undo_window);
    for (auto const& [name, was] : undone->before) {
      Registration const* const now = state_.find(id(name));
      ASSERT_EQ(now != nullptr, was.has_value()) << name;
      if (!was) continue;
      Registration expected = *was;
      // The code of a letter confirmed the address, whatever else was said about the registration before it.
      if (Registration const& present = *before.find(id(name)); present.address == was->address)
        expected.assurance = std::max(was->assurance, present.assurance);
      EXPECT_EQ(*now, expected);
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

  bool thorough_;
  Residence state_;
  base::Time now_ = noon;
  std::vector<Remembered> acts_;  ///< those not undone, oldest first
};

/// Writes down all that the rules can tell apart about a walk, so that walks with one signature have one future. Times
/// come as their rank among those in sight: the rules ask only what was before what, and the pauses between the steps
/// are either none or longer than every period that the rules know but one, the ten years of a stated end, which no
/// command of these walks comes near.
class Signature {
 public:
  explicit Signature(Walk const& walk) : now_(walk.now()) {
    collect(walk);
    std::sort(seen_.begin(), seen_.end());
    seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
    write(walk);
  }
  std::string take() && { return std::move(text_); }

 private:
  static std::int64_t number(base::Time time) { return time.time_since_epoch().count(); }
  static std::int64_t number(base::Date date) { return number(base::Time{std::chrono::sys_days{date}}); }
  // Two passes over the same members: the first collects the times, the second writes their ranks.
  template <class When>
  void time(When when) {
    if (collecting_)
      seen_.push_back(number(when));
    else
      text_ += std::to_string(std::lower_bound(seen_.begin(), seen_.end(), number(when)) - seen_.begin()) + ' ';
  }
  template <class When>
  void time(std::optional<When> const& when) {
    if (when)
      time(*when);
    else
      text('-');
  }
  void text(auto const& what) {
    if (!collecting_) (text_ += what) += ' ';
  }
  /// Registrations go by their places in the list: which ids they have makes no difference.
  void place(Residence const& state, RegistrationId const& id) {
    auto const found = std::find_if(state.registrations.begin(), state.registrations.end(),
                                    [&](Registration const& r) { return r.id == id; });
    text(std::to_string(found - state.registrations.begin()));
  }
  /// Moments of filing are left out: in these walks the first and last days tell the same.
  void add(Registration const& r) {
    text(static_cast<char>('0' + static_cast<int>(r.kind)));
    text(is_mended(r.address) ? 'm' : '-');
    text(r.assurance == Assurance::declared ? '-' : 'a');
    time(r.since);
    time(r.until);
    text(!r.confirmed_at ? '-' : *r.confirmed_at == now_ ? 'n' : 'c');
    if (r.ended) time(r.ended->on);
    text(',');
  }
  void add(Walk const& walk) {
    time(now_);
    Residence const& state = walk.state();
    for (Registration const& r : state.registrations) add(r);
    text('|');
    for (Undoable const& act : state.undoable) {
      if (now_ > act.at + undo_window) continue;
      text(static_cast<char>('a' + static_cast<int>(act.act)));
      time(act.at);
      for (Registration const& r : act.before) {
        place(state, r.id);
        add(r);
      }
      if (act.created) place(state, *act.created);
    }
  }
  void collect(Walk const& walk) { add(walk); }
  void write(Walk const& walk) {
    collecting_ = false;
    add(walk);
  }

  base::Time now_;
  bool collecting_ = true;
  std::vector<std::int64_t> seen_;
  std::string text_;
};

/// Takes every sequence of `depth` commands, each state once, and gives how many commands were accepted. A refused
/// command changes nothing, so what would follow it is a shorter sequence.
std::size_t walk_everywhere(Walk const& start, std::vector<Step> const& steps, unsigned depth) {
  std::size_t accepted = 0;
  std::set<std::string> seen;
  std::vector<Walk> reached{start};
  for (unsigned i = 0; i < depth; ++i) {
    std::vector<Walk> next_reached;
    for (Walk const& walk : reached)
      for (Step const& step : steps) {
        auto next = walk.after(step);
        if (!next) continue;
        ++accepted;
        if (::testing::Test::HasFailure()) return accepted;
        if (i + 1 < depth && seen.insert(Signature{*next}.take()).second) next_reached.push_back(std::move(*next));
      }
    reached = std::move(next_reached);
  }
  return accepted;
}

TEST(ResidenceProperty, EverySequenceOfSixCommandsOverYearsKeepsTheRules) {
  EXPECT_GT(walk_everywhere(Walk{false}, steps_of(small_alphabet, {hours{0}, years}), 6), 50'000u)
      << "hardly anything was tried";
}

TEST(ResidenceProperty, EverySequenceOfFourCommandsAroundTheUndoWindowKeepsTheRules) {
  EXPECT_GT(walk_everywhere(Walk{}, steps_of(small_alphabet, {hours{0}, hours{71}, hours{73}}), 4), 5'000u)
      << "hardly anything was tried";
}

TEST(ResidenceProperty, LongRandomSequencesKeepTheRules) {
  auto const steps = steps_of(whole_alphabet(), {hours{0}, hours{71}, hours{73}, years});
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
      hours const later = random() % 2 == 0 ? hours{73} : years;
      ASSERT_EQ(at_once.take({choice, whom, hours{0}}), over_decades.take({choice, whom, later}));
      ASSERT_EQ(without_times(at_once.state()), without_times(over_decades.state()));
    }
    ASSERT_GT(over_decades.now() - noon, hours{30 * 73 - 1});
  }
}

}  // namespace
}  // namespace abode::rules
