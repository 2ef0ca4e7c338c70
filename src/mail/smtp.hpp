// The Mailer by SMTP (RFC 5321) with STARTTLS (RFC 3207).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "ports/mailer.hpp"

namespace abode::mail {

struct Login {
  std::string user;
  base::Secret<std::string> password;
};

struct SmtpOptions {
  std::string server;  ///< host name or address
  std::uint16_t port;
  std::string from;  ///< address of the sender, also of the envelope: what comes back goes there, and nowhere here
  std::optional<Login> login = {};
  bool starttls = true;  ///< without it nothing is sent, not even a password; false: in the clear, to this machine only
  std::optional<std::string> authorities = {};  ///< PEM file of who may vouch for the server; none: the machine's
  std::chrono::milliseconds timeout{20'000};    ///< for one mail
};

/// Keeps its connection open from one mail to the next. `clock` outlives it.
std::unique_ptr<ports::Mailer> make_smtp_mailer(SmtpOptions options, base::Clock& clock);

}  // namespace abode::mail
