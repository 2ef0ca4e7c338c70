// Responses as the bytes of HTTP/1.1.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace abode::http {

/// Whether status, header names and header values can go over the wire as they are: a line break in a value would let
/// whoever chose the value write headers of their own.
bool is_sendable(Response const& response);

/// What the head of a response says besides the response's own fields.
struct HeadOptions {
  bool keep_alive;
  bool to_http_1_0;       ///< such a client must be told when the connection stays open
  std::string_view date;  ///< RFC 9110, 5.6.7
};

/// Status line and header, up to and with the empty line. A status of 100 has no fields at all.
std::string head_of(Response const& response, HeadOptions const& options);

/// Whether a response of this status may have a body (RFC 9110, 6.4.1).
bool may_have_body(unsigned status);

/// The present time as a Date field has it, put together once a second. Not thread-safe.
class DateLine {
 public:
  std::string_view now();

 private:
  std::time_t second_ = -1;
  std::string text_;
};

}  // namespace abode::http
