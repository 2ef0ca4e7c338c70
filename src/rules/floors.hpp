// The floors: what is compiled in, and what no profile may undercut (design.md "Floors"). A profile may only tighten.
#pragma once

#include <array>
#include <chrono>
#include <string_view>

#include "rules/profile.hpp"

namespace abode::rules {

constexpr std::chrono::days floor_reply_period{14};         ///< at least
constexpr unsigned floor_officials = 2;                     ///< at least, distinct ones
constexpr std::chrono::days floor_fresh_proof_life{14};     ///< at most
constexpr std::chrono::days floor_lasting_proof_life{365};  ///< at most
constexpr std::chrono::minutes floor_opening_code_min{15};  ///< at least: shorter is over before the desk is free
constexpr std::chrono::minutes floor_opening_code_max{7 * 24 * 60};  ///< at most
constexpr std::chrono::hours floor_session_life{24};                 ///< at most
constexpr std::chrono::years floor_own_account_age{18};              ///< at most: a guardian's access ends then

/// What can raise assurance, and how people call it. Nothing here needs a landlord's consent, and nothing ever will.
struct EvidenceKind {
  std::string_view id;
  std::string_view label;
};
inline constexpr std::array evidence_kinds{
    EvidenceKind{mailed_code, "A code mailed to the address"},
    EvidenceKind{"tenancy-agreement", "The person's own copy of a tenancy agreement"},
    EvidenceKind{"ownership", "An extract that names the person as owner"},
    EvidenceKind{"utility-bill", "A bill for water, heat, power or a line at the address"},
    EvidenceKind{"bank-letter", "A letter of a bank to the address"},
    EvidenceKind{"insurance-policy", "A household insurance policy for the address"},
    EvidenceKind{"school-letter", "A letter of a school or university to the address"},
    EvidenceKind{"employer-letter", "A letter of an employer to the address"},
    EvidenceKind{"court-decision", "A court's decision on who lives there"},
};
/// Null if there is no such kind.
EvidenceKind const* evidence_kind_named(std::string_view id);

/// errc::invalid for the first rule of `profile` that is weaker than a floor. The sentence names the floor; the field
/// is "floor." and its name: reply-period, two-officials, no-policing, purposes, purpose-fields, evidence,
/// fresh-proof-life, lasting-proof-life, undo, opening-code-life, session-life, own-account-age.
base::result<void> check_floors(Profile const& profile);

}  // namespace abode::rules
