// Where to listen, as people write it.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"

namespace abode::app {

struct ListenAddress {
  std::string host;
  unsigned short port;  ///< 0: any free one
};

/// "HOST:PORT", "[IPV6]:PORT" or ":PORT"; without it, host and port of `public_url`. errc::invalid.
base::result<ListenAddress> parse_listen_address(std::optional<std::string> const& listen,
                                                 std::string const& public_url);

/// The same without a public address to fall back on: the port must be given.
base::result<ListenAddress> parse_listen_address(std::string const& listen);

/// True for a host that reaches this machine alone: localhost, 127.0.0.0/8 or ::1.
bool is_loopback(std::string const& host);

}  // namespace abode::app
