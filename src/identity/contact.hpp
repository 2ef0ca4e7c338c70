// How a person is reached by mail: an address, and the language they are written to in.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace abode::identity {

/// The languages people are written to in (BCP 47), each with a catalog (text/catalogs.hpp). The first is the one for
/// whoever chose none.
inline constexpr std::array<std::string_view, 13> languages{"en", "ru", "uz-Latn", "uz-Cyrl", "tg", "ky", "kk",
                                                            "hy", "ka", "az",      "uk",      "ro", "de"};

bool is_language(std::string_view tag);

constexpr std::size_t max_email_address_bytes = 254;  ///< RFC 5321 section 4.5.3.1.3, without the angle brackets

struct Contact {
  std::string address;  ///< canonical (parse_email_address)
  std::string language;
  bool reminders = true;  ///< whether they are told there of dates which they set themselves
  bool operator==(Contact const&) const = default;
};

/// An e-mail address as people type it: a dot-atom (RFC 5322 section 3.2.3) of at most 64 bytes and a host name with a
/// dot, which comes back in lower case. Nothing that would need quoting, and ASCII only, as not every mail server takes
/// more (RFC 6531): an international domain is written in its xn-- form. errc::invalid, field "address", with words
/// that hold nothing of what was typed.
base::result<std::string> parse_email_address(std::string_view typed);

}  // namespace abode::identity
