// The name of a person, as two parts. How a passport spells it in Latin letters is authoritative: nothing here
// transliterates, and nothing compares a name in a zone with a full name (zones cut names and drop signs).
#pragma once

#include <string>

#include "identity/mrz.hpp"

namespace abode::identity {

struct Names {
  std::string family;  ///< the only part of a single name
  std::string given;   ///< may be blank
  bool operator==(Names const&) const = default;
};

/// The identifiers of a zone in plain words: "ANNA<MARIA" is "ANNA MARIA".
Names names_of(Mrz const& mrz);

}  // namespace abode::identity
