#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "webapp/webapp.hpp"

namespace abode::pages {

api::Reply get_app(api::Register const& registry, api::Call const& call) {
  if (registry.web_files == nullptr)
    return base::fail(base::errc::not_found, "This register is served without the app. Its pages do the same work.");
  return webapp::answer({*registry.web_files, webapp::ServedBy::registry}, call.request, call.params.at(0));
}

api::Reply get_app_without_slash(api::Register const&, api::Call const&) {
  return see_other(std::string{webapp::base_path});
}

}  // namespace abode::pages
