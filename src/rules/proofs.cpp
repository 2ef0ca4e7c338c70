#include "rules/proofs.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace abode::rules {

std::string_view name_of(ProofField field) {
  switch (field) {
    case ProofField::family_name: return "family_name";
    case ProofField::given_names: return "given_names";
    case ProofField::birth_date: return "birth_date";
    case ProofField::address: return "address";
    case ProofField::region: return "region";
    case ProofField::since: return "since";
    case ProofField::assurance: return "assurance";
  }
  base::fatal("a field of a proof without a name");
}

std::optional<ProofField> proof_field_named(std::string_view name) {
  for (ProofField field : all_proof_fields)
    if (name == name_of(field)) return field;
  return std::nullopt;
}

std::vector<std::string_view> names_of(ProofFields fields) {
  std::vector<std::string_view> names;
  for (ProofField field : all_proof_fields)
    if (fields.has(field)) names.push_back(name_of(field));
  return names;
}

FieldSet record_fields(ProofFields fields, Kind kind) {
  bool const is_main = kind == Kind::main;
  FieldSet told;
  for (ProofField const field : all_proof_fields) {
    if (!fields.has(field)) continue;
    switch (field) {
      case ProofField::family_name: told.add(Field::family_name); break;
      case ProofField::given_names: told.add(Field::given_names); break;
      case ProofField::birth_date: told.add(Field::birth_date); break;
      case ProofField::address:
      case ProofField::region: told.add(is_main ? Field::main_address : Field::other_addresses); break;
      case ProofField::since: told.add(is_main ? Field::main_since : Field::other_addresses); break;
      case ProofField::assurance: told.add(Field::assurance); break;
    }
  }
  return told;
}

std::string_view name_of(ProofLife life) {
  return life == ProofLife::lasting ? "lasting" : "fresh";
}

std::optional<ProofLife> proof_life_named(std::string_view name) {
  for (ProofLife life : {ProofLife::fresh, ProofLife::lasting})
    if (name == name_of(life)) return life;
  return std::nullopt;
}

std::chrono::days longest(Profile const& profile, ProofLife life) {
  return life == ProofLife::lasting ? profile.lasting_proof_life : profile.fresh_proof_life;
}

base::result<std::chrono::days> proof_days(Profile const& profile, ProofLife life,
                                           std::optional<std::chrono::days> wanted) {
  std::chrono::days const most = longest(profile, life);
  std::chrono::days const days = wanted.value_or(most);
  if (days >= std::chrono::days{1} && days <= most) return days;
  return base::fail(base::errc::invalid,
                    "Such a proof is good for 1 to " + std::to_string(most.count()) + " days. Choose a number between.",
                    "days");
}

}  // namespace abode::rules
