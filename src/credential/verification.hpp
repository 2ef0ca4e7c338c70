// Whether a proof holds: one verdict, the first that applies (G8), from what the reader has at hand. It asks nobody
// (G7).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/residence.hpp"
#include "credential/seal.hpp"
#include "credential/status_list.hpp"
#include "credential/trust.hpp"

namespace abode::credential {

/// In the order in which they are looked for.
enum class Verdict : std::uint8_t {
  malformed,
  bad_signature,
  test_mode,
  untrusted_issuer,
  holder_not_bound,
  not_yet_valid,
  expired,
  revoked,
  suspended,
  status_unknown,
  valid
};
/// "bad-signature".
std::string_view name_of(Verdict verdict);

/// How far two clocks may be apart.
constexpr std::chrono::seconds clock_skew{60};
/// How old the holder's own signature may be.
constexpr std::chrono::minutes key_binding_life{10};

/// What the verifier asked the holder to sign.
struct Challenge {
  std::string audience;
  std::string nonce;
};

/// Status lists as somebody fetched them before: those that an issuer of the trust file signed, checked once.
class StatusLists {
 public:
  /// In any order; what none of these issuers signed is left out.
  StatusLists(std::vector<StatusToken> const& tokens, Trust const& trust);
  /// The newest of this address and issuer that was made by then. Null: none.
  StatusToken const* newest(std::string_view issuer, std::string_view uri, base::Time made_by) const;

 private:
  std::multimap<std::pair<std::string, std::string>, StatusToken> by_issuer_and_uri_;
};

struct Verification {
  Verdict verdict;
  std::string why;                                      ///< a sentence; empty if valid
  std::optional<ShownProof> proof = {};                 ///< unless malformed, or a seal
  std::optional<ShownSeal> seal = {};                   ///< unless malformed, or of another form
  std::optional<std::chrono::seconds> status_age = {};  ///< of the list that was looked at, if one was

  /// What was shown, in whatever form. Null: malformed.
  Statement const* said() const {
    if (proof) return &*proof;
    return seal ? &*seal : nullptr;
  }
};

/// Looks at proofs, one after the other, and asks nobody. What it knows of certificates it keeps for the next. For one
/// thread.
class Verifier {
 public:
  Verifier(Trust trust, std::vector<StatusToken> const& lists);

  /// A challenge asks for a proof that is bound to a holder's key, and for that key's signature. Without one, a proof
  /// that is bound is holder-not-bound, whoever signed it: whoever copied it could show it. A text that begins with a
  /// brace is read as a seal, which has no holder's key: with a challenge it is holder-not-bound.
  Verification verify(std::string_view text, std::optional<Challenge> const& challenge, base::Time now);

 private:
  Verification verify_seal(std::string_view text, std::optional<Challenge> const& challenge, base::Time now);

  Trust trust_;
  StatusLists lists_;
  certificates::Memory memory_;
};

}  // namespace abode::credential
