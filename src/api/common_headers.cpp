#include "api/common_headers.hpp"

#include "html/browser_policy.hpp"

namespace abode::api {

http::Response with_common_headers(service::Mode mode, http::Response response) {
  auto& headers = response.headers;
  headers.emplace_back("Abode-Mode", service::name_of(mode));
  if (http::header(response, "Cache-Control").empty()) headers.emplace_back("Cache-Control", "no-store");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "same-origin");
  if (http::header(response, "Content-Security-Policy").empty())
    headers.emplace_back("Content-Security-Policy", html::plain_page_policy);
  if (http::header(response, "Permissions-Policy").empty())
    headers.emplace_back("Permissions-Policy", html::permissions_policy);
  return response;
}

}  // namespace abode::api
