// JSON as bytes that everybody writes alike: JSON Canonicalization Scheme (RFC 8785), for what is signed as JSON.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "base/error.hpp"

namespace abode::codec {

/// Without white space, members in the order of their names' UTF-16 code units, texts with the fewest escapes (RFC
/// 8785, section 3.2). Of numbers it knows whole ones up to 2^53 - 1, which is what I-JSON carries safely (RFC 7493,
/// section 2.2): errc::unsupported for others.
base::result<std::string> to_canonical_json(boost::json::value const& value);

}  // namespace abode::codec
