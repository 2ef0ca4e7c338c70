// The forms that the script of passkeys works: hidden where it does not run.
#pragma once

#include "pages/internal/html.hpp"

namespace abode::pages {

/// A form by which a passkey is added, with a name.
struct AddPasskeyForm {
  std::string_view api;   ///< path of the API below which passkeys are made
  std::string_view next;  ///< where the page goes on to
  std::string_view hint;  ///< under the name
};
Html add_passkey_form(AddPasskeyForm const& about);

/// A form by which one is used.
struct UsePasskeyForm {
  std::string_view api;
  std::string_view next;
  std::string_view label;  ///< of its button
};
Html use_passkey_form(UsePasskeyForm const& about, Html const& above);

/// What is said where the script does not run.
Html no_passkeys_here();

}  // namespace abode::pages
