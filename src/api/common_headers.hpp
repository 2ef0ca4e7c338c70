// The headers that every answer of the register carries, whoever made it.
#pragma once

#include "http/message.hpp"
#include "service/context.hpp"

namespace abode::api {

/// Adds the register's mode and what a browser may do with the answer; Cache-Control and Content-Security-Policy only
/// if it has none.
http::Response with_common_headers(service::Mode mode, http::Response response);

}  // namespace abode::api
