#include "openid4vp/finding.hpp"

#include "base/assert.hpp"

namespace abode::openid4vp {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::shown: return "shown";
    case Outcome::incomplete: return "incomplete";
    case Outcome::refused: return "refused";
    case Outcome::declined: return "declined";
  }
  base::fatal("an outcome without a name");
}

Finding judge(Query const& query, credential::Verification const& found) {
  if (found.verdict != credential::Verdict::valid)
    return {.outcome = Outcome::refused, .verdict = found.verdict, .why = found.why};
  credential::ShownProof const& proof = *found.proof;
  Finding finding{.outcome = Outcome::shown,
                  .verdict = found.verdict,
                  .issuer = proof.issuer,
                  .issued_at = proof.issued_at,
                  .expires_at = proof.expires_at,
                  .showed_more = shows_more(proof, query),
                  .status_age = found.status_age};
  for (Claim const& claim : query.claims) {
    std::string const* const text = shown(proof, claim);
    if (text == nullptr)
      return {.outcome = Outcome::incomplete,
              .verdict = found.verdict,
              .why = "The proof is valid, but the wallet did not show all that was asked for."};
    finding.claims.push_back({claim, *text});
  }
  return finding;
}

Finding declined(Decline decline) {
  return {.outcome = Outcome::declined, .why = std::string{words_for(decline)}, .decline = decline};
}

}  // namespace abode::openid4vp
