// The headers that every answer of the register carries, whoever made it.
#pragma once

#include "http/message.hpp"
#include "service/context.hpp"

namespace abode::api {

/// The Content-Security-Policy of the few pages that run a script of ours. All others run none.
inline constexpr char const* scripted_page_policy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

/// Adds the register's mode and what a browser may do with the answer; Cache-Control and Content-Security-Policy only
/// if it has none.
http::Response with_common_headers(service::Mode mode, http::Response response);

}  // namespace abode::api
