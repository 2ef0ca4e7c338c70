// The headers that every answer of the register carries, whoever made it.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"
#include "service/context.hpp"

namespace abode::api {

/// The Content-Security-Policy of the few pages that run a script of ours; all others run none. `forms_lead_to` is one
/// more source that an answer to a form may send the browser to.
std::string scripted_page_policy(std::string_view forms_lead_to = {});

/// Adds the register's mode and what a browser may do with the answer; Cache-Control and Content-Security-Policy only
/// if it has none.
http::Response with_common_headers(service::Mode mode, http::Response response);

}  // namespace abode::api
