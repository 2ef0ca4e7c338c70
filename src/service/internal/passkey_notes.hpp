// What is sealed of a passkey: all that its holder alone may see.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::service::internal {

/// A challenge that this passkey has answered.
struct AnsweredChallenge {
  base::Time made_at;
  base::Bytes random;
  bool operator==(AnsweredChallenge const&) const = default;
};

struct PasskeyNotes {
  std::string name;                              ///< as its holder calls it
  base::Bytes credential_id;                     ///< so that a device can tell that it has this one already
  std::uint32_t sign_count;                      ///< highest one seen; zero: its device does not count
  std::optional<std::string> last_used = {};     ///< a month, "2026-11"
  std::vector<AnsweredChallenge> answered = {};  ///< those of the last minutes, so that each is good once
  bool operator==(PasskeyNotes const&) const = default;
};

base::Bytes encode_notes(PasskeyNotes const& notes);
/// errc::corrupted for anything encode_notes does not write.
base::result<PasskeyNotes> decode_notes(base::ByteView encoded);

}  // namespace abode::service::internal
