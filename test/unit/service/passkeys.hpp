// Passkeys in a world: made and used through the service, with a device in memory.
#pragma once

#include "service/passkeys.hpp"
#include "support/authenticator.hpp"
#include "support/world.hpp"

namespace abode::test {

inline webauthn::RelyingParty const local_party{"localhost", {"http://localhost:8080"}};

inline base::result<service::AddedPasskey> add_passkey(World& world, ports::HolderSession const& session,
                                                       Authenticator& device, std::string const& name = "My phone",
                                                       std::optional<service::RequestKey> const& key = {}) {
  auto const invitation =
      read(*world.store, [&](ports::Snapshot& s) { return service::invite_passkey(world.context, s, session); });
  if (!invitation) return invitation.error();
  service::NewPasskey const wish{name, device.create(invitation->challenge)};
  return write(*world.store, [&](ports::Transaction& t) {
    return service::add_passkey(world.context, local_party, t, session, wish, key);
  });
}

/// Both steps of a sign-in.
inline base::result<service::SignedIn> use_passkey(World& world, webauthn::Assertion const& assertion) {
  auto const checked = read(*world.store, [&](ports::Snapshot& s) {
    return service::check_passkey(world.context, local_party, s, assertion);
  });
  if (!checked) return checked.error();
  return write(*world.store,
               [&](ports::Transaction& t) { return service::sign_in_with_passkey(world.context, t, *checked); });
}

inline base::result<service::SignedIn> sign_in_with(World& world, Authenticator& device) {
  return use_passkey(world, device.get(service::sign_in_challenge(world.context)));
}

inline ports::HolderSession prove(World& world, service::SignedIn const& session) {
  return must(read(*world.store, [&](ports::Snapshot& s) {
    return ports::HolderSession::prove(s, session.token, world.clock.now());
  }));
}

}  // namespace abode::test
