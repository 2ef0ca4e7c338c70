// The smallest form of a file that a browser takes (RFC 9110, 12.5.3).
#pragma once

#include "http/message.hpp"
#include "ports/web_files.hpp"

namespace abode::webapp {

/// 200 with the file in brotli, else gzip, else as it is: the first that the request's Accept-Encoding names, with a
/// weight other than 0, and that the build made. Without that field, as it is.
http::Response in_best_encoding(ports::WebFile const& file, http::Request const& request);

}  // namespace abode::webapp
