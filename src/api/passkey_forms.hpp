// Passkeys in JSON, in the forms that browsers make and take themselves (W3C WebAuthn Level 3, section 5.1.9 to 5.1.10:
// PublicKeyCredential's toJSON, parseCreationOptionsFromJSON, parseRequestOptionsFromJSON).
#pragma once

#include "codec/json.hpp"
#include "service/passkeys.hpp"
#include "webauthn/webauthn.hpp"

namespace abode::api {

namespace json = codec::json;

/// RegistrationResponseJSON. Members that we do not ask for are passed over, what devices tell of themselves above all.
/// errc::invalid, naming what is missing below `path`.
base::result<webauthn::Registration> read_registration(json::value const& value, std::string const& path);
/// AuthenticationResponseJSON, likewise.
base::result<webauthn::Assertion> read_assertion(json::value const& value, std::string const& path);

/// PublicKeyCredentialCreationOptionsJSON. `name` is what the device shows for the passkey.
json::object creation_options(webauthn::RelyingParty const& party, service::PasskeyInvitation const& invitation,
                              std::string const& name);
/// PublicKeyCredentialRequestOptionsJSON: for any passkey that the device has of ours.
json::object request_options(webauthn::RelyingParty const& party, base::Hash const& challenge);

json::object to_json(service::PasskeyListed const& passkey);

}  // namespace abode::api
