#include "api/common_headers.hpp"

namespace abode::api {
namespace {

// G1: pages of this register may use no sensor, no place and no device of the person who looks at them.
constexpr char const* permissions_policy =
    "accelerometer=(), bluetooth=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), usb=()";
constexpr char const* content_security_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

}  // namespace

std::string scripted_page_policy(std::string_view forms_lead_to) {
  std::string const forms = forms_lead_to.empty() ? "'self'" : "'self' " + std::string{forms_lead_to};
  return "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action " +
         forms + "; base-uri 'none'; frame-ancestors 'none'";
}

http::Response with_common_headers(service::Mode mode, http::Response response) {
  auto& headers = response.headers;
  headers.emplace_back("Abode-Mode", service::name_of(mode));
  if (http::header(response, "Cache-Control").empty()) headers.emplace_back("Cache-Control", "no-store");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "same-origin");
  if (http::header(response, "Content-Security-Policy").empty())
    headers.emplace_back("Content-Security-Policy", content_security_policy);
  headers.emplace_back("Permissions-Policy", permissions_policy);
  return response;
}

}  // namespace abode::api
