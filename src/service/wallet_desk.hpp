// What a holder has laid out for their wallet (OpenID4VCI): offers of proofs, the wallets' own requests that they
// agreed to, the tokens that wallets got for either, and the nonces that make each message good once. All of it lives
// for minutes and in memory alone: a restart voids it, and nothing that anybody was promised is lost by that. So nobody
// reads later who took what to which wallet.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "service/proofs.hpp"
#include "service/stamps.hpp"

namespace abode::service {

constexpr std::chrono::minutes wallet_offer_life{10};
constexpr std::chrono::minutes wallet_token_life{5};  ///< with the offer's, no longer than fresh_sign_in
constexpr std::chrono::minutes wallet_nonce_life{5};
constexpr std::chrono::minutes wallet_request_life{5};    ///< from its pushing to its holder's answer
constexpr std::chrono::seconds wallet_code_life{60};      ///< from its holder's answer to the token
constexpr std::size_t max_wallet_offers = 10'000;         ///< that wait, of all holders; as many requests agreed to
constexpr std::size_t max_wallet_offers_of_one = 5;       ///< of one holder
constexpr std::size_t max_remembered_messages = 200'000;  ///< nonces and names of messages that were used
constexpr std::size_t transaction_code_digits = 6;
constexpr unsigned max_transaction_code_misses = 5;  ///< then the offer is dead

/// What a wallet may fetch by an offer: proofs of one registration, of one life.
struct WalletOffer {
  std::optional<rules::RegistrationId> registration = {};  ///< none: the main residence
  rules::ProofLife life = rules::ProofLife::fresh;
  std::optional<std::chrono::days> days = {};
};

/// An offer that was just made. The code goes into the link, the transaction code to the holder's eyes alone.
struct LaidOutOffer {
  std::string id;                              ///< part of the address that a wallet fetches it from
  base::Secret<std::string> transaction_code;  ///< digits
  base::Time expires_at;
};

/// An offer as the wallet that has its address sees it.
struct ShownOffer {
  base::Secret<std::string> code;  ///< pre-authorized
  rules::ProofLife life;
};

/// What a wallet asks for by itself (authorization code). Nobody vouches for what it says of itself.
struct WalletRequest {
  std::string client;  ///< its name for itself (client_id)
  std::string redirect_uri;
  std::optional<std::string> state;
  std::string code_challenge;  ///< S256 (RFC 7636, section 4.2)
  rules::ProofLife life;
  std::optional<std::string> thumbprint;  ///< of the key that its token shall be bound to, if it said so (RFC 9449, 10)
  bool operator==(WalletRequest const&) const = default;
};

/// With what a wallet fetches the token for a request that was agreed to.
struct CodeRedemption {
  std::string code;
  std::string verifier;  ///< of the code challenge
  std::string client;
  std::string redirect_uri;
};

struct WalletToken {
  base::Secret<std::string> token;
  std::chrono::seconds expires_in;
  rules::ProofLife life;  ///< of the proofs that it is good for
};

/// On whose behalf a wallet acts, and what it may fetch.
struct WalletRight {
  ports::HolderSession holder;  ///< to be proven again: whoever ended that session ended this as well
  base::Time offered_at;
  WalletOffer offer;
  std::optional<std::string> client = {};  ///< the wallet's name for itself, if it gave one
};

/// What issue_proofs() would refuse of it at this moment. Errors of it.
base::result<void> check_offer(Context const& context, ports::Snapshot& snapshot, Actor const& actor,
                               WalletOffer const& offer);

/// Thread-safe.
class WalletDesk {
 public:
  /// Both outlive it.
  WalletDesk(base::Clock& clock, base::Random& random);

  /// errc::stale_sign_in if the session did not begin just now; errc::conflict with max_wallet_offers_of_one;
  /// errc::busy with max_wallet_offers.
  base::result<LaidOutOffer> lay_out(ports::HolderSession const& holder, WalletOffer const& offer);

  /// errc::not_found if there is none, or it is over, used or dead.
  base::result<ShownOffer> look(std::string_view id);

  /// A wallet's request as one text, which it shows again through its holder's browser: nothing is kept of what
  /// strangers send.
  std::string push(WalletRequest const& request) const;
  /// errc::not_found if it is none of ours, or over.
  base::result<WalletRequest> read_pushed(std::string_view pushed) const;

  /// Its holder agrees: a code for the wallet, good once. Sent again within the life of the code, it is the same code.
  /// errc::stale_sign_in; errc::not_found as read_pushed(); errc::conflict if it was answered before, or with
  /// max_wallet_offers_of_one; errc::busy.
  base::result<base::Secret<std::string>> agree(ports::HolderSession const& holder, std::string_view pushed,
                                                std::optional<rules::RegistrationId> const& registration);
  /// Its holder does not. errc::not_found as read_pushed(); errc::conflict if it was answered before.
  base::result<WalletRequest> refuse(std::string_view pushed);

  /// True if an offer or an agreement with this code waits.
  bool has_code(std::string_view code);

  /// A token for the key with this thumbprint (RFC 7638), good once for a code. errc::not_found: no such code, or it is
  /// over, used or dead, or the transaction code is wrong; errc::invalid: the transaction code is missing.
  base::result<WalletToken> redeem(std::string_view code, std::optional<std::string> const& transaction_code,
                                   std::string_view thumbprint);

  /// The same for a code of agree(). errc::not_found also if what comes with it is not the request's: the code is dead
  /// then. One that comes again ends the token that was had for it (RFC 6749, section 4.1.2).
  base::result<WalletToken> redeem(CodeRedemption const& redemption, std::string_view thumbprint);

  /// errc::unauthenticated: no such token, it is over, or it is another key's.
  base::result<WalletRight> right_of(std::string_view token, std::string_view thumbprint);

  /// Sets so many proofs aside of those that the token is good for. errc::conflict if they are not left.
  base::result<void> take(std::string_view token, std::size_t proofs);

  /// A name by which the wallet may tell what became of the proofs.
  std::string make_notification_id(std::string_view token);
  /// True if it is one of this token's.
  bool is_notification_id(std::string_view token, std::string_view id);

  enum class NonceOf : std::uint8_t { key_proof = 1, dpop = 2 };
  /// Says by itself when and by whom it was made; a restart voids all.
  std::string make_nonce(NonceOf what) const;
  /// Made here for this purpose within wallet_nonce_life.
  bool is_good_nonce(NonceOf what, std::string_view nonce) const;
  /// True the first time that this name of a message is told, which is remembered for twice wallet_nonce_life. False as
  /// well while too many are remembered.
  bool is_first(std::string_view name);

 private:
  struct Offer {
    ports::HolderSession holder;
    base::Time made_at;
    WalletOffer wish;
    std::string code;
    std::string transaction_code;
    unsigned misses = 0;
  };
  struct Agreement {
    ports::HolderSession holder;
    base::Time made_at;
    WalletRequest request;
    WalletOffer wish;
    base::Hash pushed;  ///< the hash of what was agreed to
    std::string code;
  };
  struct Token {
    WalletRight right;
    std::string thumbprint;
    base::Time expires_at;
    std::size_t left = max_proofs_at_once;
    std::set<std::string, std::less<>> notifications = {};
  };
  struct SpentCode {
    base::Hash token;
    base::Time until;
  };

  std::string draw();
  void forget_old(base::Time now);
  base::result<void> check_room(ports::HolderSession const& holder) const;
  WalletToken give_token(WalletRight right, std::string_view thumbprint, base::Time now);
  Token* find(std::string_view token, base::Time now);
  void drop(std::string const& id);
  bool is_first_of(std::string_view name, base::Time now);

  base::Clock& clock_;
  base::Random& random_;
  Stamps const stamps_;
  std::mutex mutex_;
  std::map<std::string, Offer, std::less<>> offers_;  ///< by id
  std::map<base::Hash, std::string> by_code_;   ///< ids, by the hash of the code: to find one takes no time that tells
  std::map<base::Hash, Agreement> agreements_;  ///< by the hash of the code
  std::map<base::Hash, SpentCode> spent_;       ///< by the hash of the code of an agreement
  std::map<base::Hash, Token> tokens_;          ///< by their hash, for the same reason
  std::map<std::string, base::Time, std::less<>> told_;  ///< messages, and when each may be forgotten
  base::Time forgotten_at_{};
};

}  // namespace abode::service
