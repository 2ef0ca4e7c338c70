// Passkeys over HTTP: what a browser would send for a device in memory.
#pragma once

#include "codec/text.hpp"
#include "support/passkey_json.hpp"
#include "support/running_register.hpp"

namespace abode::functional {

namespace json = codec::json;
using test::to_json;

inline base::Bytes challenge_of(test::Answer const& options) {
  return codec::from_base64url(options.text("/options/challenge")).value();
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

/// The two requests by which an official adds a passkey; the answer to the second.
inline test::Answer add_staff_passkey(test::RunningRegister const& running, test::ApiClient& official,
                                      test::Authenticator& device) {
  test::Answer const options = official.post("/api/v1/staff/passkeys/options", json::object{{"name", "Key"}});
  EXPECT_EQ(options.status, 200u) << options.body;
  auto const made = device.create(challenge_of(options), {.origin = running.origin()});
  return official.post("/api/v1/staff/passkeys",
                       json::object{{"name", "Key"}, {"credential", to_json(made, device.credential_id())}});
}

/// What a device signs to sign an official in at this register now.
inline json::object staff_passkey_answer(test::RunningRegister const& running, test::Authenticator& device) {
  test::Answer const options = running.anyone().post("/api/v1/staff/sessions/passkey-options", json::object{});
  EXPECT_EQ(options.status, 200u) << options.body;
  return {{"passkey", to_json(device.get(challenge_of(options), {.origin = running.origin()}))}};
}

}  // namespace abode::functional
