// CollectedClientData: what the browser says about the page that asked (WebAuthn section 5.8.1).
#pragma once

#include "webauthn/webauthn.hpp"

namespace abode::webauthn::internal {

/// The members that a relying party looks at; unknown ones are passed over, as section 5.8.1 asks.
struct ClientData {
  std::string type;
  base::Bytes challenge;
  std::string origin;
  bool cross_origin;  ///< asked for from within a frame of another site
};

/// errc::malformed, field "credential".
base::result<ClientData> read_client_data(base::ByteView json);

/// errc::invalid, field "credential", for another type, challenge or origin, and for frames of other sites.
base::result<void> check_client_data(base::ByteView json, std::string_view type, RelyingParty const& party,
                                     base::ByteView challenge);

}  // namespace abode::webauthn::internal
