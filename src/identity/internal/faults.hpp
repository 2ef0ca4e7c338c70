// What is wrong with a zone, in words that help the person who typed it.
#pragma once

#include <optional>

#include "base/error.hpp"
#include "identity/internal/zone.hpp"

namespace abode::identity::internal {

/// The first fault, looking at characters (a digit in a name), then at the form of each field, then at check digits.
std::optional<base::Error> find_fault(Zone const& zone, NumberPlaces const& places);

}  // namespace abode::identity::internal
