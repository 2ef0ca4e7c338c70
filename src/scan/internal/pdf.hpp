// Pages of a PDF as pictures.
#pragma once

#include <functional>

#include "scan/internal/picture.hpp"

namespace abode::scan::internal {

/// Draws one page after the other and shows each to `look`. Links, scripts and files in it are left alone.
/// errc::malformed: broken, or locked by a password; errc::too_large: more than max_pages.
base::result<void> draw_pages(base::ByteView file, std::function<void(Picture const&)> const& look);

}  // namespace abode::scan::internal
