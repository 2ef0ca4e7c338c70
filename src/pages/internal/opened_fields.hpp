// What an official sees of a record: the granted fields, and nothing that depends on anything else (G9).
#pragma once

#include "pages/internal/html.hpp"
#include "rules/purposes.hpp"
#include "service/record.hpp"

namespace abode::pages {

Html show_opened(rules::FieldSet fields, service::RecordState const& state);

}  // namespace abode::pages
