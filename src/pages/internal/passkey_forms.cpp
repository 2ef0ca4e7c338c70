#include "pages/internal/passkey_forms.hpp"

#include "pages/internal/form.hpp"

namespace abode::pages {
namespace {

Html place_for_failures() {
  return el("p", {{"class", "error"}, {"role", "alert"}});
}

}  // namespace

Html add_passkey_form(AddPasskeyForm const& about) {
  return el("form",
            {{"data-passkey", "add"},
             {"data-api", about.api},
             {"data-next", about.next},
             {"hidden", true},
             {"method", "post"},
             {"action", about.next},
             {"novalidate", true}},
            text_input({}, {{"name", "Name of the new passkey", about.hint}, Width::medium}), place_for_failures(),
            submit_button("Add a passkey on this device"));
}

Html use_passkey_form(UsePasskeyForm const& about, Html const& above) {
  return el("form",
            {{"data-passkey", "sign-in"},
             {"data-api", about.api},
             {"data-next", about.next},
             {"hidden", true},
             {"method", "post"},
             {"action", "/sign-in"}},
            above, place_for_failures(), submit_button(about.label));
}

Html no_passkeys_here() {
  return el("p", {{"class", "quiet"}, {"data-without-passkeys", true}},
            "This browser has no passkeys, or runs no scripts. Another one, or a newer one, adds them.");
}

}  // namespace abode::pages
