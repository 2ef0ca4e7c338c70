#include "api/routing.hpp"

#include <optional>

namespace abode::api {
namespace {

using base::errc;
using base::fail;

constexpr std::string_view bearer = "Bearer ";

/// Takes the text up to the next '/' off the front of `path`.
std::string_view take_segment(std::string_view& path) {
  std::size_t const end = path.find('/');
  std::string_view const segment = path.substr(0, end);
  path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  return segment;
}

std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::vector<std::string> const& segments) {
  std::vector<std::string> params;
  pattern.remove_prefix(1);
  for (std::size_t i = 0;; ++i) {
    if (pattern.empty()) return i == segments.size() ? std::optional{params} : std::nullopt;
    std::string_view const expected = take_segment(pattern);
    if (i == segments.size()) return std::nullopt;
    if (expected == "{*}") {
      std::string rest = segments[i];
      for (std::size_t k = i + 1; k < segments.size(); ++k) rest += "/" + segments[k];
      params.push_back(std::move(rest));
      return params;
    }
    if (expected.starts_with('{') && !segments[i].empty())
      params.push_back(segments[i]);
    else if (expected != segments[i])
      return std::nullopt;
  }
}

/// Adds a method to the value of an Allow header, once; HEAD comes with GET.
void allow(std::string& allowed, http::Method method) {
  std::string_view const name = method == http::Method::get ? "GET, HEAD" : http::name_of(method);
  if (allowed.find(name) != std::string::npos) return;
  if (!allowed.empty()) allowed += ", ";
  allowed += name;
}

bool same_method(http::Method of_route, http::Method of_request) {
  return of_route == of_request || (of_route == http::Method::get && of_request == http::Method::head);
}

/// "/api" of "/api/v1/me".
std::string_view first_segment(std::string_view path) {
  return path.substr(0, path.find('/', 1));
}

/// Whose address an unknown one would be: that of the first surface with a route that begins alike.
Surface const* neighbour(std::span<Surface const> surfaces, std::string_view path) {
  for (Surface const& surface : surfaces)
    for (Route const& route : surface.routes)
      if (first_segment(route.path) == first_segment(path)) return &surface;
  return nullptr;
}

}  // namespace

bool has_bearer_token(http::Request const& request) {
  return http::header(request, "Authorization").starts_with(bearer);
}

std::string_view cookie_name(Authority authority, bool secure) {
  if (authority == Authority::official || authority == Authority::staff)
    return secure ? "__Host-abode_staff" : "abode_staff";
  return secure ? "__Host-abode_session" : "abode_session";
}

ports::SessionToken session_token(http::Request const& request, Authority authority, bool secure) {
  if (has_bearer_token(request))
    return ports::SessionToken{std::string{http::header(request, "Authorization").substr(bearer.size())}};
  return ports::SessionToken{std::string{http::cookie(request, cookie_name(authority, secure))}};
}

service::Actor Caller::actor() const {
  if (std::holds_alternative<ports::GuardianSession>(session_)) return service::Actor{guardian()};
  return service::Actor{holder()};
}

ports::SessionRow const* Caller::session() const {
  if (auto const* const person = std::get_if<ports::HolderSession>(&session_)) return &person->row();
  if (auto const* const child = std::get_if<ports::GuardianSession>(&session_)) return &child->guardian().row();
  if (auto const* const clerk = std::get_if<ports::OfficialSession>(&session_)) return &clerk->row();
  if (auto const* const newcomer = std::get_if<ports::StaffSession>(&session_)) return &newcomer->row();
  return nullptr;
}

base::result<std::optional<service::RequestKey>> Caller::request_key(std::string_view key,
                                                                     std::string_view request) const {
  if (key.empty()) return std::optional<service::RequestKey>{};
  if (key.size() > service::max_request_key_bytes)
    return fail(errc::invalid, "An Idempotency-Key has at most 128 bytes. Choose a shorter one.", "Idempotency-Key");
  std::string subject = "anyone";
  if (std::holds_alternative<ports::HolderSession>(session_))
    subject = "record " + std::to_string(holder().record().value());
  if (std::holds_alternative<ports::GuardianSession>(session_)) subject = "guardianship " + guardian().id().value();
  if (std::holds_alternative<ports::OfficialSession>(session_))
    subject = "official " + official().official().id.value();
  if (std::holds_alternative<ports::StaffSession>(session_)) subject = "official " + staff().official().id.value();
  return std::optional{service::make_request_key(subject, key, request)};
}

Match find_route(std::span<Surface const> surfaces, http::Request const& request) {
  Match match;
  match.surface = neighbour(surfaces, request.path);
  auto const segments = http::path_segments(request.path);
  if (!segments) return match;
  for (Surface const& surface : surfaces) {
    for (Route const& route : surface.routes) {
      auto params = match_path(route.path, *segments);
      if (!params) continue;
      match.surface = &surface;
      if (same_method(route.method, request.method)) {
        match.route = &route;
        match.params = std::move(*params);
        if (route.authority == Authority::guardian) {
          match.child = base::GuardianshipId{match.params.front()};
          match.params.erase(match.params.begin());
        }
        return match;
      }
      allow(match.allowed, route.method);
    }
  }
  return match;
}

}  // namespace abode::api
