// The questions that are open, and what came of those that were answered: in memory, for some minutes, and no more of
// them than fit.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "credential/verification.hpp"
#include "http/message.hpp"
#include "openid4vp/exchange.hpp"

namespace abode::verifier {

/// Looks at proofs with the trust file and the status lists of this verifier. Thread-safe.
class Checker {
 public:
  virtual ~Checker() = default;
  virtual credential::Verification check(std::string_view presentation, credential::Challenge const& challenge,
                                         base::Time now) = 0;
};

/// A question as it is laid out.
struct Asked {
  std::string id;    ///< seen by everybody who sees the link
  std::string link;  ///< for wallets
  base::Time ends_at;
};

/// What whoever asked may see of it.
struct View {
  openid4vp::Query const* query;
  std::string link;
  base::Time ends_at;
  bool is_here;      ///< the wallet is on the device that asked
  bool is_answered;  ///< and, if it is here, waits for the code that only that device brings
  std::optional<openid4vp::Finding> finding;
};

class Desk {
 public:
  /// Together with the largest answer (http::Limits::body_bytes) this bounds the memory that strangers can fill: 1,000
  /// times 64 KiB at the very most.
  static constexpr std::size_t max_exchanges = 1'000;

  /// `public_url` is the origin of this verifier, as wallets reach it. `checker`, `clock` and `random` outlive it.
  Desk(openid4vp::Asker asker, std::string public_url, Checker& checker, base::Clock& clock, base::Random& random);

  /// `owner` is the hash of the secret by which the finding is to be seen. With `return_to` (a URL), the wallet's
  /// device is sent there with a `response_code` of its own, and the finding is shown for that code alone. errc::busy:
  /// too many are open.
  base::result<Asked> ask(openid4vp::Query const& query, base::Hash const& owner, std::optional<std::string> return_to);

  /// As application/oauth-authz-req+jwt. errc::not_found, conflict or too_late.
  base::result<std::string> request(std::string_view id, std::optional<std::string> wallet_nonce);

  /// Takes the form that a wallet sends: `response`, or `error` with `state`. Where it sends its holder to, if
  /// anywhere. errc::not_found, and errors of openid4vp::Exchange.
  base::result<std::optional<std::string>> answer(std::string_view id, http::Pairs const& form);

  /// errc::not_found for an unknown id, and for one that is over or another's: they look alike.
  base::result<View> look(std::string_view id, base::Hash const& owner);
  /// Brings the code that the wallet's device was given. errc::not_found, also for a wrong code.
  base::result<void> redeem(std::string_view id, base::Hash const& owner, std::string_view code);
  /// The same without the id, which is returned.
  base::result<std::string> redeem(base::Hash const& owner, std::string_view code);
  /// Destroys it. errc::not_found.
  base::result<void> forget(std::string_view id, base::Hash const& owner);

  std::string const& client_id() const { return asker_.client_id; }
  std::string const& public_url() const { return public_url_; }
  std::string const& name() const { return asker_.name; }

 private:
  struct Open {
    openid4vp::Exchange exchange;
    base::Hash owner;
    std::optional<std::string> return_to;
    bool redeemed = false;
  };
  /// Null if it is not there or over.
  Open* find(std::string_view id, base::Time now);
  Open* find(std::string_view id, base::Hash const& owner, base::Time now);
  /// Whether this is the code that the answer's sender was given.
  static bool unlocks(Open const& open, std::string_view code);
  void drop_old(base::Time now);
  /// What the QR code says: where the request is to be fetched (OpenID4VP 1.0, section 5.10).
  std::string link_of(std::string_view id) const;

  openid4vp::Asker asker_;
  std::string public_url_;
  Checker& checker_;
  base::Clock& clock_;
  base::Random& random_;
  std::mutex mutex_;
  std::map<std::string, Open, std::less<>> open_;
};

// Where wallets go; the id follows.
inline constexpr std::string_view request_path = "/wallet/requests/";
inline constexpr std::string_view answer_path = "/wallet/answers/";

}  // namespace abode::verifier
