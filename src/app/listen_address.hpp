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

}  // namespace abode::app
