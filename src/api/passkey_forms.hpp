// Passkeys in JSON, in the forms that browsers make and take themselves (W3C WebAuthn Level 3, section 5.1.9 to 5.1.10:
// PublicKeyCredential's toJSON, parseCreationOptionsFromJSON, parseRequestOptionsFromJSON).
#pragma once

#include "api/routing.hpp"
#include "codec/json.hpp"
#include "service/staff_passkeys.hpp"
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
json::object to_json(service::StaffPasskeyListed const& passkey);

/// {"options": ...} for a passkey that is used: errc::unsupported where there are none.
base::result<http::Response> sign_in_options(Register const& registry, http::Request const& request,
                                             base::Hash (*challenge)(service::Context const&));
/// errc::unsupported where there are no passkeys.
base::result<void> require_passkeys(Register const& registry);
/// The name that a passkey is to have, and nothing else.
base::result<std::string> read_passkey_name(http::Request const& request);
/// The body of a request that adds one.
base::result<service::NewPasskey> read_new_passkey(http::Request const& request);

}  // namespace abode::api
