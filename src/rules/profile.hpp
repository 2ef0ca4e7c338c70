// A jurisdiction's policy, as its profile file says it. A plain type: the room `profiles` reads files into it, and
// rules/floors.hpp says what none of them may undercut. Nothing in it depends on who a person is (G9).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/civil_time.hpp"
#include "rules/deadline.hpp"
#include "rules/purposes.hpp"
#include "rules/residence.hpp"

namespace abode::rules {

/// Where a rule of the profile comes from.
struct Provenance {
  std::string rule;       ///< its place in the file, such as "undo" or "office.civic-office"
  base::Date valid_from;  ///< in force from this day on
  std::string source;     ///< the law, the paper or the decision
};

struct OpeningHours {
  std::chrono::weekday day;
  std::chrono::minutes from;  ///< since midnight, local time of the office
  std::chrono::minutes to;
};

struct Office {
  std::string id;
  std::string name;
  std::vector<OpeningHours> hours = {};  ///< in the order of the file; none: open by appointment only
};

enum class StatedEnd : std::uint8_t { none, allowed, required };
std::string_view name_of(StatedEnd stated_end);

/// A kind of registration that can be filed, and when.
struct KindRule {
  Kind kind;
  bool needs_main;               ///< only beside an active main residence
  StatedEnd stated_end;          ///< whether the holder says how long they will stay
  std::chrono::days owed_after;  ///< a stay up to this long need not be registered; 0: every stay
  std::string condition;         ///< the same for people, a whole sentence
};

/// A piece of evidence that raises a registration's assurance.
struct EvidenceRule {
  std::string id;  ///< of the compiled table, rules/floors.hpp
  Assurance raises_to;
};

/// A purpose of the compiled table that officials may have here, and the fields it may open.
struct PurposeRule {
  std::string name;
  FieldSet fields;
};

/// How an adverse decision is made (G3).
struct ProcedureRule {
  std::chrono::days reply_period;
  unsigned officials;  ///< distinct ones that a decision needs
};

/// How long things are kept once they have served.
struct RetentionRule {
  std::chrono::days ended_registrations;
  std::chrono::days evidence;
  std::chrono::days closed_cases;
  std::chrono::days appointments;
};

struct Profile {
  std::string name;
  std::string title;
  bool model = false;  ///< without any legal effect: serves only in test mode
  std::string text;    ///< the file, byte for byte
  base::Hash hash{};   ///< its SHA-256: which profile this is
  std::vector<Provenance> provenance;

  std::vector<std::string> languages;                 ///< BCP 47, the first is the default
  std::shared_ptr<base::CivilTime const> civil_time;  ///< what the clocks of the offices show; one that was read has it
  Period filing_window{};  ///< filing is on time within it, counted from the first day there; never refused after it
  Calendar calendar;       ///< of working days
  std::vector<KindRule> kinds;
  std::vector<EvidenceRule> evidence;
  std::vector<PurposeRule> purposes;
  std::vector<Office> offices;
  ProcedureRule procedure{};
  RetentionRule retention{};
  std::chrono::days fresh_proof_life{};
  std::chrono::days lasting_proof_life{};
  std::chrono::hours undo_window{};
  std::chrono::minutes opening_code_min{};  ///< shortest life of an opening code
  std::chrono::minutes opening_code_max{};
  std::chrono::minutes opening_code_default{};
  std::chrono::hours session_life{};
  std::chrono::years own_account_age{};  ///< from this age on a child has an account of their own

  Office const* office(std::string_view id) const;
  KindRule const* kind(Kind wanted) const;
  /// What this evidence (rules/floors.hpp) raises to here; null if it is not taken.
  EvidenceRule const* evidence_for(std::string_view id) const;
  /// What may be opened for a purpose here; none if the profile does not have it.
  FieldSet fields_for(std::string_view purpose) const;
};

/// How long before it takes effect a change of the profile is public (floor, design.md "Floors"); in test mode at once.
constexpr std::chrono::days profile_notice{30};

/// The profile in force, and the one that follows it at a moment known in advance. Refers to both.
class ProfileSchedule {
 public:
  ProfileSchedule(Profile const& now) : now_(&now) {}  // NOLINT(google-explicit-constructor): one without a change
  ProfileSchedule(Profile const& now, Profile const& next, base::Time next_from, std::uint64_t next_leaf)
      : now_(&now), next_(&next), next_from_(next_from), next_leaf_(next_leaf) {}

  Profile const& at(base::Time time) const { return next_ != nullptr && time >= next_from_ ? *next_ : *now_; }
  /// The one that is to come at `time`; null if none is.
  Profile const* coming(base::Time time) const { return next_ != nullptr && time < next_from_ ? next_ : nullptr; }
  base::Time coming_from() const { return next_from_; }
  /// Index of the public log's leaf that announces it.
  std::uint64_t coming_leaf() const { return next_leaf_; }

 private:
  Profile const* now_;
  Profile const* next_ = nullptr;
  base::Time next_from_{};
  std::uint64_t next_leaf_ = 0;
};

// An official who misses this often within the window is blocked until it ends; the answer stays the one for a miss
// (G11).
constexpr unsigned max_opening_misses = 20;
constexpr std::chrono::hours opening_miss_window{1};

/// Whether the profile lets this command be filed, whatever the state machine says. errc::invalid: a kind that it does
/// not have; errc::conflict: a kind that needs an active main residence, and there is none.
base::result<void> check_kind(Profile const& profile, Residence const& state, Command const& command);

/// Whether the profile lets the registration that `event` is about say, or leave out, until when it is meant to last.
/// errc::invalid, field "until". What an undo puts back is as it was.
base::result<void> check_stated_end(Profile const& profile, Event const& event);

/// The evidence that is a code in a letter to the address.
inline constexpr std::string_view mailed_code = "mailed-code";

/// Whether an address can be confirmed by a letter here. errc::conflict if the rules do not know it.
base::result<void> check_letters(Profile const& profile);

/// The filing window of one registration: a fact that a receipt tells. Nothing follows from it here (G2).
struct FilingWindow {
  base::Date last_day;
  bool met;  ///< filed while the last day was not over everywhere on earth
};

/// None for a kind that need not be registered from the first day on, or if the calendar does not cover the days.
std::optional<FilingWindow> filing_window(Profile const& profile, Registration const& registration);

/// The first rule that is not in force yet on `day`; null if all are.
Provenance const* not_yet_in_force(Profile const& profile, base::Date day);

}  // namespace abode::rules
