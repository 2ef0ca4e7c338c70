#include "api/problem.hpp"

#include "api/common_headers.hpp"
#include "base/assert.hpp"
#include "codec/json.hpp"

namespace abode::api {
namespace {

using base::errc;
namespace json = codec::json;

std::string_view title_of(errc code) {
  switch (code) {
    case errc::malformed: return "The request is not in a form we can read";
    case errc::invalid: return "Something in the request is not right";
    case errc::too_large: return "The request is too large";
    case errc::unauthenticated: return "Not signed in";
    case errc::forbidden: return "Not allowed";
    case errc::not_found: return "Not found";
    case errc::conflict: return "This does not fit the present state";
    case errc::key_reused: return "The Idempotency-Key was used before";
    case errc::stale_sign_in: return "Sign in once more";
    case errc::too_late: return "The time for this is over";
    case errc::opening_refused: return "The code opens nothing";
    case errc::not_yet_provable: return "Not yet provable";
    case errc::busy: return "Too busy at the moment";
    case errc::out_of_space: return "The register's disk is full";
    case errc::unavailable: return "A part of the register is not available";
    case errc::corrupted: return "Stored data is damaged";
    case errc::wrong_method: return "Wrong method";
    case errc::unsupported: return "Not supported";
  }
  base::fatal("an errc without a title");
}

/// What may be said of a failure inside the register: never an internal text.
std::string_view detail_of(base::Error const& error) {
  switch (error.code) {
    case errc::busy: return "Many people are using the register right now. Nothing was changed: try again in a moment.";
    case errc::out_of_space: return "Nothing was changed. The operator has been told; try again later.";
    case errc::unavailable:
    case errc::corrupted:
      return "Nothing was changed. Please tell the office that runs this register, and try again later.";
    default: return error.detail;
  }
}

http::Response render(service::Mode mode, std::string_view kind, std::string_view title, unsigned status,
                      std::string_view detail, std::string_view field) {
  json::object body{{"type", "urn:abode:problem:" + std::string{kind}},
                    {"title", title},
                    {"status", status},
                    {"detail", detail},
                    {"mode", service::name_of(mode)}};
  if (!field.empty()) body["field"] = field;
  return http::response(status, "application/problem+json", json::serialize(body));
}

}  // namespace

unsigned status_of(errc code) {
  switch (code) {
    case errc::malformed: return 400;
    case errc::invalid: return 422;
    case errc::too_large: return 413;
    case errc::unauthenticated: return 401;
    case errc::forbidden: return 403;
    case errc::not_found: return 404;
    case errc::conflict: return 409;
    case errc::key_reused: return 409;
    case errc::stale_sign_in: return 403;
    case errc::too_late: return 409;
    case errc::opening_refused: return 404;
    case errc::not_yet_provable: return 409;
    case errc::busy: return 503;
    case errc::out_of_space: return 507;
    case errc::unavailable: return 503;
    case errc::corrupted: return 500;
    case errc::wrong_method: return 405;
    case errc::unsupported: return 415;
  }
  base::fatal("an errc without a status");
}

http::Response problem(service::Mode mode, base::Error const& error) {
  auto response = render(mode, base::name_of(error.code), title_of(error.code), status_of(error.code), detail_of(error),
                         error.field);
  if (error.code == errc::unauthenticated) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (error.code == errc::busy || error.code == errc::unavailable) response.headers.emplace_back("Retry-After", "2");
  return response;
}

http::Response render_problem(Register const& registry, http::Request const&, base::Error const& error) {
  return problem(registry.context.mode, error);
}

http::Response transport_problem(service::Mode mode, unsigned status, std::string_view detail) {
  return with_common_headers(mode, render(mode, "transport", "The request could not be taken", status, detail, {}));
}

}  // namespace abode::api
