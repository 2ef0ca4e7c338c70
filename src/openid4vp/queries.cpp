#include "openid4vp/queries.hpp"

#include <algorithm>
#include <array>

namespace abode::openid4vp {
namespace {

using credential::ShownProof;
using credential::Texts;

constexpr Claim country{"address", "country", "Country"};
constexpr Claim region{"address", "region", "Region"};
constexpr Claim address{"address", "formatted", "Address"};
constexpr Claim family_name{"", "family_name", "Family name"};
constexpr Claim given_name{"", "given_name", "Given names"};
constexpr Claim birthdate{"", "birthdate", "Date of birth"};

// Claims that every proof in a wallet has, except the region: not each country has regions that a record can name.
constexpr std::array region_claims{country, region};
constexpr std::array address_claims{address, country};
constexpr std::array named_claims{family_name, given_name, address, country};
constexpr std::array born_claims{family_name, given_name, birthdate, address, country};

constexpr std::array queries{
    Query{"region", "Lives in which region", "Enough for what locals get: a price, a card. No name, no street.",
          region_claims},
    Query{"address", "The address", "Enough to deliver something, or to see that somebody lives there. No name.",
          address_claims},
    Query{"name-and-address", "Name and address", "For a contract, or a pupil's place at a school.", named_claims},
    Query{"name-birthdate-and-address", "Name, date of birth and address",
          "For a bank account, or a patient's file: where two people of one name must be told apart.", born_claims},
};

Texts const& group_of(ShownProof const& proof, std::string_view group) {
  if (group == "address") return proof.address;
  if (group == "residence") return proof.residence;
  return proof.person;
}

bool asks_for(Query const& query, std::string_view group, std::string_view name) {
  return std::ranges::any_of(query.claims,
                             [&](Claim const& claim) { return claim.group == group && claim.name == name; });
}

}  // namespace

std::span<Query const> all_queries() {
  return queries;
}

Query const* find_query(std::string_view id) {
  auto const found = std::ranges::find(queries, id, &Query::id);
  return found == queries.end() ? nullptr : &*found;
}

json::object to_dcql(Query const& query) {
  json::array claims;
  for (Claim const& claim : query.claims) {
    json::array path;
    if (!claim.group.empty()) path.emplace_back(claim.group);
    path.emplace_back(claim.name);
    claims.push_back(json::object{{"path", std::move(path)}});
  }
  json::array types;
  types.emplace_back(credential::residence_type);
  json::object asked{{"id", credential_id},
                     {"format", credential::credential_type},
                     {"meta", json::object{{"vct_values", std::move(types)}}},
                     {"claims", std::move(claims)}};
  json::array credentials;
  credentials.push_back(std::move(asked));
  return {{"credentials", std::move(credentials)}};
}

std::string const* shown(ShownProof const& proof, Claim const& claim) {
  Texts const& texts = group_of(proof, claim.group);
  auto const found = texts.find(claim.name);
  return found == texts.end() ? nullptr : &found->second;
}

bool shows_more(ShownProof const& proof, Query const& query) {
  for (std::string_view const group : {"", "address", "residence"})
    for (auto const& [name, text] : group_of(proof, group))
      if (!asks_for(query, group, name)) return true;
  return false;
}

}  // namespace abode::openid4vp
