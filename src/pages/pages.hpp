// The register as plain pages that need no script, but for passkeys: for a person, and one form for an
// official.
#pragma once

#include <string_view>

#include "api/routing.hpp"

namespace abode::pages {

/// The pages, with failures as pages that say what to do next. Failures below /api/ stay problem details, so that this
/// surface may stand first and answer for addresses that nobody has.
api::Surface page_surface();

/// The files src/pages/style.css, icon.svg, passkey.js and leave.js.
std::string_view style_sheet();
std::string_view icon();
std::string_view passkey_script();
std::string_view leave_script();

}  // namespace abode::pages
