// What a wallet is asked, as it fetches it: an Authorization Request of OpenID4VP 1.0 in a signed object (RFC 9101).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "certificates/certificates.hpp"
#include "credential/x5c.hpp"
#include "openid4vp/queries.hpp"
#include "openid4vp/response_key.hpp"

namespace abode::openid4vp {

inline constexpr std::string_view request_type = "oauth-authz-req+jwt";  ///< `typ`, and "application/" before it
/// Whose wallet it is, nobody knows beforehand (section 5.8).
inline constexpr std::string_view any_wallet = "https://self-issued.me/v2";

/// "x509_hash:" and the hash of the first certificate (section 5.9.3): by this name wallets know the verifier, and for
/// it holders sign.
std::string client_id_of(certificates::Certificate const& own);

/// Who asks.
struct Asker {
  std::string client_id;
  std::string name;  ///< for people
  std::vector<certificates::Certificate> chain;
  credential::Signer sign;
};

struct Request {
  Query const& query;
  std::string response_uri;  ///< where the wallet sends its answer
  std::string nonce;
  std::string state;
  base::Time made_at;
  base::Time good_until;
  std::optional<std::string> wallet_nonce = {};  ///< what the wallet sent with its question for the request
};

/// Signed, in compact form: `typ` request_type, `x5c`. The answer is to come by `direct_post.jwt`, encrypted to `key`.
std::string make_request(Asker const& asker, Request const& request, ResponseKey const& key);

}  // namespace abode::openid4vp
