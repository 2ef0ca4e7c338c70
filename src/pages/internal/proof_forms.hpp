// What the pages that have proofs made share.
#pragma once

#include <optional>

#include "pages/internal/form.hpp"
#include "service/proofs.hpp"
#include "service/record.hpp"

namespace abode::pages {

/// "Of which address?": the registrations that a proof can be made of. Nothing if there is none.
std::optional<Html> registration_box(Sheet const& sheet, service::RecordState const& state);
/// The one that was chosen; none: the main residence.
std::optional<rules::RegistrationId> chosen_registration(Form const& form);

/// What a proof can say, as boxes to tick.
std::span<Option const> proof_field_options();
/// The two lives of a proof, each with what it means.
std::span<Option const> proof_life_options();

}  // namespace abode::pages
