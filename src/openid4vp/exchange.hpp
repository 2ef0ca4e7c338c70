// One question to one wallet, from the asking to the answer: a machine without sockets, clock or keys of its own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "openid4vp/finding.hpp"
#include "openid4vp/request.hpp"

namespace abode::openid4vp {

/// How long a wallet may take to answer, and how long the answer is kept for whoever asked.
constexpr std::chrono::minutes question_life{5};
constexpr std::chrono::minutes finding_life{5};

/// Who looks at a presentation: credential::Verifier, with what it was given to trust.
using Verify =
    std::function<credential::Verification(std::string_view presentation, credential::Challenge const& challenge)>;

class Exchange {
 public:
  /// Draws nonce, state, response code and encryption key: 128 random bits each, and a P-256 key.
  Exchange(Query const& query, base::Time now, base::Random& random);

  Query const& query() const { return *query_; }
  /// None while the wallet has not answered.
  Finding const* finding() const { return finding_ ? &*finding_ : nullptr; }
  /// Until when a wallet may answer; after it did, until when the finding is kept.
  base::Time ends_at() const { return ends_at_; }
  bool is_over(base::Time now) const { return now >= ends_at_; }
  /// What the wallet's device takes back to the one that asked, so that it and no other gets the finding (section
  /// 13.3).
  std::string const& response_code() const { return response_code_; }

  /// The signed request. errc::conflict once it is answered, errc::too_late once it is over.
  base::result<std::string> request(Asker const& asker, std::string response_uri,
                                    std::optional<std::string> wallet_nonce, base::Time now) const;

  /// Takes the encrypted answer of the wallet, once: whatever it comes to, there is no second. errc::malformed or
  /// forbidden for what is no answer to this question, which changes nothing; errc::conflict once it is answered,
  /// errc::too_late once it is over.
  base::result<void> answer(std::string_view jwe, std::string_view client_id, Verify const& verify, base::Time now);

  /// Takes the error of a wallet that cannot encrypt (section 8.3.1). Errors of answer().
  base::result<void> decline(std::string_view error, std::string_view state, base::Time now);

 private:
  base::result<void> check_open(base::Time now) const;
  void close(Finding finding, base::Time now);

  Query const* query_;
  base::Time began_;
  base::Time ends_at_;
  std::string nonce_;
  std::string state_;
  std::string response_code_;
  ResponseKey key_;
  std::optional<Finding> finding_;
};

/// 128 random bits in base64url.
std::string draw_name(base::Random& random);

}  // namespace abode::openid4vp
