// The residence state machine: where a person is registered, and what they may do about it.
// Pure: decide() looks at (state, command) and answers with an event or an error; apply() makes the next state.
// Nothing but a command of the holder, or of a guardian who filed for them, appears here: time alone changes nothing
// (G2).
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "rules/address.hpp"

namespace abode::rules {

enum class Kind : std::uint8_t { main, secondary, temporary };
enum class Assurance : std::uint8_t { declared, code_confirmed, evidence_reviewed };

std::string_view name_of(Kind kind);
std::string_view name_of(Assurance assurance);
std::optional<Kind> kind_named(std::string_view name);

using RegistrationId = base::Id<struct RegistrationTag, std::string>;

/// Who acts, and who filed a registration: a guardian, named by the guardianship; none: the holder of the record.
using Filer = std::optional<base::GuardianshipId>;

/// How a registration came to its end. Only an act of the holder, or of the guardian who filed it, makes one.
struct Ending {
  base::Date on;                           ///< last day, as the holder states it
  base::Time filed_at;                     ///< when the act was filed
  std::optional<RegistrationId> moved_to;  ///< the registration that a move put in its place
  bool operator==(Ending const&) const = default;
};

struct Registration {
  RegistrationId id;
  Kind kind;
  Assurance assurance;
  Address address;
  base::Date since;     ///< first day there, as the holder states it
  base::Time filed_at;  ///< effective from this moment
  std::optional<Ending> ended;
  /// Stated end: the last day that the holder expects to be there. A fact about a period and nothing else: when it is
  /// over, the registration stands as it stood (G2).
  std::optional<base::Date> until = {};
  std::optional<base::Time> confirmed_at = {};  ///< when the holder last said that it is still right; no duty
  /// Whose it is. A guardian sees and changes their own only; what the holder changes becomes the holder's.
  Filer filed_by = {};

  bool active() const { return !ended.has_value(); }
  bool operator==(Registration const&) const = default;
};

// Commands: what a holder asks for.
struct File {
  RegistrationId id;  ///< fresh, chosen by the caller
  Kind kind;
  Address address;
  base::Date since;
  std::optional<base::Date> until = {};
};
struct Correct {  ///< a slip of the pen in what was filed: same place, better written
  RegistrationId id;
  std::optional<Address> address;
  std::optional<base::Date> since;
  std::optional<std::optional<base::Date>> until = {};  ///< an empty date takes the stated end out
};
struct Move {
  RegistrationId from;
  RegistrationId to;  ///< fresh, chosen by the caller
  Address address;
  base::Date since;
  std::optional<base::Date> until = {};  ///< of the new one; that of the old one is not carried over
};
struct Confirm {  ///< "still right": dated and recorded, changes no right, and nothing follows where it is missing
  RegistrationId id;
};
struct Renew {  ///< "I stay on", with a new stated end, the same, or none from now on
  RegistrationId id;
  std::optional<base::Date> until;
};
struct KeepAsSecondary {};
struct EndOn {
  base::Date on;  ///< last day
};
/// What becomes of the main residence when another one takes its place.
using FormerMain = std::variant<KeepAsSecondary, EndOn>;
struct MakeMain {  ///< a secondary or temporary residence becomes the main one; its stated end is taken out
  RegistrationId id;
  std::optional<FormerMain> former;  ///< given exactly if there is a main residence
};
struct End {
  RegistrationId id;
  base::Date on;
};
struct ConfirmByCode {  ///< the holder typed the code of a letter to this very address; the caller has checked it
  RegistrationId id;
};
struct Undo {  ///< takes back the last act on this registration
  RegistrationId id;
};
using Command = std::variant<File, Correct, Move, End, Undo, Confirm, Renew, MakeMain, ConfirmByCode>;

enum class Act : std::uint8_t { file, correct, move, end, undo, confirm, renew, make_main, confirm_by_code };
std::string_view name_of(Act act);
/// False for an undo, and for what puts nothing in another's place: "still right", and the code of a letter. What the
/// code raised belongs to the address: it goes when that is corrected, and stays when an act is undone that left it.
bool can_be_undone(Act act);

/// What an undo needs: the registrations as they were, and the one that the act created.
struct Undoable {
  Act act;
  base::Time at;
  std::vector<Registration> before;       ///< those the act changed, as they were
  std::optional<RegistrationId> created;  ///< the one it added
  Filer by = {};                          ///< a guardian takes back their own acts only
  bool touches(RegistrationId const& id) const;
  bool operator==(Undoable const&) const = default;
};

struct Residence {
  std::vector<Registration> registrations;  ///< in the order of filing
  std::vector<Undoable> undoable;           ///< the acts of the last 72 hours, oldest first

  Registration const* find(RegistrationId const& id) const;
  Registration const* main() const;  ///< the active main residence, or null
  bool operator==(Residence const&) const = default;
};

/// An accepted command, with all that apply() needs.
struct Event {
  Act act;
  base::Time at;
  RegistrationId subject;  ///< the registration to show for it: the new one of a move, the restored one of an undo
  std::vector<Registration> changed;  ///< existing registrations in their new form
  std::optional<Registration> added;
  std::optional<RegistrationId> withdrawn;  ///< taken out again by an undo
  Filer by = {};
};

constexpr std::chrono::hours undo_window{72};       ///< floor (design.md "Floors")
constexpr std::chrono::days max_days_ahead{1};      ///< a first or last day is today at the latest, somewhere on earth
constexpr std::chrono::days max_days_stated{3653};  ///< ten years: the farthest stated end, counted from the filing
constexpr std::size_t max_registrations = 200;      ///< in one record, ended ones included
constexpr std::size_t max_undoable = 200;           ///< acts that can still be undone, in one record
/// The same two of one guardian: all that a child can have leave room for the child, and for each other.
constexpr std::size_t max_registrations_of_guardian = 40;
constexpr std::size_t max_undoable_of_guardian = 40;

/// errc::invalid (a value breaks a rule), not_found (no such registration in this record, or not the guardian's: the
/// two look alike), conflict (contradicts the present state), too_late (undo after 72 hours). `now` is the filing time.
/// What a guardian hears depends on their own registrations and acts, on whether another main residence stands, and on
/// whether the record is full: on nothing else of the record.
base::result<Event> decide(Residence const& state, Command const& command, base::Time now, Filer const& by = {});

/// An active registration of `by`'s whose address is not confirmed yet: what a letter is asked for, and its code
/// confirms. Errors as decide(); errc::conflict if it is confirmed.
base::result<Registration const*> find_to_confirm(Residence const& state, RegistrationId const& id, Filer const& by);

/// Until when the last act on this registration can be undone; none if `by` cannot undo it at `now`.
std::optional<base::Time> undo_deadline(Residence const& state, RegistrationId const& id, base::Time now,
                                        Filer const& by = {});

/// The state after `event`, which decide() gave for this very `state`.
Residence apply(Residence state, Event const& event);

}  // namespace abode::rules
