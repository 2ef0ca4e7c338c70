// The register's terms in plain words.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"
#include "log/entry.hpp"
#include "rules/profile.hpp"
#include "rules/purposes.hpp"
#include "rules/residence.hpp"
#include "service/opening_codes.hpp"

namespace abode::pages {

std::string in_words(base::Date date);               ///< "21 November 2026"
std::string month_in_words(std::string_view month);  ///< "November 2026" of "2026-11"
std::string in_words(base::Time time);               ///< "21 November 2026, 23:45 UTC"

std::string_view in_words(rules::Kind kind);            ///< "Main residence"
std::string_view in_words(rules::Assurance assurance);  ///< "declared by the person"
std::string_view in_words(rules::Field field);          ///< "Family name"
std::string_view in_words(service::CodeState state);    ///< "used"
std::string_view in_words(ports::SignInProof proof);    ///< "Card and the code from a letter"

/// When this kind is filed, whole sentences.
std::string condition_in_words(rules::KindRule const& rule);

/// What an undo of this act is called: "Undo the move".
std::string_view undo_of(rules::Act act);

/// "Family name, Main address".
std::string in_words(rules::FieldSet fields);
/// The same from the field names of an entry. Names of later versions stay as they are.
std::string fields_in_words(std::vector<std::string> const& names);

/// One sentence for what an entry tells, addressed to the holder: "You moved to another address".
std::string sentence_of(log::Entry const& entry, rules::Profile const& profile);
/// What the reference of an entry is: "Their reference" of an official's file, "Registration" of an own act.
std::string_view reference_label(log::Entry const& entry);
/// The name of an office of the profile, else its id.
std::string_view office_name(rules::Profile const& profile, std::string_view id);
/// The label of a purpose, else its id.
std::string_view purpose_label(std::string_view id);

/// What a person is told of a failure and what to do next; never an internal text.
std::string_view in_words(base::Error const& error);

}  // namespace abode::pages
