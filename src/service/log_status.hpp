// How the public log stands, for everybody: the authority, its witnesses and people see the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/history.hpp"

namespace abode::service {

struct LogStatus {
  std::uint64_t signed_size = 0;            ///< leaves under the log's own newest signature
  std::optional<std::uint64_t> shown_size;  ///< of the checkpoint that is shown; none before the first
  std::vector<std::string> witnesses;       ///< their names; empty if nobody is asked
  std::vector<std::string> cosigners;       ///< those of them that signed the checkpoint that is shown
  std::optional<log::Epoch> epoch;          ///< the newest whose leaf is under the checkpoint that is shown
  std::optional<base::Time> quorum_at;      ///< when enough of them had last seen the log; none if they never did
};

/// errc::corrupted if the store holds no checkpoint where one must be.
base::result<LogStatus> log_status(PublicLog const& log, ports::Snapshot& snapshot);

}  // namespace abode::service
