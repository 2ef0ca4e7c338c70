// What a verifier may ask a wallet: a table in code, and nothing besides. Each question is a query in the language of
// OpenID4VP 1.0 (DCQL, section 6) for one proof of residence, and names no claim that the type has not.
#pragma once

#include <span>
#include <string_view>

#include "credential/residence.hpp"

namespace abode::openid4vp {

namespace json = codec::json;

/// One claim of a proof, by its place in it.
struct Claim {
  std::string_view group;  ///< "address", "residence", or empty for those of the person
  std::string_view name;
  std::string_view label;  ///< for people, in English
  bool operator==(Claim const&) const = default;
};

struct Query {
  std::string_view id;     ///< for programs, such as "region"; stable
  std::string_view title;  ///< for people, in English
  std::string_view why;    ///< for whom it is enough
  std::span<Claim const> claims;
};

/// From the least to the most.
std::span<Query const> all_queries();
/// Null if there is none of this id.
Query const* find_query(std::string_view id);

/// The name that the one credential of each query has in it, and by which the wallet's answer refers to it.
inline constexpr std::string_view credential_id = "proof";

/// As a request carries it: format dc+sd-jwt, our type, and the paths of the claims.
json::object to_dcql(Query const& query);

/// What a proof shows of a claim; null if it does not show it.
std::string const* shown(credential::ShownProof const& proof, Claim const& claim);
/// Whether it shows a claim that the query does not ask for.
bool shows_more(credential::ShownProof const& proof, Query const& query);

}  // namespace abode::openid4vp
