// Pages of a PDF as pictures.
#pragma once

#include <functional>

#include "pictures/internal/picture.hpp"

namespace abode::pictures::internal {

/// Draws one page after the other and shows each to `look`. Links, scripts and files in it are left alone.
/// errc::malformed: broken, or locked by a password; errc::too_large: more than scan::max_pages.
base::result<void> draw_pages(base::ByteView file, std::function<void(Picture const&)> const& look);

}  // namespace abode::pictures::internal
