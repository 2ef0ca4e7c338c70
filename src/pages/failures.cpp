#include "api/problem.hpp"
#include "api/wallet_link.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

using base::errc;

/// What a page of failure says on top, and where it leads next.
struct Advice {
  std::string_view title;
  std::string_view path;
  std::string_view link;
};

Advice advice_for(errc code, Visitor visitor) {
  Advice const back = visitor == Visitor::official ? Advice{"", "/staff", "Back to the form"}
                      : visitor == Visitor::holder ? Advice{"", "/home", "To your own page"}
                                                   : Advice{"", "/", "To the start page"};
  auto const titled = [&](std::string_view title) { return Advice{title, back.path, back.link}; };
  switch (code) {
    case errc::unauthenticated: return {"Please sign in", "/", "Sign in on the start page"};
    case errc::opening_refused: return {"This code opened nothing", "/staff", "Try again"};
    case errc::not_found: return titled("We could not find that");
    case errc::wrong_method: return titled("This page cannot be opened like that");
    case errc::stale_sign_in: return {"Sign in once more", "/", "To the start page"};
    case errc::forbidden: return titled("This is not allowed");
    case errc::too_late: return titled("The time for this is over");
    case errc::conflict: return titled("This does not fit any more");
    case errc::key_reused: return titled("You sent this before");
    case errc::malformed:
    case errc::invalid:
    case errc::too_large:
    case errc::unsupported: return titled("We could not take this");
    case errc::not_yet_provable: return titled("Not yet, but in a few seconds");
    case errc::busy: return titled("Very busy at the moment");
    case errc::out_of_space:
    case errc::unavailable:
    case errc::corrupted: return titled("Sorry, something does not work here");
  }
  return titled("Sorry, something does not work here");
}

/// Goes by the address and by what the browser carries, not by who it proved to be: the links on top lead to pages that
/// ask again.
Visitor visitor_of(http::Request const& request, errc code, bool secure) {
  if (request.path.starts_with("/staff")) return Visitor::official;
  bool const signed_in =
      code != errc::unauthenticated && !http::cookie(request, api::cookie_name(api::Authority::holder, secure)).empty();
  return signed_in ? Visitor::holder : Visitor::nobody;
}

}  // namespace

http::Response render_failure(api::Register const& registry, http::Request const& request, base::Error const& error) {
  service::Mode const mode = registry.context.mode;
  if (request.path.starts_with("/api/")) return api::problem(mode, error);
  // The start page takes the wallet's request along, so that nobody has to begin again in the wallet.
  if (error.code == errc::unauthenticated && request.path == api::wallet_authorize_path && !request.query.empty())
    return see_other("/?" + request.query);
  Visitor const visitor = visitor_of(request, error.code, registry.secure);
  Advice const advice = advice_for(error.code, visitor);
  Html const content = group(el("h1", advice.title), el("p", {{"class", "lead"}}, in_words(error)),
                             el("p", {{"class", "actions"}}, button_link(advice.path, advice.link)));
  bool const links = error.code != errc::unauthenticated;
  auto response = page(
      mode, {links ? visitor : Visitor::nobody, std::string{advice.title}, {}, api::status_of(error.code)}, content);
  if (error.code == errc::unauthenticated) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (error.code == errc::busy || error.code == errc::unavailable) response.headers.emplace_back("Retry-After", "2");
  return response;
}

}  // namespace abode::pages
