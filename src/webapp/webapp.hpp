// The web app as a browser gets it: built files with their encodings, how long they may be kept, and what its pages may
// do.
#pragma once

#include <string_view>

#include "http/message.hpp"
#include "ports/web_files.hpp"

namespace abode::webapp {

/// The path that the app is built for, with the slash at its end.
inline constexpr std::string_view base_path = "/app/";

/// Answers a GET of /app/NAME. Any name that is no file is a page of the app, which finds its way by itself: the app's
/// document is the answer. A missing file of assets/ is 404, as plain text.
http::Response answer(ports::WebFiles const& files, http::Request const& request, std::string_view name);

}  // namespace abode::webapp
