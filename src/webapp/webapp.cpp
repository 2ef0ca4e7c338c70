#include "webapp/webapp.hpp"

#include <array>

#include "api/problem.hpp"
#include "base/error.hpp"
#include "html/browser_policy.hpp"
#include "webapp/internal/encoding.hpp"

namespace abode::webapp {
namespace {

using base::errc;
using base::fail;

/// What a document may do. G1: none asks for a place or a sensor; the camera is one page's, to read codes.
struct Document {
  std::string_view name;
  std::string_view content_security_policy;
  char const* permissions_policy;
};

constexpr std::array documents{
    Document{"index.html",
             "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' blob:; "
             "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
             html::permissions_policy}};

/// What has the hash of its content in its name never changes.
constexpr std::string_view named_by_content = "assets/";

http::Response answer_with(ports::WebFile const& file, std::string_view name, http::Request const& request) {
  http::Response response = http::header(request, "If-None-Match") == file.etag
                                ? http::Response{.status = 304, .headers = {}, .body = {}}
                                : in_best_encoding(file, request);
  response.headers.emplace_back("ETag", file.etag);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back(
      "Cache-Control", name.starts_with(named_by_content) ? "public, max-age=31536000, immutable" : "no-cache");
  for (Document const& document : documents) {
    if (document.name != name) continue;
    response.headers.emplace_back("Content-Security-Policy", document.content_security_policy);
    response.headers.emplace_back("Permissions-Policy", document.permissions_policy);
  }
  return response;
}

api::Reply get_file(api::Register const& registry, api::Call const& call) {
  if (registry.web_files == nullptr) return fail(errc::not_found, "This register is served without the web app.");
  std::string_view const name = call.params.at(0);
  if (ports::WebFile const* const file = registry.web_files->find(name)) return answer_with(*file, name, call.request);
  if (name.starts_with(named_by_content))
    return fail(errc::not_found, "This file is of another version of the app. Load the page anew.");
  ports::WebFile const* const index = registry.web_files->find("index.html");
  return answer_with(*index, "index.html", call.request);
}

api::Reply get_without_slash(api::Register const&, api::Call const&) {
  http::Response response{.status = 308, .headers = {}, .body = {}};
  response.headers.emplace_back("Location", "/app/");
  return response;
}

constexpr std::array routes{
    api::Route{http::Method::get, "/app", api::Authority::anyone, get_without_slash},
    api::Route{http::Method::get, "/app/{*}", api::Authority::anyone, get_file},
};

http::Response render_error(api::Register const&, http::Request const&, base::Error const& error) {
  return http::response(api::status_of(error.code), "text/plain; charset=utf-8", error.detail + "\n");
}

}  // namespace

api::Surface web_surface() {
  return {routes, render_error};
}

}  // namespace abode::webapp
