// What a proof of residence may say, and for how long.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "base/enum_set.hpp"
#include "base/error.hpp"
#include "rules/profile.hpp"

namespace abode::rules {

/// What a holder chooses from. The kind of the registration is in every proof.
enum class ProofField : std::uint8_t {
  family_name,
  given_names,
  birth_date,
  address,  ///< all of it
  region,   ///< country and region alone
  since,
  assurance
};

inline constexpr std::array all_proof_fields{ProofField::family_name, ProofField::given_names, ProofField::birth_date,
                                             ProofField::address,     ProofField::region,      ProofField::since,
                                             ProofField::assurance};

std::string_view name_of(ProofField field);
std::optional<ProofField> proof_field_named(std::string_view name);

using ProofFields = base::EnumSet<ProofField, all_proof_fields.size(), std::uint8_t>;
/// In the order of the fields.
std::vector<std::string_view> names_of(ProofFields fields);
/// What a wallet gets: there its holder chooses at each showing.
constexpr ProofFields everything_provable = ProofFields::from_bits(0xff);

/// The fields of the record that these tell of, about a registration of this kind.
FieldSet record_fields(ProofFields fields, Kind kind);

/// A fresh proof is short and has no status. A lasting one can be withdrawn: its status says so.
enum class ProofLife : std::uint8_t { fresh = 1, lasting = 2 };
std::string_view name_of(ProofLife life);
std::optional<ProofLife> proof_life_named(std::string_view name);

/// The longest that the profile allows.
std::chrono::days longest(Profile const& profile, ProofLife life);
/// `wanted`, or the longest. errc::invalid, field "days": less than a day, or over the longest.
base::result<std::chrono::days> proof_days(Profile const& profile, ProofLife life,
                                           std::optional<std::chrono::days> wanted);

}  // namespace abode::rules
