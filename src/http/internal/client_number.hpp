// Which client a request came from, as a number that tells clients apart and nothing else. Here, and nowhere else, the
// transport asks where a connection comes from; what it hears is made into the number and forgotten (G1).
#pragma once

#include <cstdint>
#include <string_view>

#include "http/internal/session.hpp"
#include "http/server.hpp"

namespace abode::http {

/// Config::client_number of the connection, or behind a proxy of the last hop in `forwarded` (the value of
/// X-Forwarded-For): the proxy wrote that one, all before it are the client's word. An IPv6 network of 64 bits is one
/// client: everybody has that many to themselves. 0 if it cannot be told.
std::uint64_t client_number(Config const& config, Socket const& socket, std::string_view forwarded);

}  // namespace abode::http
