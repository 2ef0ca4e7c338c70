#include "rules/floors.hpp"

#include <algorithm>

namespace abode::rules {
namespace {

using base::result;

// Words of a purpose that would hand the register to policing, whatever the rest of its name says.
constexpr std::array policing_words{
    "polic", "crim",   "surveil", "deport",       "expuls",           "migration-control",
    "raid",  "wanted", "border",  "intelligence", "security-service", "enforcement"};

constexpr bool is_policing(std::string_view purpose) {
  return std::any_of(policing_words.begin(), policing_words.end(),
                     [&](std::string_view word) { return purpose.find(word) != std::string_view::npos; });
}
static_assert(std::none_of(purposes.begin(), purposes.end(), [](Purpose const& p) { return is_policing(p.name); }),
              "the compiled table has no purpose for policing, and never will");

/// The first floor that something fell below.
class Floors {
 public:
  void hold(bool held, std::string const& floor, std::string const& rule) {
    if (held || !outcome_) return;
    outcome_ = base::fail(base::errc::invalid,
                          "The profile is below the floor \"" + floor + "\": " + rule + " A profile may only tighten.",
                          "floor." + floor);
  }
  result<void> outcome() const { return outcome_; }

 private:
  result<void> outcome_;
};

void hold_purposes(Profile const& profile, Floors& floors) {
  for (PurposeRule const& rule : profile.purposes) {
    floors.hold(!is_policing(rule.name), "no-policing", "\"" + rule.name + "\" is for policing. No purpose ever is.");
    Purpose const* const floor = purpose_named(rule.name);
    floors.hold(floor != nullptr, "purposes", "\"" + rule.name + "\" is not a purpose of the compiled table.");
    if (floor != nullptr)
      floors.hold((rule.fields & floor->fields) == rule.fields, "purpose-fields",
                  "\"" + rule.name + "\" opens a field that the compiled table does not give it.");
  }
}

void hold_evidence(Profile const& profile, Floors& floors) {
  for (EvidenceRule const& rule : profile.evidence)
    floors.hold(evidence_kind_named(rule.id) != nullptr, "evidence",
                "\"" + rule.id + "\" is not in the compiled list of evidence. A landlord's consent never is.");
}

void hold_procedure(Profile const& profile, Floors& floors) {
  floors.hold(profile.procedure.reply_period >= floor_reply_period, "reply-period",
              "a person has at least 14 days to reply.");
  floors.hold(profile.procedure.officials >= floor_officials, "two-officials",
              "a decision needs at least two distinct officials.");
  floors.hold(profile.undo_window >= undo_window, "undo", "the holder can undo for at least 72 hours.");
}

void hold_lives(Profile const& profile, Floors& floors) {
  floors.hold(profile.fresh_proof_life <= floor_fresh_proof_life, "fresh-proof-life",
              "a fresh proof lives at most 14 days.");
  floors.hold(profile.lasting_proof_life <= floor_lasting_proof_life, "lasting-proof-life",
              "a lasting proof lives at most one year.");
  bool const ordered = profile.opening_code_min <= profile.opening_code_default &&
                       profile.opening_code_default <= profile.opening_code_max;
  floors.hold(ordered && profile.opening_code_min >= floor_opening_code_min &&
                  profile.opening_code_max <= floor_opening_code_max,
              "opening-code-life",
              "an opening code lives 15 minutes to 7 days, and the default lies between the profile's own bounds.");
  floors.hold(profile.session_life <= floor_session_life, "session-life", "a session lives at most 24 hours.");
  floors.hold(profile.own_account_age <= floor_own_account_age, "own-account-age",
              "everybody has an account of their own at 18.");
}

}  // namespace

EvidenceKind const* evidence_kind_named(std::string_view id) {
  auto const found = std::find_if(evidence_kinds.begin(), evidence_kinds.end(),
                                  [&](EvidenceKind const& kind) { return kind.id == id; });
  return found == evidence_kinds.end() ? nullptr : &*found;
}

result<void> check_floors(Profile const& profile) {
  Floors floors;
  hold_procedure(profile, floors);
  hold_purposes(profile, floors);
  hold_evidence(profile, floors);
  hold_lives(profile, floors);
  return floors.outcome();
}

}  // namespace abode::rules
