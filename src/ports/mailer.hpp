// The Mailer port: one short mail to one address.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace abode::ports {

/// What is sent. Plain text, UTF-8, lines ending in '\n'.
struct Mail {
  base::Personal<std::string> to;  ///< an address (identity::parse_email_address)
  std::string language;            ///< BCP 47
  std::string subject;             ///< one line
  std::string body;
  std::string message_id;  ///< the part before the @: letters and digits. The same again when the mail is repeated.
};

enum class Sent : std::uint8_t {
  accepted,  ///< the server has it: it may arrive, or come back, and nobody here hears of either
  refused,   ///< for good: this address or this mail, another attempt would end the same
};

/// Used by one thread at a time.
class Mailer {
 public:
  virtual ~Mailer() = default;

  /// Waits for the server's answer. errc::busy if it refuses this mail for now: another may pass. errc::unavailable if
  /// it takes none: no connection, no TLS, a wrong password. Both with the reason for the operator, which holds nothing
  /// of the mail. errc::invalid for a mail whose header could be read as more than one field: nothing was sent.
  virtual base::result<Sent> send(Mail const& mail) = 0;
};

}  // namespace abode::ports
