// The look that all pages share.
#pragma once

#include <string>
#include <string_view>

namespace abode::html {

/// The file src/html/colours.css, which the web app uses as well.
std::string_view colours();

/// The file src/html/look.css.
std::string_view look();

/// A whole style sheet: colours, look, and what some pages have beside it.
inline std::string style_sheet(std::string_view own) {
  return std::string{colours()} + std::string{look()} + std::string{own};
}

}  // namespace abode::html
