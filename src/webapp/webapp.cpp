#include "webapp/webapp.hpp"

#include <algorithm>
#include <array>

#include "html/browser_policy.hpp"

namespace abode::webapp {
namespace {

/// Who has a document.
enum class Owner : std::uint8_t { of_register, of_verifier, of_both };

/// What a document or a worker may do. G1: none asks for a place; the camera is for the page that reads codes.
struct Document {
  std::string_view name;
  Owner owner;
  std::string_view content_security_policy;
  char const* permissions_policy;
};

constexpr std::string_view app_document = "index.html";
/// A worker fetches the files that it keeps.
constexpr std::string_view worker_policy = "default-src 'none'; connect-src 'self'";
constexpr std::array documents{
    Document{app_document, Owner::of_register,
             "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' blob:; "
             "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
             html::permissions_policy},
    // What decodes pictures is WebAssembly. The page sends nothing and shows no picture from anywhere.
    Document{scan_page, Owner::of_both,
             "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; "
             "img-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; "
             "frame-ancestors 'none'",
             html::scan_permissions_policy},
    Document{desk_page, Owner::of_verifier,
             "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
             "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
             html::permissions_policy},
    Document{"worker.js", Owner::of_register, worker_policy, html::permissions_policy},
    Document{"scan_worker.js", Owner::of_both, worker_policy, html::permissions_policy},
    Document{"desk_worker.js", Owner::of_verifier, worker_policy, html::permissions_policy}};

Document const* find_document(std::string_view name) {
  auto const* const found = std::ranges::find(documents, name, &Document::name);
  return found == documents.end() ? nullptr : found;
}

/// What has the hash of its content in its name never changes.
constexpr std::string_view named_by_content = "assets/";

http::Response encoded(ports::WebFile const& file, std::string const& content, char const* coding) {
  http::Response response = http::response(200, file.media_type, content);
  response.headers.emplace_back("Content-Encoding", coding);
  return response;
}

/// The smallest form that the browser takes, of those that the build made.
http::Response in_best_coding(ports::WebFile const& file, http::Request const& request) {
  if (!file.brotli.empty() && http::accepts_coding(request, "br")) return encoded(file, file.brotli, "br");
  if (!file.gzip.empty() && http::accepts_coding(request, "gzip")) return encoded(file, file.gzip, "gzip");
  return http::response(200, file.media_type, file.content);
}

http::Response answer_with(ports::WebFile const& file, std::string_view name, http::Request const& request) {
  http::Response response = http::header(request, "If-None-Match") == file.etag
                                ? http::Response{.status = 304, .headers = {}, .body = {}}
                                : in_best_coding(file, request);
  response.headers.emplace_back("ETag", file.etag);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back(
      "Cache-Control", name.starts_with(named_by_content) ? "public, max-age=31536000, immutable" : "no-cache");
  if (Document const* const document = find_document(name)) {
    response.headers.emplace_back("Content-Security-Policy", document->content_security_policy);
    response.headers.emplace_back("Permissions-Policy", document->permissions_policy);
  }
  return response;
}

/// What is neither a document nor an asset goes with the app for residents, but for the mark.
bool is_of(ServedBy served_by, std::string_view name) {
  constexpr std::string_view mark = "icon.svg";
  if (name.starts_with(named_by_content) || name == mark) return true;
  Document const* const document = find_document(name);
  Owner const owner = document == nullptr ? Owner::of_register : document->owner;
  return owner == Owner::of_both || (owner == Owner::of_verifier) == (served_by == ServedBy::verifier);
}

}  // namespace

http::Response answer(App const& app, http::Request const& request, std::string_view name) {
  ports::WebFile const* const file = is_of(app.served_by, name) ? app.files.find(name) : nullptr;
  if (file != nullptr) return answer_with(*file, name, request);
  ports::WebFile const* const start = app.served_by == ServedBy::registry ? app.files.find(app_document) : nullptr;
  if (name.starts_with(named_by_content) || start == nullptr)
    return http::response(404, "text/plain; charset=utf-8",
                          "This file is of another version of the app. Load the page anew.\n");
  return answer_with(*start, app_document, request);
}

}  // namespace abode::webapp
