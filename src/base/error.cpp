#include "base/error.hpp"

#include <stdexcept>

#include "base/assert.hpp"

namespace abode::base {

std::string_view name_of(errc code) {
  switch (code) {
    case errc::malformed: return "malformed";
    case errc::invalid: return "invalid";
    case errc::too_large: return "too-large";
    case errc::unauthenticated: return "unauthenticated";
    case errc::forbidden: return "forbidden";
    case errc::not_found: return "not-found";
    case errc::conflict: return "conflict";
    case errc::key_reused: return "key-reused";
    case errc::stale_sign_in: return "stale-sign-in";
    case errc::too_late: return "too-late";
    case errc::opening_refused: return "opening-refused";
    case errc::not_yet_provable: return "not-yet-provable";
    case errc::busy: return "busy";
    case errc::out_of_space: return "out-of-space";
    case errc::unavailable: return "unavailable";
    case errc::corrupted: return "corrupted";
    case errc::wrong_method: return "wrong-method";
    case errc::unsupported: return "unsupported";
  }
  fatal("an errc without a name");
}

void throw_exception_from_error(Error const& error, boost::source_location const&) {
  throw std::runtime_error(error.detail);
}

}  // namespace abode::base
