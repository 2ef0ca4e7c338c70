// Text as people write it, in any script (ICU inside).
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::text {

/// One line of text a person typed: must be UTF-8 without control characters (tab and line break are among them),
/// invisible ones such as direction overrides and zero-width spaces (the joiners that scripts are spelled with may
/// stay), private-use and unassigned characters; comes back in Unicode normal form C, trimmed, runs of spaces of any
/// kind as single blanks. Scripts, letters and punctuation stay as they are: the original spelling is the right one.
/// errc::invalid with `field`.
base::result<std::string> clean_line(std::string_view typed, std::string const& field);

/// A language's name in the language itself, from its tag (BCP 47): "Deutsch" of "de". The tag, if it has no name.
std::string language_name(std::string const& tag);

/// A country's name in a language: "Germany" of "DE" in "en". The code, if it is nobody's.
std::string country_name(std::string const& code, std::string const& language);

/// A day as people of a language write it out: "21 December 2026" in "en-GB".
std::string long_date(base::Date date, std::string const& language);

}  // namespace abode::text
