// Bugs stop the program at once; so does durable state that nobody can vouch for any more.
#pragma once

#include <string_view>

namespace abode::base {

/// Prints one line to standard error and aborts. For bugs, and for a failed commit or sync whose outcome is unknown
/// (design.md "Errors"): recovery at the next start is the tested path, guessing is not.
[[noreturn]] void fatal(std::string_view why);

/// A condition that only a bug can break.
inline void ensure(bool condition, std::string_view what) {
  if (!condition) [[unlikely]]
    fatal(what);
}

}  // namespace abode::base
