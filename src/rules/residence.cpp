#include "rules/residence.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::rules {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr base::Date earliest_day{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};

result<void> check_day(base::Date day, base::Time now, std::string const& field) {
  if (!day.ok() || day < earliest_day)
    return fail(errc::invalid, "This date is too long ago to be meant. Check the year.", field);
  if (std::chrono::sys_days{day} > std::chrono::floor<std::chrono::days>(now) + max_days_ahead)
    return fail(errc::invalid, "This date is still to come. File when the day is there.", field);
  return {};
}

/// `field` is the date to blame where the two days contradict each other.
result<void> check_stated_end(Registration const& registration, base::Time now, std::string const& field = "until") {
  if (!registration.until) return {};
  base::Date const until = *registration.until;
  if (registration.kind == Kind::main)
    return fail(errc::invalid,
                "A main residence has no stated end: it lasts until you say otherwise. Leave the date out, or register "
                "a temporary residence.",
                "until");
  if (!until.ok() || std::chrono::sys_days{until} > std::chrono::floor<std::chrono::days>(now) + max_days_stated)
    return fail(errc::invalid,
                "This day is more than ten years ahead. State a nearer one, and renew it when the time comes.",
                "until");
  if (until < registration.since)
    return fail(errc::invalid, "You cannot stay until a day before your first one. Check the two dates.", field);
  return {};
}

base::Error no_such_registration(Filer const& by) {
  if (by) return fail(errc::not_found, "There is no such registration among those that you filed for this child.");
  return fail(errc::not_found, "There is no such registration in your record. Look it up in your list and try again.");
}

base::Error already_ended() {
  return fail(errc::conflict, "This registration has ended. Undo its end within 72 hours, or register anew.");
}

/// A guardian hears that another main residence stands, and neither where it is nor whose.
base::Error second_main(Filer const& by) {
  if (by)
    return fail(errc::conflict,
                "Another main residence stands for this child. If you filed it, move from it or end it; or register "
                "this one as secondary or temporary.",
                "kind");
  return fail(
      errc::conflict,
      "You have a main residence already. Move from it, end it, or register this one as secondary or temporary.",
      "kind");
}

/// The registration, if `by` may act on it: the holder on all, a guardian on their own.
Registration const* find_for(Residence const& state, RegistrationId const& id, Filer const& by) {
  Registration const* const found = state.find(id);
  return found != nullptr && by && found->filed_by != by ? nullptr : found;
}

result<Registration const*> find_active(Residence const& state, RegistrationId const& id, Filer const& by) {
  Registration const* const found = find_for(state, id, by);
  if (found == nullptr) return no_such_registration(by);
  if (!found->active()) return already_ended();
  return found;
}

/// One answer whether it is the guardian's own limit or the record's.
base::Error no_room_for_guardian() {
  return fail(errc::conflict,
              "No more can be filed for this child at present. Take something back, or ask the office for help.");
}

result<void> check_room_for_more(Residence const& state, Filer const& by) {
  bool const full = state.registrations.size() >= max_registrations;
  if (!by && full)
    return fail(errc::conflict, "This record holds 200 registrations and takes no more. Ask the office for help.");
  auto const own = std::count_if(state.registrations.begin(), state.registrations.end(),
                                 [&](Registration const& r) { return r.filed_by == by; });
  if (by && (full || own >= static_cast<std::ptrdiff_t>(max_registrations_of_guardian))) return no_room_for_guardian();
  return {};
}

/// What can be undone is kept, so its number is bounded.
result<void> check_room_to_undo(Residence const& state, base::Time now, Filer const& by) {
  auto const kept = [&](bool all) {
    return static_cast<std::size_t>(
        std::count_if(state.undoable.begin(), state.undoable.end(),
                      [&](Undoable const& act) { return now <= act.at + undo_window && (all || act.by == by); }));
  };
  if (!by && kept(true) >= max_undoable)
    return fail(errc::conflict, "You have made 200 changes within 72 hours. Undo some of them, or wait a day.");
  if (by && (kept(true) >= max_undoable || kept(false) >= max_undoable_of_guardian)) return no_room_for_guardian();
  return {};
}

result<Event> decide_file(Residence const& state, File const& command, base::Time now, Filer const& by) {
  if (auto const ok = check_address(command.address); !ok) return ok.error();
  if (auto const ok = check_day(command.since, now, "since"); !ok) return ok.error();
  if (auto const ok = check_room_for_more(state, by); !ok) return ok.error();
  if (command.kind == Kind::main && state.main() != nullptr) return second_main(by);
  base::ensure(state.find(command.id) == nullptr, "a new registration needs a fresh id");
  Registration added{
      command.id, command.kind, Assurance::declared, command.address, command.since, now, {}, command.until, {}, by};
  if (auto const ok = check_stated_end(added, now); !ok) return ok.error();
  return Event{Act::file, now, command.id, {}, std::move(added), {}};
}

result<Event> decide_correct(Residence const& state, Correct const& command, base::Time now, Filer const& by) {
  auto const found = find_active(state, command.id, by);
  if (!found) return found.error();
  Registration corrected = **found;
  if (command.address) {
    if (auto const ok = check_address(*command.address); !ok) return ok.error();
    if (corrected.address != *command.address) corrected.assurance = Assurance::declared;
    corrected.address = *command.address;
  }
  if (command.since) {
    if (auto const ok = check_day(*command.since, now, "since"); !ok) return ok.error();
    corrected.since = *command.since;
  }
  if (command.until) corrected.until = *command.until;
  if (auto const ok = check_stated_end(corrected, now, command.until ? "until" : "since"); !ok) return ok.error();
  if (corrected == **found)
    return fail(errc::invalid, "This is what is registered already: nothing was changed.", "address");
  return Event{Act::correct, now, command.id, {std::move(corrected)}, {}, {}};
}

result<Event> decide_move(Residence const& state, Move const& command, base::Time now, Filer const& by) {
  auto const found = find_active(state, command.from, by);
  if (!found) return found.error();
  Registration left = **found;
  if (auto const ok = check_address(command.address); !ok) return ok.error();
  if (auto const ok = check_day(command.since, now, "since"); !ok) return ok.error();
  if (auto const ok = check_room_for_more(state, by); !ok) return ok.error();
  if (command.address == left.address)
    return fail(errc::invalid, "You are registered at this address already. To mend a slip, correct it instead.",
                "address");
  if (command.since < left.since)
    return fail(errc::invalid,
                "You cannot have moved out before you moved in. Check the date, or correct the old one first.",
                "since");
  base::ensure(state.find(command.to) == nullptr, "a new registration needs a fresh id");
  Registration added{command.to, left.kind, Assurance::declared, command.address, command.since, now, {}, command.until,
                     {},         by};
  if (auto const ok = check_stated_end(added, now); !ok) return ok.error();
  left.ended = Ending{command.since, now, command.to};
  return Event{Act::move, now, command.to, {std::move(left)}, std::move(added), {}};
}

result<Event> decide_confirm(Residence const& state, Confirm const& command, base::Time now, Filer const& by) {
  auto const found = find_active(state, command.id, by);
  if (!found) return found.error();
  Registration confirmed = **found;
  confirmed.confirmed_at = now;
  return Event{Act::confirm, now, command.id, {std::move(confirmed)}, {}, {}};
}

result<Event> decide_confirm_by_code(Residence const& state, ConfirmByCode const& command, base::Time now,
                                     Filer const& by) {
  auto const found = find_to_confirm(state, command.id, by);
  if (!found) return found.error();
  Registration confirmed = **found;
  confirmed.assurance = Assurance::code_confirmed;
  return Event{Act::confirm_by_code, now, command.id, {std::move(confirmed)}, {}, {}};
}

result<Event> decide_renew(Residence const& state, Renew const& command, base::Time now, Filer const& by) {
  auto const found = find_active(state, command.id, by);
  if (!found) return found.error();
  Registration renewed = **found;
  if (renewed.kind == Kind::main)
    return fail(errc::conflict,
                "A main residence has no stated end, so there is nothing to renew. It stays as it is, without any act "
                "of yours.");
  renewed.until = command.until;
  renewed.confirmed_at = now;
  if (auto const ok = check_stated_end(renewed, now); !ok) return ok.error();
  if (command.until &&
      std::chrono::sys_days{*command.until} + max_days_ahead < std::chrono::floor<std::chrono::days>(now))
    return fail(errc::invalid, "This day is over. State a later one, or none; if you have left, end it or move.",
                "until");
  return Event{Act::renew, now, command.id, {std::move(renewed)}, {}, {}};
}

/// The main residence once another one has taken its place.
result<Registration> step_down(Registration former, FormerMain const& wish, RegistrationId const& successor,
                               base::Time now) {
  auto const* const end = std::get_if<EndOn>(&wish);
  if (end == nullptr) {
    former.kind = Kind::secondary;
    return former;
  }
  if (auto const ok = check_day(end->on, now, "on"); !ok) return ok.error();
  if (end->on < former.since)
    return fail(errc::invalid, "The last day at your present main residence is before the first one. Check the date.",
                "on");
  former.ended = Ending{end->on, now, successor};
  return former;
}

result<Event> decide_make_main(Residence const& state, MakeMain const& command, base::Time now, Filer const& by) {
  auto const found = find_active(state, command.id, by);
  if (!found) return found.error();
  Registration promoted = **found;
  if (promoted.kind == Kind::main) return fail(errc::conflict, "This is your main residence already.");
  promoted.kind = Kind::main;
  promoted.until.reset();
  Event event{Act::make_main, now, command.id, {std::move(promoted)}, {}, {}};
  Registration const* const present = state.main();
  if (present != nullptr && by && present->filed_by != by) return second_main(by);
  if (present == nullptr && command.former)
    return fail(errc::invalid, "You have no main residence at present. Leave out what is to become of it.",
                "former_main");
  if (present != nullptr && !command.former)
    return fail(errc::invalid, "Say what becomes of your present main residence: keep it as secondary, or end it.",
                "former_main");
  if (present != nullptr) {
    auto former = step_down(*present, *command.former, command.id, now);
    if (!former) return former.error();
    event.changed.push_back(std::move(*former));
  }
  return event;
}

result<Event> decide_end(Residence const& state, End const& command, base::Time now, Filer const& by) {
  auto const found = find_active(state, command.id, by);
  if (!found) return found.error();
  Registration ended = **found;
  if (auto const ok = check_day(command.on, now, "on"); !ok) return ok.error();
  if (command.on < ended.since)
    return fail(errc::invalid, "The last day is before the first one. Check the date, or correct the first day.", "on");
  ended.ended = Ending{command.on, now, {}};
  return Event{Act::end, now, command.id, {std::move(ended)}, {}, {}};
}

/// True if an act after `act` (an element of state.undoable) touched one of its registrations.
bool built_upon(Residence const& state, Undoable const& act) {
  auto const touches_same = [&](Undoable const& later) {
    return (act.created && later.touches(*act.created)) ||
           std::any_of(act.before.begin(), act.before.end(),
                       [&](Registration const& r) { return later.touches(r.id); });
  };
  return std::any_of(state.undoable.begin() + (&act - state.undoable.data()) + 1, state.undoable.end(), touches_same);
}

auto last_act_on(Residence const& state, RegistrationId const& id) {
  return std::find_if(state.undoable.rbegin(), state.undoable.rend(),
                      [&](Undoable const& act) { return act.touches(id); });
}

result<Event> decide_undo(Residence const& state, Undo const& command, base::Time now, Filer const& by) {
  if (find_for(state, command.id, by) == nullptr) return no_such_registration(by);
  auto const last = last_act_on(state, command.id);
  if (last == state.undoable.rend() || now > last->at + undo_window || (by && last->by != by))
    return fail(errc::too_late,
                "Nothing on this registration was done in the last 72 hours. Correct, move or end it instead.");
  if (built_upon(state, *last))
    return fail(errc::conflict, "A later act builds on this one. Undo the later act first.");
  Event event{Act::undo,    now, last->before.empty() ? command.id : last->before.front().id,
              last->before, {},  last->created};
  for (Registration& restored : event.changed)
    if (Registration const* const present = state.find(restored.id); present->address == restored.address)
      restored.assurance = std::max(restored.assurance, present->assurance);
  if (Residence const restored = apply(state, event);
      std::count_if(restored.registrations.begin(), restored.registrations.end(),
                    [](Registration const& r) { return r.active() && r.kind == Kind::main; }) > 1) {
    if (by) return second_main(by);
    return fail(errc::conflict, "You have registered another main residence since. End or undo that one first.");
  }
  return event;
}

void drop_expired(std::vector<Undoable>& undoable, base::Time now) {
  std::erase_if(undoable, [&](Undoable const& act) { return now > act.at + undo_window; });
}

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::main: return "main";
    case Kind::secondary: return "secondary";
    case Kind::temporary: return "temporary";
  }
  base::fatal("a kind without a name");
}

std::optional<Kind> kind_named(std::string_view name) {
  for (Kind kind : {Kind::main, Kind::secondary, Kind::temporary})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

std::string_view name_of(Assurance assurance) {
  switch (assurance) {
    case Assurance::declared: return "declared";
    case Assurance::code_confirmed: return "code-confirmed";
    case Assurance::evidence_reviewed: return "evidence-reviewed";
  }
  base::fatal("an assurance without a name");
}

std::string_view name_of(Act act) {
  switch (act) {
    case Act::file: return "file";
    case Act::correct: return "correct";
    case Act::move: return "move";
    case Act::end: return "end";
    case Act::undo: return "undo";
    case Act::confirm: return "confirm";
    case Act::renew: return "renew";
    case Act::make_main: return "make-main";
    case Act::confirm_by_code: return "confirm-by-code";
  }
  base::fatal("an act without a name");
}

bool can_be_undone(Act act) {
  return act != Act::undo && act != Act::confirm && act != Act::confirm_by_code;
}

bool Undoable::touches(RegistrationId const& id) const {
  return created == id || std::any_of(before.begin(), before.end(), [&](Registration const& r) { return r.id == id; });
}

Registration const* Residence::find(RegistrationId const& id) const {
  auto const found =
      std::find_if(registrations.begin(), registrations.end(), [&](auto const& r) { return r.id == id; });
  return found == registrations.end() ? nullptr : &*found;
}

Registration const* Residence::main() const {
  auto const found = std::find_if(registrations.begin(), registrations.end(),
                                  [](auto const& r) { return r.active() && r.kind == Kind::main; });
  return found == registrations.end() ? nullptr : &*found;
}

result<Registration const*> find_to_confirm(Residence const& state, RegistrationId const& id, Filer const& by) {
  auto const found = find_active(state, id, by);
  if (found && (*found)->assurance != Assurance::declared)
    return fail(errc::conflict, "This address is confirmed already. There is nothing more to do.");
  return found;
}

result<Event> decide(Residence const& state, Command const& command, base::Time now, Filer const& by) {
  struct Decide {
    Residence const& state;
    base::Time now;
    Filer const& by;
    result<Event> operator()(File const& c) const { return decide_file(state, c, now, by); }
    result<Event> operator()(Correct const& c) const { return decide_correct(state, c, now, by); }
    result<Event> operator()(Move const& c) const { return decide_move(state, c, now, by); }
    result<Event> operator()(End const& c) const { return decide_end(state, c, now, by); }
    result<Event> operator()(Undo const& c) const { return decide_undo(state, c, now, by); }
    result<Event> operator()(Confirm const& c) const { return decide_confirm(state, c, now, by); }
    result<Event> operator()(ConfirmByCode const& c) const { return decide_confirm_by_code(state, c, now, by); }
    result<Event> operator()(Renew const& c) const { return decide_renew(state, c, now, by); }
    result<Event> operator()(MakeMain const& c) const { return decide_make_main(state, c, now, by); }
  };
  bool const can_be_put_back = !std::holds_alternative<Undo>(command) && !std::holds_alternative<Confirm>(command) &&
                               !std::holds_alternative<ConfirmByCode>(command);
  if (can_be_put_back)
    if (auto const ok = check_room_to_undo(state, now, by); !ok) return ok.error();
  auto event = std::visit(Decide{state, now, by}, command);
  if (!event) return event;
  event->by = by;
  // A guardian sees what they filed, so what the holder says in its place is the holder's. An undo puts back what was.
  if (!by && event->act != Act::undo)
    for (Registration& changed : event->changed) changed.filed_by.reset();
  return event;
}

std::optional<base::Time> undo_deadline(Residence const& state, RegistrationId const& id, base::Time now,
                                        Filer const& by) {
  auto const last = last_act_on(state, id);
  if (last == state.undoable.rend() || !decide_undo(state, Undo{id}, now, by)) return std::nullopt;
  return last->at + undo_window;
}

Residence apply(Residence state, Event const& event) {
  Undoable undoable{event.act, event.at, {}, {}, event.by};
  for (Registration const& changed : event.changed) {
    auto const found = std::find_if(state.registrations.begin(), state.registrations.end(),
                                    [&](Registration const& r) { return r.id == changed.id; });
    base::ensure(found != state.registrations.end(), "an event changes a registration that is not there");
    undoable.before.push_back(*found);
    *found = changed;
  }
  if (event.added) {
    undoable.created = event.added->id;
    state.registrations.push_back(*event.added);
  }
  if (event.withdrawn)
    std::erase_if(state.registrations, [&](Registration const& r) { return r.id == *event.withdrawn; });

  if (event.act == Act::undo) {
    auto const undone = last_act_on(state, event.subject);
    base::ensure(undone != state.undoable.rend(), "an undo without an act to undo");
    state.undoable.erase(std::next(undone).base());
  } else if (can_be_undone(event.act)) {
    state.undoable.push_back(std::move(undoable));
  }
  drop_expired(state.undoable, event.at);
  return state;
}

}  // namespace abode::rules
