// The app for those who work here, and what its page checks proofs by: the trust file and the status lists of this
// verifier. They are handed out whole, to nobody in particular, whatever is shown meanwhile (G7).
#include "verifier/internal/routes.hpp"

namespace abode::verifier::internal {
namespace {

namespace json = codec::json;
using base::errc;
using base::fail;

constexpr std::string_view lists_path = "/status/";

http::Response nothing_here(Call const& call) {
  return failure_page(call, fail(errc::not_found, "There is no such page here. Begin at the start page."));
}

}  // namespace

http::Response get_app(Call const& call) {
  auto response = webapp::answer(call.site.app->pages, call.request, call.id);
  return response.status == 404 ? nothing_here(call) : response;
}

http::Response get_trust_file(Call const& call) {
  auto response = http::response(200, "application/json", call.site.app->sources.sources()->trust_file);
  // The page serves registers as well; by this it knows where it is.
  response.headers.emplace_back("Abode-Site", "verifier");
  return response;
}

/// All of them: a page that fetched the one that a proof names would tell which proof was shown.
http::Response get_status_lists(Call const& call) {
  auto const sources = call.site.app->sources.sources();
  json::array paths;
  for (auto const& [name, list] : sources->lists) paths.emplace_back(std::string{lists_path} + name);
  return json_response(200, {{"lists", std::move(paths)}});
}

http::Response get_status_list(Call const& call) {
  auto const sources = call.site.app->sources.sources();
  auto const found = sources->lists.find(call.id);
  if (found == sources->lists.end()) return nothing_here(call);
  auto response = http::response(200, "application/" + std::string{credential::status_token_type}, found->second);
  // Its name is made of its content.
  response.headers.emplace_back("Cache-Control", "public, max-age=86400, immutable");
  return response;
}

}  // namespace abode::verifier::internal
