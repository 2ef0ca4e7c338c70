// Values that must not slip into a log line, an error text or a stream.
#pragma once

#include <fmt/core.h>

#include <cstdint>
#include <utility>

namespace abode::base {

/// Why a Secret or Personal value is taken out of its wrapping. Each disclosure in the code is a search for its word.
enum class Disclosure : std::uint8_t {
  to_holder,    ///< shown to the person it is about
  to_official,  ///< the fields of a committed opening
  to_invited,   ///< the address of a committed look at an invitation
  to_print,     ///< encrypted to the print key at once
  to_mail,      ///< an address, a language or a code, handed to the mail server of the settings
  to_sealer,    ///< encoded, and sealed at once
  to_digest,    ///< goes into a keyed hash only
  to_rules,     ///< decided on by pure code
  to_crypto,    ///< key material handed to the cryptographic library
};

namespace internal {

template <class T, class Kind>
class Wrapped {
 public:
  Wrapped() = default;
  explicit Wrapped(T value) : value_(std::move(value)) {}
  T const& reveal(Disclosure) const { return value_; }
  T& reveal(Disclosure) { return value_; }
  bool operator==(Wrapped const&) const = default;

  template <class Stream>
  friend Stream& operator<<(Stream&, Wrapped const&) = delete;

 private:
  T value_{};
};

struct SecretKind;
struct PersonalKind;

}  // namespace internal

/// Keys, tokens and codes.
template <class T>
using Secret = internal::Wrapped<T, internal::SecretKind>;

/// Data about a person.
template <class T>
using Personal = internal::Wrapped<T, internal::PersonalKind>;

}  // namespace abode::base

template <class T, class Kind, class Char>
struct fmt::formatter<abode::base::internal::Wrapped<T, Kind>, Char> {
  formatter() = delete;
};
