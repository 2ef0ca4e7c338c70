// What every use case is given besides its transaction and its command.
#pragma once

#include <string>

#include "base/random.hpp"
#include "base/time.hpp"
#include "ports/sealer.hpp"
#include "rules/profile.hpp"

namespace abode::service {

/// Fixed for the life of a register.
enum class Mode : std::uint8_t { live, test };

inline std::string_view name_of(Mode mode) {
  return mode == Mode::test ? "test" : "live";
}

/// How mail is sent, in a register that has a mail server.
struct MailPolicy {
  std::chrono::seconds wait;  ///< of a mail for others that would say the same
};

/// All of it is thread-safe and outlives the use cases.
struct Context {
  base::Clock& clock;
  base::Random& random;
  ports::Sealer& sealer;
  rules::ProfileSchedule profiles;
  Mode mode;
  std::optional<MailPolicy> mails = {};  ///< none: no mail is queued
  std::string issuer = {};               ///< as proofs name the register: its address, as people type it

  /// The one in force.
  rules::Profile const& profile() const { return profiles.at(clock.now()); }
};

}  // namespace abode::service
