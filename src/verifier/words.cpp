#include "verifier/internal/words.hpp"

#include "base/assert.hpp"

namespace abode::verifier::internal {
namespace {

using credential::Verdict;
using openid4vp::Outcome;

/// The table of docs/proofs.md.
Words words_for(Verdict verdict) {
  switch (verdict) {
    case Verdict::malformed:
      return {Light::bad, "Not a proof", "It is no proof of this kind, or breaks a rule of its form.",
              "Ask for it again. A wallet that does this once more is broken."};
    case Verdict::bad_signature:
      return {Light::bad, "Forged or changed", "It was changed, or is not of the key that it names.",
              "Do not rely on it."};
    case Verdict::test_mode:
      return {Light::bad, "Only a test", "It comes from a register in test mode and has no legal effect.",
              "Do not rely on it, unless you test."};
    case Verdict::untrusted_issuer:
      return {Light::bad, "From an issuer you do not trust",
              "Nobody in your trust file vouches for it, or its certificate was not good on its day.",
              "Do not rely on it. If the issuer is right, get its certificate from a source that you trust."};
    case Verdict::holder_not_bound:
      return {Light::again, "Not shown by its holder",
              "Nobody proved that it is theirs: the holder's signature is missing, old, or for somebody else.",
              "Ask the holder to show it anew."};
    case Verdict::not_yet_valid:
      return {Light::again, "Not valid yet", "Its time has not come. Perhaps a clock is wrong, also yours.",
              "Look at the clocks, or ask for another proof."};
    case Verdict::expired:
      return {Light::again, "Expired", "Its time is over.", "Ask for a newer one: the holder gets it in minutes."};
    case Verdict::revoked:
      return {Light::bad, "Withdrawn", "Its holder or its issuer withdrew it.", "Do not rely on it."};
    case Verdict::suspended: return {Light::bad, "Suspended", "Its issuer suspended it.", "Do not rely on it now."};
    case Verdict::status_unknown:
      return {Light::again, "Cannot be told now",
              "It can be withdrawn, and the list at hand that would say so is missing or out of date.",
              "Have your operator fetch the list of statuses, then ask again. Or ask for a short proof."};
    case Verdict::valid:
      return {Light::good, "Valid", "The register says this of the person who showed it: registered there on its date.",
              "You may rely on what it shows. It does not say that the person is still there."};
  }
  base::fatal("a verdict without words");
}

}  // namespace

Words words_for(openid4vp::Finding const& finding) {
  switch (finding.outcome) {
    case Outcome::incomplete:
      return {Light::again, "Not all was shown", "The proof is valid, but the wallet showed less than you asked for.",
              "Ask for less, or ask the holder why."};
    case Outcome::declined: return {Light::again, "Nothing was shown", "The wallet answered without a proof.", ""};
    case Outcome::shown:
    case Outcome::refused: return words_for(finding.verdict.value());
  }
  base::fatal("an outcome without words");
}

}  // namespace abode::verifier::internal
