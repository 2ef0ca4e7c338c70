#include <algorithm>
#include <array>
#include <span>

#include "digest/digest.hpp"
#include "html/browser_policy.hpp"
#include "verifier/internal/routes.hpp"

namespace abode::verifier {
namespace internal {
namespace {

using base::errc;
using base::fail;
using http::Method;

constexpr std::array routes{
    Route{Method::get, "/", Authority::anyone, get_start},
    Route{Method::get, "/style.css", Authority::anyone, get_style},
    Route{Method::get, "/icon.svg", Authority::anyone, get_icon},
    Route{Method::post, "/sign-in", Authority::anyone, post_sign_in},
    Route{Method::post, "/sign-out", Authority::staff, post_sign_out},
    Route{Method::post, "/requests", Authority::staff, post_page_request},
    Route{Method::get, "/requests/{id}", Authority::staff, get_page_request},
    Route{Method::get, return_path, Authority::staff, get_return},
    Route{Method::post, "/requests/{id}/forget", Authority::staff, post_forget},
    Route{Method::get, "/wallet/requests/{id}", Authority::wallet, get_request},
    Route{Method::post, "/wallet/requests/{id}", Authority::wallet, post_request},
    Route{Method::post, "/wallet/answers/{id}", Authority::wallet, post_answer},
    Route{Method::get, "/api/queries", Authority::anyone, get_queries},
    Route{Method::post, "/api/requests", Authority::program, post_api_request},
    Route{Method::get, "/api/requests/{id}", Authority::owner, get_api_request},
    Route{Method::delete_, "/api/requests/{id}", Authority::owner, delete_api_request},
};

/// Those that are there if the app is.
constexpr std::array app_routes{
    Route{Method::get, "/app/{file}", Authority::anyone, get_app},
    Route{Method::get, "/trust.json", Authority::anyone, get_trust_file},
    Route{Method::get, "/status.json", Authority::anyone, get_status_lists},
    Route{Method::get, "/status/{id}", Authority::anyone, get_status_list},
    Route{Method::get, "/desk/session", Authority::anyone, get_desk_session},
    Route{Method::post, "/desk/session", Authority::anyone, post_desk_session},
    Route{Method::delete_, "/desk/session", Authority::staff, delete_desk_session},
    Route{Method::post, "/desk/requests", Authority::staff, post_desk_request},
    Route{Method::get, "/desk/requests/{id}", Authority::staff, get_desk_request},
    Route{Method::delete_, "/desk/requests/{id}", Authority::staff, delete_desk_request},
};

/// What follows the folder of a form that ends in "{file}".
std::optional<std::string> match_file(std::string_view folder, std::string_view path) {
  constexpr std::size_t longest_name = 200;
  if (!path.starts_with(folder) || path.size() > folder.size() + longest_name) return std::nullopt;
  return std::string{path.substr(folder.size())};
}

/// What stands for "{id}" or "{file}" if the path is of this form; none if it is of another.
std::optional<std::string> match(std::string_view form, std::string_view path) {
  constexpr std::string_view place = "{id}";
  constexpr std::string_view file = "{file}";
  if (form.ends_with(file)) return match_file(form.substr(0, form.size() - file.size()), path);
  std::size_t const at = form.find(place);
  if (at == form.npos) return form == path ? std::optional<std::string>{""} : std::nullopt;
  std::string_view const before = form.substr(0, at);
  std::string_view const after = form.substr(at + place.size());
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
    return std::nullopt;
  std::string_view const id = path.substr(before.size(), path.size() - before.size() - after.size());
  constexpr std::size_t longest_id = 64;
  if (id.size() > longest_id || id.find('/') != id.npos) return std::nullopt;
  return std::string{id};
}

struct Match {
  Route const* route = nullptr;
  std::string id = {};
  std::string allowed = {};  ///< methods that the path has, if not this one
};

Match find_route(http::Request const& request, std::span<Route const> table) {
  Method const method = request.method == Method::head ? Method::get : request.method;
  Match found;
  for (Route const& route : table) {
    auto id = match(route.path, request.path);
    if (!id) continue;
    if (route.method == method) return {&route, std::move(*id)};
    found.allowed += (found.allowed.empty() ? "" : ", ") + std::string{http::name_of(route.method)};
  }
  return found;
}

Match find_route(Site const& site, http::Request const& request) {
  Match found = find_route(request, routes);
  bool const is_known = found.route != nullptr || !found.allowed.empty();
  return is_known || site.app == nullptr ? found : find_route(request, app_routes);
}

/// Whether it is for browsers, which bring their cookie.
bool is_for_browsers(Route const& route) {
  return !route.path.starts_with("/api/") && !route.path.starts_with("/wallet/");
}

bool is_page(Route const& route) {
  return is_for_browsers(route) && !route.path.starts_with("/desk/");
}

http::Response fail_at(Route const& route, Call const& call, base::Error const& error) {
  return is_page(route) ? failure_page(call, error) : problem(error);
}

/// A browser sends its cookie along with what other sites make it send; those requests carry another Origin. Signing in
/// is guarded as well, or another site could sign somebody in as somebody else.
bool comes_from_elsewhere(Route const& route, Call const& call) {
  if (!is_for_browsers(route) || route.method == Method::get) return false;
  return http::header(call.request, "Origin") != call.site.desk.public_url();
}

base::result<void> let_in(Route const& route, Call& call) {
  switch (route.authority) {
    case Authority::anyone:
    case Authority::wallet: return {};
    case Authority::program:
      if (call.site.staff.has_access(bearer_token(call.request))) return {};
      return fail(errc::unauthenticated, "Send the access key as: Authorization: Bearer KEY.");
    case Authority::owner: call.who = digest::sha256(base::as_bytes(bearer_token(call.request))); return {};
    case Authority::staff:
      if (auto const who = call.site.staff.who(session_token(call.site, call.request))) {
        call.who = *who;
        return {};
      }
      return fail(errc::unauthenticated, "Sign in with the access key of this verifier first.");
  }
  return fail(errc::forbidden, "Not here.");
}

http::Response handle(Site const& site, http::Request const& request) {
  Match found = find_route(site, request);
  Call call{site, request, std::move(found.id)};
  if (found.route == nullptr && found.allowed.empty())
    return failure_page(call, fail(errc::not_found, "There is no such page here. Begin at the start page."));
  if (found.route == nullptr) {
    auto response = problem(fail(errc::wrong_method, "This address takes " + found.allowed + " only."));
    response.headers.emplace_back("Allow", found.allowed);
    return response;
  }
  if (comes_from_elsewhere(*found.route, call))
    return fail_at(
        *found.route, call,
        fail(errc::forbidden, "This came from another site. Open this verifier's own page and try again there."));
  if (auto const in = let_in(*found.route, call); !in) return fail_at(*found.route, call, in.error());
  return found.route->handler(call);
}

}  // namespace

std::string_view bearer_token(http::Request const& request) {
  constexpr std::string_view scheme = "Bearer ";
  std::string_view const header = http::header(request, "Authorization");
  return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view{};
}

unsigned status_of(errc code) {
  switch (code) {
    case errc::malformed:
    case errc::invalid: return 400;
    case errc::too_large: return 413;
    case errc::unauthenticated: return 401;
    case errc::forbidden: return 403;
    case errc::not_found: return 404;
    case errc::conflict: return 409;
    case errc::too_late: return 410;
    case errc::wrong_method: return 405;
    case errc::unsupported: return 415;
    case errc::busy:
    case errc::unavailable: return 503;
    default: return 500;
  }
}

http::Response json_response(unsigned status, codec::json::object const& body) {
  return http::response(status, "application/json", codec::json::serialize(body));
}

http::Response problem(base::Error const& error) {
  codec::json::object body{{"type", "urn:abode:problem:" + std::string{base::name_of(error.code)}},
                           {"title", "The request cannot be answered as it was sent."},
                           {"status", status_of(error.code)},
                           {"detail", error.detail}};
  if (!error.field.empty()) body["field"] = error.field;
  auto response = http::response(status_of(error.code), "application/problem+json", codec::json::serialize(body));
  if (error.code == errc::unauthenticated) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace internal

http::Response answer(Site const& site, http::Request const& request) {
  auto response = internal::handle(site, request);
  auto& headers = response.headers;
  auto const otherwise = [&](char const* name, char const* value) {
    if (http::header(response, name).empty()) headers.emplace_back(name, value);
  };
  otherwise("Cache-Control", "no-store");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "same-origin");
  otherwise("Content-Security-Policy", html::plain_page_policy);
  otherwise("Permissions-Policy", html::permissions_policy);
  return response;
}

}  // namespace abode::verifier
