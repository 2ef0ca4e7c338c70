// The web app as a browser gets it: built files with their encodings, how long they may be kept, and what its pages may
// do.
#pragma once

#include "api/routing.hpp"

namespace abode::webapp {

/// Below /app/. Any address there that is no file is a page of the app, which finds its way by itself; a missing file
/// of assets/ is 404. Needs the register's `web_files`.
api::Surface web_surface();

}  // namespace abode::webapp
