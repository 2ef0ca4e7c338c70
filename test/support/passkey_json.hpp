// What a browser makes of an authenticator's answers: the JSON forms of WebAuthn Level 3, section 5.1.
#pragma once

#include "codec/json.hpp"
#include "codec/text.hpp"
#include "support/authenticator.hpp"

namespace abode::test {

namespace json = codec::json;

/// RegistrationResponseJSON (WebAuthn Level 3, section 5.1).
inline json::object to_json(webauthn::Registration const& made, base::Bytes const& id) {
  return {{"id", codec::to_base64url(id)},
          {"rawId", codec::to_base64url(id)},
          {"type", "public-key"},
          {"authenticatorAttachment", "platform"},
          {"clientExtensionResults", json::object{}},
          {"response",
           {{"clientDataJSON", codec::to_base64url(made.client_data)},
            {"attestationObject", codec::to_base64url(made.attestation_object)},
            {"transports", json::array{"internal"}}}}};
}

/// AuthenticationResponseJSON.
inline json::object to_json(webauthn::Assertion const& used) {
  json::value handle = nullptr;
  if (used.user_handle) handle = codec::to_base64url(*used.user_handle);
  return {{"id", codec::to_base64url(used.credential_id)},
          {"rawId", codec::to_base64url(used.credential_id)},
          {"type", "public-key"},
          {"clientExtensionResults", json::object{}},
          {"response",
           {{"clientDataJSON", codec::to_base64url(used.client_data)},
            {"authenticatorData", codec::to_base64url(used.authenticator_data)},
            {"signature", codec::to_base64url(used.signature)},
            {"userHandle", std::move(handle)}}}};
}

}  // namespace abode::test
