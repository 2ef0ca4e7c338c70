// What a monitor remembers of a log from one look to the next.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "log/epoch.hpp"
#include "log/merkle.hpp"

namespace abode::monitor {

struct State {
  std::string checkpoint;              ///< signed note of the newest one that was checked; empty before the first look
  log::RightEdge edge;                 ///< of its tree, grown from the leaves themselves
  std::optional<log::Epoch> epoch{};   ///< the newest
  std::optional<std::string> ahead{};  ///< a larger one that a witness showed and the log did not, at the last look
  bool operator==(State const&) const = default;
};

/// JSON: version, checkpoint, size, edge (a list of base64) and, if they are there, epoch (the leaf, base64) and ahead.
std::string encode_state(State const& state);
/// Strict. errc::malformed, invalid or unsupported.
base::result<State> decode_state(std::string_view json);

}  // namespace abode::monitor
