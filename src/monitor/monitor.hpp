// Follows a public log from the outside, as anybody may: every leaf is read, the tree is grown from them, and what the
// log signs and its witnesses saw is held against that. It trusts no proof and no tile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "log/trust_policy.hpp"
#include "monitor/state.hpp"

namespace abode::monitor {

/// Where the log and its witnesses are. What it answers is not believed.
class Source {
 public:
  virtual ~Source() = default;
  /// A file of the log by its path (C2SP tlog-tiles), such as "checkpoint" or "tile/entries/000". errc::not_found.
  virtual base::result<base::Bytes> file(std::string const& path) = 0;
  /// The last checkpoint of the log of this origin that the witness cosigned; empty if it has none, or no address.
  virtual base::result<std::optional<std::string>> seen_by(log::TrustedKey const& witness,
                                                           std::string const& origin) = 0;
};

/// Something that no honest log does.
struct Alarm {
  std::string what;      ///< a sentence
  std::string evidence;  ///< the signed notes that show it, for anybody to check
  bool operator==(Alarm const&) const = default;
};

/// One look at a log.
struct Findings {
  std::uint64_t size_before = 0;
  std::uint64_t size = 0;             ///< leaves that were checked, all in all
  std::uint64_t entries = 0;          ///< of the new ones: those of people, and the dummies that look like them
  std::uint64_t epochs = 0;           ///< closed in the new ones
  std::optional<log::Epoch> epoch;    ///< the newest
  std::vector<std::string> events;    ///< what the new public leaves say, in sentences
  std::vector<std::string> warnings;  ///< not proof of anything, but not as it should be
  std::optional<Alarm> alarm;         ///< the first
  bool quorum = true;                 ///< the newest checkpoint has the cosignatures that the policy asks for
};

/// Looks once, and brings `state` up to what was found good; after an alarm it stays as it was. `policy` names the one
/// log. Fails if the log cannot be read: that is no alarm.
base::result<Findings> look(log::TrustPolicy const& policy, Source& source, State& state);

}  // namespace abode::monitor
