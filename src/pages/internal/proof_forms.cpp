#include "pages/internal/proof_forms.hpp"

namespace abode::pages {
namespace {

constexpr char const* registration_field = "registration";

constexpr Option field_options[] = {
    {"family_name", "Family name"},
    {"given_names", "Given names"},
    {"birth_date", "Date of birth"},
    {"address", "The whole address"},
    {"region", "Country and region alone", "Where you live, without street and place."},
    {"since", "Since when"},
    {"assurance", "How the address was confirmed"},
};

constexpr Option life_options[] = {
    {"fresh", "Short", "Good for some days. Nothing has to be withdrawn: it ends by itself."},
    {"lasting", "Lasting", "Good for up to a year. You can withdraw it here at any time."},
};

}  // namespace

std::optional<Html> registration_box(Sheet const& sheet, service::RecordState const& state) {
  std::vector<Option> where;
  for (auto const& one : state.residence.registrations)
    if (one.active()) where.push_back({one.id.value(), one.address.lines.front()});
  if (where.empty()) return {};
  return select_box(sheet, {registration_field, "Of which address?"}, where);
}

std::optional<rules::RegistrationId> chosen_registration(Form const& form) {
  std::string_view const id = form.text(registration_field);
  return id.empty() ? std::nullopt : std::optional{rules::RegistrationId{std::string{id}}};
}

std::span<Option const> proof_field_options() {
  return field_options;
}

std::span<Option const> proof_life_options() {
  return life_options;
}

}  // namespace abode::pages
