// The people and officials of test mode: the specimens of ICAO Doc 9303, citizens of Utopia, and a child made after
// them.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "rules/roles.hpp"
#include "service/enrolment.hpp"

namespace abode::service {

struct Specimen {
  std::string_view id;
  std::string_view label;
  std::string_view card;  ///< its number; no letter with a code goes to it
  std::string_view mrz;   ///< as printed in Doc 9303; the child's is in the form of the passport there
};

inline constexpr std::array specimens{
    Specimen{"anna-eriksson", "Anna Maria Eriksson (passport)", "SPECIMEN1",
             "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"},
    Specimen{"peter-stevenson", "Peter John Stevenson (identity card)", "SPECIMEN2",
             "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"},
    Specimen{"emma-eriksson", "Emma Eriksson (a child, born in 2019)", "SPECIMEN3",
             "P<UTOERIKSSON<<EMMA<<<<<<<<<<<<<<<<<<<<<<<<<\nE17X000179UTO1905179F2905165<<<<<<<<<<<<<<<6"},
};

/// Who files for a child, by their ids: two people, of whom neither sees what the other files.
struct SpecimenGuardianship {
  std::string_view child;
  std::string_view guardian;
};

inline constexpr std::array specimen_guardianships{
    SpecimenGuardianship{"emma-eriksson", "anna-eriksson"},
    SpecimenGuardianship{"emma-eriksson", "peter-stevenson"},
};

struct SpecimenOffice {
  std::string_view id;
  std::string_view name;
};

struct SpecimenOfficial {
  std::string_view id;
  std::string_view name;
  std::string_view office;
  rules::RoleSet roles;
};

inline constexpr std::array specimen_offices{
    SpecimenOffice{"school-office", "School Office of Utopia"},
    SpecimenOffice{"civic-office", "Civic Office of Utopia"},
};

inline constexpr std::array specimen_officials{
    SpecimenOfficial{"clerk-school", "Sam Clerk", "school-office", {rules::Role::clerk}},
    SpecimenOfficial{"clerk-civic", "Robin Registrar", "civic-office", {rules::Role::clerk}},
    SpecimenOfficial{"supervisor-school", "Kim Supervisor", "school-office", {rules::Role::supervisor}},
    SpecimenOfficial{"supervisor-civic", "Lee Supervisor", "civic-office", {rules::Role::supervisor}},
    SpecimenOfficial{"auditor-civic", "Max Auditor", "civic-office", {rules::Role::auditor}},
};

/// Adds the offices of the specimen officials to a profile that does not have them.
void add_specimen_offices(rules::Profile& profile);

/// Enrols all of them into a fresh register of test mode.
base::result<void> seed_specimens(Context const& context, ports::Transaction& transaction);

/// The record of a specimen person by its id.
std::optional<ports::RecordId> find_specimen(Context const& context, ports::Snapshot& snapshot, std::string_view id);

}  // namespace abode::service
