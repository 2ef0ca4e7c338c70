// A mail as it goes over the wire: RFC 5322 with MIME (RFC 2045, 2047), in ASCII. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"
#include "ports/mailer.hpp"

namespace abode::mail {

/// True for an address that can stand between angle brackets as it is: printable ASCII, one @, no sign that means
/// something in a header. What a person typed is checked before, and more strictly (identity::parse_email_address).
bool is_plain_address(std::string_view address);

/// Header and body with CRLF: From, To, Subject, Date, Message-ID, Auto-Submitted (RFC 3834: no auto-responder answers)
/// and the fields of MIME; the body in base64. Nothing but To, Date and Message-ID depends on who gets it.
/// errc::invalid if an address, the subject, the language or the Message-ID holds a line break, a control character or
/// anything else that could be read as more than its own field.
base::result<std::string> write_message(ports::Mail const& mail, std::string_view from, base::Time date);

}  // namespace abode::mail
