// What came of a question: all that is kept of an answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/verification.hpp"
#include "openid4vp/queries.hpp"
#include "openid4vp/response.hpp"

namespace abode::openid4vp {

enum class Outcome : std::uint8_t {
  shown,       ///< a valid proof that shows all that was asked for
  incomplete,  ///< a valid proof that shows less
  refused,     ///< a proof with another verdict than valid
  declined     ///< the wallet showed none
};
/// "shown".
std::string_view name_of(Outcome outcome);

/// One claim that was asked for, and what it says.
struct Said {
  Claim claim;
  std::string text;
};

struct Finding {
  Outcome outcome;
  std::optional<credential::Verdict> verdict = {};  ///< unless declined
  std::string why = {};                             ///< a sentence; empty if it was shown
  std::optional<Decline> decline = {};              ///< only if declined
  // Only if it was shown:
  std::string issuer = {};
  base::Time issued_at = {};
  base::Time expires_at = {};
  std::vector<Said> claims = {};                        ///< those of the query, in its order, and no other
  bool showed_more = false;                             ///< the wallet showed what was not asked for: it is gone
  std::optional<std::chrono::seconds> status_age = {};  ///< of the list of statuses that was looked at
};

/// Keeps of a proof what was asked for, and nothing of one that is not valid or shows less. Fewer claims than asked
/// for are judged after the verdict: a forged proof is called forged, whatever it lacks.
Finding judge(Query const& query, credential::Verification const& found);
Finding declined(Decline decline);

}  // namespace abode::openid4vp
