#include "pages/internal/opened_fields.hpp"

#include "base/assert.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

using rules::Field;

Html not_known() {
  return el("span", {{"class", "quiet"}}, "none in the record");
}

Html name_or_none(std::string_view name) {
  return name.empty() ? not_known() : el("span", {{"dir", "auto"}}, name);
}

Html other_addresses(rules::Residence const& residence) {
  Html out;
  for (rules::Registration const& registration : residence.registrations)
    if (registration.active() && registration.kind != rules::Kind::main)
      out.add(group(el("p", in_words(registration.kind), ":"), address(registration.address)));
  return out.markup().empty() ? not_known() : out;
}

Html value_of(Field field, service::RecordState const& state) {
  auto const& identity = state.identity;
  rules::Registration const* const main = state.residence.main();
  switch (field) {
    case Field::family_name: return identity ? name_or_none(identity->names.family) : not_known();
    case Field::given_names: return identity ? name_or_none(identity->names.given) : not_known();
    case Field::birth_date: return identity && identity->birth_date ? when(*identity->birth_date) : not_known();
    case Field::main_address: return main != nullptr ? address(main->address) : not_known();
    case Field::main_since: return main != nullptr ? when(main->since) : not_known();
    case Field::assurance: return main != nullptr ? group(in_words(main->assurance)) : not_known();
    case Field::other_addresses: return other_addresses(state.residence);
  }
  base::fatal("a field that cannot be shown");
}

}  // namespace

Html show_opened(rules::FieldSet fields, service::RecordState const& state) {
  Html rows;
  for (Field field : rules::all_fields)
    if (fields.has(field)) rows.add(row(in_words(field), value_of(field, state)));
  return el("dl", {{"class", "card opened"}}, rows);
}

}  // namespace abode::pages
