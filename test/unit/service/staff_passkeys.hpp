// Passkeys of officials in a world.
#pragma once

#include "service/staff_passkeys.hpp"
#include "unit/service/passkeys.hpp"

namespace abode::test {

inline base::result<service::StaffPasskeyListed> add_staff_passkey(World& world, ports::StaffSession const& session,
                                                                   Authenticator& device,
                                                                   std::string const& name = "My key",
                                                                   std::optional<service::RequestKey> const& key = {}) {
  auto const invitation =
      read(*world.store, [&](ports::Snapshot& s) { return service::invite_staff_passkey(world.context, s, session); });
  if (!invitation) return invitation.error();
  service::NewPasskey const wish{name, device.create(invitation->challenge)};
  return write(*world.store, [&](ports::Transaction& t) {
    return service::add_staff_passkey(world.context, local_party, t, session, wish, key);
  });
}

/// Both steps of a sign-in.
inline base::result<service::SignedIn> use_staff_passkey(World& world, webauthn::Assertion const& assertion) {
  auto const checked = read(*world.store, [&](ports::Snapshot& s) {
    return service::check_staff_passkey(world.context, local_party, s, assertion);
  });
  if (!checked) return checked.error();
  return write(*world.store,
               [&](ports::Transaction& t) { return service::sign_in_with_staff_passkey(world.context, t, *checked); });
}

inline base::result<service::SignedIn> official_signs_in_with(World& world, Authenticator& device) {
  return use_staff_passkey(world, device.get(service::staff_sign_in_challenge(world.context)));
}

inline base::result<ports::StaffSession> prove_staff(World& world, service::SignedIn const& session) {
  return read(*world.store,
              [&](ports::Snapshot& s) { return ports::StaffSession::prove(s, session.token, world.clock.now()); });
}

/// A session that began with the passkey of an official.
inline ports::OfficialSession at_work(World& world, Authenticator& device) {
  return must(ports::OfficialSession::of(must(prove_staff(world, must(official_signs_in_with(world, device))))));
}

}  // namespace abode::test
