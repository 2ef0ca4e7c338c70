// What no file may hold: words of tracking (G1, G9), calls that belong to one room, files that are out of form.
// Each rule is a pure function of one file, or of names; each has texts in scanner_test.cpp that it must flag.
#pragma once

#include <string>
#include <vector>

#include "architecture/source.hpp"

namespace abode::architecture {

/// Calls and keywords that have a better place or a better way; each row of the table names the rooms that may.
std::vector<Violation> check_bans(Source const& source);

/// No coroutine is a lambda with captures: the captures die with the lambda while the coroutine lives on.
std::vector<Violation> check_coroutines(Source const& source);

/// A file of src/ROOM opens no namespace abode::OTHER.
std::vector<Violation> check_namespace(Source const& source);

/// G1 and G9: no identifier and no literal of src/ speaks of places, devices, addresses of clients, or nationality.
/// Words are compared without case, and across the joints of identifiers: user_agent and "User-Agent" are one.
///
/// Let through: the nationality field of a document's machine-readable zone in room identity, and a few exact literals
/// that refuse what they name (words.cpp lists them with the place of each), such as geolocation=() in room api.
std::vector<Violation> check_words(Source const& source);

/// A header begins with #pragma once; no file is longer than 600 lines; nothing is left "to do".
std::vector<Violation> check_form(Source const& source);

/// No path of somebody's machine stands in any file of the repository.
std::vector<Violation> check_machine_paths(Source const& source);

/// The files of docs/decisions are NNNN-title.md, numbered from 0001 without gap or double, and a README.md if wanted.
std::vector<Violation> check_decisions(std::vector<std::string> names);

/// Each test that a document names, as `FILE: SUITE.NAME` (FILE below test/, without its ending; * for any letters), is
/// there.
std::vector<Violation> check_test_names(Source const& document, std::vector<Source> const& tests);

}  // namespace abode::architecture
