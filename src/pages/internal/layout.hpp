// What all pages have in common: the frame around their content, and how one leads to the next.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "http/message.hpp"
#include "pages/internal/html.hpp"
#include "rules/roles.hpp"
#include "service/context.hpp"

namespace abode::pages {

/// Whose page it is: decides the links on top.
enum class Visitor : std::uint8_t { nobody, holder, official };

struct Page {
  Visitor visitor;
  std::string title;            ///< of the browser's window; the content brings its own <h1>
  std::string_view place = {};  ///< the path that is marked as "here" in the links on top
  unsigned status = 200;
  std::vector<std::string_view> scripts = {};  ///< paths of those that this page runs, besides that of a holder's pages
  rules::RoleSet roles = {};                   ///< of the official who looks at it: decides which links they have
  std::string forms_lead_to = {};              ///< beside this register: a source as Content-Security-Policy writes it
};

/// A whole page around `content`.
http::Response page(service::Mode mode, Page const& about, Html const& content);

/// The script of the pages that make or use passkeys.
inline constexpr std::string_view passkey_script_path = "/passkey.js";

/// After a POST: the browser goes on to `path`, and loading that again repeats nothing.
http::Response see_other(std::string path);

/// "/registrations/7K2P/move" from its segments, each percent-encoded.
std::string path_of(std::initializer_list<std::string_view> segments);

}  // namespace abode::pages
