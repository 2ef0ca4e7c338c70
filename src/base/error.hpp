// Expected outcomes: an operation that can fail for a reason a caller should handle returns result<T>.
// Bugs are asserts (base/assert.hpp); an unknown state of durable data is fatal().
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace abode::base {

/// What went wrong, as stable kinds that the API maps one to one to problem types (RFC 9457).
enum class errc : std::uint8_t {
  malformed = 1,     ///< the bytes are not of the expected form; from 1, so that no error has no kind
  invalid,           ///< well-formed, but a value breaks a rule; `field` names it
  too_large,         ///< over a limit
  unauthenticated,   ///< no session, or it has expired
  stale_sign_in,     ///< a session of the right authority that did not begin just now, which this act needs
  forbidden,         ///< a session, but not of the authority that is needed
  not_found,         ///< nothing there, or not yours: the two look alike
  conflict,          ///< contradicts the present state; load it again
  key_reused,        ///< an Idempotency-Key came again with another body
  too_late,          ///< the time for this act is over
  opening_refused,   ///< miss, refusal and block of an opening: one answer for all (G11)
  not_yet_provable,  ///< written, but the next checkpoint is not out
  busy,              ///< a limit of waiting work is reached; try again
  out_of_space,      ///< disk full, rollback confirmed: nothing was changed
  unavailable,       ///< a part the operation needs is not there (file, lock, key)
  corrupted,         ///< stored data does not match its checksum, seal or form
  wrong_method,      ///< the address is right, the HTTP method is not
  unsupported,       ///< a media type or version that is not served
};

/// Stable lower-case name of a kind, such as "not-found"; part of the API.
std::string_view name_of(errc code);

/// One expected failure. `detail` is a whole sentence for people that says what to do next and holds no personal data.
struct Error {
  errc code;
  std::string detail;
  std::string field = {};  ///< the field at fault as a dotted path, or empty
};

inline std::exception_ptr make_exception_ptr(Error const& error) {
  return std::make_exception_ptr(std::runtime_error(error.detail));
}

[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const& where);

template <class T = void>
using result = boost::system::result<T, Error>;

/// Shorthand for returning a failure: `return fail(errc::invalid, "Give a house.", "address.lines");`
inline Error fail(errc code, std::string detail, std::string field = {}) {
  return Error{code, std::move(detail), std::move(field)};
}

}  // namespace abode::base
