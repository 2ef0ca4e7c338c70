#include "html/browser_policy.hpp"

namespace abode::html {

std::string scripted_page_policy(std::string_view forms_lead_to) {
  std::string const forms = forms_lead_to.empty() ? "'self'" : "'self' " + std::string{forms_lead_to};
  return "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action " +
         forms + "; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace abode::html
