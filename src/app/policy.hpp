// The profile that a register serves by: chosen at init, kept in profile.toml, so that a later version of the program
// changes nobody's rules.
#pragma once

#include <string>

#include "app/config.hpp"
#include "rules/profile.hpp"

namespace abode::app {

struct Policy {
  std::string text;  ///< of the profile file, byte for byte
  rules::Profile profile;
};

/// A built-in profile by its name, or the file NAME.toml if `name` ends so. Errors: those of profiles::parse_profile;
/// errc::not_found; errc::forbidden for a model outside test mode; errc::invalid for a rule that is not in force today.
base::result<Policy> find_policy(std::string const& name, service::Mode mode);

/// The profile of a register, which abode.toml names and profile.toml holds. Errors as above, and errc::conflict if the
/// two differ.
base::result<rules::Profile> load_policy(Layout const& layout, Config const& config);

}  // namespace abode::app
