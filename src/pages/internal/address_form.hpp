// An address in a form: one field for all lines, one for the country, one for each optional part.
#pragma once

#include "pages/internal/form.hpp"
#include "rules/address.hpp"

namespace abode::pages {

inline constexpr char const* address_country_field = "address.country";
inline constexpr char const* address_lines_field = "address.lines";

void put_address(Form& form, rules::Address const& address);

Html address_inputs(Sheet const& sheet);

/// Texts cleaned, empty lines and parts left out; whether it is an address is rules::check_address's business.
/// errc::invalid with the field at fault.
base::result<rules::Address> read_address(Form const& form);

}  // namespace abode::pages
