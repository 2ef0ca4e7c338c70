// A witness over HTTP: its whole surface.
#pragma once

#include "http/message.hpp"
#include "witness/witness.hpp"

namespace abode::witness {

/// POST /add-checkpoint, GET /<SHA-256 of the origin in hexadecimal>/checkpoint (both C2SP tlog-witness, under the
/// prefix ""), and GET /witness.vkey. 404 for another path; 405 for another method, naming the one that is served.
http::Response answer(Witness& witness, http::Request const& request);

}  // namespace abode::witness
