// The profile of test mode, as the program carries it.
#pragma once

#include "profiles/profiles.hpp"

namespace abode::test {

inline rules::Profile const& specimen_profile() {
  static rules::Profile const profile =
      profiles::parse_profile(profiles::built_in_text("specimen").value(), "specimen.toml").value();
  return profile;
}

}  // namespace abode::test
