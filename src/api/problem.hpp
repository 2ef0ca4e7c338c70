// Failures as clients see them: RFC 9457 problem details.
#pragma once

#include "api/routing.hpp"

namespace abode::api {

/// The HTTP status of a kind of failure.
unsigned status_of(base::errc code);

/// application/problem+json with type "urn:abode:problem:<kind>", title, status, detail and, if known, the field.
http::Response problem(service::Mode mode, base::Error const& error);

/// Surface::render_error of the API.
http::Response render_problem(Register const& registry, http::Request const& request, base::Error const& error);

/// What the transport itself says (http::Config::transport_problem), in the same form, common headers included.
http::Response transport_problem(service::Mode mode, unsigned status, std::string_view detail);

}  // namespace abode::api
