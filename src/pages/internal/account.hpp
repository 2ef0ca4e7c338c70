// The account page, and the part of it about the e-mail address.
#pragma once

#include "api/routing.hpp"
#include "pages/internal/form.hpp"
#include "service/contact.hpp"

namespace abode::pages {

/// What could not be done stands on top, and what was typed about the e-mail address comes back.
api::ReadWork show_account(api::Register const& registry, Sheet const& sheet);

Html contact_section(service::Context const& context, Sheet const& sheet, service::Contacts const& contacts);

}  // namespace abode::pages
