// Addresses taken apart. Source: RFC 3986.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace abode::http {

/// What there is to check of an absolute address before somebody is sent there.
struct Url {
  std::string scheme;          ///< in small letters
  std::string host;            ///< as written, in small letters; empty if there is none
  std::string port;            ///< digits; empty if there is none
  bool has_user_info = false;  ///< "https://bank.example@evil.example/"
  bool has_fragment = false;
};

/// errc::malformed if it is no URI (section 3) in its own characters: relative ones, blanks, quotes and letters beyond
/// ASCII are none.
base::result<Url> parse_url(std::string_view text);

}  // namespace abode::http
