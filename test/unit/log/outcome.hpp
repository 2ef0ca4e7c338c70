// What an operation came to, in a form that a test can compare. (The error() of a success is an empty error whose code
// is the first one, malformed: comparing it would let a success pass for a refusal.)
#pragma once

#include <optional>
#include <ostream>
#include <string>

#include "base/error.hpp"

namespace abode::base {

inline void PrintTo(errc code, std::ostream* out) {
  *out << name_of(code);
}

}  // namespace abode::base

namespace abode::log {

template <class T>
std::optional<base::errc> code_of(base::result<T> const& outcome) {
  return outcome ? std::nullopt : std::optional{outcome.error().code};
}

template <class T>
std::string field_of(base::result<T> const& outcome) {
  return outcome ? "accepted" : outcome.error().field;
}

}  // namespace abode::log
