// The profile that a register serves by: chosen at init, kept in profile.toml, so that a later version of the program
// changes nobody's rules.
#pragma once

#include <optional>
#include <string>

#include "app/config.hpp"
#include "rules/profile.hpp"

namespace abode::app {

struct Policy {
  std::string text;  ///< of the profile file, byte for byte
  rules::Profile profile;
};

/// A change as the public log has announced it.
struct AnnouncedChange {
  base::Time in_force{};
  std::uint64_t leaf = 0;  ///< index of the leaf that says so
};

/// A built-in profile by its name, or the file NAME.toml if `name` ends so. Errors: those of profiles::parse_profile;
/// errc::not_found; errc::forbidden for a model outside test mode; errc::invalid for a rule that is not in force today.
base::result<Policy> find_policy(std::string const& name, service::Mode mode);

/// The profiles of a register.
struct Policies {
  rules::Profile now;
  std::optional<rules::Profile> next;  ///< announced
  AnnouncedChange announced;           ///< of `next`
};

/// The profile of a register, which abode.toml names and profile.toml holds, and the one that was announced to follow
/// it. If its time has come, it takes the place of the other here. Errors as above, and errc::conflict if a file holds
/// another profile than was named, or another or at another time than the leaf in the log's own files says.
base::result<Policies> load_policies(Layout const& layout, Config const& config);

/// A change to the profile in `file`, as it is to be announced: errors as above, and errc::conflict for a profile of
/// another name or the one that is there.
base::result<Policy> find_next_policy(std::string const& file, rules::Profile const& now, service::Mode mode,
                                      base::Time in_force);

/// Notes a change once it was announced in the log: the text first, then that it holds. A crash between leaves no
/// change.
base::result<void> note_change(Layout const& layout, Policy const& next, AnnouncedChange const& announced);
/// Drops a change that was noted.
base::result<void> drop_change(Layout const& layout);

}  // namespace abode::app
