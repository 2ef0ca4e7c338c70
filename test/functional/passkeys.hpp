// Passkeys over HTTP: what a browser would send for a device in memory.
#pragma once

#include "codec/text.hpp"
#include "support/authenticator.hpp"
#include "support/running_register.hpp"

namespace abode::functional {

namespace json = codec::json;

inline base::Bytes challenge_of(test::Answer const& options) {
  return codec::from_base64url(options.text("/options/challenge")).value();
}

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

/// The two requests by which a person adds a passkey; the answer to the second.
inline test::Answer add_passkey(test::RunningRegister const& running, test::ApiClient& person,
                                test::Authenticator& device, std::string const& name = "My phone") {
  test::Answer const options = person.post("/api/v1/passkeys/options", json::object{{"name", name}});
  EXPECT_EQ(options.status, 200u) << options.body;
  auto const made = device.create(challenge_of(options), {.origin = running.origin()});
  return person.post("/api/v1/passkeys",
                     json::object{{"name", name}, {"credential", to_json(made, device.credential_id())}});
}

/// What a device signs to sign in at this register now.
inline json::object passkey_answer(test::RunningRegister const& running, test::Authenticator& device) {
  test::Answer const options = running.anyone().post("/api/v1/sessions/passkey-options", json::object{});
  EXPECT_EQ(options.status, 200u) << options.body;
  return {{"passkey", to_json(device.get(challenge_of(options), {.origin = running.origin()}))}};
}

}  // namespace abode::functional
